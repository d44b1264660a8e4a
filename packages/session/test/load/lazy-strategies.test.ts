// What the strategy that a relationship is mapped with does: what comes with the query, what the first load sends, and what is refused.

import { asc, eq, joinedload, options, orderBy, select, where, type Lazy } from '@relata/core'
import { add, all, append, create, destroy, expungeAll, flush, get, isLoaded, load, noAutoflush, set, type Db } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { over, refusalOver, storeWith } from './store.js'

const the = <A>(found: Db<O.Option<A>>): Db<A> => pipe(found, RTE.map((given) => O.toUndefined(given)!))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)

describe('select, which is the default', () => {
  test.each<readonly [string, {}]>([['default', {}], ['select', { lazy: 'select' }], ['true', { lazy: true }]])('%s: nothing comes along, the first load is one statement, a later one none', async (_how, mapped) => {
    const store = storeWith({ 'User.addresses': mapped })
    const { User } = store.entities
    const { result, selects } = await over(store, pipe(the(get(User, 1)), RTE.chain((ann) => { const before = isLoaded(User.addresses)(ann); return pipe(load(User.addresses)(ann), RTE.chain(load(User.addresses)), RTE.map((loaded) => [before, ids(loaded.addresses)])) })))
    expect(result).toEqual([false, [1, 2]])
    expect(selects).toEqual([
      'from users as users_1 where users_1.id = ?',
      'from addresses as addresses_1 where ? = addresses_1.user_id order by addresses_1.id',
    ])
  })

  test('a load flushes what is pending first, and not where it is told not to', async () => {
    const store = storeWith()
    const { User, Address } = store.entities
    const changed = () => add(create(Address, { id: 9, userId: 1, email: 'new' }))
    const flushed = await over(store, pipe(the(get(User, 1)), RTE.chainFirst(changed), RTE.chain(load(User.addresses)), RTE.map(({ addresses }) => ids(addresses))))
    expect([flushed.result, flushed.writes]).toEqual([[1, 2, 9], ['insert addresses 1']])
    const unflushed = await over(store, pipe(the(get(User, 1)), RTE.chainFirst(changed), RTE.chain((ann) => noAutoflush(load(User.addresses)(ann))), RTE.map(({ addresses }) => ids(addresses))))
    expect([unflushed.result, unflushed.writes]).toEqual([[1, 2], []])
  })

  test('what the identity map answers flushes nothing', async () => {
    const store = storeWith()
    const { User, Address } = store.entities
    const { writes } = await over(store, pipe(the(get(User, 1)), RTE.chain(() => the(get(Address, 1))), RTE.chainFirst(() => add(create(User, { name: 'new', city: 'Rome' }))), RTE.chain(load(Address.user))))
    expect(writes).toEqual([])
  })

  test('a new object has nobody, without a statement, and its load says so of nothing', async () => {
    const store = storeWith()
    const { User, Address } = store.entities
    const { result, selects } = await over(store, pipe(
      RTE.of({ user: create(User, { name: 'new', city: 'Rome' }), address: create(Address, { email: 'new', userId: 1 }) }),
      RTE.chainFirst(({ user }) => load(User.addresses)(user as never)), RTE.chainFirst(({ address }) => load(Address.user)(address as never)),
      RTE.map(({ user, address }) => [user.addresses, address.user, isLoaded(User.addresses)(user), isLoaded(Address.user)(address)]),
    ))
    expect(result).toEqual([[], null, false, false])
    expect(selects).toEqual([])
  })

  test('an object of no session is refused, by its name and that of the relationship', async () => {
    const store = storeWith()
    const { User } = store.entities
    expect(await refusalOver(store, pipe(the(get(User, 1)), RTE.chainFirst(() => expungeAll), RTE.chain(load(User.addresses))))).toMatchObject({ code: 'detached', message: "User 1 is in no session, so 'User.addresses' cannot be loaded" })
  })
})

