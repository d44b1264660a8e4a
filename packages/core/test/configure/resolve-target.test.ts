import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { backref, configure, desc, dynamicRegistry, entity, eq, fn, foreign, mappingOf as ofRegistry, relationship, remote, tableAlias } from '@relata/core'
import type { RegistryDescriptor } from '@relata/core'
import { codesOf, errorsIn, errorsOf, mappingOf, relationshipOf } from './configured.js'
import { addresses, nodes, postTags, posts, tags, users } from './tables.js'

const userWith = (target: unknown, options: Readonly<Record<string, unknown>> = {}): RegistryDescriptor => ({
  _tag: 'Registry',
  // What untyped callers may write.
  descriptors: { User: { table: users, relationships: { addresses: { _tag: 'Relationship', target, options } }, options: {} }, Address: { table: addresses, relationships: {}, options: {} } } as RegistryDescriptor['descriptors'],
})

test('the target is a name, or a function that gives it', () => {
  for (const target of ['Address', () => 'Address'] as const) expect(relationshipOf({ User: entity(users, { addresses: relationship(target) }), Address: entity(addresses) }, 'User.addresses').target).toBe('Address')
})

test('a name that is no entity is an error with the one that was meant', () => {
  const [error] = errorsOf({ User: entity(users, { addresses: relationship('Adress') }), Address: entity(addresses) })
  expect(error).toMatchObject({ code: 'argument', message: 'User.addresses leads to \'Adress\', but this registry has no entity of that name.', detail: { entity: 'User', attribute: 'addresses' } })
  expect(error?.hint).toContain('Did you mean \'Address\'?')
})

test.each([
  ['nothing', undefined, 'User.addresses has no target.'], ['a number', 7, 'The target of User.addresses is of type number'], ['a list', [], 'The target of User.addresses is a list'],
  ['a name that objects inherit', 'toString', 'User.addresses leads to \'toString\''], ['an unrelated object', {}, 'The target of User.addresses is of type object'],
])('%s is no target', (_, target, message) => {
  expect(errorsIn(userWith(target))).toMatchObject([{ code: 'argument', message: expect.stringContaining(message) as string, detail: { entity: 'User', attribute: 'addresses' } }])
})

test('a function that throws is an error with what it threw', () => {
  const [error] = errorsIn(userWith(() => { throw new Error('not ready') }))
  expect(error?.message).toContain('not ready')
  for (const argument of ['primaryjoin', 'secondary', 'foreignKeys', 'remoteSide', 'orderBy', 'backPopulates']) {
    const [thrown] = errorsIn(userWith('Address', { [argument]: () => { throw new Error('not ready') } }))
    expect(thrown?.message).toContain(argument)
  }
})

test('arguments may be functions, called once', () => {
  let calls = 0
  const found = relationshipOf({ User: entity(users, { addresses: relationship('Address', { primaryjoin: () => { calls++; return eq(users.c.id, addresses.c.userId) }, orderBy: () => desc(addresses.c.email), foreignKeys: () => ['addresses.userId'] }) }), Address: entity(addresses) }, 'User.addresses')
  expect(calls).toBe(1)
  expect(found.orderBy).toMatchObject([{ direction: 'desc', arg: { _tag: 'joinColumn', table: 'addresses', column: 'email', from: 'target' } }])
})

test('columns are named by table or by entity', () => {
  for (const name of ['addresses.userId', 'Address.userId']) expect(codesOf({ User: entity(users, { addresses: relationship('Address', { foreignKeys: [name] }) }), Address: entity(addresses) })).toEqual([])
})

test('a column that is not there is refused with the one that was meant', () => {
  const [error] = errorsOf({ User: entity(users, { addresses: relationship('Address', { foreignKeys: ['addresses.user_id'] }) }), Address: entity(addresses) })
  expect(error?.message).toBe('foreignKeys of User.addresses cannot be used: \'addresses\' has no column \'user_id\'.')
  expect(error?.hint).toContain('userId')
})

test.each([['a comparison made by JavaScript', false], ['text', 'users.id == addresses.userId'], ['a number', 1], ['a table', users], ['an unknown node', { _tag: 'magic' }], ['an operation without operands', { _tag: 'binary', operator: 'eq' }], ['a list for a condition', []]])('%s is no primaryjoin', (_, primaryjoin) => {
  const [error] = errorsIn(userWith('Address', { primaryjoin }))
  expect(error?.code).toBe('argument')
  expect(error?.message).toContain('primaryjoin of User.addresses cannot be used')
})

const wrong = { code: 'argument', message: expect.stringContaining('of User.addresses cannot be used') as string, hint: expect.stringMatching(/./) as string, detail: { entity: 'User', attribute: 'addresses' } }

test.each([
  ['foreignKeys', 7], ['foreignKeys', [7]], ['foreignKeys', 'userId'], ['foreignKeys', [eq(users.c.id, addresses.c.userId)]], ['foreignKeys', [() => addresses.c.userId]],
  ['remoteSide', false], ['remoteSide', [users]], ['remoteSide', 'addresses.nothing'], ['secondaryjoin', false], ['secondaryjoin', 'x'], ['secondary', 7], ['secondary', 'select 1'], ['secondary', {}],
  ['orderBy', 7], ['orderBy', 'email desc'], ['orderBy', [{ arg: addresses.c.email, direction: 'up' }]], ['backPopulates', 7], ['backPopulates', ['user']],
] as const)('%s cannot be %j', (argument, value) => {
  const errors = errorsIn(userWith('Address', { secondary: argument === 'secondaryjoin' ? postTags : undefined, [argument]: value }))
  expect(errors).toContainEqual(expect.objectContaining({ ...wrong, message: expect.stringContaining(`${argument} of User.addresses cannot be used`) as string, detail: expect.objectContaining(wrong.detail) as object }))
})

