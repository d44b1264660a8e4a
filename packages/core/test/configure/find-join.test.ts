import { expect, test } from 'vitest'
import { column, entity, eq, foreign, integer, relationship, remote, table } from '@relata/core'
import { codesOf, copies, couples, errorsOf, mappingOf, relationshipOf } from './configured.js'
import { addresses, customers, makers, places, postTags, posts, tags, things, users } from './tables.js'

test('a foreign key of the target makes the join', () => {
  const { direction, localRemotePairs, uselist } = relationshipOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses) }, 'User.addresses')
  expect({ direction, uselist, pairs: couples(localRemotePairs) }).toEqual({ direction: 'one-to-many', uselist: true, pairs: ['users.id addresses.userId'] })
})

test('a foreign key of the parent makes the join', () => {
  const { direction, localRemotePairs, uselist } = relationshipOf({ User: entity(users), Address: entity(addresses, { user: relationship('User') }) }, 'Address.user')
  expect({ direction, uselist, pairs: couples(localRemotePairs) }).toEqual({ direction: 'many-to-one', uselist: false, pairs: ['addresses.userId users.id'] })
})

test('a composite foreign key gives one equality a column, joined by and', () => {
  const orders = table('orders', { region: column(integer, { primaryKey: true }), number: column(integer, { primaryKey: true }) })
  const lines = table('lines', { id: column(integer, { primaryKey: true }), region: column(integer), number: column(integer) }, { foreignKeys: [{ columns: ['region', 'number'], table: 'orders', references: ['region', 'number'] }] })
  const found = relationshipOf({ Order: entity(orders, { lines: relationship('Line') }), Line: entity(lines) }, 'Order.lines')
  expect(found.primaryjoin).toMatchObject({ _tag: 'logical', operator: 'and' })
  expect(couples(found.localRemotePairs)).toEqual(['orders.region lines.region', 'orders.number lines.number'])
})

test('without a foreign key the error says which to declare', () => {
  const [error] = errorsOf({ Maker: entity(makers, { things: relationship('Thing') }), Thing: entity(things) })
  expect(error).toMatchObject({ code: 'no-foreign-keys', detail: { entity: 'Maker', attribute: 'things', tables: ['makers', 'things'] } })
  expect(error?.hint).toContain('makerId: column(integer, { references: \'makers.id\' }) in \'things\'')
  expect(error?.hint).toContain('primaryjoin')
})

test('foreignKeys alone does not make a join: the hint adds the condition', () => {
  const [error] = errorsOf({ Maker: entity(makers, { things: relationship('Thing', { foreignKeys: ['things.makerId'] }) }), Thing: entity(things) })
  expect(error?.code).toBe('no-foreign-keys')
  expect(error?.hint).toContain('primaryjoin: () => eq(makers.c.id, things.c.makerId)')
})

test('two foreign keys are ambiguous, and the error lists both', () => {
  const [error] = errorsOf({ Customer: entity(customers, { billing: relationship('Place') }), Place: entity(places) })
  expect(error).toMatchObject({ code: 'ambiguous-foreign-keys', detail: { entity: 'Customer', attribute: 'billing', columns: ['customers.billingId', 'customers.shippingId'] } })
  expect(error?.hint).toContain('foreignKeys: [\'customers.billingId\'] for one object')
})

test('foreignKeys chooses among several', () => {
  const { synchronizePairs } = relationshipOf({ Customer: entity(customers, { shipping: relationship('Place', { foreignKeys: ['customers.shippingId'] }) }), Place: entity(places) }, 'Customer.shipping')
  expect(copies(synchronizePairs)).toEqual(['places.id → customers.shippingId'])
})

test('foreignKeys that names both keys is still ambiguous', () => {
  expect(codesOf({ Customer: entity(customers, { billing: relationship('Place', { foreignKeys: ['customers.billingId', 'customers.shippingId'] }) }), Place: entity(places) })).toEqual(['ambiguous-foreign-keys'])
})

test.each([['plain', eq(customers.c.billingId, places.c.id)], ['marked', eq(foreign(customers.c.billingId), remote(places.c.id))]])('a primaryjoin decides too, %s', (_how, primaryjoin) => {
  const { direction, localRemotePairs } = relationshipOf({ Customer: entity(customers, { billing: relationship('Place', { primaryjoin }) }), Place: entity(places) }, 'Customer.billing')
  expect({ direction, pairs: couples(localRemotePairs) }).toEqual({ direction: 'many-to-one', pairs: ['customers.billingId places.id'] })
})

