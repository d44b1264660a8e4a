import { expect, test } from 'vitest'
import { attributeOf, column, dynamicRegistry, entity, eq, integer, relationship, table, text, timestamp } from '@relata/core'
import type { MappedEntity, RegistryDescriptor } from '@relata/core'
import { codesOf, errorsIn, errorsOf, mappingOf, relationshipOf } from './configured.js'
import type { Entities } from './configured.js'
import { addresses, users } from './tables.js'

const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text) })
const bosses = table('bosses', { personId: column(integer, { primaryKey: true, references: 'people.id' }), title: column(text) })
const clerks = table('clerks', { id: column(integer, { primaryKey: true, references: 'people.id' }), desk: column(integer) })

const entityOf = (entities: Entities, name: string): MappedEntity => {
  const found = mappingOf(entities).entities[name]
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

test('slots are attributes, then relationships, in the order of declaration', () => {
  const user = entityOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses) }, 'User')
  expect(user.slots).toEqual(['id', 'name', 'addresses'])
  expect(user.slot).toMatchObject({ id: 0, name: 1, addresses: 2 })
  expect(user.relationship['addresses']?.slot).toBe(2)
  expect(user.order).toBe(0)
})

test('attributes know their column in the table and in the database', () => {
  const address = entityOf({ User: entity(users), Address: entity(addresses) }, 'Address')
  expect(address.attribute['userId']).toMatchObject({ table: 'addresses', column: 'userId', databaseName: 'user_id', nullable: true, primaryKey: false, generated: 'none' })
  expect(address.attribute['id']).toMatchObject({ primaryKey: true, nullable: false, generated: 'key' })
})

test('attributes may be renamed, left out, or made by the database', () => {
  const stamped = table('stamped', { id: column(integer, { primaryKey: true, autoincrement: false }), at: column(timestamp, { serverDefault: 'now()' }), long: column(text, { generated: true }), hidden: column(text) })
  const found = entityOf({ Stamped: entity(stamped, {}, { attributes: { createdAt: 'at' }, exclude: ['hidden'] }) }, 'Stamped')
  expect(found.attributes.map(({ name, generated }) => [name, generated])).toEqual([['id', 'none'], ['createdAt', 'serverDefault'], ['long', 'always']])
})

