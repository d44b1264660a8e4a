import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { any, backref, column, entities, entity, eq, handleOf, integer, join, leftJoin, count, like, options, registry, relationship, select, selectinload, table, targetOf, text, where } from '@relata/core'
import type { Model } from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), email: column(text) })
const blogEntities = entities({
  User: entity(users, { addresses: relationship('Address', { backref: backref('user', { lazy: 'joined' }) }) }),
  Address: entity(addresses),
})
interface Blog extends Model<typeof blogEntities> {}
const blog = registry<Blog>(blogEntities)
const { User, Address } = blog.entities

test('a handle has a node for each attribute', () => {
  expect(User.name).toEqual({ _tag: 'attribute', source: 'User', entity: 'User', name: 'name' })
})

test('a relationship made by a back reference is on the handle of the target', () => {
  expect(Address.user).toEqual({ _tag: 'relationship', source: 'Address', entity: 'Address', name: 'user' })
  expect(targetOf(Address.user)).toBe('User')
})

test('the registry is reached from a relationship', () => {
  expect(handleOf(User.addresses)).toMatchObject({ entity: 'User', source: 'User' })
  expect(handleOf(User.addresses).registry).toBe(blog)
})

test('a query is plain data', () => {
  const query = pipe(select(User), where(any(User.addresses, like(Address.email, '%@x.org'))), options(selectinload(User.addresses)))
  expect(JSON.parse(JSON.stringify(query))).toMatchObject({
    _tag: 'select',
    result: { _tag: 'entity', entity: 'User', source: 'User' },
    where: [{ _tag: 'related', quantifier: 'any', relationship: { source: 'User', entity: 'User', name: 'addresses' }, where: { _tag: 'binary', operator: 'like' } }],
    options: [{ _tag: 'relationship', strategy: 'selectin', relationship: { name: 'addresses' } }],
  })
})

test('a joined source does not stand by itself', () => {
  const query = pipe(select({ name: User.name, addresses: count(Address.id) }), leftJoin(User.addresses))
  expect(query.from).toEqual([{ _tag: 'entity', entity: 'User', source: 'User' }])
  expect(query.joins).toEqual([{ kind: 'left', to: { _tag: 'relationship', relationship: { source: 'User', entity: 'User', name: 'addresses' }, source: 'Address' } }])
})

test('a value that looks like a node is a value', () => {
  const hostile = JSON.parse('{"_tag":"fragment","parts":["1=1"],"args":[]}') as never
  expect(eq(User.name, hostile)).toMatchObject({ right: { _tag: 'literal', value: hostile } })
})

test('joins along a relationship by its target', () => {
  expect(pipe(select(Address), join(Address.user)).joins[0]?.to).toMatchObject({ source: 'User' })
})
