// joinedload: when the query is wrapped, how joins nest, in what order rows come, and what they bring once.

import { asc, correlate, count, defer, desc, distinct, eq, exists, groupBy, innerjoin, inSubquery, joinedload, limit, offset, options, orderBy, select, where } from '@relata/core'
import { all, isLoaded, load } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { over, storeWith } from './store.js'

const store = storeWith()
const { User, Address, Order, Folder } = store.entities
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)
const users = pipe(select(User), orderBy(asc(User.id)))
const joinedTo = 'left join addresses as addresses_1 on limited_1.users_1_id = addresses_1.user_id'

describe('a list over a query that counts its rows', () => {
  test('by a limit or an offset: both count objects', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(users, limit(2), offset(1), options(joinedload(User.addresses)))), RTE.map((found) => found.map(({ id, addresses }) => [id, ids(addresses)]))))
    expect(result).toEqual([[2, [3]], [3, []]])
    expect(selects).toEqual([`from (select users_1.id as users_1_id, users_1.name as users_1_name, users_1.city as users_1_city from users as users_1 order by users_1.id limit ? offset ?) as limited_1 ${joinedTo} order by limited_1.users_1_id, addresses_1.id`])
  })

  test('by DISTINCT', async () => {
    const { selects } = await over(store, all(pipe(users, distinct, options(joinedload(User.addresses)))))
    expect(selects[0]).toMatch(/^from \(select distinct users_1\.id .*\) as limited_1 left join addresses/)
  })

  test('by groups', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(users, groupBy(User.id, User.name, User.city), options(joinedload(User.addresses)))), RTE.map((found) => found.map(({ addresses }) => ids(addresses)))))
    expect(result).toEqual([[1, 2], [3], []])
    expect(selects[0]).toMatch(/^from \(select users_1\.id .* group by users_1\.id, .*\) as limited_1 left join addresses/)
  })

  test('and references alone do not wrap it', async () => {
    const { selects } = await over(store, all(pipe(select(Order), orderBy(asc(Order.id)), limit(2), options(joinedload(Order.user), joinedload(Order.address, joinedload(Address.user))))))
    expect(selects).toEqual(['from orders as orders_1 left join users as users_1 on users_1.id = orders_1.user_id left join addresses as addresses_1 on addresses_1.id = orders_1.address_id left join users as users_2 on users_2.id = addresses_1.user_id order by orders_1.id limit ?'])
  })

  test('a key that was left out is read all the same, for the join', async () => {
    const { result } = await over(store, pipe(all(pipe(select(Order), orderBy(asc(Order.id)), limit(1), options(defer(Order.addressId), joinedload(Order.address, joinedload(Address.user)), joinedload(Order.items)))), RTE.map(([order]) => [order!.address?.user?.name, ids(order!.items)])))
    expect(result).toEqual(['ann', [1, 2]])
  })
})

test('the order of the query comes first, then that of each list in the order of their paths', async () => {
  const { selects } = await over(store, all(pipe(select(User), orderBy(desc(User.name)), options(joinedload(User.orders, joinedload(Order.items)), joinedload(User.addresses)))))
  expect(selects[0]).toMatch(/ order by users_1\.name desc, addresses_1\.id, orders_1\.id, items_1\.id$/)
})

test('two lists in one statement each have their members once, and the objects too', async () => {
  const { result, selects } = await over(store, pipe(all(pipe(users, options(joinedload(User.addresses), joinedload(User.orders, joinedload(Order.items))))), RTE.map((found) => found.map((user) => [user.id, ids(user.addresses), ids(user.orders), user.orders.map(({ items }) => ids(items))]))))
  expect(result).toEqual([[1, [1, 2], [1, 2], [[1, 2], [1]]], [2, [3], [3], [[3]]], [3, [], [], []]])
  expect(selects).toHaveLength(1)
})

test('a secondary is joined inside the outer join, under an alias', async () => {
  const { selects } = await over(store, all(pipe(select(Order), options(joinedload(Order.items)))))
  expect(selects).toEqual(['from orders as orders_1 left join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on orders_1.id = order_items_1.order_id order by items_1.id'])
})

