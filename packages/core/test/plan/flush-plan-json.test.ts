// The plan of a flush holds values that JSON has no form for: they come back as they were.

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { bigint, bytes, column, custom, entity, explain, json, plannedRows, readPlan, real, relationship, table, text, timestamp, type FlushPlan } from '@relata/core'
import { fresh, kept, links, mapped, planOf } from './flush/flush-world.js'

/** Centimes in the program, a text in the database. */
class Price {
  constructor(readonly centimes: number) {}
}
const price = new t.Type<Price, string, unknown>(
  'Price', (value): value is Price => value instanceof Price,
  (value, context) => typeof value === 'string' && /^\d+$/.test(value) ? t.success(new Price(Number(value))) : t.failure(value, context),
  ({ centimes }) => String(centimes),
)
const things = table('things', {
  id: column(bigint, { primaryKey: true }),
  made: column(timestamp, { nullable: true }),
  raw: column(bytes, { nullable: true }),
  weight: column(real, { nullable: true }),
  about: column(json(t.unknown), { nullable: true }),
  price: column(custom({ name: 'price', codec: price }), { nullable: true }),
})
const notes = table('notes', { id: column(bigint, { primaryKey: true }), thingId: column(bigint, { references: 'things.id', nullable: true }), text: column(text) })
const shop = mapped({ Thing: entity(things, { notes: relationship('Note') }), Note: entity(notes) })

const rowsOf = (plan: FlushPlan) => plan.steps.map((step) => plannedRows(step))
const again = (plan: FlushPlan): FlushPlan => {
  const read = readPlan(shop, 'FlushPlan', JSON.stringify(plan))
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right
}

const values = {
  made: new Date('2026-02-03T04:05:06.789Z'), raw: Uint8Array.of(0, 127, 255), weight: -0,
  about: { $date: 'not one', list: [1n, { $object: {} }, null], at: new Date(0), ['__proto__']: 'a name as any' }, price: new Price(1250),
}

test('an insert, an update and a delete with values of every kind are planned, written and read', () => {
  const plan = planOf(
    shop,
    fresh('Thing', 1, { now: { id: 2n ** 63n - 1n, ...values } }),
    fresh('Thing', 2, { now: values, relationships: { notes: links({ added: ['new:3'] }) } }),
    fresh('Note', 3, { now: { text: 'new' } }),
    kept('Thing', 4, { key: [4n], now: { id: 4n, ...values, weight: Number.NaN }, was: { weight: Number.NEGATIVE_INFINITY, made: new Date(Number.NaN) } }),
    kept('Note', 5, { key: [5n], state: 'deleted', now: { id: 5n, text: 'old' } }),
  )
  const read = again(plan)
  expect(rowsOf(read)).toEqual(rowsOf(plan))
  expect(read.objects).toEqual(plan.objects)
  expect(explain(read)).toBe(explain(plan))
  expect(JSON.stringify(read)).toBe(JSON.stringify(plan))
})

test('values go through the codecs of their columns', () => {
  const text = JSON.stringify(planOf(shop, fresh('Thing', 1, { now: { id: 1n, price: new Price(1250) } })))
  expect(text).toContain('"1250"')
  expect(rowsOf(again(JSON.parse(text) as FlushPlan))[0]?.[0]?.values).toContainEqual(new Price(1250))
})

test('a value that is none of its column is refused', () => {
  const text = JSON.stringify(planOf(shop, fresh('Thing', 1, { now: { id: 1n, price: new Price(1250) } })))
  expect(readPlan(shop, 'FlushPlan', text.replace('"1250"', '"a lot"'))).toMatchObject(E.left({ code: 'argument', message: 'This FlushPlan has a value for things.price that is no Price.' }))
})

test('a copy of a plan that lost its form of JSON is refused, where its values are no longer what they were', () => {
  const plan = planOf(shop, fresh('Note', 1, { now: { id: 1, text: 'x' } }), fresh('Thing', 2, { now: { id: 2, made: new Date(0) } }))
  const message = (json: unknown) => { const read = readPlan(shop, 'FlushPlan', json); return E.isLeft(read) ? read.left.message : '' }
  expect(message(JSON.stringify({ ...plan }))).toMatch(/^This FlushPlan has a value for (notes|things)\.id that is no bigint\.$/)
  const dated = planOf(shop, fresh('Thing', 2, { now: { made: new Date(0) } }))
  expect(message(JSON.stringify({ ...dated }))).toBe('This FlushPlan has a value for things.made that is no timestamp.')
})

test('the version that the next one is made of goes through its codec', () => {
  const versioned = mapped({ Thing: entity(things, {}, { version: { attribute: 'price', next: (of: Price) => new Price(of.centimes + 1) } }) })
  const plan = planOf(versioned, kept('Thing', 1, { key: [4n], now: { id: 4n, weight: 2, price: new Price(7) }, was: { weight: 1 } }))
  const read = readPlan(versioned, 'FlushPlan', JSON.stringify(plan))
  expect(E.isRight(read) && rowsOf(read.right)).toEqual(rowsOf(plan))
  expect(rowsOf(plan).flat().flatMap(({ symbols }) => symbols)).toContainEqual({ _tag: 'nextVersion', entity: 'Thing', current: new Price(7) })
})

test('whatever a column of JSON holds comes back', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: false, withObjectString: true, key: fc.oneof(fc.string(), fc.constantFrom('$date', '$object', '$bigint', '$bytes', '$number', '__proto__', 'toJSON')) })
  fc.assert(fc.property(anything, (about) => {
    const once = again(planOf(shop, fresh('Thing', 1, { now: { id: 1n, about } })))
    const twice = again(once)
    expect(rowsOf(twice)).toEqual(rowsOf(once))
    expect(JSON.stringify(twice)).toBe(JSON.stringify(once))
  }))
})
