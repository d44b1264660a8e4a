import { expect, test } from 'vitest'
import { column, dynamicLoader, entity, integer, relationship, table } from '@relata/core'
import type { RegistryDescriptor } from '@relata/core'
import { codesOf, errorsIn, errorsOf, mappingOf, relationshipOf, warningsOf } from './configured.js'
import { addresses, customers, places, postTags, posts, tags, users } from './tables.js'

const userWith = (options: Readonly<Record<string, unknown>>): RegistryDescriptor => ({
  _tag: 'Registry',
  descriptors: { User: { table: users, relationships: { addresses: { _tag: 'Relationship', target: 'Address', options } }, options: {} }, Address: { table: addresses, relationships: {}, options: {} } },
})

const cascadeOf = (options: { readonly cascade?: string | readonly string[] | false; readonly viewonly?: boolean; readonly singleParent?: boolean }): readonly string[] => {
  const { cascade } = relationshipOf({ User: entity(users, { addresses: relationship('Address', options) }), Address: entity(addresses) }, 'User.addresses')
  return Object.entries(cascade).filter(([, on]) => on).map(([word]) => word)
}

test('the default cascade is save-update and merge', () => {
  expect(cascadeOf({})).toEqual(['saveUpdate', 'merge'])
  expect(cascadeOf({ cascade: false })).toEqual(['saveUpdate', 'merge'])
})

test('all is everything but delete-orphan; none is nothing whatever stands beside it', () => {
  expect(cascadeOf({ cascade: 'all' })).toEqual(['saveUpdate', 'merge', 'refreshExpire', 'expunge', 'delete'])
  expect(cascadeOf({ cascade: ['all', 'delete-orphan'] })).toContain('deleteOrphan')
  expect(cascadeOf({ cascade: 'all, none' })).toEqual([])
  expect(cascadeOf({ cascade: '' })).toEqual([])
})

test('words are separated by commas with or without spaces, or a list', () => {
  for (const cascade of ['save-update,merge , delete', ['save-update', 'merge', 'delete']]) expect(cascadeOf({ cascade })).toEqual(['saveUpdate', 'merge', 'delete'])
})

test('what was configured does not change: another cascade is another relationship', () => {
  const { cascade } = relationshipOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses) }, 'User.addresses')
  expect(() => { (cascade as { delete: boolean }).delete = true }).toThrow(TypeError)
})

test('viewonly drops what writes, in silence', () => {
  expect(cascadeOf({ viewonly: true })).toEqual(['merge'])
  expect(cascadeOf({ viewonly: true, cascade: 'all, delete-orphan' })).toEqual(['merge', 'refreshExpire', 'expunge'])
})

test('unknown cascade words are listed', () => {
  const [error] = errorsOf({ User: entity(users, { addresses: relationship('Address', { cascade: 'all, fish, bird' }) }), Address: entity(addresses) })
  expect(error).toMatchObject({ code: 'unknown-cascade', detail: { entity: 'User', attribute: 'addresses' } })
  expect(error?.message).toContain('\'fish\', \'bird\'')
})

test('delete-orphan without delete is a warning', () => {
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address', { cascade: 'save-update, delete-orphan' }) }), Address: entity(addresses) })).toEqual(['delete-orphan'])
})

test('delete-orphan where an object may have several parents needs singleParent', () => {
  const tagged = (singleParent: boolean) => ({ Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, cascade: 'all, delete-orphan', singleParent }) }), Tag: entity(tags) })
  expect(codesOf(tagged(false))).toEqual(['delete-orphan-needs-single-parent'])
  expect(codesOf(tagged(true))).toEqual([])
})

test('passiveDeletes all and delete cascades exclude each other', () => {
  expect(codesOf({ User: entity(users, { addresses: relationship('Address', { cascade: 'all', passiveDeletes: 'all' }) }), Address: entity(addresses) })).toEqual(['argument'])
})

test('dynamic and write_only are for lists', () => {
  expect(codesOf({ User: entity(users), Address: entity(addresses, { user: relationship('User', { lazy: 'dynamic' }) }) })).toEqual(['invalid-request'])
  expect(codesOf({ User: entity(users, { address: relationship('Address', { lazy: 'write_only', uselist: false }) }), Address: entity(addresses) })).toEqual(['invalid-request'])
})

test('dynamicLoader is a relationship with lazy dynamic, in every respect', () => {
  const options = { orderBy: 'addresses.email', cascade: 'all, delete-orphan', passiveDeletes: true, backref: 'user', doc: 'mail' } as const
  const told = (given: ReturnType<typeof dynamicLoader>) => JSON.stringify(mappingOf({ User: entity(users, { addresses: given }), Address: entity(addresses) }))
  expect(told(dynamicLoader('Address', options) as never)).toBe(told(relationship('Address', { ...options, lazy: 'dynamic' }) as never))
  expect(relationshipOf({ User: entity(users, { addresses: dynamicLoader('Address') }), Address: entity(addresses) }, 'User.addresses').lazy).toBe('dynamic')
})

