// What the options of a query say of the loads that come after it: of the objects that it brought, and of those that were there.

import { asc, containsEager, defaultload, eq, gt, join, joinedload, lazyload, loadOnly, noload, only, options, orderBy, populateExisting, raiseload, select, selectinload, sqlOnly, where, wildcard, withLoaderCriteria } from '@relata/core'
import { all, expire, expireAll, get, isLoaded, load, loadColumn, refresh, type Db } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { over, refusalOver, storeWith } from './store.js'

const store = storeWith()
const { User, Address, Order } = store.entities
const raising = storeWith({ 'User.addresses': { lazy: 'raise' }, 'Address.user': { lazy: 'raise' } })
const the = <A>(found: Db<O.Option<A>>): Db<A> => pipe(found, RTE.map((given) => O.toUndefined(given)!))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)
const ann = pipe(select(User), where(eq(User.id, 1)))
const first = <A>(found: readonly A[]): A => found[0]!

describe('an option that leaves a relationship to be loaded later', () => {
  test('undoes a refusal of the mapping, for its query alone', async () => {
    const { User: Refusing } = raising.entities
    const query = pipe(select(Refusing), where(eq(Refusing.id, 1)))
    const { result } = await over(raising, pipe(all(pipe(query, options(lazyload(Refusing.addresses)))), RTE.map(first), RTE.chain(load(Refusing.addresses)), RTE.map(({ addresses }) => ids(addresses))))
    expect(result).toEqual([1, 2])
    expect(await refusalOver(raising, pipe(all(query), RTE.map(first), RTE.chain(load(Refusing.addresses))))).toMatchObject({ code: 'raise-load' })
  })

  test('holds for an object that was there and does not have it', async () => {
    const { User: Refusing } = raising.entities
    const query = pipe(select(Refusing), where(eq(Refusing.id, 1)))
    const { result } = await over(raising, pipe(all(query), RTE.chain(() => all(pipe(query, options(lazyload(Refusing.addresses))))), RTE.map(first), RTE.chain(load(Refusing.addresses)), RTE.map(({ addresses }) => ids(addresses))))
    expect(result).toEqual([1, 2])
    expect(await refusalOver(store, pipe(all(ann), RTE.chain(() => all(pipe(ann, options(raiseload(User.addresses))))), RTE.map(first), RTE.chain(load(User.addresses))))).toMatchObject({ code: 'raise-load' })
  })

  test('says nothing to an object that has it', async () => {
    const { result } = await over(store, pipe(all(pipe(ann, options(selectinload(User.addresses)))), RTE.chain((found) => pipe(all(pipe(ann, options(raiseload(User.addresses)))), RTE.map(() => first(found)))), RTE.chain(load(User.addresses)), RTE.map(({ addresses }) => ids(addresses))))
    expect(result).toEqual([1, 2])
  })
})

