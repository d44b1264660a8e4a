// References that the identity map answers, and those that it cannot: by the shape of the key, by what was given to a new object.

import { and, asc, column, entities, entity, eq, foreign, integer, orderBy, registry, relationship, select, table, text, type RegistryDescriptor } from '@relata/core'
import { add, all, create, enableRelationshipLoading, expungeAll, flush, get, history, load, loadOld, set, type Db } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { succeeding } from '../in-session.js'
import { over, refusalOver, storeWith } from './store.js'

const the = <A>(found: Db<O.Option<A>>): Db<A> => pipe(found, RTE.map((given) => O.toUndefined(given)!))
const selectsOf = async <A>(registered: RegistryDescriptor, program: Db<A>): Promise<{ readonly result: A; readonly selects: readonly string[] }> => {
  const { result, statements } = await succeeding(registered, program)
  return { result, selects: statements.filter((each) => each.startsWith('select')) }
}

describe('a composite key', () => {
  const rooms = table('rooms', { firm: column(integer, { primaryKey: true }), no: column(integer, { primaryKey: true }), open: column(integer) })
  const desks = table('desks', { id: column(integer, { primaryKey: true }), roomNo: column(integer, { nullable: true }), roomFirm: column(integer, { nullable: true }) }, { foreignKeys: [{ columns: ['roomNo', 'roomFirm'], table: 'rooms', references: ['no', 'firm'] }] })
  const office = registry(entities({
    Room: entity(rooms),
    Desk: entity(desks, {
      room: relationship('Room'),
      openRoom: relationship('Room', { viewonly: true, primaryjoin: and(eq(foreign(desks.c.roomNo), rooms.c.no), eq(foreign(desks.c.roomFirm), rooms.c.firm), eq(rooms.c.open, 1)) }),
      swapped: relationship('Room', { viewonly: true, primaryjoin: and(eq(foreign(desks.c.roomFirm), rooms.c.firm), eq(foreign(desks.c.roomNo), rooms.c.no)) }),
    }),
  }))
  const { Room, Desk } = office.entities
  const filled = () => pipe(
    add(create(Room, { firm: 1, no: 2, open: 0 }), create(Room, { firm: 2, no: 1, open: 1 })), RTE.chain(() => flush),
    RTE.chain(() => add(create(Desk, { id: 1, roomFirm: 1, roomNo: 2 }), create(Desk, { id: 2, roomFirm: 2, roomNo: null }), create(Desk, { id: 3 }))), RTE.chain(() => flush), RTE.chain(() => expungeAll),
    RTE.chain(() => all(select(Room))), RTE.chain(() => all(pipe(select(Desk), orderBy(asc(Desk.id))))),
  )

  test('is answered in whatever order its columns are named', async () => {
    const { result, selects } = await selectsOf(office, pipe(filled(), RTE.map(([desk]) => desk!), RTE.chain(load(Desk.room)), RTE.chain((desk) => load(Desk.swapped)(desk)), RTE.map((desk) => [desk.swapped?.no, desk.swapped?.firm])))
    expect(result).toEqual([2, 1])
    expect(selects).toHaveLength(2)
  })

  test('is not where the condition says more', async () => {
    const { result, selects } = await selectsOf(office, pipe(filled(), RTE.map(([desk]) => desk!), RTE.chain(load(Desk.openRoom)), RTE.map(({ openRoom }) => openRoom)))
    expect(result).toBeNull()
    expect(selects).toHaveLength(3)
  })

  test('of which all is null is nobody, without a statement; of which a part is null is asked for', async () => {
    const empty = await selectsOf(office, pipe(filled(), RTE.map((desks) => desks[2]!), RTE.chain(load(Desk.room)), RTE.map(({ room }) => room)))
    expect([empty.result, empty.selects.length]).toEqual([null, 2])
    const half = await selectsOf(office, pipe(filled(), RTE.map((desks) => desks[1]!), RTE.chain(load(Desk.room)), RTE.map(({ room }) => room)))
    expect([half.result, half.selects.length]).toEqual([null, 3])
  })
})

