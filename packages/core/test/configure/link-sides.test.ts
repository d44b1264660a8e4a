import { expect, test } from 'vitest'
import { backref, entity, eq, foreign, registry, relationship, remote } from '@relata/core'
import { codesOf, copies, couples, errorsOf, mappingOf, relationshipOf, warningsOf } from './configured.js'
import { addresses, customers, makers, nodes, places, postTags, posts, tags, things, users } from './tables.js'

test('backPopulates on both sides links them, and changes are mirrored both ways', () => {
  const entities = { User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }) }
  expect(relationshipOf(entities, 'User.addresses')).toMatchObject({ reverse: ['Address.user'], mirrored: ['Address.user'], backPopulates: 'user' })
  expect(relationshipOf(entities, 'Address.user')).toMatchObject({ reverse: ['User.addresses'], mirrored: ['User.addresses'] })
  expect(warningsOf(entities)).toEqual([])
})

const elsewhere = registry({ User: entity(users), Address: entity(addresses, { user: relationship('User') }) }).entities.Address.user

test.each([['a function', () => 'user'], ['an attribute', elsewhere], ['a function that gives an attribute', () => elsewhere]])('backPopulates may be %s', (_what, backPopulates) => {
  const entities = { User: entity(users, { addresses: relationship('Address', { backPopulates: backPopulates as never }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }) }
  expect(relationshipOf(entities, 'User.addresses')).toMatchObject({ reverse: ['Address.user'], mirrored: ['Address.user'], backPopulates: 'user' })
})

test('backref makes the other side, after what the entity declares itself', () => {
  const mapping = mappingOf({ User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }), Address: entity(addresses, { owner: relationship('User', { viewonly: true }) }) })
  const made = mapping.entities['Address']?.relationship['user']
  expect(made).toMatchObject({ key: 'Address.user', direction: 'many-to-one', target: 'User', reverse: ['User.addresses'], mirrored: ['User.addresses'], backrefOf: 'User.addresses' })
  expect(mapping.entities['Address']?.slots).toEqual(['id', 'userId', 'email', 'owner', 'user'])
})

test('the options of a backref are those of the side that it makes', () => {
  const entities = { User: entity(users, { addresses: relationship('Address', { backref: backref('user', { lazy: 'joined', innerjoin: true }), viewonly: true }) }), Address: entity(addresses) }
  expect(relationshipOf(entities, 'Address.user')).toMatchObject({ lazy: 'joined', innerjoin: 'nested', viewonly: true })
  expect(relationshipOf(entities, 'User.addresses')).toMatchObject({ lazy: 'select', innerjoin: false })
})

test('a backref takes over joins and foreign keys', () => {
  const chosen = relationshipOf({ Customer: entity(customers, { billing: relationship('Place', { foreignKeys: ['customers.billingId'], backref: 'billed' }) }), Place: entity(places) }, 'Place.billed')
  expect(couples(chosen.localRemotePairs)).toEqual(['places.id customers.billingId'])
  const marked = relationshipOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: eq(makers.c.id, foreign(things.c.makerId)), backref: 'maker' }) }), Thing: entity(things) }, 'Thing.maker')
  expect(marked).toMatchObject({ direction: 'many-to-one', useGet: true })
})

test.each([
  [{ postUpdate: true }, {}, { postUpdate: true }], [{ postUpdate: true }, { postUpdate: false }, { postUpdate: false }],
  [{ passiveUpdates: false }, {}, { passiveUpdates: false }], [{ passiveUpdates: false }, { passiveUpdates: true }, { passiveUpdates: true }],
  [{ viewonly: true }, {}, { viewonly: true }], [{ viewonly: true }, { viewonly: false }, { viewonly: false }],
  [{ syncBackref: false }, {}, { syncBackref: false, mirrored: [] }], [{ cascade: 'all' }, {}, { cascade: { saveUpdate: true, merge: true, refreshExpire: false, expunge: false, delete: false, deleteOrphan: false } }],
] as const)('with %j, and %j of its own, a backref has %j', (given, own, has) => {
  expect(relationshipOf({ User: entity(users, { addresses: relationship('Address', { ...given, backref: backref('user', own) }) }), Address: entity(addresses) }, 'Address.user')).toMatchObject(has)
})

test('of a many-to-many the two conditions change places', () => {
  const made = relationshipOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, backref: 'posts' }) }), Tag: entity(tags) }, 'Tag.posts')
  expect({ near: copies(made.synchronizePairs), far: copies(made.secondarySynchronizePairs) }).toEqual({ near: ['tags.id → post_tags.tagId'], far: ['posts.id → post_tags.postId'] })
})

test('remote() marks change sides in a backref', () => {
  const made = relationshipOf({ Node: entity(nodes, { parent: relationship('Node', { primaryjoin: eq(nodes.c.parentId, remote(nodes.c.id)), backref: 'children' }) }) }, 'Node.children')
  expect(made).toMatchObject({ direction: 'one-to-many' })
  expect(couples(made.localRemotePairs)).toEqual(['nodes.id nodes.parentId'])
})

