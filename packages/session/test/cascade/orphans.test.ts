// delete-orphan: who is let go is deleted, who was never held is not, and who is taken by another stays.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, edit, expungeAll, remove, set, stateOf } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const houses = table('houses', { id: column(integer, { primaryKey: true }) })
const rooms = table('rooms', { id: column(integer, { primaryKey: true }), houseId: column(integer, { name: 'house_id', references: 'houses.id', nullable: true }), guestHouseId: column(integer, { name: 'guest_house_id', references: 'houses.id', nullable: true }), name: column(text, { nullable: true }) })
const lamps = table('lamps', { id: column(integer, { primaryKey: true }), roomId: column(integer, { name: 'room_id', references: 'rooms.id', nullable: true }) })
const owners = table('owners', { id: column(integer, { primaryKey: true }) })
const keys = table('keys', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { name: 'owner_id', references: 'owners.id', nullable: true }) })
const cards = table('cards', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { name: 'owner_id', references: 'owners.id', nullable: true }) })
const tokens = table('tokens', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { name: 'owner_id', references: 'owners.id', nullable: true }) })
const parts = entities({
  House: entity(houses, {
    rooms: relationship('Room', { cascade: 'all, delete-orphan', foreignKeys: ['rooms.houseId'] }),
    guests: relationship('Room', { cascade: 'all, delete-orphan', foreignKeys: ['rooms.guestHouseId'] }),
  }),
  Room: entity(rooms, { lamps: relationship('Lamp', { cascade: 'all, delete-orphan', backPopulates: 'room' }) }),
  Lamp: entity(lamps, { room: relationship('Room', { backPopulates: 'lamps' }) }),
  Owner: entity(owners, {
    key: relationship('Key', { uselist: false, cascade: 'all, delete-orphan' }),
    card: relationship('Card', { uselist: false, cascade: 'all, delete-orphan', backPopulates: 'owner' }),
    token: relationship('Token', { uselist: false, backPopulates: 'owner' }),
  }),
  Key: entity(keys),
  Card: entity(cards, { owner: relationship('Owner', { backPopulates: 'card' }) }),
  Token: entity(tokens, { owner: relationship('Owner', { backPopulates: 'token' }) }),
})
interface Parts extends Model<typeof parts> {}
const estate = registry<Parts>(parts)
const { House, Room, Lamp, Owner, Key, Card, Token } = estate.entities

describe('a member with a row', () => {
  test.each([
    ['removed', (house: object, room: object) => remove(House.rooms, room as never)(house as never)],
    ['left out of a whole assignment', (house: object) => set(House, { rooms: [] })(house as never)],
    ['taken out by index', (house: object) => edit(House.rooms, { how: 'removeAt', at: 0 })(house as never)],
  ] as const)('is deleted when it is %s, with its own orphans', async (_how, letGo) => {
    const { db, sent } = await opened(estate)
    const room = create(Room, { lamps: [create(Lamp, {})] })
    const house = create(House, { rooms: [room] })
    db.add(house)
    await db.commit()
    sent()
    letGo(house, room)
    await db.flush()
    expect(sent().filter((line) => !line.startsWith('select'))).toEqual(['delete lamps 1', 'delete rooms 1'])
    expect(stateOf(room)).toBe('deleted')
  })

  test('moved to another owner in one flush is updated, not deleted', async () => {
    const { db, texts } = await opened(estate)
    const lamp = create(Lamp, {})
    const [first, second] = [create(Room, { lamps: [lamp] }), create(Room, {})]
    db.add(first, second)
    await db.commit()
    texts()
    append(Room.lamps, lamp)(second)
    await db.flush()
    expect([texts().filter((sql) => !sql.startsWith('select')), lamp.roomId]).toEqual([['update "lamps" set "room_id" = ? where "id" = ?'], second.id])
  })

  test('taken out and put back stays', async () => {
    const { db, sent } = await opened(estate)
    const lamp = create(Lamp, {})
    const room = create(Room, { lamps: [lamp] })
    db.add(room)
    await db.commit()
    sent()
    remove(Room.lamps, lamp)(room)
    append(Room.lamps, lamp)(room)
    await db.flush()
    expect([sent(), stateOf(lamp)]).toEqual([[], 'persistent'])
  })

  test('is an orphan as soon as one of several parents lets it go', async () => {
    const { db, sent } = await opened(estate)
    const room = create(Room, {})
    const [house, other] = [create(House, { rooms: [room] }), create(House, { guests: [room] })]
    db.add(house, other)
    await db.commit()
    sent()
    remove(House.guests, room)(other)
    await db.flush()
    expect(sent()).toEqual(['select lamps 0', 'delete rooms 1'])
  })

  test('goes with its parent, loaded by the deletion where it is not', async () => {
    const { db, sent } = await opened(estate)
    db.add(create(House, { id: 1, rooms: [create(Room, { lamps: [create(Lamp, {})] })] }))
    await db.commit()
    await db.run(expungeAll)
    const house = (await db.get(House, 1))!
    sent()
    await db.destroy(house)
    await db.flush()
    expect(sent()).toEqual(['select rooms 1', 'select rooms 0', 'select lamps 1', 'delete lamps 1', 'delete rooms 1', 'delete houses 1'])
  })
})

