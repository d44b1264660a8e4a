import { expect, test } from 'vitest'
import { and, between, column, concat, entity, eq, foreign, fn, gt, integer, isDistinctFrom, like, not, notLike, op, or, relationship, remote, sql, table, tableAlias, tableJoin, text as textType } from '@relata/core'
import { codesOf, copies, couples, errorsOf, mappingOf, relationshipOf, texts, warningsOf } from './configured.js'
import { addresses, customers, makers, nodes, places, posts, postTags, tags, things, users } from './tables.js'

test('foreign() marks win over foreignKeys and declared keys', () => {
  const { direction, foreignKeyColumns } = relationshipOf({
    User: entity(users, { odd: relationship('Address', { primaryjoin: eq(foreign(users.c.id), addresses.c.userId), foreignKeys: ['addresses.userId'], viewonly: true }) }),
    Address: entity(addresses),
  }, 'User.odd')
  expect({ direction, foreign: texts(foreignKeyColumns) }).toEqual({ direction: 'many-to-one', foreign: ['users.id'] })
})

test('remote() marks win over remoteSide', () => {
  const parent = (options: object) => relationshipOf({ Node: entity(nodes, { parent: relationship('Node', { primaryjoin: eq(nodes.c.parentId, remote(nodes.c.id)), ...options }) }) }, 'Node.parent')
  expect(parent({ remoteSide: ['nodes.parentId'] })).toEqual(parent({}))
})

test('in a given condition the declared key tells which column is foreign', () => {
  const { foreignKeyColumns } = relationshipOf({ User: entity(users, { addresses: relationship('Address', { primaryjoin: eq(users.c.id, addresses.c.userId) }) }), Address: entity(addresses) }, 'User.addresses')
  expect(texts(foreignKeyColumns)).toEqual(['addresses.userId'])
})

test('foreignKeys marks the columns of a condition where no key is declared', () => {
  const { synchronizePairs } = relationshipOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: eq(makers.c.id, things.c.makerId), foreignKeys: ['things.makerId'] }) }), Thing: entity(things) }, 'Maker.things')
  expect(copies(synchronizePairs)).toEqual(['makers.id → things.makerId'])
})

test('a condition without a foreign column asks for one, with the likely column marked', () => {
  const [error] = errorsOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: eq(makers.c.id, things.c.makerId) }) }), Thing: entity(things) })
  expect(error).toMatchObject({ code: 'no-relevant-foreign-keys', detail: { columns: ['makers.id', 'things.makerId'] } })
  expect(error?.hint).toContain('eq(makers.c.id, foreign(things.c.makerId))')
})

test('without a plain equality there is nothing to write, and viewonly is the advice', () => {
  const join = gt(makers.c.id, foreign(things.c.makerId))
  const [error] = errorsOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: join }) }), Thing: entity(things) })
  expect(error?.code).toBe('no-relevant-foreign-keys')
  expect(error?.hint).toContain('viewonly: true')
  const found = relationshipOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: join, viewonly: true }) }), Thing: entity(things) }, 'Maker.things')
  expect({ pairs: couples(found.localRemotePairs), writes: found.synchronizePairs }).toEqual({ pairs: ['makers.id things.makerId'], writes: [] })
})

test('foreign columns on both sides leave the direction open', () => {
  const [error] = errorsOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: eq(foreign(makers.c.id), foreign(things.c.makerId)) }) }), Thing: entity(things) })
  expect(error?.code).toBe('no-direction')
  expect(error?.hint).toContain('foreign(…)')
})

test('a constant beside the pair takes part in loading and not in writing', () => {
  const found = relationshipOf({ User: entity(users, { first: relationship('Address', { primaryjoin: and(eq(users.c.id, addresses.c.userId), eq(addresses.c.email, 'x@y.z')) }) }), Address: entity(addresses) }, 'User.first')
  expect(copies(found.synchronizePairs)).toEqual(['users.id → addresses.userId'])
  expect(found.lazyClause.binds).toEqual([{ table: 'users', column: 'id' }])
})

test('an or of two keys works for reading', () => {
  const found = relationshipOf({
    Customer: entity(customers), Place: entity(places, { customers: relationship('Customer', { viewonly: true, primaryjoin: or(eq(customers.c.billingId, places.c.id), eq(customers.c.shippingId, places.c.id)) }) }),
  }, 'Place.customers')
  expect(couples(found.localRemotePairs)).toEqual(['places.id customers.billingId', 'places.id customers.shippingId'])
})

test('functions may wrap either side: their columns are paired for loading', () => {
  const found = relationshipOf({ Maker: entity(makers, { things: relationship('Thing', { viewonly: true, primaryjoin: eq(makers.c.id, fn<number>()('abs', foreign(things.c.makerId))) }) }), Thing: entity(things) }, 'Maker.things')
  expect(couples(found.localRemotePairs)).toEqual(['makers.id things.makerId'])
  expect(texts(found.lazyClause.binds)).toEqual(['makers.id'])
})