test('the backref of a tree needs a remoteSide of its own', () => {
  const [error] = errorsOf({ Node: entity(nodes, { children: relationship('Node', { backref: 'parent' }) }) })
  expect(error?.code).toBe('back-populates-direction')
  expect(error?.hint).toContain('backref: backref(\'parent\', { remoteSide: [\'nodes.id\'] })')
  expect(codesOf({ Node: entity(nodes, { children: relationship('Node', { backref: backref('parent', { remoteSide: ['nodes.id'] }) }) }) })).toEqual([])
})

test('declaring by backref equals declaring both sides', () => {
  const declared = { User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }) }
  const made = { User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }), Address: entity(addresses) }
  for (const key of ['User.addresses', 'Address.user']) {
    const { backrefOf: _backrefOf, ...relationship } = relationshipOf(made, key)
    expect(relationship).toEqual(relationshipOf(declared, key))
  }
})

test('a backref may not take a name that is there', () => {
  const [column] = errorsOf({ User: entity(users, { addresses: relationship('Address', { backref: 'email' }) }), Address: entity(addresses) })
  expect(column).toMatchObject({ code: 'backref-name-taken', detail: { entity: 'User', attribute: 'addresses', others: ['Address.email'] } })
  const [other] = errorsOf({ User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }), Address: entity(addresses, { user: relationship('User') }) })
  expect(other?.hint).toContain('backPopulates: \'user\'')
})

test('backref and backPopulates exclude each other, and so do options that the backref takes over', () => {
  expect(codesOf({ User: entity(users, { addresses: relationship('Address', { backref: 'a', backPopulates: 'b' }) }), Address: entity(addresses) })).toEqual(['argument'])
  expect(codesOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, backref: backref('posts', { secondary: postTags }) }) }), Tag: entity(tags) })).toEqual(['argument'])
  expect(codesOf({ User: entity(users, { addresses: relationship('Address', { backref: backref('user', { secondaryjoin: eq(users.c.id, addresses.c.userId) }) }) }), Address: entity(addresses) })).toEqual(['invalid-request'])
})

test('a name that is no relationship of the target is an error that says what there is', () => {
  const [missing] = errorsOf({ User: entity(users, { addresses: relationship('Address', { backPopulates: 'usr' }) }), Address: entity(addresses, { user: relationship('User') }) })
  expect(missing).toMatchObject({ code: 'back-populates-mismatch', detail: { entity: 'User', attribute: 'addresses', others: ['Address.usr'] } })
  expect(missing?.hint).toContain('Did you mean \'user\'?')
  const [column] = errorsOf({ User: entity(users, { addresses: relationship('Address', { backPopulates: 'email' }) }), Address: entity(addresses) })
  expect(column?.message).toContain('is a column')
})

test('an other side that leads elsewhere is an error', () => {
  const entities = { User: entity(users, { addresses: relationship('Address', { backPopulates: 'node' }) }), Address: entity(addresses, { node: relationship('Node', { primaryjoin: eq(foreign(addresses.c.id), nodes.c.id) }) }), Node: entity(nodes) }
  expect(errorsOf(entities)[0]).toMatchObject({ code: 'back-populates-mismatch', detail: { others: ['Address.node'] } })
})

test('named by one side only, that side alone is mirrored, with a warning', () => {
  const entities = { User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }), Address: entity(addresses, { user: relationship('User') }) }
  expect(relationshipOf(entities, 'User.addresses').mirrored).toEqual(['Address.user'])
  expect(relationshipOf(entities, 'Address.user')).toMatchObject({ reverse: ['User.addresses'], mirrored: [] })
  expect(warningsOf(entities)).toEqual(['one-sided-back-populates'])
})

test('two sides of one direction are an error, told once', () => {
  expect(codesOf({ Node: entity(nodes, { children: relationship('Node', { backPopulates: 'parent' }), parent: relationship('Node', { backPopulates: 'children' }) }) })).toEqual(['back-populates-direction'])
})

test('nothing is mirrored to or from a side that only reads', () => {
  const entities = { User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses', viewonly: true }) }) }
  expect(relationshipOf(entities, 'User.addresses')).toMatchObject({ reverse: ['Address.user'], mirrored: [] })
  expect(relationshipOf(entities, 'Address.user').mirrored).toEqual([])
})

test('syncBackref false stops mirroring; true against viewonly is an error', () => {
  const off = { User: entity(users, { addresses: relationship('Address', { backref: 'user', syncBackref: false }) }), Address: entity(addresses) }
  expect(relationshipOf(off, 'User.addresses').mirrored).toEqual([])
  expect(relationshipOf(off, 'Address.user').mirrored).toEqual([])
  expect(codesOf({ User: entity(users, { addresses: relationship('Address', { viewonly: true, syncBackref: true }) }), Address: entity(addresses) })).toEqual(['argument'])
  const [error] = errorsOf({ User: entity(users, { addresses: relationship('Address', { backPopulates: 'user', viewonly: true }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses', syncBackref: true }) }) })
  expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringMatching(/Address\.user .*User\.addresses/) as string })
})

test('one broken side says nothing about links to it', () => {
  expect(codesOf({ User: entity(users, { addresses: relationship('Address', { backPopulates: 'user', cascade: 'fish' }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }) })).toEqual(['unknown-cascade'])
})