describe('raiseload', () => {
  test('refuses what memory could answer; with sqlOnly it does not', async () => {
    const home = pipe(select(Address), where(eq(Address.id, 1)))
    expect(await refusalOver(store, pipe(all(ann), RTE.chain(() => all(pipe(home, options(raiseload(Address.user))))), RTE.map(first), RTE.chain(load(Address.user))))).toMatchObject({ code: 'raise-load' })
    const allowed = await over(store, pipe(all(ann), RTE.chain(() => all(pipe(home, options(raiseload(Address.user, sqlOnly))))), RTE.map(first), RTE.chain(load(Address.user)), RTE.map(({ user }) => user?.id)))
    expect(allowed.result).toBe(1)
  })

  test('of everything else leaves what is loaded, at every level, and refuses the rest', async () => {
    const found = all(pipe(ann, options(wildcard('raise'), selectinload(User.orders, joinedload(Order.address)))))
    const { result, selects } = await over(store, pipe(found, RTE.map(first), RTE.chain(load(User.orders)), RTE.map(({ orders }) => orders.map(({ address }) => address?.id))))
    expect([result, selects.length]).toEqual([[1, undefined], 2])
    expect(await refusalOver(store, pipe(found, RTE.map(first), RTE.chain((user) => load(User.addresses)(user))))).toMatchObject({ code: 'raise-load' })
    expect(await refusalOver(store, pipe(found, RTE.map((users) => users[0]!.orders), RTE.chain((orders) => load(Order.items)(orders))))).toMatchObject({ code: 'raise-load' })
    expect(await refusalOver(store, pipe(found, RTE.map((users) => users[0]!.orders[0]!.address!), RTE.chain((address) => load(Address.user)(address))))).toMatchObject({ code: 'raise-load' })
  })

  test('of one entity refuses its relationships and no others', async () => {
    const found = all(pipe(ann, options(wildcard('raise', User), selectinload(User.orders))))
    expect(await refusalOver(store, pipe(found, RTE.map(first), RTE.chain((user) => load(User.addresses)(user))))).toMatchObject({ code: 'raise-load' })
    expect((await over(store, pipe(found, RTE.chain(([user]) => load(Order.items)(user!.orders)), RTE.map((orders) => orders.map(({ items }) => ids(items)))))).result).toEqual([[1, 2], [1]])
  })
})

describe('options travel with the objects that they loaded', () => {
  test('a later load brings what is said below it', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(ann, options(lazyload(User.orders, joinedload(Order.address))))), RTE.map(first), RTE.chain(load(User.orders)), RTE.map(({ orders }) => orders.map((order) => isLoaded(Order.address)(order)))))
    expect([result, selects.length]).toEqual([[true, true], 2])
  })

  test('at every level of their path, whatever comes between', async () => {
    const { result, selects } = await over(store, pipe(
      all(pipe(ann, options(defaultload(User.orders, defaultload(Order.address, selectinload(Address.user)))))), RTE.map(first), RTE.chain(load(User.orders)), RTE.chain(({ orders }) => load(Order.address)(orders[0]!)),
      RTE.map(({ address }) => isLoaded(Address.user)(address!)),
    ))
    expect([result, selects.length]).toEqual([true, 4])
  })

  test('of a condition too, which the identity map cannot answer', async () => {
    const { result, selects } = await over(store, pipe(
      all(select(User)), RTE.chain(() => all(pipe(select(Address), orderBy(asc(Address.id)), options(lazyload(Address.user, only(eq(User.city, 'Rome'))))))), RTE.chain(load(Address.user)), RTE.map((found) => found.map(({ user }) => user?.id)),
    ))
    expect(result).toEqual([1, 1, undefined, undefined])
    expect(selects.at(-1)).toBe('from users as users_1 where users_1.id in (?, ?) and users_1.city = ?')
  })

  test('of several paths that lead to an object in one statement, the shortest decides', async () => {
    const { Folder } = store.entities
    const root = pipe(select(Folder), where(eq(Folder.id, 1)))
    const outer = options(raiseload(Folder.parent), joinedload(Folder.children, joinedload(Folder.parent, lazyload(Folder.parent))))
    expect(await refusalOver(store, pipe(all(pipe(root, outer)), RTE.map(first), RTE.chain((found) => load(Folder.parent)(found))))).toMatchObject({ code: 'raise-load' })
  })

  test('and hold when an expired object is read again', async () => {
    const { selects } = await over(store, pipe(all(pipe(ann, options(joinedload(User.addresses), selectinload(User.orders)))), RTE.map(first), RTE.chainFirst(() => expireAll), RTE.chain(loadColumn(User.name)), RTE.chain(load(User.addresses)), RTE.chain(load(User.orders))))
    expect(selects.slice(2)).toEqual([
      'from users as users_1 left join addresses as addresses_1 on users_1.id = addresses_1.user_id where users_1.id = ? order by addresses_1.id',
      'from orders as orders_1 where ? = orders_1.user_id order by orders_1.id',
    ])
  })

  test('but not containsEager: a refresh has no such join', async () => {
    const query = pipe(ann, join(User.addresses), where(eq(Address.id, 1)), options(containsEager(User.addresses)))
    const { result, selects } = await over(store, pipe(all(query), RTE.map(first), RTE.chainFirst((user) => refresh(User)(user)), RTE.chainFirst((user) => expire(User, 'addresses')(user)), RTE.chain((user) => load(User.addresses)(user)), RTE.map(({ addresses }) => ids(addresses))))
    expect(result).toEqual([1, 2])
    expect(selects.slice(1)).toEqual(['from users as users_1 where users_1.id = ?', 'from addresses as addresses_1 where ? = addresses_1.user_id order by addresses_1.id'])
  })

  test('and not columns that were left out: a refresh reads them', async () => {
    const { result } = await over(store, pipe(all(pipe(ann, options(loadOnly(User.name)))), RTE.map(first), RTE.chain((user) => refresh(User)(user)), RTE.map(({ city }) => city)))
    expect(result).toBe('Rome')
  })
})

