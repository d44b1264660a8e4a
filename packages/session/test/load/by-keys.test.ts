// selectinload: which keys are sent, in how many statements, and what becomes of objects that are there already.

import { asc, chunkSize, column, defer, desc, entities, entity, eq, foreign, integer, options, orderBy, populateExisting, registry, relationship, select, selectinload, subqueryload, table, where, type Loader } from '@relata/core'
import { all, append, create, expire, expireAll, expungeAll, isLoaded, load, refresh, sql, stream, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { succeeding } from '../in-session.js'
import { over, storeWith } from './store.js'

const store = storeWith()
const { User, Address, Order, Folder } = store.entities
const users = pipe(select(User), orderBy(asc(User.id)))
const addresses = pipe(select(Address), orderBy(asc(Address.id)))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)
const rows = (...texts: readonly string[]): Db<unknown> => pipe(RTE.sequenceSeqArray(texts.map((each) => sql(each))), RTE.chain(() => expungeAll))

describe('the keys of a reference', () => {
  test('are each sent once, and null not at all', async () => {
    const { result, selects, values } = await over(store, pipe(all(pipe(addresses, options(selectinload(Address.user)))), RTE.map((found) => found.map(({ user }) => user?.id ?? null))))
    expect(result).toEqual([1, 1, 2, null])
    expect(selects[1]).toBe('from users as users_1 where users_1.id in (?, ?)')
    expect(values[1]).toEqual([1, 2])
  })

  test('send nothing where all are null', async () => {
    const { selects } = await over(store, all(pipe(select(Address), where(eq(Address.id, 4)), options(selectinload(Address.user)))))
    expect(selects).toHaveLength(1)
  })

  test('that no row has are nobody', async () => {
    const readers = table('readers', { id: column(integer, { primaryKey: true }), cardId: column(integer, { nullable: true }) })
    const cards = table('cards', { id: column(integer, { primaryKey: true }) })
    const library = registry(entities({ Reader: entity(readers, { card: relationship('Card', { primaryjoin: eq(foreign(readers.c.cardId), cards.c.id) }) }), Card: entity(cards) }))
    const { Reader } = library.entities
    const { result } = await succeeding(library, pipe(rows('insert into cards values (1)', 'insert into readers values (1, 1), (2, 99), (3, null)'), RTE.chain(() => all(pipe(select(Reader), options(selectinload(Reader.card))))), RTE.map((found) => found.map(({ card }) => card?.id ?? null))))
    expect(result).toEqual([1, null, null])
  })

  test('that were left out, or are expired, are joined to', async () => {
    const joined = 'from addresses as addresses_2 join users as users_2 on users_2.id = addresses_2.user_id where addresses_2.id in (?, ?, ?, ?)'
    const left = await over(store, pipe(all(pipe(addresses, options(defer(Address.userId), selectinload(Address.user)))), RTE.map((found) => found.map(({ user }) => user?.id ?? null))))
    expect(left.result).toEqual([1, 1, 2, null])
    expect(left.selects[1]).toBe(joined)
    const expired = await over(store, pipe(all(addresses), RTE.chainFirst((found) => RTE.traverseSeqArray((address: typeof found[number]) => expire(Address, 'userId')(address))(found)), RTE.chain(() => all(pipe(addresses, options(defer(Address.userId), selectinload(Address.user))))), RTE.map((found) => found.map(({ user }) => user?.id ?? null))))
    expect(expired.result).toEqual([1, 1, 2, null])
    expect(expired.selects.at(-1)).toBe(joined)
  })

  test('of several columns are compared as tuples', async () => {
    const rooms = table('rooms', { firm: column(integer, { primaryKey: true }), no: column(integer, { primaryKey: true }) })
    const desks = table('desks', { id: column(integer, { primaryKey: true }), roomFirm: column(integer, { nullable: true }), roomNo: column(integer, { nullable: true }) }, { foreignKeys: [{ columns: ['roomFirm', 'roomNo'], table: 'rooms', references: ['firm', 'no'] }] })
    const office = registry(entities({ Room: entity(rooms, { desks: relationship('Desk', { backPopulates: 'room', orderBy: 'desks.id' }) }), Desk: entity(desks, { room: relationship('Room', { backPopulates: 'desks' }) }) }))
    const { Room, Desk } = office.entities
    const filled = rows('insert into rooms values (1, 1), (1, 2), (2, 1)', 'insert into desks values (1, 1, 2), (2, 2, 1), (3, 1, 2), (4, 2, null)')
    const lists = await succeeding(office, pipe(filled, RTE.chain(() => all(pipe(select(Room), orderBy(asc(Room.firm), asc(Room.no)), options(selectinload(Room.desks))))), RTE.map((found) => found.map((room) => ids(room.desks)))))
    expect(lists.result).toEqual([[], [1, 3], [2]])
    const references = await succeeding(office, pipe(filled, RTE.chain(() => all(pipe(select(Desk), orderBy(asc(Desk.id)), options(selectinload(Desk.room))))), RTE.map((found) => found.map(({ room }) => (room === null ? null : [room.firm, room.no])))))
    expect(references.result).toEqual([[1, 2], [2, 1], [1, 2], null])
  })
})