test('a mark around an expression marks every column inside', () => {
  const found = relationshipOf({ Maker: entity(makers, { things: relationship('Thing', { viewonly: true, primaryjoin: eq(makers.c.id, remote(foreign(fn<number>()('coalesce', things.c.makerId, things.c.size)))) }) }), Thing: entity(things) }, 'Maker.things')
  expect(texts(found.remoteColumns)).toEqual(['things.makerId', 'things.size'])
  expect(texts(found.foreignKeyColumns)).toEqual(['things.makerId', 'things.size'])
})

const spans = table('spans', { id: column(integer, { primaryKey: true }), low: column(integer), high: column(integer), name: column(textType) })
const points = table('points', { id: column(integer, { primaryKey: true }), at: column(integer), word: column(textType) })
const { low, high, name } = spans.c
const { at, word } = points.c

test.each([
  ['between, with the far column in it', between(foreign(at), low, high), ['spans.low points.at', 'spans.high points.at']],
  ['between, with the far columns as its bounds', between(low, foreign(at), foreign(points.c.id)), ['spans.low points.at', 'spans.low points.id']],
  ['like', like(foreign(word), concat(name, '%')), ['spans.name points.word']],
  ['not like', notLike(name, foreign(word)), ['spans.name points.word']],
  ['is distinct from', isDistinctFrom(foreign(at), low), ['spans.low points.at']],
  ['a custom comparison', op('&&', name, foreign(word)), ['spans.name points.word']],
  ['a function of both sides', fn<boolean>()('similar', name, foreign(word)), ['spans.name points.word']],
  ['a function of both sides, among others', and(not(fn<boolean>()('similar', name, foreign(word))), gt(at, 3)), ['spans.name points.word']],
  ['words of the database', sql<boolean>()`${name} similar to ${foreign(word)}`, ['spans.name points.word']],
])('a condition may be %s: it reads, and writes nothing', (_what, primaryjoin, pairs) => {
  const found = relationshipOf({ Span: entity(spans, { points: relationship('Point', { viewonly: true, primaryjoin }) }), Point: entity(points) }, 'Span.points')
  expect({ direction: found.direction, pairs: couples(found.localRemotePairs), binds: texts(found.lazyClause.binds), writes: found.synchronizePairs })
    .toEqual({ direction: 'one-to-many', pairs, binds: [...new Set(pairs.map((pair) => pair.split(' ')[0]))], writes: [] })
})

test('a custom operator that is not declared a comparison pairs nothing', () => {
  expect(codesOf({ Span: entity(spans, { points: relationship('Point', { viewonly: true, primaryjoin: op<boolean>('&&', name, foreign(word), { comparison: false }) }) }), Point: entity(points) })).toEqual(['no-local-remote-pairs'])
})

test('a path is found by its beginning, within one table', () => {
  const found = relationshipOf({ Node: entity(nodes, { below: relationship('Node', { viewonly: true, primaryjoin: like(remote(foreign(nodes.c.path)), concat(nodes.c.path, '/%')) }) }) }, 'Node.below')
  expect({ direction: found.direction, pairs: couples(found.localRemotePairs), binds: texts(found.lazyClause.binds) }).toEqual({ direction: 'one-to-many', pairs: ['nodes.path nodes.path'], binds: ['nodes.path'] })
})

test('a tree without remoteSide is a list: its foreign columns are the far side', () => {
  const { direction, localRemotePairs, selfReferential } = relationshipOf({ Node: entity(nodes, { children: relationship('Node') }) }, 'Node.children')
  expect({ direction, selfReferential, pairs: couples(localRemotePairs) }).toEqual({ direction: 'one-to-many', selfReferential: true, pairs: ['nodes.id nodes.parentId'] })
})

test('remoteSide of the key, and remote() on it, lead to the one object', () => {
  for (const options of [{ remoteSide: ['nodes.id'] }, { primaryjoin: eq(nodes.c.parentId, remote(nodes.c.id)) }]) {
    const { direction, localRemotePairs, useGet } = relationshipOf({ Node: entity(nodes, { parent: relationship('Node', options) }) }, 'Node.parent')
    expect({ direction, useGet, pairs: couples(localRemotePairs) }).toEqual({ direction: 'many-to-one', useGet: true, pairs: ['nodes.parentId nodes.id'] })
  }
})

test('a composite tree with a shared column takes both columns of remoteSide', () => {
  const staff = table('staff', { firm: column(integer, { primaryKey: true }), id: column(integer, { primaryKey: true }), bossId: column(integer) }, { foreignKeys: [{ columns: ['firm', 'bossId'], table: 'staff', references: ['firm', 'id'] }] })
  const { direction, localRemotePairs } = relationshipOf({ Member: entity(staff, { boss: relationship('Member', { remoteSide: ['staff.firm', 'staff.id'] }) }) }, 'Member.boss')
  expect({ direction, pairs: couples(localRemotePairs) }).toEqual({ direction: 'many-to-one', pairs: ['staff.firm staff.firm', 'staff.bossId staff.id'] })
})

