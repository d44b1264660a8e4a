// Conditions over relationships and joins along them, as they are sent, with the objects that they find.

import {
  alias, and, any, asc, contains, eq, fullJoin, gt, has, inList, isNotNull, isNull, join, joined, leftJoin, like, ne, not, options, containsEager, ofType, orderBy, select, where, withParent, type SelectDescriptor,
} from '@relata/core'
import { add, all, create, get, type Db } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { over, refusalOver, storeWith } from './store.js'

const store = storeWith()
const { User, Address, Order, Item, Folder } = store.entities
const the = <A>(found: Db<O.Option<A>>): Db<A> => pipe(found, RTE.map((given) => O.toUndefined(given)!))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)
/** The condition of a query that is sent after others, without its FROM, and the keys that it finds. */
const found = async (program: Db<readonly { readonly id: number }[]>): Promise<readonly [string | undefined, readonly number[]]> => {
  const { result, selects } = await over(store, pipe(program, RTE.map(ids)))
  return [selects.at(-1)?.replace(/^from .*? where /, ''), result]
}
const ann = the(get(User, 1))
const addresses = pipe(select(Address), orderBy(asc(Address.id)))
const byId = orderBy(asc(Address.id))

describe('a reference', () => {
  test('equals an object by its key', async () => {
    expect(await found(pipe(ann, RTE.chain((user) => all(pipe(select(Address), where(eq(Address.user, user)), byId)))))).toEqual(['? = addresses_1.user_id order by addresses_1.id', [1, 2]])
  })

  test('equals no object by another key, or by none', async () => {
    expect(await found(pipe(ann, RTE.chain((user) => all(pipe(select(Address), where(ne(Address.user, user)), byId)))))).toEqual(['? <> addresses_1.user_id or addresses_1.user_id is null order by addresses_1.id', [3, 4]])
  })

  test('is null, or is not', async () => {
    expect(await found(all(pipe(addresses, where(isNull(Address.user)))))).toEqual(['addresses_1.user_id is null order by addresses_1.id', [4]])
    expect(await found(all(pipe(addresses, where(isNotNull(Address.user)))))).toEqual(['addresses_1.user_id is not null order by addresses_1.id', [1, 2, 3]])
  })

  test('equals a new object by the key that it has once it is flushed', async () => {
    const { result, writes } = await over(store, pipe(
      RTE.of(create(User, { name: 'new', city: 'x' })), RTE.chainFirst((user) => add(user, create(Address, { email: 'new', user }))), RTE.chain((user) => all(pipe(select(Address), where(eq(Address.user, user as never))))), RTE.map(ids),
    ))
    expect([result, writes]).toEqual([[5], ['insert users 1', 'insert addresses 1']])
  })

  test('is refused an object that was given no key', async () => {
    expect(await refusalOver(store, all(pipe(select(Address), where(eq(Address.user, create(User, { name: 'new', city: 'x' }) as never)))))).toMatchObject({ code: 'invalid-request', message: 'new User was given no id to compare with' })
  })

  test('never equals an object whose key is null, and that is told', async () => {
    const { result, warnings } = await over(store, pipe(
      the(get(Order, 2)), RTE.chain((order) => all(pipe(select(Address), where(withParent(Order.address, order))))), RTE.map(ids),
    ))
    expect([result, warnings]).toEqual([[], []])
    const compared = await over(store, pipe(all(pipe(select(Folder), where(eq(Folder.parent, create(Folder, { id: null as never, label: 'new' }) as never)))), RTE.map(ids)))
    expect(compared.result).toEqual([])
    expect(compared.warnings).toMatchObject([{ code: 'other', message: 'new Folder is compared with, and its id is null: no row equals it' }])
  })

  test('equals objects alone: neither an entity, nor a query, nor a list of them', async () => {
    for (const other of [User, select(User), [1]]) {
      expect(await refusalOver(store, pipe(RTE.of(undefined), RTE.chain(() => all(pipe(select(Address), where(eq(Address.user, other as never)))))))).toMatchObject({ _tag: 'QueryRefused' })
    }
    // @ts-expect-error -- an object is no value: compare its key
    expect(() => inList(Address.user, [])).toThrow()
  })
})

