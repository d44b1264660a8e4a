// What is wrong with a condition, each with its columns and with what to type.

import { and, column, concat, entity, eq, fn, foreign, integer, like, ne, op, relationship, remote, table, type MappingDetail } from '@relata/core'
import { expect, test } from 'vitest'
import { errorsOf, type Entities, mappingOf } from './configured.js'
import { makers, nodes, posts, tags, things, users } from './tables.js'

const { id } = makers.c
const { makerId, size } = things.c
const follows = table('follows', { fromId: column(integer, { references: 'users.id' }), toId: column(integer, { references: 'users.id' }) })
const words = table('words', { postId: column(integer, { references: 'posts.id' }), otherId: column(integer, { references: 'posts.id' }), tagId: column(integer, { references: 'tags.id' }) })
const links = table('links', { postId: column(integer, { references: 'posts.id' }), tagId: column(integer, { references: 'tags.id' }) })

type Options = Parameters<typeof relationship>[1]
const ofMaker = (options: Options): Entities => ({ Maker: entity(makers, { things: relationship('Thing', options) }), Thing: entity(things) })
const ofPost = (options: Options): Entities => ({ Post: entity(posts, { tags: relationship('Tag', { secondary: links, ...options }) }), Tag: entity(tags) })
const ofNode = (options: Options): Entities => ({ Node: entity(nodes, { below: relationship('Node', options) }) })