test('attributeOf finds the attribute of a column, renamed or joined', () => {
  const entities = { Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person' }), Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }), Clerk: entity(clerks, {}, { inherits: 'Person', identity: 'clerk', attributes: { place: 'desk' } }) }
  expect(attributeOf(entityOf(entities, 'Clerk'), { table: 'clerks', column: 'desk' })).toBe('place')
  expect(attributeOf(entityOf(entities, 'Clerk'), { table: 'clerks', column: 'id' })).toBe('id')
  expect(attributeOf(entityOf(entities, 'Boss'), { table: 'bosses', column: 'personId' })).toBe('personId')
  expect(attributeOf(entityOf(entities, 'Person'), { table: 'bosses', column: 'title' })).toBeUndefined()
})

test('a joined subclass has the attributes of its parent first, and the pairs that join its tables', () => {
  const boss = entityOf({ Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person' }), Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }) }, 'Boss')
  expect(boss).toMatchObject({ table: 'bosses', tables: ['people', 'bosses'], primaryKey: ['id'], slots: ['id', 'kind', 'name', 'personId', 'title'] })
  expect(boss.inheritance).toMatchObject({ root: 'Person', line: ['Person', 'Boss'], kind: 'joined', polymorphicOn: 'kind', identity: 'boss', inheritPairs: [[{ table: 'bosses', column: 'personId' }, { table: 'people', column: 'id' }]] })
})

test('a column of the same name in both tables is one attribute, kept in both', () => {
  const clerk = entityOf({ Person: entity(people, {}, { polymorphicOn: 'kind' }), Clerk: entity(clerks, {}, { inherits: 'Person', identity: 'clerk' }) }, 'Clerk')
  expect(clerk.attribute['id']).toMatchObject({ table: 'people', also: [{ table: 'clerks', column: 'id' }], declaredBy: 'Person' })
})

test('entities that share their parent\'s table are single; the root knows all below it', () => {
  const entities = { Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person', exclude: [], withPolymorphic: '*' }), Boss: entity(people, {}, { inherits: 'Person', identity: 'boss' }), Chief: entity(people, {}, { inherits: 'Boss', identity: 'chief' }) }
  expect(entityOf(entities, 'Chief').inheritance).toMatchObject({ kind: 'single', line: ['Person', 'Boss', 'Chief'] })
  expect(entityOf(entities, 'Person').inheritance).toMatchObject({ kind: 'none', descendants: ['Boss', 'Chief'], withPolymorphic: ['Boss', 'Chief'] })
})

test('a concrete entity stands by itself: own key, own attributes, no inherited relationships', () => {
  const managers = table('managers', { id: column(integer, { primaryKey: true }), level: column(integer) })
  const entities = { Person: entity(people, { bosses: relationship('Person', { primaryjoin: eq(people.c.id, people.c.id), viewonly: true, foreignKeys: ['people.id'], uselist: true }) }), Manager: entity(managers, {}, { inherits: 'Person', concrete: true }) }
  const manager = entityOf({ Person: entity(people), Manager: entities.Manager }, 'Manager')
  expect(manager).toMatchObject({ tables: ['managers'], slots: ['id', 'level'], inheritance: { kind: 'concrete', root: 'Manager', line: ['Manager'] } })
})

test('a subclass inherits relationships, whose slot is its own and whose key is the parent\'s', () => {
  const homes = table('homes', { id: column(integer, { primaryKey: true }), personId: column(integer, { references: 'people.id' }) })
  const entities = { Person: entity(people, { homes: relationship('Home') }, { polymorphicOn: 'kind' }), Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }), Home: entity(homes) }
  expect(relationshipOf(entities, 'Boss.homes')).toMatchObject({ key: 'Person.homes', entity: 'Person', slot: 5 })
  expect(relationshipOf(entities, 'Person.homes').slot).toBe(3)
})

test('a relationship of the same name on a subclass takes the place of the inherited one', () => {
  const homes = table('homes', { id: column(integer, { primaryKey: true }), personId: column(integer, { references: 'people.id' }) })
  const entities = { Person: entity(people, { homes: relationship('Home') }, { polymorphicOn: 'kind' }), Boss: entity(people, { homes: relationship('Home', { viewonly: true }) }, { inherits: 'Person', identity: 'boss' }), Home: entity(homes) }
  expect(relationshipOf(entities, 'Boss.homes')).toMatchObject({ key: 'Boss.homes', viewonly: true })
  expect(entityOf(entities, 'Boss').relationships).toHaveLength(1)
})

test('versions count by default, and are inherited', () => {
  const documents = table('documents', { id: column(integer, { primaryKey: true }), revision: column(integer), kind: column(text) })
  const entities = { Document: entity(documents, {}, { version: 'revision', polymorphicOn: 'kind' }), Letter: entity(documents, {}, { inherits: 'Document', identity: 'letter' }), Draft: entity(table('drafts', { id: column(integer, { primaryKey: true }), v: column(integer) }), {}, { version: { attribute: 'v', next: false } }) }
  expect(entityOf(entities, 'Letter').version).toEqual({ attribute: 'revision', next: 'count' })
  expect(entityOf(entities, 'Draft').version).toEqual({ attribute: 'v', next: 'given' })
})

test('deferred attributes are told, with their groups', () => {
  const found = entityOf({ Person: entity(people, {}, { deferred: { name: 'long' } }) }, 'Person')
  expect(found.attribute['name']).toMatchObject({ deferred: true, deferredGroup: 'long' })
  expect(found.attribute['kind']?.deferred).toBe(false)
})

test.each<[string, Entities, string]>([
  ['no primary key', { Log: entity(table('log', { line: column(text) })) }, 'Mark a column: id: column(integer, { primaryKey: true }).'],
  ['an unknown parent', { Boss: entity(bosses, {}, { inherits: 'Persn' }), Person: entity(people) }, 'Did you mean \'Person\'?'],
  ['an unknown version', { Person: entity(people, {}, { version: 'nam' }) }, 'Did you mean \'name\'?'],
  ['an unknown discriminator', { Person: entity(people, {}, { polymorphicOn: 'knd' }) }, 'Did you mean \'kind\'?'],
  ['an unknown column left out', { Person: entity(people, {}, { exclude: ['nam'] }) }, 'Did you mean \'name\'?'],
  ['a primary key left out', { Person: entity(people, {}, { exclude: ['id'] }) }, 'Take the key out of { exclude }'],
  ['a foreign key to no column', { User: entity(users), Pet: entity(table('pets', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.idd' }) })) }, 'Did you mean \'id\'?'],
  ['a joined table without a key to its parent', { Person: entity(people), Boss: entity(table('b', { id: column(integer, { primaryKey: true }) }), {}, { inherits: 'Person' }) }, 'references: \'people.id\''],
  ['a relationship named like a column', { User: entity(users, { name: relationship('User') }) }, 'Call the relationship something else'],
])('%s is an error that says what to type', (_, entities, hint) => {
  const errors = errorsOf(entities)
  expect(errors).toHaveLength(1)
  expect(errors[0]?.hint).toContain(hint)
})

test('two foreign keys to the parent\'s table ask for an inheritCondition', () => {
  const twice = table('twice', { id: column(integer, { primaryKey: true, references: 'people.id' }), helperId: column(integer, { references: 'people.id' }) })
  expect(codesOf({ Person: entity(people), Twice: entity(twice, {}, { inherits: 'Person' }) })).toEqual(['ambiguous-foreign-keys'])
  expect(codesOf({ Person: entity(people), Twice: entity(twice, {}, { inherits: 'Person', inheritCondition: eq(twice.c.id, people.c.id) }) })).toEqual([])
})

test('entities that inherit from each other are an error, told once', () => {
  expect(codesOf({ A: entity(people, {}, { inherits: 'B' }), B: entity(people, {}, { inherits: 'A' }) })).toEqual(['argument'])
})

test('two different tables of one name are an error', () => {
  expect(codesOf({ User: entity(users), Other: entity(table('users', { id: column(integer, { primaryKey: true }), other: column(text) })) })).toEqual(['argument'])
})

test.each(['then', 'toJSON', 'constructor'])('an attribute cannot be called %s, a column can', (name) => {
  const odd = table('odd', Object.fromEntries([['id', column(integer, { primaryKey: true })], [name, column(text)]]))
  expect(codesOf({ Odd: entity(odd) })).toEqual(['argument'])
  expect(codesOf({ Odd: entity(odd, {}, { attributes: { other: name } }) })).toEqual([])
})

test('an entity with errors of its own is not spoken of by what leads to it', () => {
  expect(codesOf({ User: entity(users, { logs: relationship('Log') }), Log: entity(table('log', { line: column(text) })) })).toEqual(['argument'])
})

test.each([['nothing', undefined], ['text', 'x'], ['no entities', {}], ['an entity that is none', { descriptors: { User: 1 } }], ['a table that is none', { descriptors: { User: { table: {}, relationships: {}, options: {} } } }]])('%s is no registry', (_, given) => {
  expect(errorsIn(given as RegistryDescriptor).map(({ code }) => code)).toEqual(['argument'])
})

test('entities may bear the names of what objects inherit', () => {
  const mapping = mappingOf({ toString: entity(users), valueOf: entity(addresses, { toLocaleString: relationship('toString') }) })
  expect(mapping.entities['valueOf']?.relationship['toLocaleString']?.target).toBe('toString')
  expect(mapping.entities['hasOwnProperty'] satisfies MappedEntity | undefined).toBeUndefined()
})

test('tables that no entity maps may be given beside the entities', () => {
  const link = table('link', { userId: column(integer, { references: 'users.id' }), addressId: column(integer, { references: 'addresses.id' }) })
  const entities = { User: entity(users, { addresses: relationship('Address', { secondary: 'link' }) }), Address: entity(addresses) }
  expect(errorsIn(dynamicRegistry(entities)).map(({ hint }) => hint)).toEqual([expect.stringContaining('registry(…, { tables: [link] })')])
  expect(errorsIn(dynamicRegistry(entities, { tables: [link] }))).toEqual([])
})