describe('the statement', () => {
  test('reads the target alone for a list, and the secondary with it for a many-to-many', async () => {
    const { selects } = await over(store, all(pipe(users, options(selectinload(User.orders, selectinload(Order.items))))))
    expect(selects).toEqual([
      'from users as users_1 order by users_1.id',
      'from orders as orders_1 where orders_1.user_id in (?, ?, ?, ?) order by orders_1.id',
      'from order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id where order_items_1.order_id in (?, ?, ?, ?) order by items_1.id',
    ])
  })

  test('joins from the parents, in every direction, where omitJoin is false', async () => {
    const joining = storeWith({ 'User.orders': { omitJoin: false }, 'Order.user': { omitJoin: false }, 'Order.items': { omitJoin: false } })
    const { User: Customer, Order: Sale } = joining.entities
    const { selects } = await over(joining, pipe(all(pipe(select(Customer), options(selectinload(Customer.orders)))), RTE.chain(() => expungeAll), RTE.chain(() => all(pipe(select(Sale), options(selectinload(Sale.user), selectinload(Sale.items)))))))
    expect([selects[1], selects[3], selects[4]]).toEqual([
      'from users as users_2 join orders as orders_1 on users_2.id = orders_1.user_id where users_2.id in (?, ?, ?, ?) order by orders_1.id',
      'from orders as orders_2 join users as users_1 on users_1.id = orders_2.user_id where orders_2.id in (?, ?, ?, ?)',
      'from orders as orders_3 join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on orders_3.id = order_items_1.order_id where orders_3.id in (?, ?, ?, ?) order by items_1.id',
    ])
  })

  test('is ordered as the relationship says, by columns of the secondary too', async () => {
    const stops = table('stops', { id: column(integer, { primaryKey: true }) })
    const lines = table('lines', { id: column(integer, { primaryKey: true }) })
    const lineStops = table('line_stops', { lineId: column(integer, { primaryKey: true, references: 'lines.id' }), stopId: column(integer, { primaryKey: true, references: 'stops.id' }), place: column(integer) })
    const net = registry(entities({ Line: entity(lines, { stops: relationship('Stop', { secondary: lineStops, viewonly: true, orderBy: desc(lineStops.c.place) }) }), Stop: entity(stops) }))
    const { Line } = net.entities
    const { result } = await succeeding(net, pipe(
      rows('insert into lines values (1), (2)', 'insert into stops values (1), (2), (3)', 'insert into line_stops values (1, 1, 2), (1, 2, 3), (1, 3, 1), (2, 1, 1), (2, 3, 2)'),
      RTE.chain(() => all(pipe(select(Line), orderBy(asc(Line.id)), options(selectinload(Line.stops))))), RTE.map((found) => found.map((line) => ids(line.stops))),
    ))
    expect(result).toEqual([[2, 1, 3], [3, 1]])
  })

  test('asks for as many parents as it is told, at every level by itself', async () => {
    const { values } = await over(store, all(pipe(users, options(selectinload(User.orders, chunkSize(2), selectinload(Order.items, chunkSize(1)))))))
    expect(values.slice(1)).toEqual([[1, 2], [3], [1], [2], [3]])
  })
})