test.each<readonly [what: string, entities: Entities, code: string, message: string, hint: string, detail: MappingDetail]>([
  [
    'nothing foreign', ofMaker({ primaryjoin: eq(id, makerId) }), 'no-relevant-foreign-keys', 'no column in its primaryjoin (makers.id, things.makerId) is known to refer to the other side',
    'primaryjoin: () => eq(makers.c.id, foreign(things.c.makerId))', { columns: ['makers.id', 'things.makerId'], tables: ['makers', 'things'] },
  ],
  [
    'a mark that leaves the equality out', ofMaker({ primaryjoin: and(eq(id, makerId), ne(foreign(size), 3)) }), 'no-relevant-foreign-keys', 'no plain equality with a foreign column (things.size is)',
    'mark what is to be written too: eq(makers.c.id, foreign(things.c.makerId)); if it is only for reading, write viewonly: true', { columns: ['makers.id', 'things.makerId', 'things.size'] },
  ],
  ['both columns foreign', ofMaker({ primaryjoin: eq(foreign(id), foreign(makerId)) }), 'no-direction', 'foreign columns on both sides (makers.id, things.makerId)', 'foreignKeys: [\'things.makerId\'] for a list, foreignKeys: [\'makers.id\'] for one object', { tables: ['makers', 'things'] }],
  ['no column of the parent', ofMaker({ viewonly: true, primaryjoin: eq(foreign(makerId), 3) }), 'no-local-remote-pairs', 'its condition has no column of Maker', 'eq(makers.c.<column>, foreign(things.c.<column>))', { columns: ['things.makerId'] }],
  ['no column of the target', ofMaker({ viewonly: true, primaryjoin: eq(foreign(id), 3) }), 'no-local-remote-pairs', 'its condition has no column of Thing', 'eq(makers.c.<column>, foreign(things.c.<column>))', { columns: ['makers.id'] }],
  ['columns of both that are not compared', ofMaker({ viewonly: true, primaryjoin: and(eq(id, 3), eq(foreign(makerId), 4)) }), 'no-local-remote-pairs', 'compares no column of Maker with one of Thing', 'eq(makers.c.id, foreign(things.c.makerId)).', {}],
  ['an operator that does not compare', ofMaker({ viewonly: true, primaryjoin: op<boolean>('@>', id, foreign(makerId), { comparison: false }) }), 'no-local-remote-pairs', 'compares no column of Maker with one of Thing', '\'@>\' is not declared to compare', {}],
  ['everything remote', ofMaker({ primaryjoin: eq(remote(id), remote(foreign(makerId))) }), 'no-local-remote-pairs', 'cannot be told apart', 'Leave out remote(…)', {}],
  ['a far side of other columns', ofMaker({ primaryjoin: eq(id, foreign(makerId)), remoteSide: ['things.size'] }), 'no-local-remote-pairs', 'cannot be told apart', 'Leave out remoteSide', {}],
  ['one table, all of it remote', ofNode({ remoteSide: ['nodes.id', 'nodes.parentId'] }), 'no-local-remote-pairs', 'cannot be told apart', 'remoteSide: [\'nodes.id\'] leads to the one object, remoteSide: [\'nodes.parentId\'] to a list', { tables: ['nodes'] }],
  ['one table, a function', ofNode({ primaryjoin: eq(fn<number>()('abs', nodes.c.id), foreign(nodes.c.parentId)) }), 'no-local-remote-pairs', 'cannot be told apart', 'remoteSide: [\'nodes.id\'] leads to the one object, remoteSide: [\'nodes.parentId\'] to a list', {}],
  ['one table, one column', ofNode({ viewonly: true, primaryjoin: like(foreign(nodes.c.path), concat(nodes.c.path, '/%')) }), 'no-local-remote-pairs', 'cannot be told apart', 'that alone: remote(nodes.c.path)', { columns: ['nodes.path'] }],
  [
    'a secondary with two keys to one side', { Post: entity(posts, { tags: relationship('Tag', { secondary: words }) }), Tag: entity(tags) }, 'ambiguous-foreign-keys', 'the secondary has 2 foreign keys to \'posts\', words.postId and words.otherId',
    'foreignKeys: [\'words.postId\', …]', { tables: ['posts', 'words', 'tags'], columns: ['words.postId', 'words.otherId'] },
  ],
  [
    'a secondary that the primaryjoin leaves out', ofPost({ primaryjoin: eq(posts.c.title, 'x') }), 'no-relevant-foreign-keys', 'Post.tags: no column in its primaryjoin (posts.title)',
    'primaryjoin: () => eq(posts.c.<column>, foreign(links.c.<column>))', { columns: ['posts.title'] },
  ],
  [
    'a secondary that the secondaryjoin leaves out', ofPost({ secondaryjoin: eq(tags.c.id, tags.c.id) }), 'no-relevant-foreign-keys', 'Post.tags: no column in its secondaryjoin (tags.id)',
    'secondaryjoin: () => eq(tags.c.<column>, foreign(links.c.<column>))', { columns: ['tags.id'] },
  ],
  ['a secondary between a table and itself', { User: entity(users, { friends: relationship('User', { secondary: follows }) }) }, 'ambiguous-foreign-keys', 'the secondary has 2 foreign keys to \'users\'', 'primaryjoin: () => eq(users.c.id, follows.c.fromId), secondaryjoin: () => eq(users.c.id, follows.c.toId)', { tables: ['users', 'follows'] }],
])('%s', (_what, entities, code, message, hint, detail) => {
  const errors = errorsOf(entities)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({ code, message: expect.stringContaining(message) as string, hint: expect.stringContaining(hint) as string, detail })
})

test('a secondary that is the table of a side is told to be none', () => {
  const errors = errorsOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: tags }) }), Tag: entity(tags) })
  expect(errors.map(({ code, hint }) => [code, hint])).toContainEqual(['no-foreign-keys', '\'tags\' is the table of one of the two sides, and a secondary is a third table that holds a key of each: leave out secondary, or give that table.'])
})

test('an expression within one table is warned of with its columns, and with the one to mark', () => {
  const { warnings } = mappingOf(ofNode({ primaryjoin: and(eq(nodes.c.id, nodes.c.parentId), eq(nodes.c.path, 'x')) }))
  expect(warnings).toMatchObject([{ code: 'self-referential-expression', detail: { tables: ['nodes'], columns: ['nodes.id', 'nodes.parentId', 'nodes.path'] }, hint: 'Mark each mention of the far side, as in remote(nodes.c.parentId).' }])
})