test('lazy has synonyms', () => {
  for (const [lazy, meant] of [[true, 'select'], [false, 'joined'], [null, 'noload'], ['selectin', 'selectin']] as const) {
    expect(relationshipOf({ User: entity(users, { addresses: relationship('Address', { lazy }) }), Address: entity(addresses) }, 'User.addresses').lazy).toBe(meant)
  }
})

test('settings without effect are warnings', () => {
  const one = (options: Parameters<typeof relationship<'Address', { readonly viewonly: true; readonly passiveDeletes: true }>>[1]) => warningsOf({ User: entity(users, { addresses: relationship('Address', options) }), Address: entity(addresses) })
  expect(one({ viewonly: true, passiveDeletes: true })).toEqual(['viewonly-sync'])
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address', { lazy: 'noload', omitJoin: true }) }), Address: entity(addresses) })).toEqual(['noload-deprecated', 'omit-join-unsupported'])
})

test.each([{ passiveDeletes: true }, { passiveUpdates: false }, { enableTypechecks: false }, { activeHistory: true }])('viewonly with %j is warned of by name', (options) => {
  const { warnings } = mappingOf({ User: entity(users, { addresses: relationship('Address', { viewonly: true, ...options } as never) }), Address: entity(addresses) })
  expect(warnings.map(({ code, message }) => [code, message.includes(Object.keys(options)[0] ?? '?')])).toEqual([['viewonly-sync', true]])
})

test('viewonly with several of them is a warning each', () => {
  expect(warningsOf({ User: entity(users, { addresses: relationship('Address', { viewonly: true, passiveDeletes: true, passiveUpdates: false } as never) }), Address: entity(addresses) })).toEqual(['viewonly-sync', 'viewonly-sync'])
})

test('info, doc and the parameters of creation are read back', () => {
  const info = { label: 'Addresses' }
  const found = relationshipOf({ User: entity(users, { addresses: relationship('Address', { info, doc: 'where mail goes', init: false, repr: false, compare: false, kwOnly: true }) }), Address: entity(addresses) }, 'User.addresses')
  expect(found).toMatchObject({ info, doc: 'where mail goes', init: false, repr: false, compare: false, kwOnly: true })
  expect(relationshipOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses) }, 'User.addresses').info).toEqual({})
})

test.each([
  [{ lazy: 'later' }, 'lazy'], [{ uselist: 'yes' }, 'uselist'], [{ joinDepth: -1 }, 'joinDepth'], [{ innerjoin: 'left' }, 'innerjoin'], [{ overlaps: 3 }, 'overlaps'],
  [{ collectionClass: 'bag' }, 'collectionClass'], [{ backref: '' }, 'backref'], [{ default: 1 }, 'default'], [{ cascadeBackrefs: true }, 'cascadeBackrefs'], [{ passiveDeletes: 'some' }, 'passiveDeletes'],
])('%j is refused by name', (options, name) => {
  const [error] = errorsIn(userWith(options))
  expect(error).toMatchObject({ code: 'argument', detail: { entity: 'User', attribute: 'addresses' } })
  expect(error?.message).toMatch(new RegExp(`^User\\.addresses: '${name}'`))
})

test('an unknown strategy is told as it was written', () => {
  expect(errorsIn(userWith({ lazy: 'later' }))[0]?.message).toBe('User.addresses: \'lazy\' cannot be \'later\'.')
})

test('cascadeBackrefs may be false, which says nothing', () => {
  expect(errorsIn(userWith({ cascadeBackrefs: false }))).toEqual([])
})

test('an unknown option is refused with the one that was meant', () => {
  const [error] = errorsIn(userWith({ backPopulate: 'user' }))
  expect(error).toMatchObject({ code: 'type', hint: 'Did you mean \'backPopulates\'?' })
})

test('a keyed collection needs an attribute of the target', () => {
  const [error] = errorsOf({ User: entity(users, { addresses: relationship('Address', { collectionClass: { keyedBy: 'mail' } }) }), Address: entity(addresses) })
  expect(error?.hint).toContain('Did you mean \'email\'?')
})

test('all errors of a registry are given in one run, in the order of declaration', () => {
  const loose = table('loose', { id: column(integer, { primaryKey: true }) })
  expect(codesOf({
    Loose: entity(loose, { users: relationship('User'), none: relationship('Nobody') }),
    Customer: entity(customers, { place: relationship('Place') }), Place: entity(places, { bad: relationship('Customer', { cascade: 'fish' }) }),
    User: entity(users),
  })).toEqual(['unknown-cascade', 'no-foreign-keys', 'argument', 'ambiguous-foreign-keys'])
})
