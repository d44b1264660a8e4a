import { expect, test } from 'vitest'
import { and, column, entity, eq, integer, relationship, table, text as textType } from '@relata/core'
import { relationshipOf, texts } from './configured.js'
import { addresses, nodes, postTags, posts, tags, users } from './tables.js'

const blog = { User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }), Address: entity(addresses) }
const tagged = { Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, backref: 'posts' }) }), Tag: entity(tags) }

test('the lazy clause puts a parameter in the place of the parent\'s column', () => {
  const { lazyClause } = relationshipOf(blog, 'User.addresses')
  expect(lazyClause.binds).toEqual([{ table: 'users', column: 'id' }])
  expect(lazyClause.condition).toMatchObject({ operator: 'eq', left: { _tag: 'bind', index: 0 }, right: { _tag: 'joinColumn', table: 'addresses', column: 'userId', from: 'target' } })
})

test('the reverse clause puts one in the place of the target\'s', () => {
  const { reverseLazyClause } = relationshipOf(blog, 'User.addresses')
  expect(reverseLazyClause.binds).toEqual([{ table: 'addresses', column: 'userId' }])
  expect(reverseLazyClause.condition).toMatchObject({ left: { _tag: 'joinColumn', table: 'users', column: 'id', from: 'parent' }, right: { _tag: 'bind', index: 0 } })
})

test('a column that occurs twice is one parameter', () => {
  const { lazyClause } = relationshipOf({ User: entity(users, { own: relationship('Address', { primaryjoin: and(eq(users.c.id, addresses.c.userId), eq(users.c.id, addresses.c.id)) }) }), Address: entity(addresses) }, 'User.own')
  expect(lazyClause.binds).toEqual([{ table: 'users', column: 'id' }])
})

test('with a secondary both conditions are kept; only the known side\'s own is bound', () => {
  const { lazyClause, reverseLazyClause } = relationshipOf(tagged, 'Post.tags')
  expect(texts(lazyClause.binds)).toEqual(['posts.id'])
  expect(lazyClause.secondaryCondition).toMatchObject({ left: { from: 'target' }, right: { from: 'secondary' } })
  expect(texts(reverseLazyClause.binds)).toEqual(['tags.id'])
  expect(reverseLazyClause.condition).toMatchObject({ left: { from: 'parent' }, right: { from: 'secondary' } })
})

test('in a tree each direction binds its own side', () => {
  expect(texts(relationshipOf({ Node: entity(nodes, { children: relationship('Node') }) }, 'Node.children').lazyClause.binds)).toEqual(['nodes.id'])
  expect(texts(relationshipOf({ Node: entity(nodes, { parent: relationship('Node', { remoteSide: ['nodes.id'] }) }) }, 'Node.parent').lazyClause.binds)).toEqual(['nodes.parentId'])
})

test('a many-to-one by the whole key is answered by the identity map; nothing else is', () => {
  expect(relationshipOf(blog, 'Address.user')).toMatchObject({ useGet: true, useGetColumns: [{ table: 'addresses', column: 'userId' }] })
  expect(relationshipOf(blog, 'User.addresses').useGet).toBe(false)
  const filtered = relationshipOf({ User: entity(users), Address: entity(addresses, { user: relationship('User', { primaryjoin: and(eq(addresses.c.userId, users.c.id), eq(users.c.name, 'ed')) }) }) }, 'Address.user')
  expect(filtered.useGet).toBe(false)
  expect(relationshipOf({ User: entity(users), Address: entity(addresses, { users: relationship('User', { uselist: true }) }) }, 'Address.users').useGet).toBe(false)
})

test('a composite key is looked up in the key\'s order, whatever the condition\'s', () => {
  const orders = table('orders', { region: column(integer, { primaryKey: true }), number: column(integer, { primaryKey: true }) })
  const lines = table('lines', { id: column(integer, { primaryKey: true }), a: column(integer), b: column(integer) }, { foreignKeys: [{ columns: ['b', 'a'], table: 'orders', references: ['number', 'region'] }] })
  expect(texts(relationshipOf({ Order: entity(orders), Line: entity(lines, { order: relationship('Order') }) }, 'Line.order').useGetColumns)).toEqual(['lines.a', 'lines.b'])
})

test('a key of another kind of value is no key', () => {
  const codes = table('codes', { id: column(textType, { primaryKey: true }) })
  const uses = table('uses', { id: column(integer, { primaryKey: true }), codeId: column(integer, { references: 'codes.id' }) })
  expect(relationshipOf({ Code: entity(codes), Use: entity(uses, { code: relationship('Code') }) }, 'Use.code').useGet).toBe(false)
})

test('the key of a joined subclass is found under any name', () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(textType) })
  const bosses = table('bosses', { personId: column(integer, { primaryKey: true, references: 'people.id' }) })
  const firms = table('firms', { id: column(integer, { primaryKey: true }), bossId: column(integer, { references: 'bosses.personId' }) })
  expect(relationshipOf({ Person: entity(people, {}, { polymorphicOn: 'kind' }), Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }), Firm: entity(firms, { boss: relationship('Boss') }) }, 'Firm.boss').useGet).toBe(true)
})

test('a join is left out where the far end has the parent\'s whole key', () => {
  expect(relationshipOf(blog, 'User.addresses').omitJoin).toBe(true)
  expect(relationshipOf(blog, 'Address.user').omitJoin).toBe(true)
  expect(relationshipOf(tagged, 'Post.tags').omitJoin).toBe(true)
  expect(relationshipOf({ User: entity(users, { addresses: relationship('Address', { omitJoin: false }) }), Address: entity(addresses) }, 'User.addresses').omitJoin).toBe(false)
})

test('a join stays where the secondary has only a part of the key, or another column, or both sides are one entity', () => {
  const wide = table('wide', { a: column(integer, { primaryKey: true }), b: column(integer, { primaryKey: true }) })
  const wideTags = table('wide_tags', { a: column(integer, { references: 'wide.a' }), tagId: column(integer, { references: 'tags.id' }) })
  expect(relationshipOf({ Wide: entity(wide, { tags: relationship('Tag', { secondary: wideTags }) }), Tag: entity(tags) }, 'Wide.tags').omitJoin).toBe(false)
  const coded = table('coded', { id: column(integer, { primaryKey: true }), code: column(integer, { unique: true }) })
  const codedTags = table('coded_tags', { code: column(integer, { primaryKey: true, references: 'coded.code' }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })
  expect(relationshipOf({ Coded: entity(coded, { tags: relationship('Tag', { secondary: codedTags }) }), Tag: entity(tags) }, 'Coded.tags').omitJoin).toBe(false)
  const links = table('links', { fromId: column(integer, { references: 'nodes.id' }), toId: column(integer, { references: 'nodes.id' }) })
  expect(relationshipOf({ Node: entity(nodes, { next: relationship('Node', { secondary: links, primaryjoin: eq(nodes.c.id, links.c.fromId), secondaryjoin: eq(nodes.c.id, links.c.toId) }) }) }, 'Node.next').omitJoin).toBe(false)
})
