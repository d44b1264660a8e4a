// Relationships to an alias of an entity: what they mean, and what is refused.

import { alias, and, column, desc, entity, eq, integer, le, over, registry, relationship, rowNumber, select, subquery, table, tableAlias, tableJoin, text, type AnyEntity, type MappedRelationship } from '@relata/core'
import { expect, test } from 'vitest'
import { copies, couples, errorsIn, errorsOf, mappingOf, relationshipOf, texts } from './configured.js'

const users = table('users', { id: column(integer, { primaryKey: true }), favouriteId: column(integer, { references: 'posts.id', nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), title: column(text), replyToId: column(integer, { references: 'posts.id', nullable: true }) })
const votes = table('votes', { id: column(integer, { primaryKey: true }), postId: column(integer, { references: 'posts.id' }) })

const place = over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] })
const ranked = subquery('ranked', select({ id: posts.c.id, userId: posts.c.userId, place }))
const newest = and(eq(users.c.id, ranked.userId), le(ranked.place, 3))
const voted = tableJoin(posts, votes, eq(votes.c.postId, posts.c.id))

const of = (relationships: Parameters<typeof entity>[1], ofPost: Parameters<typeof entity>[1] = {}): Readonly<Record<string, AnyEntity>> =>
  ({ User: entity(users, relationships), Post: entity(posts, ofPost), Vote: entity(votes) })
const faultOf = (relationships: Parameters<typeof entity>[1]): string => errorsOf(of(relationships)).map(({ code, message }) => `${code}: ${message}`).join('\n')

const shapes: readonly (readonly [string, Readonly<Record<string, AnyEntity>>, string, Partial<Record<string, unknown>>])[] = [
  ['rows of a query, limited', of({ newest: relationship(alias('Post', ranked), { primaryjoin: newest }) }), 'User.newest',
    { target: 'Post', direction: 'one-to-many', uselist: true, viewonly: true, useGet: false, local: ['users.id'], foreign: ['ranked.userId'], pairs: ['users.id ranked.userId'] }],
  ['one of the rows of a query', of({ last: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, ranked.userId), eq(ranked.place, 1)), uselist: false }) }), 'User.last',
    { direction: 'one-to-many', uselist: false, viewonly: true }],
  ['a foreign key of the query\'s table decides the condition where none is given', of({ all: relationship(alias('Post', subquery('plain', select({ id: posts.c.id, userId: posts.c.userId }))), { foreignKeys: ['plain.userId'] }) }), 'User.all',
    { direction: 'one-to-many', pairs: ['users.id plain.userId'] }],
  ['a foreign key of the parent\'s leads to the query\'s key', of({ favourite: relationship(alias('Post', ranked), { primaryjoin: eq(users.c.favouriteId, ranked.id) }) }), 'User.favourite',
    { direction: 'many-to-one', uselist: false, useGet: false, foreign: ['users.favouriteId'], pairs: ['users.favouriteId ranked.id'] }],
  ['a table under another name, which is written as itself', of({ others: relationship(alias('Post', tableAlias(posts, 'p')), { primaryjoin: eq(users.c.id, tableAlias(posts, 'p').c.userId) }) }), 'User.others',
    { direction: 'one-to-many', viewonly: false, pairs: ['users.id p.userId'], copies: ['users.id → posts.userId'] }],
  ['a join', of({ favourite: relationship(alias('Post', voted, 'voted'), { primaryjoin: eq(users.c.favouriteId, posts.c.id) }) }), 'User.favourite',
    { direction: 'many-to-one', viewonly: false, pairs: ['users.favouriteId posts.id'], copies: ['posts.id → users.favouriteId'] }],
  ['an alias of the entity itself', of({}, { replies: relationship(alias('Post', tableAlias(posts, 'reply')), { primaryjoin: eq(posts.c.id, tableAlias(posts, 'reply').c.replyToId) }) }), 'Post.replies',
    { direction: 'one-to-many', pairs: ['posts.id reply.replyToId'], copies: ['posts.id → posts.replyToId'] }],
]

const facts = (found: MappedRelationship) => ({
  target: found.target, direction: found.direction, uselist: found.uselist, viewonly: found.viewonly, useGet: found.useGet,
  local: texts(found.localColumns), foreign: texts(found.foreignKeyColumns), pairs: couples(found.localRemotePairs), copies: copies(found.synchronizePairs),
})