describe('a new member', () => {
  test('let go leaves the session, and nothing is sent', async () => {
    const { db, sent } = await opened(estate)
    const house = create(House, {})
    db.add(house)
    await db.commit()
    sent()
    const lamp = create(Lamp, {})
    const room = create(Room, { lamps: [lamp] })
    append(House.rooms, room)(house)
    expect([stateOf(room), stateOf(lamp)]).toEqual(['pending', 'pending'])
    remove(House.rooms, room)(house)
    expect([stateOf(room), stateOf(lamp)]).toEqual(['transient', 'transient'])
    await db.flush()
    expect(sent()).toEqual([])
  })

  test('that never had a parent is inserted', async () => {
    const { db, sent } = await opened(estate)
    const lamp = create(Lamp, {})
    db.add(lamp)
    await db.flush()
    expect([sent(), lamp.roomId]).toEqual([['insert lamps 1'], null])
  })
})

describe('the object of a one-to-one that is replaced', () => {
  test('is deleted with delete-orphan', async () => {
    const { db, sent } = await opened(estate)
    const old = create(Key, {})
    const owner = create(Owner, { key: old })
    db.add(owner)
    await db.commit()
    sent()
    set(Owner, { key: create(Key, {}) })(owner)
    await db.flush()
    expect([sent(), stateOf(old)]).toEqual([['insert keys 1', 'delete keys 1'], 'deleted'])
  })

  test('is deleted with delete-orphan and another side, whichever side replaces it', async () => {
    const { db, sent } = await opened(estate)
    const [first, second, third] = [create(Card, {}), create(Card, {}), create(Card, {})]
    const owner = create(Owner, { card: first })
    db.add(owner)
    await db.commit()
    sent()
    set(Owner, { card: second })(owner)
    await db.flush()
    expect([sent(), stateOf(first)]).toEqual([['insert cards 1', 'delete cards 1'], 'deleted'])
    db.add(set(Card, { owner })(third))
    await db.flush()
    expect([sent(), stateOf(second), owner.card]).toEqual([['insert cards 1', 'delete cards 1'], 'deleted', third])
  })

  test('has its key nulled without, loaded or not', async () => {
    const { db, sent } = await opened(estate)
    const [first, second] = [create(Token, { id: 1 }), create(Token, { id: 2 })]
    const owner = create(Owner, { id: 1, token: first })
    db.add(owner)
    await db.commit()
    sent()
    set(Owner, { token: second })(owner)
    await db.flush()
    expect([sent(), first.ownerId, second.ownerId]).toEqual([['update tokens 1', 'insert tokens 1'], null, 1])
    await db.commit()
    await db.run(expungeAll)
    sent()
    set(Owner, { token: null })((await db.get(Owner, 1))!)
    await db.flush()
    expect(sent()).toEqual(['select owners 1', 'select tokens 1', 'update tokens 1'])
  })
})