test('sides that cannot be told apart ask for the far columns by name', () => {
  const [error] = errorsOf({ Node: entity(nodes, { children: relationship('Node', { remoteSide: ['nodes.id', 'nodes.parentId'] }) }) })
  expect(error?.code).toBe('no-local-remote-pairs')
  expect(error?.hint).toContain('remoteSide: [\'nodes.id\'] leads to the one object, remoteSide: [\'nodes.parentId\'] to a list')
})

test('both sides marked remote between two tables: the advice is to leave the marks out', () => {
  const [error] = errorsOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: eq(remote(makers.c.id), remote(foreign(things.c.makerId))) }) }), Thing: entity(things) })
  expect(error?.code).toBe('no-local-remote-pairs')
  expect(error?.hint).toContain('Leave out remote(…)')
})

test('remote() on a column of the parent is a warning', () => {
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address', { primaryjoin: eq(remote(users.c.id), addresses.c.userId) }) }), Address: entity(addresses) })).toEqual(['remote-on-local'])
})

test('an expression in a condition on one table is a warning that asks for marks', () => {
  expect(warningsOf({ Node: entity(nodes, { children: relationship('Node', { primaryjoin: and(eq(nodes.c.id, nodes.c.parentId), eq(nodes.c.path, concat(nodes.c.path, '')))  }) }) })).toEqual(['self-referential-expression'])
})

test('a table of neither side may stand in a viewonly condition, and is listed', () => {
  const found = relationshipOf({ Post: entity(posts, { words: relationship('Tag', { viewonly: true, primaryjoin: and(eq(posts.c.id, foreign(tags.c.id)), eq(postTags.c.tagId, tags.c.id)) }) }), Tag: entity(tags), Link: entity(postTags) }, 'Post.words')
  expect(found.otherTables).toEqual(['post_tags'])
  expect(couples(found.localRemotePairs)).toEqual(['posts.id tags.id'])
})

test('a secondary may be an alias, and a join of several', () => {
  const link = tableAlias(postTags, 'link')
  const aliased = relationshipOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: link, viewonly: true }) }), Tag: entity(tags) }, 'Post.tags')
  expect(aliased.secondary).toEqual({ _tag: 'table', table: 'post_tags', alias: 'link' })
  expect(couples(aliased.localRemotePairs)).toEqual(['posts.id link.postId', 'tags.id link.tagId'])

  const made = table('made', { id: column(integer, { primaryKey: true }), postId: column(integer, { references: 'posts.id' }) })
  const joined = relationshipOf({
    Post: entity(posts, { tags: relationship('Tag', { secondary: tableJoin(made, postTags, eq(made.c.postId, postTags.c.postId)), primaryjoin: eq(posts.c.id, made.c.postId), secondaryjoin: eq(postTags.c.tagId, tags.c.id), viewonly: true }) }), Tag: entity(tags),
  }, 'Post.tags')
  expect(joined.secondary).toMatchObject({ _tag: 'join', outer: false, left: { table: 'made' }, right: { table: 'post_tags' }, on: { _tag: 'binary', left: { _tag: 'joinColumn', from: 'secondary' } } })
  expect(joined.direction).toBe('many-to-many')
})

test('marks of one relationship do not leak into another over the same condition', () => {
  const shared = eq(makers.c.id, things.c.makerId)
  const mapping = mappingOf({
    Maker: entity(makers, { things: relationship('Thing', { primaryjoin: shared, foreignKeys: ['things.makerId'] }) }),
    Thing: entity(things, { other: relationship('Maker', { primaryjoin: shared, foreignKeys: ['makers.id'], viewonly: true, uselist: false }) }),
  })
  expect(texts(mapping.entities['Maker']?.relationship['things']?.foreignKeyColumns ?? [])).toEqual(['things.makerId'])
  expect(texts(mapping.entities['Thing']?.relationship['other']?.foreignKeyColumns ?? [])).toEqual(['makers.id'])
})

test('secondaryjoin without secondary is an error', () => {
  const [error] = errorsOf({ User: entity(users, { addresses: relationship('Address', { secondaryjoin: eq(users.c.id, addresses.c.userId) }) }), Address: entity(addresses) })
  expect(error).toMatchObject({ code: 'argument', message: expect.stringContaining('User.addresses has a secondaryjoin but no secondary') as string })
})

test('of two foreign columns the one on the right is written, and a marked column stands left of a plain one', () => {
  const half = table('half', { postId: column(integer, { references: 'posts.id' }), word: column(integer) })
  const found = relationshipOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: half, viewonly: true, secondaryjoin: eq(half.c.word, foreign(tags.c.id)), foreignKeys: ['half.word', 'half.postId'] }) }), Tag: entity(tags) }, 'Post.tags')
  expect(copies(found.secondarySynchronizePairs)).toEqual(['tags.id → half.word'])
})

test('a comparison that is negated twice is the comparison', () => {
  const found = relationshipOf({ User: entity(users, { addresses: relationship('Address', { primaryjoin: not(not(eq(users.c.id, addresses.c.userId))) }) }), Address: entity(addresses) }, 'User.addresses')
  expect(copies(found.synchronizePairs)).toEqual(['users.id → addresses.userId'])
})
