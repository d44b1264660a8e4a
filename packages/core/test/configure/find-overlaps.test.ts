import { expect, test } from 'vitest'
import { and, column, entity, eq, foreign, integer, relationship, table, text } from '@relata/core'
import { mappingOf, warningsOf } from './configured.js'
import { addresses, postTags, posts, tags, users } from './tables.js'

test('two unlinked sides of one key are a warning that names columns, both relationships and the words that silence it', () => {
  const { warnings } = mappingOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses, { user: relationship('User') }) })
  expect(warnings).toMatchObject([{ code: 'overlaps', detail: { entity: 'Address', attribute: 'user', columns: ['users.id', 'addresses.userId'], others: ['User.addresses'] } }])
  expect(warnings[0]?.hint).toContain('overlaps: \'addresses\'')
})

test('linked sides do not warn', () => {
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }), Address: entity(addresses) })).toEqual([])
})

test('overlaps on either side silences it', () => {
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses, { user: relationship('User', { overlaps: 'x, addresses' }) }) })).toEqual([])
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address', { overlaps: 'user' }) }), Address: entity(addresses, { user: relationship('User') }) })).toEqual([])
})

test('what only reads does not warn', () => {
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses, { user: relationship('User', { viewonly: true }) }) })).toEqual([])
})

test('two lists of one entity over one column warn', () => {
  expect(warningsOf({ User: entity(users, { all: relationship('Address'), some: relationship('Address', { primaryjoin: and(eq(users.c.id, addresses.c.userId), eq(addresses.c.email, 'x')) }) }), Address: entity(addresses) })).toEqual(['overlaps'])
})

test('both columns of an unlinked secondary are named by one warning', () => {
  const { warnings } = mappingOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: postTags }) }), Tag: entity(tags, { posts: relationship('Post', { secondary: postTags }) }) })
  expect(warnings).toMatchObject([{ code: 'overlaps', detail: { entity: 'Tag', attribute: 'posts', others: ['Post.tags'] } }])
  expect(warnings[0]?.detail.columns?.filter((column) => column.startsWith(postTags.name)).toSorted()).toEqual([`${postTags.name}.postId`, `${postTags.name}.tagId`])
})

test('composite keys that share a column warn, and foreign() on the others does not', () => {
  const owners = table('owners', { id: column(integer, { primaryKey: true }) })
  const items = table('items', { ownerId: column(integer, { primaryKey: true }), id: column(integer, { primaryKey: true }) })
  const bins = table('bins', { ownerId: column(integer, { primaryKey: true }), id: column(integer, { primaryKey: true }) })
  const places = table('places', { id: column(integer, { primaryKey: true }), ownerId: column(integer), itemId: column(integer), binId: column(integer) }, {
    foreignKeys: [{ columns: ['ownerId', 'itemId'], table: 'items', references: ['ownerId', 'id'] }, { columns: ['ownerId', 'binId'], table: 'bins', references: ['ownerId', 'id'] }],
  })
  const rest = { Owner: entity(owners), Item: entity(items), Bin: entity(bins) }
  expect(warningsOf({ ...rest, Place: entity(places, { item: relationship('Item'), bin: relationship('Bin') }) })).toEqual(['overlaps'])
  expect(warningsOf({ ...rest, Place: entity(places, { item: relationship('Item'), bin: relationship('Bin', { primaryjoin: and(eq(places.c.ownerId, bins.c.ownerId), eq(foreign(places.c.binId), bins.c.id)) }) }) })).toEqual([])
})

test('siblings of one line do not warn: no object is both', () => {
  const firms = table('firms', { id: column(integer, { primaryKey: true }) })
  const staff = table('staff', { id: column(integer, { primaryKey: true }), kind: column(text), firmId: column(integer, { references: 'firms.id' }) })
  expect(warningsOf({
    Firm: entity(firms, { clerks: relationship('Clerk', { backref: 'firm' }), smiths: relationship('Smith', { backref: 'firm' }) }),
    Person: entity(staff, {}, { polymorphicOn: 'kind', identity: 'person' }),
    Clerk: entity(staff, {}, { inherits: 'Person', identity: 'clerk' }), Smith: entity(staff, {}, { inherits: 'Person', identity: 'smith' }),
  })).toEqual([])
})

const links = table('links', { postId: column(integer, { primaryKey: true, references: 'posts.id' }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })
const pinned = and(eq(users.c.id, addresses.c.userId), eq(addresses.c.email, 'x'))

test.each([
  ['two sides of one thing', { User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses, { user: relationship('User') }) }, 'link them: backPopulates: \'addresses\' on Address.user, and backPopulates: \'user\' on User.addresses'],
  ['two ways to one thing', { User: entity(users, { all: relationship('Address'), some: relationship('Address', { primaryjoin: pinned }) }), Address: entity(addresses) }, 'If one of them only reads, write viewonly: true on it. If all is as it should be, write overlaps: \'all\' on User.some.'],
  ['rows that are objects too', { Post: entity(posts, { tags: relationship('Tag', { secondary: links }), links: relationship('Link') }), Tag: entity(tags), Link: entity(links) }, 'The rows of the secondary of Post.tags are objects too: write viewonly: true on Post.tags'],
])('the advice fits what is there: %s', (_what, entities, hint) => {
  expect(mappingOf(entities).warnings[0]?.hint).toContain(hint)
})