describe('with populateExisting', () => {
  test('the options of the query take the place of those before', async () => {
    const { User: Refusing } = raising.entities
    const query = pipe(select(Refusing), where(eq(Refusing.id, 1)))
    expect(await refusalOver(raising, pipe(all(pipe(query, options(lazyload(Refusing.addresses)))), RTE.chain(() => all(pipe(query, populateExisting))), RTE.map(first), RTE.chain(load(Refusing.addresses))))).toMatchObject({ code: 'raise-load' })
    const eager = await over(raising, pipe(all(query), RTE.chain(() => all(pipe(query, populateExisting, options(joinedload(Refusing.addresses))))), RTE.map(first), RTE.chain(load(Refusing.addresses)), RTE.map(({ addresses }) => ids(addresses))))
    expect([eager.result, eager.selects.length]).toEqual([[1, 2], 2])
  })
})

describe('criteria of an entity', () => {
  test('hold for the later loads of the objects of their query', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(ann, options(withLoaderCriteria(Address, gt(Address.id, 1))))), RTE.map(first), RTE.chain(load(User.addresses)), RTE.map(({ addresses }) => ids(addresses))))
    expect(result).toEqual([2])
    expect(selects[1]).toBe('from addresses as addresses_1 where ? = addresses_1.user_id and addresses_1.id > ? order by addresses_1.id')
  })

  test('never for what reads an object again: a refresh, an expired object, a column that was left out', async () => {
    const query = pipe(ann, options(withLoaderCriteria(User, eq(User.id, 1)), loadOnly(User.name)))
    const again = 'from users as users_1 where users_1.id = ?'
    const refreshed = await over(store, pipe(all(query), RTE.map(first), RTE.chain((user) => refresh(User)(user))))
    const expired = await over(store, pipe(all(query), RTE.map(first), RTE.chainFirst(() => expireAll), RTE.chain(loadColumn(User.name))))
    const left = await over(store, pipe(all(query), RTE.map(first), RTE.chain(loadColumn(User.city))))
    expect([refreshed, expired, left].map(({ selects }) => selects[1])).toEqual([again, again, again])
  })
})

test('noload of a query leaves the objects that it brought empty, later too', async () => {
  const { result, selects } = await over(store, pipe(all(pipe(ann, options(noload(User.addresses)))), RTE.map(first), RTE.chain(load(User.addresses)), RTE.map(({ addresses }) => addresses)))
  expect([result, selects.length]).toEqual([[], 1])
})

test('an object that get gave before keeps its own ways', async () => {
  const { result } = await over(store, pipe(the(get(User, 1)), RTE.chain((user) => pipe(all(pipe(ann, options(lazyload(User.addresses, only(gt(Address.id, 1)))))), RTE.map(() => user))), RTE.chain(load(User.addresses)), RTE.map(({ addresses }) => ids(addresses))))
  expect(result).toEqual([1, 2])
})
