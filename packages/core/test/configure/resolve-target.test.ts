import { expect, test } from 'vitest'
import { desc, entity, eq, relationship, tableAlias } from '@relata/core'
import type { RegistryDescriptor } from '@relata/core'
import { codesOf, errorsIn, errorsOf, relationshipOf } from './configured.js'
import { addresses, postTags, posts, tags, users } from './tables.js'

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

test.each([['nothing', undefined], ['a number', 7], ['a list', []], ['a name that objects inherit', 'toString'], ['an unrelated object', {}]])('%s is no target', (_, target) => {
  expect(errorsIn(userWith(target)).map(({ code }) => code)).toEqual(['argument'])
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

test('a condition that contains itself is refused', () => {
  const loop: { _tag: string; operator: string; args: unknown[] } = { _tag: 'logical', operator: 'and', args: [] }
  loop.args.push(loop)
  expect(errorsIn(userWith('Address', { primaryjoin: loop }))[0]?.message).toContain('levels deep')
})

test('an entity is no secondary: its rows would be written twice', () => {
  const PostTag = entity(postTags)
  const [error] = errorsOf({ Post: entity(posts, { tags: relationship('Tag', { secondary: 'PostTag' }) }), Tag: entity(tags), PostTag })
  expect(error?.message).toContain('is an entity')
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
