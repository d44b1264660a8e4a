import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import {
  alias, and, any, attributeNamed, column, contains, desc, dynamicRegistry, entity, eq, handleOf, has, inList, integer, isNull, join, limit, mappingOf, not, ofType, only,
  options, orderBy, relationship, relationshipNamed, select, selectinload, table, text, where, containsEager,
} from '@relata/core'
import type { DynamicExpr, DynamicHandle, DynamicModel, LoadOption, Query } from '@relata/core'

const registry = dynamicRegistry({
  User: entity(table('users', { id: column(integer, { primaryKey: true }), name: column(text) }), { addresses: relationship('Address', { backref: 'user' }) }),
  Address: entity(table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }) })),
})

const must = <A>(found: Option<A>): A => {
  if (O.isNone(found)) throw new Error('not there')
  return found.value
}
const handle = (name: string): DynamicHandle => must(registry.entity(name))
const attribute = (name: string, of: string): DynamicExpr => must(attributeNamed(handle(name), of))

test('a handle is found by name', () => {
  expect(handleOf(handle('User'))).toMatchObject({ entity: 'User', source: 'User' })
  expect(O.isNone(registry.entity('constructor'))).toBe(true)
})

test('every step of a query takes what names gave', () => {
  const addresses = must(relationshipNamed(handle('User'), 'addresses'))
  const user = must(relationshipNamed(handle('Address'), 'user'))
  const conditions: readonly DynamicExpr[] = [eq(attribute('User', 'id'), JSON.parse('7') as unknown), inList(attribute('User', 'id'), [1, 2])]
  let query: Query<DynamicModel, string, {}, string> = select(handle('User'))
  query = pipe(query, where(and(...conditions)), where(any(addresses, not(isNull(attribute('Address', 'userId'))))))
  query = pipe(query, join(addresses), orderBy(desc(attribute('User', 'name'))), limit(3))
  const chain: LoadOption<DynamicModel, string, {}> = selectinload(addresses, selectinload(user), only(eq(attribute('Address', 'id'), 1)))
  query = options(chain)(query)
  expect(query.options).toHaveLength(1)
  expect(has(user)).toMatchObject({ _tag: 'related', quantifier: 'has' })
  expect(eq(user, null)).toMatchObject({ _tag: 'relatedNull', negated: false })
  expect(contains(addresses, {} as never)).toMatchObject({ _tag: 'relatedTo', operator: 'contains' })
})

test('an alias of a dynamic handle is one', () => {
  const home: DynamicHandle = alias(handle('Address'), 'home')
  const addresses = must(relationshipNamed(handle('User'), 'addresses'))
  const query = pipe(select(handle('User')), join(addresses, home), where(eq(must(attributeNamed(home, 'id')), 1)), options(containsEager(ofType(addresses, home))))
  expect(query.options[0]).toMatchObject({ strategy: 'contains', alias: 'home' })
})

test('a registry is configured once', () => {
  expect(mappingOf(registry)).toBe(mappingOf(registry))
})