const forms = {
  primaryjoin: eq(posts.c.id, postTags.c.postId), secondaryjoin: eq(tags.c.id, postTags.c.tagId), secondary: postTags, foreignKeys: ['post_tags.postId', 'post_tags.tagId'],
  orderBy: desc(tags.c.word), backPopulates: 'posts',
}

test('every argument may be given by a function, which is called once', () => {
  const calls: string[] = []
  const byFunction = Object.fromEntries(Object.entries(forms).map(([name, value]) => [name, () => { calls.push(name); return value }]))
  const told = (options: object) => mappingOf({ Post: entity(posts, { tags: relationship('Tag', options) }), Tag: entity(tags, { posts: relationship('Post', { secondary: postTags, backPopulates: 'tags' }) }) }).entities
  const found = told(byFunction)
  expect(calls.toSorted()).toEqual(Object.keys(forms).toSorted())
  expect(JSON.stringify(found)).toBe(JSON.stringify(told(forms)))
  const parent = (remoteSide: readonly string[] | (() => readonly string[])) => relationshipOf({ Node: entity(nodes, { parent: relationship('Node', { remoteSide }) }) }, 'Node.parent')
  expect(parent(() => ['nodes.id'])).toEqual(parent(['nodes.id']))
})

test.each([
  ['a column', addresses.c.email, ['asc']], ['a direction', desc(addresses.c.email), ['desc']], ['a list', [addresses.c.email, desc(addresses.c.id)], ['asc', 'desc']],
  ['the name of a column', 'addresses.email', ['asc']], ['the name of an attribute', 'Address.email', ['asc']], ['an expression', fn<string>()('lower', addresses.c.email), ['asc']], ['nothing', false, []],
] as const)('an order may be %s', (_what, orderBy, directions) => {
  const found = relationshipOf({ User: entity(users, { addresses: relationship('Address', { orderBy: orderBy as never }) }), Address: entity(addresses) }, 'User.addresses')
  expect(found.orderBy.map(({ direction }) => direction)).toEqual(directions)
})

test('in a registry written as data the target may be the descriptor of an entity, or a function that gives it', () => {
  const Address = { table: addresses, relationships: {}, options: {} }
  for (const target of [Address, () => Address]) {
    const descriptors = { User: { table: users, relationships: { addresses: { _tag: 'Relationship', target, options: {} } }, options: {} }, Address } as unknown as RegistryDescriptor['descriptors'] // no builder makes these
    const configured = configure({ _tag: 'Registry', descriptors })
    expect(E.isRight(configured) && configured.right.entities['User']?.relationship['addresses']?.target).toBe('Address')
  }
})

test('a backref is data, and a mark makes a copy', () => {
  expect(backref('user', { lazy: 'joined' })).toEqual({ _tag: 'Backref', name: 'user', options: { lazy: 'joined' } })
  const before = JSON.stringify(users.c.id)
  const both = (join: typeof wrong | object) => relationshipOf({ User: entity(users, { addresses: relationship('Address', { primaryjoin: join as never }) }), Address: entity(addresses) }, 'User.addresses').primaryjoin
  expect(both(eq(users.c.id, foreign(remote(addresses.c.userId))))).toEqual(both(eq(users.c.id, remote(foreign(addresses.c.userId)))))
  expect(JSON.stringify(users.c.id)).toBe(before)
})

test('a registry is configured once, and fails with the same errors whenever it is asked', () => {
  let calls = 0
  const bad = dynamicRegistry({ User: entity(users, { addresses: relationship((() => { calls++; return 'Nobody' }) as never) }) })
  const [first, again] = [ofRegistry(bad), ofRegistry(bad)]
  expect(E.isLeft(first) && first.left).toHaveLength(1)
  expect(again).toBe(first)
  expect(calls).toBe(1)
})

test('a condition that contains itself is refused', () => {
  const loop: { _tag: string; operator: string; args: unknown[] } = { _tag: 'logical', operator: 'and', args: [] }
  loop.args.push(loop)
  expect(errorsIn(userWith('Address', { primaryjoin: loop }))[0]?.message).toContain('levels deep')
})

test('an entity is no secondary: its rows would be written twice', () => {
  const PostTag = entity(postTags)
  const [error] = errorsOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: 'PostTag' }) }), Tag: entity(tags), PostTag })
  expect(error?.message).toBe('secondary of Post.tags cannot be used: \'PostTag\' is an entity: rows of a secondary table are written apart from any entity mapped to the same table.')
})

test('a secondary may be named if the registry knows the table', () => {
  expect(codesOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: 'post_tags' }) }), Tag: entity(tags), PostTag: entity(postTags) })).toEqual([])
  const [error] = errorsOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: 'post_tags' }) }), Tag: entity(tags) })
  expect(error?.hint).toContain('tables: [post_tags]')
})

test('orderings may read the secondary', () => {
  const link = tableAlias(postTags, 'link')
  const found = relationshipOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: link, viewonly: true, orderBy: [link.c.tagId, 'tags.word'] }) }), Tag: entity(tags) }, 'Post.tags')
  expect(found.orderBy.map(({ arg }) => arg)).toMatchObject([{ table: 'link', column: 'tagId', from: 'secondary' }, { table: 'tags', column: 'word', from: 'target' }])
})
