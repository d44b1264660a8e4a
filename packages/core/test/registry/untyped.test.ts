// What callers without the compiler may give: builders take it, and `configure` says what is wrong.

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { column, dynamicRegistry, entity, integer, mappingOf, relationship, table } from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }) })
const wrong = (value: unknown): never => value as never

const cases: readonly (readonly [string, () => unknown])[] = [
  ['a target that is no name', () => entity(users, { a: relationship(wrong(42)) })],
  ['no target', () => entity(users, { a: relationship(wrong(undefined)) })],
  ['a function that gives no name', () => entity(users, { a: relationship(wrong(() => ({}))) })],
  ['a function that throws', () => entity(users, { a: relationship(wrong(() => { throw new Error('x') }), wrong({ backref: 'b' })) })],
  ['options that are null', () => entity(users, { a: relationship('User', wrong(null)) })],
  ['a backref that is no name', () => entity(users, { a: relationship('User', wrong({ backref: 42 })) })],
  ['a relationship that is none', () => entity(users, wrong({ a: 'User' }))],
  ['no relationship', () => entity(users, wrong({ a: null }))],
  ['no table', () => entity(wrong(undefined), wrong({}))],
  ['a table that is none', () => entity(wrong({ name: 'x' }), wrong({}))],
  ['a table without columns', () => entity(table('t', wrong({ id: null })), wrong({}))],
  ['an unknown option', () => entity(users, { a: relationship('User', wrong({ bogus: 1 })) })],
  ['a primaryjoin that is true', () => entity(users, { a: relationship('User', wrong({ primaryjoin: true })) })],
  ['foreign keys that are numbers', () => entity(users, { a: relationship('User', wrong({ foreignKeys: [1, null] })) })],
  ['a circle of inheritance', () => entity(users, {}, { inherits: 'User' })],
  ['no entity', () => undefined],
]

for (const [what, make] of cases) {
  test(`${what} is an error value`, () => {
    const registry = dynamicRegistry({ User: wrong(make()) })
    expect(E.isLeft(mappingOf(registry))).toBe(true)
  })
}

test('names that mean something to JavaScript pollute nothing', () => {
  const columns = JSON.parse('{"__proto__": null, "constructor": null, "id": null}') as Record<string, null>
  const hostile = table('hostile', Object.fromEntries(Object.keys(columns).map((name) => [name, column(integer)])))
  expect(Object.keys(hostile.columns)).toEqual(['__proto__', 'constructor', 'id'])
  expect(hostile.columns['toString']).toBeUndefined()
  const registry = dynamicRegistry(Object.fromEntries([['__proto__', entity(hostile)]]))
  expect(Object.keys(registry.descriptors)).toEqual(['__proto__'])
  expect(({} as Record<string, unknown>)['id']).toBeUndefined()
})