test('the same key declared twice is no ambiguity', () => {
  const twice = table('twice', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }) }, { foreignKeys: [{ columns: ['userId'], table: 'users', references: ['id'] }] })
  expect(codesOf({ User: entity(users, { twice: relationship('Twice') }), Twice: entity(twice) })).toEqual([])
})

test('keys in both directions are ambiguous until foreignKeys tells', () => {
  const owners = table('owners', { id: column(integer, { primaryKey: true }), favouriteId: column(integer, { references: 'entries.id' }) })
  const entries = table('entries', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { references: 'owners.id' }) })
  const [error] = errorsOf({ Owner: entity(owners, { entries: relationship('Entry') }), Entry: entity(entries) })
  expect(error?.code).toBe('ambiguous-foreign-keys')
  expect(error?.hint).toContain('[\'entries.ownerId\'] for a list, or foreignKeys: [\'owners.favouriteId\'] for one object')
  expect(relationshipOf({ Owner: entity(owners, { favourite: relationship('Entry', { foreignKeys: ['owners.favouriteId'] }) }), Entry: entity(entries) }, 'Owner.favourite').direction).toBe('many-to-one')
})

test('a key to a table that nobody maps does not stop discovery, and is a warning with the name that may be meant', () => {
  const strays = table('strays', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), otherId: column(integer, { references: 'user.id' }) })
  expect(mappingOf({ User: entity(users, { strays: relationship('Stray') }), Stray: entity(strays) }).warnings).toMatchObject([{ code: 'other', detail: { columns: ['strays.otherId'] }, hint: expect.stringContaining('Did you mean \'users\'?') as string }])
})

test('with a secondary each side is found by itself', () => {
  const { direction, synchronizePairs, secondarySynchronizePairs } = relationshipOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: postTags }) }), Tag: entity(tags) }, 'Post.tags')
  expect({ direction, near: copies(synchronizePairs), far: copies(secondarySynchronizePairs) }).toEqual({ direction: 'many-to-many', near: ['posts.id → post_tags.postId'], far: ['tags.id → post_tags.tagId'] })
})

test('one condition given, the other is found', () => {
  const bare = table('bare', { postId: column(integer, { primaryKey: true }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })
  const { localRemotePairs } = relationshipOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: bare, primaryjoin: eq(posts.c.id, bare.c.postId) }) }), Tag: entity(tags) }, 'Post.tags')
  expect(couples(localRemotePairs)).toEqual(['posts.id bare.postId', 'tags.id bare.tagId'])
})

test('a secondary without a key to one side is named', () => {
  const half = table('half', { postId: column(integer, { references: 'posts.id' }), tagId: column(integer) })
  const [error] = errorsOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: half }) }), Tag: entity(tags) })
  expect(error).toMatchObject({ code: 'no-foreign-keys', detail: { tables: ['tags', 'half'] } })
  expect(error?.message).toContain('from the secondary \'half\' to \'tags\'')
})

test('a secondary with two keys to one side is ambiguous in terms of both sides', () => {
  const double = table('double', { postId: column(integer, { references: 'posts.id' }), firstId: column(integer, { references: 'tags.id' }), secondId: column(integer, { references: 'tags.id' }) })
  const [error] = errorsOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: double }) }), Tag: entity(tags) })
  expect(error?.code).toBe('ambiguous-foreign-keys')
  expect(error?.hint).toContain('one path to \'posts\' and one to \'tags\'')
})

test('an entity\'s own table goes before those that it inherits', () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), firmId: column(integer, { references: 'firms.id' }) })
  const bosses = table('bosses', { id: column(integer, { primaryKey: true, references: 'people.id' }), leadsId: column(integer, { references: 'firms.id' }) })
  const firms = table('firms', { id: column(integer, { primaryKey: true }) })
  const { synchronizePairs } = relationshipOf({ Firm: entity(firms), Person: entity(people), Boss: entity(bosses, { leads: relationship('Firm') }, { inherits: 'Person' }) }, 'Boss.leads')
  expect(copies(synchronizePairs)).toEqual(['firms.id → bosses.leadsId'])
})

test('foreign() on the far column turns a bare condition into a list', () => {
  const { direction } = relationshipOf({ Maker: entity(makers, { things: relationship('Thing', { primaryjoin: eq(makers.c.id, foreign(things.c.makerId)) }) }), Thing: entity(things) }, 'Maker.things')
  expect(direction).toBe('one-to-many')
})