describe('a list', () => {
  test('is null where it has no member', async () => {
    expect(await found(all(pipe(select(User), where(isNull(User.addresses)))))).toEqual(['not exists (select 1 from addresses as addresses_1 where users_1.id = addresses_1.user_id)', [3]])
    expect(await found(all(pipe(select(User), where(isNotNull(User.addresses)))))).toEqual(['exists (select 1 from addresses as addresses_1 where users_1.id = addresses_1.user_id)', [1, 2]])
  })

  test('contains a member by its foreign key, without a join', async () => {
    expect(await found(pipe(the(get(Address, 3)), RTE.chain((address) => all(pipe(select(User), where(contains(User.addresses, address)))))))).toEqual(['users_1.id = ?', [2]])
    expect(await found(pipe(the(get(Address, 3)), RTE.chain((address) => all(pipe(select(User), where(not(contains(User.addresses, address))), orderBy(asc(User.id)))))))).toEqual(['not (users_1.id = ?) order by users_1.id', [1, 3]])
  })

  test('contains a member through its secondary', async () => {
    const pen = the(get(Item, 1))
    expect(await found(pipe(pen, RTE.chain((item) => all(pipe(select(Order), where(contains(Order.items, item)), orderBy(asc(Order.id)))))))).toEqual(['exists (select 1 from order_items as order_items_1 where orders_1.id = order_items_1.order_id and ? = order_items_1.item_id) order by orders_1.id', [1, 2]])
    expect((await found(pipe(pen, RTE.chain((item) => all(pipe(select(Order), where(not(contains(Order.items, item)))))))))[1]).toEqual([3])
  })

  test('equals no object, and one object contains none, with the words to write instead', async () => {
    // @ts-expect-error -- a list is not one object
    expect(await refusalOver(store, pipe(the(get(Address, 3)), RTE.chain((address) => all(pipe(select(User), where(eq(User.addresses, address)))))))).toMatchObject({ code: 'invalid-request', hint: 'write contains(User.addresses, object)' })
    // @ts-expect-error -- one object is not a list
    expect(await refusalOver(store, pipe(ann, RTE.chain((user) => all(pipe(select(Address), where(contains(Address.user, user)))))))).toMatchObject({ code: 'invalid-request', hint: 'write eq(Address.user, object)' })
  })
})

describe('any and has', () => {
  test('are refused each for what is the other\'s, with the word to write instead', async () => {
    // @ts-expect-error -- one object
    expect(await refusalOver(store, all(pipe(select(Address), where(any(Address.user)))))).toMatchObject({ code: 'invalid-request', hint: 'write has(Address.user, …)' })
    // @ts-expect-error -- a list
    expect(await refusalOver(store, all(pipe(select(User), where(has(User.addresses)))))).toMatchObject({ code: 'invalid-request', hint: 'write any(User.addresses, …)' })
  })

  test('speak of rows of their own, also where the query reads the same table', async () => {
    const query = pipe(select(User), join(User.addresses), where(and(eq(Address.email, 'a@x'), any(User.addresses, eq(Address.email, 'b@y')))))
    expect(await found(all(query))).toEqual(['addresses_1.email = ? and exists (select 1 from addresses as addresses_2 where users_1.id = addresses_2.user_id and addresses_2.email = ?)', [1]])
    const through = pipe(select(Order), join(Order.items), where(and(eq(Item.label, 'pen'), any(Order.items, eq(Item.label, 'ink')))))
    expect((await found(all(through)))[1]).toEqual([1])
    const back = pipe(select(Address), join(Address.user), where(and(eq(User.name, 'ann'), has(Address.user, eq(User.city, 'Bern')))))
    expect((await found(all(back)))[1]).toEqual([])
  })

  test('of a relationship to the own entity speak of the other side', async () => {
    expect((await found(all(pipe(select(Folder), where(any(Folder.children, eq(Folder.label, 'leaf')))))))[1]).toEqual([2])
    expect((await found(all(pipe(select(Folder), where(has(Folder.parent, eq(Folder.label, 'left')))))))[1]).toEqual([4])
  })
})

