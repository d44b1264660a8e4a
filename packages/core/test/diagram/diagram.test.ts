import { expect, test } from 'vitest'
import { column, diagram, entity, integer, relationship, table, text } from '@relata/core'
import { mappingOf } from '../configure/configured.js'
import { addresses, postTags, posts, tags, users } from '../configure/tables.js'

test('a mapping is drawn with its entities, keys and relationships; two sides of one thing are one line', () => {
  expect(diagram(mappingOf({
    User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }),
    Address: entity(addresses),
    Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, viewonly: true }) }),
    Tag: entity(tags),
  }))).toBe(`erDiagram
  User {
    integer id PK
    text name
  }
  Address {
    integer id PK
    integer userId FK "nullable"
    text email
  }
  Post {
    integer id PK
    text title
  }
  Tag {
    integer id PK
    text word
  }
  User |o--o{ Address : "addresses / user"
  Post }o..o{ Tag : "tags"`)
})

test('a foreign key that may not be null leads to exactly one', () => {
  const users = table('users', { id: column(integer, { primaryKey: true }) })
  const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }) })
  expect(diagram(mappingOf({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses) }))).toContain('User ||--o{ Address : "addresses"')
  expect(diagram(mappingOf({ User: entity(users), Address: entity(addresses, { user: relationship('User') }) }))).toContain('Address }o--|| User : "user"')
})

test('a subclass is drawn with its own attributes and what it is', () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text) })
  const bosses = table('bosses', { id: column(integer, { primaryKey: true, references: 'people.id' }), level: column(integer) })
  const drawn = diagram(mappingOf({ Person: entity(people, {}, { polymorphicOn: 'kind' }), Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }) }))
  expect(drawn).toContain('  Boss {\n    integer level\n  }')
  expect(drawn).toContain('  Person ||--o| Boss : "is a"')
})

test('names that Mermaid cannot say are spelled with underscores', () => {
  const odd = table('odd', { id: column(integer, { primaryKey: true }), 'a "b"\n': column(integer, { references: 'odd.id' }) })
  const drawn = diagram(mappingOf({ '1 odd; one': entity(odd, { 'x"y': relationship('1 odd; one') }) }))
  expect(drawn).toContain('  _1_odd__one {\n    integer id PK\n    integer a__b__ FK\n  }')
  expect(drawn).toContain(': "x\'y"')
})
