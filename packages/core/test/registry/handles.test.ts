// Handles: nodes and relationships by name, everything else out of the way.
/* oxlint-disable unicorn/no-thenable -- that `then` is left out is one of the facts */

import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { alias, column, combine, dynamicRegistry, entities, entity, eq, handleOf, integer, merge, relationship, registry, select, table, targetOf, text, where } from '@relata/core'
import type { Model } from '@relata/core'

const id = column(integer, { primaryKey: true })

test('attributes may have nearly any name', () => {
  const odd = table('odd', { id, $: column(text), name: column(text), select: column(text), _tag: column(text), length: column(integer), hasOwnProperty: column(text) })
  const all = entities({ Odd: entity(odd) })
  interface Odds extends Model<typeof all> {}
  const { Odd } = registry<Odds>(all).entities
  expect(Object.keys(Odd)).toEqual(['id', '$', 'name', 'select', '_tag', 'length', 'hasOwnProperty'])
  expect(pipe(select(Odd), where(eq(Odd._tag, 'x'))).result).toEqual({ _tag: 'entity', entity: 'Odd', source: 'Odd' })
})

test('names that JavaScript asks objects for are left out', () => {
  const taken = dynamicRegistry({ T: entity(table('t', { id, then: column(text), toJSON: column(text), constructor: column(text) })) })
  expect(Object.keys(taken.entities['T']!)).toEqual(['id'])
})

test('attributes bear the names that the entity gives them', () => {
  const t = table('t', { id, user_name: column(text), secret: column(text) })
  const parts = dynamicRegistry({ T: entity(t, {}, { attributes: { name: 'user_name' }, exclude: ['secret'] }) })
  expect(Object.keys(parts.entities['T']!)).toEqual(['id', 'name'])
})

test('an entity has what those above it have, root first', () => {
  const payments = table('payments', { id, amount: column(integer), orderId: column(integer, { references: 'orders.id' }) })
  const cards = table('cards', { id: column(integer, { primaryKey: true, references: 'payments.id' }), last4: column(text) })
  const shop = dynamicRegistry({
    Card: entity(cards, {}, { inherits: 'Payment', identity: 'card' }),
    Payment: entity(payments),
    Order: entity(table('orders', { id }), { payments: relationship('Payment', { backref: 'order' }) }),
  })
  expect(Object.keys(shop.entities['Card']!)).toEqual(['id', 'amount', 'orderId', 'last4', 'order'])
})

test('an alias of an alias is one of the entity', () => {
  const all = entities({ A: entity(table('a', { id })) })
  interface As extends Model<typeof all> {}
  const { A } = registry<As>(all).entities
  const B = alias(alias(A, 'x'), 'y')
  expect(handleOf(B)).toMatchObject({ entity: 'A', source: 'y' })
  expect(B.id).toEqual({ _tag: 'attribute', source: 'y', entity: 'A', name: 'id' })
})

test('a target may be given by a function', () => {
  const all = dynamicRegistry({ A: entity(table('a', { id }), { bs: relationship(() => 'B', { backref: 'a' }) }), B: entity(table('b', { id, aId: column(integer, { references: 'a.id' }) })) })
  expect(targetOf(all.entities['A']!['bs'] as never)).toBe('B')
  expect(Object.keys(all.entities['B']!)).toEqual(['id', 'aId', 'a'])
})

test('the handles of merged registries reach into each other', () => {
  const catalog = { Product: entity(table('p', { id }), {}) }
  const notes = { Note: entity(table('n', { id }), {}) }
  interface Catalog extends Model<typeof catalog> {}
  interface Notes extends Model<typeof notes> {}
  const both = merge(registry<Catalog>(catalog), registry<Notes>(notes))
  expect(Object.keys(both.entities)).toEqual(['Product', 'Note'])
  expect(handleOf(both.entities.Product).registry.descriptors).toHaveProperty('Note')
})

test('the same entity in two features is a mistake of the program', () => {
  const feature = { Product: entity(table('p', { id })) }
  expect(() => combine(feature, feature as never)).toThrow("entity 'Product' is in both")
})