describe('withParent', () => {
  test('is what a load would give, of a list, a reference, and through a secondary', async () => {
    expect(await found(pipe(ann, RTE.chain((user) => all(pipe(addresses, where(withParent(User.addresses, user)))))))).toEqual(['? = addresses_1.user_id order by addresses_1.id', [1, 2]])
    expect(await found(pipe(the(get(Order, 1)), RTE.chain((order) => all(pipe(select(Item), where(withParent(Order.items, order)), orderBy(asc(Item.id)))))))).toEqual([
      'exists (select 1 from order_items as order_items_1 where ? = order_items_1.order_id and items_1.id = order_items_1.item_id) order by items_1.id', [1, 2],
    ])
    expect((await found(pipe(the(get(Address, 3)), RTE.chain((address) => all(pipe(select(User), where(withParent(Address.user, address)))))))) [1]).toEqual([2])
  })
})

describe('a join', () => {
  const sentBy = async (query: SelectDescriptor): Promise<string | undefined> => (await over(store, all(query as never))).selects[0]

  test('of a many-to-many is two', async () => {
    expect(await sentBy(pipe(select(Order), join(Order.items)))).toBe('from orders as orders_1 join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on orders_1.id = order_items_1.order_id')
  })

  test('goes to an alias, and on from one', async () => {
    const Home = alias(Address, 'Home')
    const Owner = alias(User, 'Owner')
    expect(await sentBy(pipe(select(User), join(User.addresses, Home), join(Home.user, Owner), where(eq(Owner.name, 'ann'))))).toBe(
      'from users as users_1 join addresses as addresses_1 on users_1.id = addresses_1.user_id join users as users_2 on users_2.id = addresses_1.user_id where users_2.name = ?',
    )
    const { result } = await over(store, pipe(all(pipe(select(User), join(ofType(User.addresses, Home)), where(like(Home.email, 'c%')), options(containsEager(ofType(User.addresses, Home))))), RTE.map((users) => users.map((user) => [user.id, ids(user.addresses)]))))
    expect(result).toEqual([[2, [3]]])
  })

  test('of an alias gives objects of the entity, the same as any', async () => {
    const Someone = alias(User, 'Someone')
    const { result } = await over(store, pipe(ann, RTE.chain((user) => pipe(all(pipe(select(Someone), where(eq(Someone.id, 1)))), RTE.map((others) => others[0] === (user as unknown))))))
    expect(result).toBe(true)
  })

  test('has its further condition in ON, an outer one too', async () => {
    expect(await sentBy(pipe(select(User), join(User.addresses, gt(Address.id, 1))))).toBe('from users as users_1 join addresses as addresses_1 on users_1.id = addresses_1.user_id and addresses_1.id > ?')
    expect(await sentBy(pipe(select(User), leftJoin(User.addresses, gt(Address.id, 1))))).toBe('from users as users_1 left join addresses as addresses_1 on users_1.id = addresses_1.user_id and addresses_1.id > ?')
    expect(await sentBy(pipe(select(Order), join(Order.items, gt(Item.id, 1))))).toContain('on orders_1.id = order_items_1.order_id and items_1.id > ?')
  })

  test('may be full', async () => {
    expect(await sentBy(pipe(select({ user: User.id, email: Address.email }), fullJoin(User.addresses)))).toBe('from users as users_1 full join addresses as addresses_1 on users_1.id = addresses_1.user_id')
  })

  test('is a condition too: the relationship\'s own, between two sources of the query', async () => {
    expect(await sentBy(pipe(select({ user: User.id, email: Address.email }), where(joined(User.addresses))))).toBe('from users as users_1, addresses as addresses_1 where users_1.id = addresses_1.user_id')
    expect(await sentBy(pipe(select({ order: Order.id, label: Item.label }), where(joined(Order.items))))).toContain('order_items')
  })

  test('is never named by a text', () => {
    // @ts-expect-error -- a relationship of a handle
    expect(() => join('addresses')).toThrow("join: 'addresses' is no source")
    })
})