describe('immediate', () => {
  test('a list comes by a statement for each object, after their rows', async () => {
    const store = storeWith({ 'User.addresses': { lazy: 'immediate' } })
    const { User } = store.entities
    const { result, selects } = await over(store, pipe(all(select(User)), RTE.map((found) => found.map((user) => isLoaded(User.addresses)(user)))))
    expect(result).toEqual([true, true, true])
    expect(selects.map((text) => text.split(' ')[1])).toEqual(['users', 'addresses', 'addresses', 'addresses'])
  })

  test('a reference comes by a statement where the session does not have the object, and not for null', async () => {
    const store = storeWith({ 'Address.user': { lazy: 'immediate' } })
    const { User, Address } = store.entities
    const addresses = all(pipe(select(Address), orderBy(asc(Address.id))))
    const { result, selects } = await over(store, pipe(addresses, RTE.map((found) => found.map((address) => isLoaded(Address.user)(address)))))
    expect([result, selects.length]).toEqual([[true, true, true, true], 3])
    const known = await over(store, pipe(all(select(User)), RTE.chain(() => addresses)))
    expect(known.selects).toHaveLength(2)
  })

  test('on both sides of a pair it does not go round', async () => {
    const store = storeWith({ 'User.addresses': { lazy: 'immediate' }, 'Address.user': { lazy: 'immediate' } })
    const { User, Address } = store.entities
    const from = async (query: Db<unknown>): Promise<number> => (await over(store, query)).selects.length
    expect(await from(all(pipe(select(User), where(eq(User.id, 1)))))).toBe(2)
    expect(await from(all(pipe(select(Address), where(eq(Address.id, 1)))))).toBe(3)
  })
})

describe('eager strategies', () => {
  test.each<readonly [Lazy | false, number]>([['joined', 1], [false, 1], ['selectin', 2], ['subquery', 2]])('%s: lists and references come with the query', async (lazy, count) => {
    const store = storeWith({ 'User.addresses': { lazy }, 'Order.address': { lazy } })
    const { User, Order } = store.entities
    const lists = await over(store, pipe(all(pipe(select(User), orderBy(asc(User.id)))), RTE.chain(load(User.addresses)), RTE.map((found) => found.map(({ addresses }) => ids(addresses)))))
    expect(lists.result).toEqual([[1, 2], [3], []])
    expect(lists.selects).toHaveLength(count)
    const references = await over(store, pipe(all(pipe(select(Order), where(eq(Order.id, 3)))), RTE.chain(load(Order.address)), RTE.map(([order]) => order?.address?.id)))
    expect(references.result).toBe(3)
    expect(references.selects).toHaveLength(count)
  })

  test('with innerjoin the join is an inner one', async () => {
    const store = storeWith({ 'Order.address': { lazy: 'joined', innerjoin: true } })
    const { Order } = store.entities
    const { result, selects } = await over(store, pipe(all(pipe(select(Order), orderBy(asc(Order.id)))), RTE.map(ids)))
    expect(result).toEqual([1, 3])
    expect(selects).toEqual(['from orders as orders_1 join addresses as addresses_1 on addresses_1.id = orders_1.address_id order by orders_1.id'])
  })

  test('what the query asks of the target does not reach the alias of the join', async () => {
    const store = storeWith({ 'User.addresses': { lazy: 'joined' } })
    const { User, Address } = store.entities
    // @ts-expect-error -- the query reads User alone
    expect(await refusalOver(store, all(pipe(select(User), where(eq(Address.email, 'a@x')))))).toMatchObject({ code: 'argument', message: "'Address' is not in this query, which reads User" })
  })

  test('a get of an object that is there sends nothing, whatever is mapped eager', async () => {
    const store = storeWith({ 'User.addresses': { lazy: 'joined' }, 'User.orders': { lazy: 'selectin' } })
    const { User } = store.entities
    const { selects } = await over(store, pipe(the(get(User, 1)), RTE.chain(() => get(User, 1))))
    expect(selects).toHaveLength(2)
  })

  test('selectin asks for 500 parents a statement', async () => {
    const store = storeWith({ 'User.addresses': { lazy: 'selectin' } })
    const { User } = store.entities
    const { selects } = await over(store, pipe(
      add(...Array.from({ length: 498 }, (_, place) => create(User, { id: 10 + place, name: 'many', city: 'x' }))), RTE.chain(() => flush), RTE.chain(() => expungeAll), RTE.chain(() => all(select(User))),
    ))
    expect(selects).toHaveLength(3)
  })
})

