// Whose turn comes when: tables that do not refer to each other, and two relationships that write one column and disagree.

import { expect, test } from 'vitest'
import { right } from 'fp-ts/lib/Either.js'
import { column, entity, integer, relationship, table } from '@relata/core'
import { fresh, idOf, kept, links, mapped, planningOf, planOf, told } from './flush-world.js'

const people = table('people', {
  id: column(integer, { primaryKey: true }),
  favouriteId: column(integer, { name: 'favourite_id', references: 'letters.id', nullable: true }),
})
const letters = table('letters', {
  id: column(integer, { primaryKey: true }),
  writerId: column(integer, { name: 'writer_id', references: 'people.id', nullable: true }),
})
const letter = entity(letters, { writer: relationship('Person', { backPopulates: 'letter', foreignKeys: 'letters.writerId' }) })
const writes = relationship('Letter', { uselist: false, backPopulates: 'writer', foreignKeys: 'letters.writerId' })
test('tables that do not refer to each other are written, and rows of them deleted, in order of their entities', () => {
  const plain = (name: string) => entity(table(name, { id: column(integer, { primaryKey: true }) }), {})
  const mapping = mapped({ Zebra: plain('zebras'), Ape: plain('apes'), Mule: plain('mules') })
  const names = ['Zebra', 'Mule', 'Ape']
  expect(told(planOf(mapping, ...names.map((name, at) => fresh(name, at))))).toEqual(['insert apes ', 'insert mules ', 'insert zebras '])
  expect(told(planOf(mapping, ...names.map((name) => kept(name, 1, { state: 'deleted' }))))).toEqual(['delete apes id=1', 'delete mules id=1', 'delete zebras id=1'])
})

/** Letters refer to people, and nothing refers back. */
const straight = mapped({ Person: entity(people, { letter: writes }), Letter: letter })
/** People refer to letters too. */
const circle = mapped({ Person: entity(people, { letter: writes, favourite: relationship('Letter', { foreignKeys: 'people.favouriteId' }) }), Letter: letter })

/** The letter went from one person to the other, who lets it go for one that is not in the session. */
const displaced = (favourite: object) => [
  kept('Letter', 9, { now: { writerId: 1 }, relationships: { writer: links({ added: ['Person:2'], removed: ['Person:1'] }) }, parents: { 'Person.letter': 'let go' }, told: true }),
  kept('Person', 1, { now: { favouriteId: null }, relationships: { letter: links({ added: [null], removed: ['Letter:9'] }) }, told: true }),
  kept('Person', 2, { now: { favouriteId: null }, relationships: { letter: links({ added: ['new:8'] }), ...favourite }, told: true }),
  fresh('Letter', 8, { state: 'outside', changed: false }),
]

test('by table, the one that comes later by name holds', () => {
  expect(told(planOf(straight, ...displaced({})))).toEqual(['update letters writer_id=null where id=9'])
})

test('in a circle, the one whose rows wait for more rows holds', () => {
  const waits = { favourite: links({ kept: [] }) }
  expect(told(planOf(circle, ...displaced(waits)))).toEqual(['update letters writer_id=2 where id=9'])
})

test('in a circle, of two whose turns come at once the later by name holds', () => {
  expect(told(planOf(circle, ...displaced({})))).toEqual(['update letters writer_id=null where id=9'])
})

test('the links of the rows in a circle are asked for only where two relationships contend', () => {
  const untold = displaced({}).map((object) => ({ ...object, told: false }))
  const because = 'two relationships write one column'
  expect(planningOf(circle, ...untold)).toEqual(right({ _tag: 'Needs', loads: ['Person:1', 'Person:2', 'Letter:9'].map((name) => ({ _tag: 'links', object: idOf(name), because })) }))
  expect(planningOf(straight, ...untold)).toMatchObject({ right: { _tag: 'Plan' } })
  const agreed = untold.map((object) => (object.entity === 'Letter' ? { ...object, parents: { 'Person.letter': 'held' as const } } : object))
  expect(planningOf(circle, ...agreed)).toMatchObject({ right: { _tag: 'Plan' } })
})