test.each(shapes)('%s', (_name, entities, key, expected) => {
  expect(facts(relationshipOf(entities, key))).toMatchObject(expected)
})

test('the mapping knows the query once, with what each of its columns is', () => {
  const { tables } = mappingOf(of({ newest: relationship(alias('Post', ranked), { primaryjoin: newest }) }))
  expect(tables['ranked']?.derived).toMatchObject({ rows: { _tag: 'select' }, of: { id: { table: 'posts', column: 'id' }, userId: { table: 'posts', column: 'userId' } } })
  expect(Object.entries(tables['ranked']?.columns ?? {}).map(([name, { type }]) => [name, type.database.kind])).toEqual([['id', 'integer'], ['userId', 'integer'], ['place', 'integer']])
})

test('a query over another query is seen through', () => {
  const first = subquery('first', select({ key: ranked.id, owner: ranked.userId }))
  expect(facts(relationshipOf(of({ firsts: relationship(alias('Post', first), { primaryjoin: eq(users.c.id, first.owner) }) }), 'User.firsts'))).toMatchObject({ direction: 'one-to-many', pairs: ['users.id first.owner'] })
})

test.each<readonly [string, Parameters<typeof entity>[1], string]>([
  ['an entity that is not there', { x: relationship(alias('Pots', ranked), { primaryjoin: newest }) }, 'argument: User.x leads to \'Pots\', but this registry has no entity of that name.'],
  ['a query without the key', { x: relationship(alias('Post', subquery('keyless', select({ userId: posts.c.userId }))), {}) }, 'argument: The target of User.x cannot be used: \'keyless\' does not give posts.id, by which objects of Post are told apart.'],
  ['a backref', { x: relationship(alias('Post', ranked), { primaryjoin: newest, backref: 'user' }) }, 'argument: User.x leads to the alias \'ranked\', and no relationship of Post can lead back along the conditions of the alias.'],
  ['writing to a query', { x: relationship(alias('Post', ranked), { primaryjoin: newest, viewonly: false }) }, 'argument: User.x has viewonly: false, but the rows of the query \'ranked\' cannot be written.'],
  ['an alias that is called like an entity', { x: relationship(alias('Post', voted, 'Vote'), { primaryjoin: eq(users.c.favouriteId, posts.c.id) }) }, 'argument: The target of User.x cannot be used: the alias has the name of an entity, \'Vote\'.'],
  ['a join without a name', { x: relationship(alias('Post', voted, ''), { primaryjoin: eq(users.c.favouriteId, posts.c.id) }) }, 'argument: The target of User.x cannot be used: the alias has no name.'],
  ['a query that is called like a table', { x: relationship(alias('Post', subquery('votes', select({ id: posts.c.id, userId: posts.c.userId }))), {}) }, 'argument: There are two different tables called \'votes\'.'],
  ['a field that the query does not have', { x: relationship(alias('Post', ranked), { primaryjoin: newest, foreignKeys: ['ranked.usrId'] }) }, 'argument: foreignKeys of User.x cannot be used: \'ranked\' has no column \'usrId\'.'],
  ['an alias from a function', { x: relationship((() => alias('Post', ranked)) as never, { primaryjoin: newest }) }, 'argument: The function that gives the target of User.x gives an alias.'],
])('refused: %s', (_name, relationships, fault) => {
  expect(faultOf(relationships)).toContain(fault)
})

test('a query of the mapping that speaks of entities is refused with what to write', () => {
  const other = registry({ Post: entity(posts) }).entities.Post
  const errors = errorsOf(of({ x: relationship(alias('Post', subquery('spoken', select({ id: other.id, userId: other.userId }))), {}) }))
  expect(errors[0]).toMatchObject({ code: 'argument', message: expect.stringContaining('The query \'spoken\' cannot be read from') as string, hint: expect.stringContaining('columns of its tables') as string })
})

test('whoever gets past the compiler with something else is told', () => {
  const descriptors = { User: { table: users, options: {}, relationships: { x: { _tag: 'Relationship', target: { _tag: 'EntityAlias', entity: 'User', alias: 'u', source: 7 }, options: {} } } } }
  expect(errorsIn({ _tag: 'Registry', descriptors } as never)[0]).toMatchObject({ code: 'argument', message: expect.stringContaining('its source cannot be read from') as string })
})