test('a stream asks for the parents of each batch by themselves, in chunks of their own', async () => {
  const { selects, values } = await over(store, stream(pipe(users, options(selectinload(User.addresses, chunkSize(1)))), { batch: 2 })(() => RTE.of(undefined)))
  expect(selects.map((each) => each.split(' ')[1])).toEqual(['users', 'addresses', 'addresses', 'users', 'addresses'])
  expect(values.filter((_sent, place) => selects[place]?.startsWith('from addresses') === true)).toEqual([[1], [2], [3]])
})

test('a parent without members has none, and nothing is asked for later', async () => {
  const { result, selects } = await over(store, pipe(all(pipe(users, options(selectinload(User.addresses)))), RTE.map((found) => found[2]!), RTE.chain(load(User.addresses)), RTE.map(({ addresses: own }) => own)))
  expect([result, selects.length]).toEqual([[], 2])
})

describe.each([['selectin', selectinload], ['subquery', subqueryload]] as const)('%s of objects that are there', (lazy, loader: Loader) => {
  test('fills those that lack the relationship and leaves the others as they are', async () => {
    const { result, writes } = await over(store, pipe(
      all(pipe(select(User), where(eq(User.id, 1)), options(selectinload(User.addresses)))), RTE.map(([ann]) => { append(User.addresses, create(Address, { id: 9, email: 'new' }))(ann!) }),
      RTE.chain(() => all(pipe(users, options(loader(User.addresses))))), RTE.map((found) => found.map((user) => ids(user.addresses))),
    ), { autoflush: false })
    expect(result).toEqual([[1, 2, 9], [3], []])
    expect(writes).toEqual([])
  })

  test('with populateExisting reads all of them, and drops what was changed', async () => {
    const { result } = await over(store, pipe(
      all(pipe(select(User), where(eq(User.id, 1)), options(selectinload(User.addresses)))), RTE.map(([ann]) => { append(User.addresses, create(Address, { id: 9, email: 'new' }))(ann!) }),
      RTE.chain(() => all(pipe(users, populateExisting, options(loader(User.addresses))))), RTE.map((found) => found.map((user) => ids(user.addresses))),
    ), { autoflush: false })
    expect(result).toEqual([[1, 2], [3], []])
  })

  test('goes down through those that are loaded', async () => {
    const { result } = await over(store, pipe(
      all(pipe(users, options(loader(User.orders)))), RTE.chain(() => all(pipe(users, options(loader(User.orders, loader(Order.items)))))), RTE.map((found) => found[0]!.orders.map(({ items }) => ids(items))),
    ))
    expect(result).toEqual([[1, 2], [1]])
  })

  test('of one that is refreshed is a statement for it alone', async () => {
    const again = ['from users as users_1 where users_1.id = ?', 'from addresses as addresses_1 where ? = addresses_1.user_id order by addresses_1.id']
    const { selects } = await over(store, pipe(all(pipe(users, options(loader(User.addresses)))), RTE.chainFirst(([ann]) => refresh(User)(ann!))))
    expect(selects.slice(2)).toEqual(again)
    const mapped = storeWith({ 'User.addresses': { lazy } })
    const { User: Eager } = mapped.entities
    const expired = await over(mapped, pipe(all(select(Eager)), RTE.chainFirst(() => expireAll), RTE.chain(([ann]) => refresh(Eager)(ann!)), RTE.map((ann) => isLoaded(Eager.addresses)(ann))))
    expect(expired.result).toBe(true)
    expect(expired.selects.slice(2)).toEqual(again)
  })
})

test('a circle of references ends where the objects are there', async () => {
  const { result, selects } = await over(store, pipe(all(pipe(select(Folder), where(eq(Folder.id, 1)), options(selectinload(Folder.children, selectinload(Folder.parent))))), RTE.map(([root]) => root!.children.map(({ parent }) => parent === (root as unknown)))))
  expect(result).toEqual([true, true])
  expect(selects).toHaveLength(3)
})