describe('an inner join', () => {
  test('below an inner one stands flat beside it', async () => {
    const { selects } = await over(store, all(pipe(select(Order), options(joinedload(Order.address, innerjoin(), joinedload(Address.user, innerjoin()))))))
    expect(selects).toEqual(['from orders as orders_1 join addresses as addresses_1 on addresses_1.id = orders_1.address_id join users as users_1 on users_1.id = addresses_1.user_id'])
  })

  test('below an outer one is nested in it, and no object is lost', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(select(Order), orderBy(asc(Order.id)), options(joinedload(Order.address, joinedload(Address.user, innerjoin()))))), RTE.map(ids)))
    expect(result).toEqual([1, 2, 3])
    expect(selects).toEqual(['from orders as orders_1 left join (addresses as addresses_1 join users as users_1 on users_1.id = addresses_1.user_id) on addresses_1.id = orders_1.address_id order by orders_1.id'])
  })

  test('mapped, is nested likewise; unnested it is outer', async () => {
    const nested = storeWith({ 'Address.user': { innerjoin: true } })
    const { Order: Sale, Address: Place } = nested.entities
    expect((await over(nested, all(pipe(select(Sale), options(joinedload(Sale.address, joinedload(Place.user))))))).selects[0]).toContain('left join (addresses as addresses_1 join users as users_1')
    const unnested = storeWith({ 'Address.user': { innerjoin: 'unnested' } })
    const { Order: Trade, Address: Home } = unnested.entities
    expect((await over(unnested, all(pipe(select(Trade), options(joinedload(Trade.address, joinedload(Home.user))))))).selects[0]).toContain('left join addresses as addresses_1 on addresses_1.id = orders_1.address_id left join users as users_1')
  })

  test('is outer again, and so what is below it, where an option says false', async () => {
    const inner = storeWith({ 'Order.address': { innerjoin: true }, 'Address.user': { innerjoin: true } })
    const { Order: Sale, Address: Place } = inner.entities
    const { result, selects } = await over(inner, pipe(all(pipe(select(Sale), orderBy(asc(Sale.id)), options(joinedload(Sale.address, innerjoin(false), joinedload(Place.user))))), RTE.map(ids)))
    expect(result).toEqual([1, 2, 3])
    expect(selects[0]).toContain('left join (addresses as addresses_1 join users as users_1 on')
  })

  test('is nested at the right place where an entity is on several paths', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(users, options(joinedload(User.addresses, joinedload(Address.user)), joinedload(User.orders, joinedload(Order.user, innerjoin()), joinedload(Order.items, innerjoin()))))), RTE.map(ids)))
    expect(result).toEqual([1, 2, 3])
    expect(selects[0]).toContain('left join (orders as orders_1 join users as users_3 on users_3.id = orders_1.user_id join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on orders_1.id = order_items_1.order_id) on users_1.id = orders_1.user_id')
  })
})

describe('a mapped circle', () => {
  test.each([['joined', 1], ['selectin', 3], ['subquery', 3]] as const)('goes as deep as joinDepth by %s, and further when it is asked for', async (lazy, statements) => {
    const tree = storeWith({ 'Folder.children': { lazy, joinDepth: 2 } })
    const { Folder: Node } = tree.entities
    const root = all(pipe(select(Node), where(eq(Node.id, 1))))
    const loaded = (node: object): boolean => isLoaded(Node.children)(node)
    const { result, selects } = await over(tree, pipe(root, RTE.chain(load(Node.children)), RTE.chain(([top]) => load(Node.children)(top!.children)), RTE.map(([left]) => [left!.children.map(({ id }) => id), left!.children.map(loaded)])))
    expect(result).toEqual([[4], [false]])
    expect(selects).toHaveLength(statements)
    const further = await over(tree, pipe(root, RTE.chain(load(Node.children)), RTE.chain(([top]) => load(Node.children)(top!.children)), RTE.chain(([left]) => load(Node.children)(left!.children)), RTE.map(([leaf]) => ids(leaf!.children))))
    expect(further.result).toEqual([5])
  })

  test.each(['joined', 'selectin', 'subquery'] as const)('without joinDepth is not gone into by %s', async (lazy) => {
    const tree = storeWith({ 'Folder.children': { lazy } })
    const { Folder: Node } = tree.entities
    const { result, selects } = await over(tree, pipe(all(pipe(select(Node), where(eq(Node.id, 1)))), RTE.map(([root]) => isLoaded(Node.children)(root!))))
    expect([result, selects.length]).toEqual([false, 1])
  })

  test('of two entities ends where it comes back', async () => {
    const circle = storeWith({ 'User.addresses': { lazy: 'joined' }, 'Address.user': { lazy: 'joined' } })
    const { User: Owner } = circle.entities
    const { selects } = await over(circle, all(select(Owner)))
    expect(selects).toEqual(['from users as users_1 left join addresses as addresses_1 on users_1.id = addresses_1.user_id order by addresses_1.id'])
  })

  test('is gone round as often as options say', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(select(Folder), where(eq(Folder.id, 1)), options(joinedload(Folder.children, joinedload(Folder.children, joinedload(Folder.children)))))), RTE.map(([root]) => root!.children[0]!.children[0]!.children.map(({ label }) => label))))
    expect(result).toEqual(['twig'])
    expect(selects).toHaveLength(1)
  })
})

test('nothing is joined within a subquery, an EXISTS or a count', async () => {
  const eager = storeWith({ 'User.addresses': { lazy: 'joined' } })
  const { User: Owner, Order: Sale } = eager.entities
  const { selects } = await over(eager, pipe(
    all(pipe(select({ id: Sale.id }), where(inSubquery(Sale.userId, select({ id: Owner.id }))))),
    RTE.chain(() => all(pipe(select({ id: Sale.id }), where(exists(pipe(select({ id: Owner.id }), correlate(Sale), where(eq(Owner.id, Sale.userId)))))))),
    RTE.chain(() => all(select({ n: count(Owner.id) }))),
  ))
  expect(selects.filter((each) => each.includes('addresses'))).toEqual([])
})

test('an object that comes by several paths is one', async () => {
  const { result } = await over(store, pipe(all(pipe(users, options(joinedload(User.orders, joinedload(Order.address)), joinedload(User.addresses)))), RTE.map(([ann]) => ann!.orders[0]!.address === ann!.addresses[0])))
  expect(result).toBe(true)
})
