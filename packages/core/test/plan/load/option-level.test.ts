// Which of several options counts, and what goes on below.

import { defaultload, everywhere, joinedload, lazyload, optionsBelow, raiseload, select, selectinload, strategyOf, type LoaderOption, type MappedRelationship } from '@relata/core'
import { expect, test } from 'vitest'
import { Item, mapping, Order, refusalOf, User } from './shop.js'

const data = (option: object): LoaderOption => option as LoaderOption // a loader's option is its data
const orders = ((): MappedRelationship => {
  const found = mapping.entities['User']?.relationship['orders']
  if (found === undefined) throw new Error('User.orders')
  return found
})()
const all = (strategy: 'raise' | 'joined', entity?: string): LoaderOption => ({ _tag: 'wildcard', strategy, ...(entity === undefined ? {} : { entity }) })

test.each([
  ['the mapping, where nothing is said', [], 'select', false],
  ['an option over the mapping', [data(joinedload(User.orders))], 'joined', true],
  ['the later of two options', [data(joinedload(User.orders)), data(selectinload(User.orders))], 'selectin', true],
  ['an option over a wildcard, whatever their order', [data(lazyload(User.orders)), all('raise')], 'select', true],
  ['the wildcard of the entity over that of the query', [all('raise', 'User'), all('joined')], 'raise', false],
  ['not the wildcard of another entity', [all('raise', 'Item')], 'select', false],
  ['raise, said by an option', [data(raiseload(User.orders))], 'raise', true],
  ['defaultload leaves what was said', [data(joinedload(User.orders)), data(defaultload(User.orders))], 'joined', true],
] as const)('%s', (_name, options, how, explicit) => {
  expect(strategyOf(mapping, options, orders)).toMatchObject({ how, explicit })
})

test('options of the next level are those of all links along the relationship, and those of the whole query', () => {
  const below = optionsBelow(mapping, [data(joinedload(User.orders, selectinload(Order.items))), data(defaultload(User.orders, lazyload(Order.user))), all('raise')], orders)
  expect(below.map((option) => (option._tag === 'relationship' ? option.relationship.name : option._tag))).toEqual(['items', 'user', 'wildcard'])
})

test('what holds everywhere are criteria and wildcards without an entity', () => {
  expect(everywhere([all('raise'), all('raise', 'User'), data(joinedload(User.orders))])).toEqual([all('raise')])
})

test.each(['lazy', 'default', 'raise'] as const)('below what %s leaves for later, an option that does not follow is refused', (strategy) => {
  const along = (below: object): LoaderOption => ({ _tag: 'relationship', strategy, relationship: { source: 'User', entity: 'User', name: 'orders' }, below: [data(below)] })
  expect(refusalOf({ ...select(User), options: [along(selectinload(Order.items))] })).toBe(undefined)
  expect(refusalOf({ ...select(User), options: [along(selectinload(Item.orders))] })).toBe('argument')
})

test.each(['eq', 'ne'] as const)('%s compares no collection with an object', (operator) => {
  const related = { _tag: 'relatedTo', operator, relationship: { source: 'User', entity: 'User', name: 'orders' }, object: {} } as const
  expect(refusalOf({ ...select(User), where: [related] })).toBe('invalid-request')
})

test('an option that does not start from what the level loads is refused', () => {
  expect(refusalOf({ ...select(User), options: [data(selectinload(Order.items))] })).toBe('argument')
  // @ts-expect-error the types refuse it too
  expect(refusalOf({ ...select(User), options: [data(selectinload(User.orders, selectinload(User.orders)))] })).toBe('argument')
})
