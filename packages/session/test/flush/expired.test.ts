// What a flush does with objects that were expired: it reads them, with what their mapping loads along, before it writes their rows.

import { column, entities, entity, integer, registry, relationship, select, table, text, type Model } from '@relata/core'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, commit, create, destroy, expire, expungeAll, flush, isLoaded, loadColumn, noAutoflush, one, refresh, set, sql } from '@relata/session'
import { failing, succeeding } from '../in-session.js'

const houses = table('houses', { id: column(integer, { primaryKey: true }), name: column(text) })
const rooms = table('rooms', {
  id: column(integer, { primaryKey: true }),
  houseId: column(integer, { name: 'house_id', references: 'houses.id', nullable: true }),
  name: column(text),
})
const parts = entities({
  House: entity(houses, { rooms: relationship('Room', { backPopulates: 'house', lazy: 'selectin' }) }),
  Room: entity(rooms, { house: relationship('House', { backPopulates: 'rooms', lazy: 'joined' }) }),
})
interface Parts extends Model<typeof parts> {}
const estate = registry<Parts>(parts)
const { House, Room } = estate.entities

const home = () => create(House, { name: 'home', rooms: [create(Room, { name: 'hall' })] })

describe('a flush that writes an expired object', () => {
  test('reads its row and its eager relationships first', async () => {
    const house = home()
    const { result, statements } = await succeeding(estate, pipe(
      add(house), RTE.chain(() => commit), RTE.chain(() => expire(House)(house)),
      RTE.chain(() => { set(House, { name: 'castle' })(house); return flush }), RTE.map(() => [house.name, isLoaded(House.rooms)(house)]),
    ))
    expect(statements.slice(2)).toEqual(['select houses 1', 'select rooms 1', 'update houses 1'])
    expect(result).toEqual(['castle', true])
  })

  test('reads the one whose key another row takes', async () => {
    const house = create(House, { name: 'home' })
    const loft = create(Room, { name: 'loft' })
    const { statements } = await succeeding(estate, pipe(
      add(house, loft), RTE.chain(() => commit), RTE.chain(() => { set(Room, { house })(loft); return expire(House)(house) }), RTE.chain(() => flush),
    ))
    expect(statements.slice(2)).toEqual(['select houses 1', 'select rooms 0', 'update rooms 1'])
  })

  test('leaves alone what has changes', async () => {
    const house = home()
    const { result, statements } = await succeeding(estate, pipe(
      add(house), RTE.chain(() => commit), RTE.chain(() => expire(House)(house)),
      RTE.chain(() => add(create(Room, { name: 'loft', house }))), RTE.chain(() => flush), RTE.map(() => isLoaded(House.rooms)(house)),
    ))
    expect(statements.slice(2)).toEqual(['select houses 1', 'insert rooms 1'])
    expect(result).toBe(false)
  })

  test('says so where the row is gone', async () => {
    const house = create(House, { name: 'home' })
    expect(await failing(estate, pipe(
      add(house), RTE.chain(() => commit), RTE.chain(() => expire(House)(house)), RTE.chain(() => sql('delete from houses')),
      RTE.chain(() => { set(House, { name: 'castle' })(house); return flush }),
    ))).toBe('object-deleted')
  })

  test('reads one that is deleted, and its members with it', async () => {
    const house = home()
    const { statements } = await succeeding(estate, pipe(
      add(house), RTE.chain(() => commit), RTE.chain(() => expire(House)(house)), RTE.chain(() => destroy(house)), RTE.chain(() => flush),
    ))
    expect(statements.slice(2)).toEqual(['select houses 1', 'select rooms 1', 'update rooms 1', 'delete houses 1'])
  })
})

test('what an expired object loads along is a load of its own, and flushes first', async () => {
  const loft = create(Room, { name: 'loft', house: create(House, { name: 'home' }) })
  const { statements } = await succeeding(estate, pipe(
    add(loft), RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.chain(() => one(select(House))),
    RTE.chain((house) => pipe(
      expire(House)(house), RTE.chain(() => add(create(Room, { name: 'hall' }))), RTE.chain(() => noAutoflush(loadColumn(House.name)(house))),
      RTE.chain(() => expire(House)(house)), RTE.chain(() => loadColumn(House.name)(house)),
    )),
  ))
  expect(statements.slice(4)).toEqual(['select houses 1', 'select rooms 1', 'insert rooms 1', 'select houses 1', 'select rooms 1'])
})

describe('refresh', () => {
  test('drops the changes of its object before anything is flushed', async () => {
    const house = home()
    const { statements } = await succeeding(estate, pipe(
      add(house), RTE.chain(() => commit), RTE.chain(() => { set(House, { name: 'castle' })(house); return refresh(House)(house) }),
    ))
    expect([statements.slice(2), house.name]).toEqual([['select houses 1', 'select rooms 1'], 'home'])
  })

  test('leaves a collection that the flush before it has just loaded', async () => {
    const house = create(House, { name: 'home' })
    const loft = create(Room, { name: 'loft' })
    const { statements } = await succeeding(estate, pipe(
      add(house, loft), RTE.chain(() => commit), RTE.chain(() => { set(Room, { house })(loft); return refresh(House)(house) }),
    ))
    expect(statements.slice(2)).toEqual(['select houses 1', 'select rooms 0', 'update rooms 1', 'select houses 1'])
    expect(house.rooms).toEqual([])
  })
})