describe('a new object', () => {
  const pending = storeWith({ 'Address.user': { loadOnPending: true }, 'User.addresses': { loadOnPending: true } })
  const { User, Address } = pending.entities

  test('loads by the keys that it was given where the mapping lets it, without a flush', async () => {
    const { result, selects, writes } = await over(pending, pipe(
      RTE.of(create(Address, { email: 'new', userId: 2 })), RTE.chainFirst((address) => add(address)), RTE.chain((address) => load(Address.user)(address as never)), RTE.map((address: object) => (address as { readonly user?: { readonly name: string } }).user?.name),
    ))
    expect(result).toBe('bob')
    expect([selects, writes]).toEqual([['from users as users_1 where users_1.id = ?'], []])
  })

  test('without a key it has nobody, without a statement', async () => {
    for (const program of [
      pipe(RTE.of(create(Address, { email: 'new' })), RTE.chainFirst((address) => add(address)), RTE.chain((address) => load(Address.user)(address as never))),
      pipe(RTE.of(create(User, { name: 'new', city: 'x' })), RTE.chainFirst((user) => add(user)), RTE.chain((user) => load(User.addresses)(user as never))),
    ]) {
      const { selects, writes } = await over(pending, program)
      expect([selects, writes]).toEqual([[], []])
    }
  })

  test('what it was found to have without a key it has after the flush', async () => {
    const { selects } = await over(pending, pipe(
      RTE.of(create(User, { name: 'new', city: 'x' })), RTE.chainFirst((user) => add(user)), RTE.chain((user) => load(User.addresses)(user as never)),
      RTE.chainFirst(() => flush), RTE.chain((user) => load(User.addresses)(user)),
    ))
    expect(selects).toEqual([])
  })

  test('in no session it does not load', async () => {
    const { selects } = await over(pending, pipe(RTE.of(create(Address, { email: 'new', userId: 2 })), RTE.chain((address) => load(Address.user)(address as never))))
    expect(selects).toEqual([])
  })

  test('loads after enableRelationshipLoading whatever the mapping says, and is not added by that', async () => {
    const store = storeWith()
    const { User: Plain, Address: Home } = store.entities
    const { result, selects, writes } = await over(store, pipe(
      RTE.of(create(Home, { email: 'new', userId: 2 })), RTE.chainFirst((address) => enableRelationshipLoading(address)), RTE.chainFirst((address) => load(Home.user)(address as never)),
      RTE.bindTo('address'), RTE.bind('user', () => pipe(RTE.of(create(Plain, { id: 1, name: 'x', city: 'y' })), RTE.chainFirst((user) => enableRelationshipLoading(user)), RTE.chainFirst((user) => load(Plain.addresses)(user as never)))),
      RTE.chainFirst(() => flush), RTE.map(({ address, user }) => [address.user?.name, user.addresses.map(({ id }) => id)]),
    ))
    expect(result).toEqual(['bob', [1, 2]])
    expect([selects.length, writes]).toEqual([2, []])
  })

  test('a refusal of the mapping holds for it too', async () => {
    const refusing = storeWith({ 'Address.user': { lazy: 'raise' } })
    const { Address: Home } = refusing.entities
    expect(await refusalOver(refusing, pipe(RTE.of(create(Home, { email: 'new', userId: 2 })), RTE.chainFirst((address) => enableRelationshipLoading(address)), RTE.chain((address) => load(Home.user)(address as never))))).toMatchObject({ code: 'raise-load' })
  })
})

test('the members of a list are not joined back to its owner, whom the identity map has', async () => {
  const store = storeWith({ 'Address.user': { lazy: 'joined' } })
  const { User, Address } = store.entities
  const { result, selects } = await over(store, pipe(the(get(User, 1)), RTE.chain(load(User.addresses)), RTE.chain((ann) => pipe(load(Address.user)(ann.addresses), RTE.map((found) => found.map(({ user }) => user === (ann as unknown)))))))
  expect(result).toEqual([true, true])
  expect(selects).toEqual(['from users as users_1 where users_1.id = ?', 'from addresses as addresses_1 where ? = addresses_1.user_id order by addresses_1.id'])
})

test('what a change will replace is found by the committed key, not by one that was set since', async () => {
  const store = storeWith({ 'Address.user': { activeHistory: true } })
  const { User, Address } = store.entities
  const { result } = await over(store, pipe(
    RTE.Do, RTE.bind('address', () => the(get(Address, 1))), RTE.bind('cy', () => the(get(User, 3))),
    RTE.map((both) => { set(Address, { userId: 2 })(both.address); return both }), RTE.chainFirst(({ address }) => loadOld(Address.user)(address)),
    RTE.map(({ address, cy }) => { set(Address, { user: cy })(address); return history(Address.user)(address) }),
  ), { autoflush: false })
  expect(result).toMatchObject({ added: [{ name: 'cy' }], deleted: [{ name: 'ann' }] })
})

test('keys of two kinds are asked for in the database', async () => {
  const files = table('files', { id: column(integer, { primaryKey: true }), folder: column(text) })
  const folders = table('folders', { id: column(integer, { primaryKey: true }) })
  const disk = registry(entities({ Folder: entity(folders), File: entity(files, { in: relationship('Folder', { viewonly: true, primaryjoin: eq(foreign(files.c.folder) as never, folders.c.id as never) }) }) }))
  const { Folder, File } = disk.entities
  const { selects } = await selectsOf(disk, pipe(add(create(Folder, { id: 1 }), create(File, { id: 1, folder: '1' })), RTE.chain(() => flush), RTE.chain(() => the(get(File, 1))), RTE.chain(load(File.in))))
  expect(selects).toHaveLength(1)
})