describe('noload', () => {
  const nothing = storeWith({ 'User.addresses': { lazy: 'noload' }, 'Address.user': { lazy: 'noload' } })
  const { User, Address } = nothing.entities

  test('shows nothing of an object with a row, and a load sends nothing', async () => {
    const { result, selects } = await over(nothing, pipe(the(get(User, 1)), RTE.chain(load(User.addresses)), RTE.bindTo('ann'), RTE.bind('address', () => pipe(the(get(Address, 1)), RTE.chain(load(Address.user)))), RTE.map(({ ann, address }) => [ann.addresses, address.user])))
    expect(result).toEqual([[], null])
    expect(selects).toHaveLength(2)
  })

  test('null is another name for it', async () => {
    const store = storeWith({ 'User.addresses': { lazy: null } })
    const { result } = await over(store, pipe(the(get(store.entities.User, 1)), RTE.chain(load(store.entities.User.addresses)), RTE.map(({ addresses }) => addresses)))
    expect(result).toEqual([])
  })

  test('what is appended is written, to the list and to the reference alike', async () => {
    const { writes } = await over(nothing, pipe(
      the(get(User, 1)), RTE.chain((ann) => { append(User.addresses, create(Address, { email: 'new' }))(ann); return flush }),
      RTE.chain(() => the(get(Address, 4))), RTE.chain((address) => pipe(the(get(User, 2)), RTE.chain((bob) => { set(Address, { user: bob })(address); return flush }))),
    ))
    expect(writes).toEqual(['insert addresses 1', 'update addresses 1'])
  })
})

describe('raise', () => {
  const refusing = storeWith({ 'User.addresses': { lazy: 'raise' }, 'Address.user': { lazy: 'raise' } })
  const { User, Address } = refusing.entities

  test('refuses to load, by the names of the relationship and the strategy', async () => {
    expect(await refusalOver(refusing, pipe(the(get(User, 1)), RTE.chain(load(User.addresses))))).toMatchObject({
      code: 'raise-load', message: "'User.addresses' of User 1 is not loaded, and its strategy 'raise' refuses to load it later",
    })
  })

  test('refuses too where the session has the object, and where the key is null', async () => {
    expect(await refusalOver(refusing, pipe(the(get(User, 1)), RTE.chain(() => the(get(Address, 1))), RTE.chain(load(Address.user))))).toMatchObject({ code: 'raise-load' })
    expect(await refusalOver(refusing, pipe(the(get(Address, 4)), RTE.chain(load(Address.user))))).toMatchObject({ code: 'raise-load' })
  })

  test('lets through what came with the query, or was set', async () => {
    const eager = await over(refusing, pipe(all(pipe(select(User), where(eq(User.id, 1)), options(joinedload(User.addresses)))), RTE.chain(load(User.addresses)), RTE.map(([ann]) => ids(ann!.addresses))))
    expect(eager.result).toEqual([1, 2])
    const byHand = await over(refusing, pipe(the(get(Address, 4)), RTE.chain((address) => pipe(the(get(User, 1)), RTE.map((ann) => set(Address, { user: ann })(address)))), RTE.chain((address) => load(Address.user)(address)), RTE.map(({ user }) => user?.id)))
    expect(byHand.result).toBe(1)
  })

  test('does not hinder a delete, nor a flush, which load what they need', async () => {
    const deleted = await over(refusing, pipe(the(get(User, 3)), RTE.chain((cy) => destroy(cy)), RTE.chain(() => flush)))
    expect([deleted.selects.map((text) => text.split(' ')[1]), deleted.writes]).toEqual([['users', 'addresses', 'orders'], ['delete users 1']])
    const removed = await over(refusing, pipe(the(get(User, 2)), RTE.chainFirst(() => all(pipe(select(Address), where(eq(Address.id, 3))))), RTE.chain((bob) => { set(User, { addresses: [] })(bob); return flush })))
    expect(removed.writes).toEqual(['update addresses 1'])
  })
})

describe('raise_on_sql', () => {
  const refusing = storeWith({ 'User.addresses': { lazy: 'raise_on_sql' }, 'Address.user': { lazy: 'raise_on_sql' } })
  const { User, Address } = refusing.entities

  test('answers from the identity map, and of a null key', async () => {
    const { result, selects } = await over(refusing, pipe(all(select(User)), RTE.chain(() => all(pipe(select(Address), orderBy(asc(Address.id))))), RTE.chain(load(Address.user)), RTE.map((found) => found.map(({ user }) => user?.id ?? null))))
    expect(result).toEqual([1, 1, 2, null])
    expect(selects).toHaveLength(2)
  })

  test('refuses where a statement would be sent, by its name', async () => {
    expect(await refusalOver(refusing, pipe(the(get(Address, 1)), RTE.chain(load(Address.user))))).toMatchObject({ code: 'raise-load', message: "'Address.user' of Address 1 is not loaded, and its strategy 'raise_on_sql' refuses to load it later" })
    expect(await refusalOver(refusing, pipe(the(get(User, 1)), RTE.chain(load(User.addresses))))).toMatchObject({ code: 'raise-load' })
  })
})
