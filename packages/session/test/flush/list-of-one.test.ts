// A reference that is held as a list, of one object at most.

import { asc, column, entities, entity, integer, orderBy, registry, relationship, select, table, type Model } from '@relata/core'
import { add, all, append, create, expungeAll, flush, load, remove } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const houses = table('houses', { id: column(integer, { primaryKey: true }) })
const rooms = table('rooms', { id: column(integer, { primaryKey: true }), houseId: column(integer, { references: 'houses.id', nullable: true }) })
const parts = entities({ House: entity(houses), Room: entity(rooms, { houses: relationship('House', { uselist: true }) }) })
interface Parts extends Model<typeof parts> {}
const estate = registry<Parts>(parts)
const { House, Room } = estate.entities

const read = pipe(flush, RTE.chain(() => expungeAll), RTE.chain(() => all(pipe(select(Room), orderBy(asc(Room.id))))), RTE.chain(load(Room.houses)))

test('its object is written as the reference is, and read back', async () => {
  const { result, statements } = await succeeding(estate, pipe(add(create(Room, { houses: [create(House, {})] }), create(Room, {})), RTE.chain(() => read)))
  expect(statements.slice(0, 2)).toEqual(['insert houses 1', 'insert rooms 2'])
  expect(result.map((room) => [room.houseId, room.houses.map(({ id }) => id)])).toEqual([[1, [1]], [null, []]])
})

test('one that is taken out leaves null, and another takes its place', async () => {
  const [old, now] = [create(House, {}), create(House, {})]
  const [left, moved] = [create(Room, { houses: [old] }), create(Room, { houses: [old] })]
  const { result, statements } = await succeeding(estate, pipe(add(left, moved, now), RTE.chain(() => flush), RTE.chain(() => {
    remove(Room.houses, old)(left)
    remove(Room.houses, old)(moved)
    append(Room.houses, now)(moved)
    return read
  })))
  expect(statements.filter((statement) => statement.startsWith('update'))).toEqual(['update rooms 2'])
  expect(result.map((room) => [room.houseId, room.houses.map(({ id }) => id)])).toEqual([[null, []], [2, [2]]])
})
