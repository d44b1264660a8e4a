// Entities over a join of tables: what is refused, with what to type.

import { column, entity, eq, integer, table, tableAlias, tableJoin, text } from '@relata/core'
import { expect, test } from 'vitest'
import { errorsOf, mappingOf, texts } from './configured.js'
import { users } from './tables.js'

const profiles = table('profiles', { userId: column(integer, { primaryKey: true, references: 'users.id' }), bio: column(text) })
const namesakes = table('namesakes', { id: column(integer, { primaryKey: true }), name: column(text), ownerId: column(integer, { references: 'users.id' }) })
const profiled = tableJoin(users, profiles, eq(profiles.c.userId, users.c.id))

test('one attribute stands for what the join equates', () => {
  const found = mappingOf({ User: entity(profiled, {}, { exclude: ['userId'] }) }).entities['User']
  expect(found?.tables).toEqual(['users', 'profiles'])
  expect(found?.attributes.map(({ name, also }) => [name, texts(also)])).toContainEqual(['id', ['profiles.userId']])
  expect(found?.primaryKey).toEqual(['id'])
})

test.each([
  ['an equated column of another name that is not left out', { User: entity(profiled) }, 'The join of User makes profiles.userId the same as users.id, so that it is no attribute of its own.', 'Write { exclude: [\'userId\'] }: id stands for both.'],
  ['columns of one name that are not the same', { User: entity(tableJoin(users, namesakes, eq(namesakes.c.ownerId, users.c.id)), {}, { exclude: ['ownerId'] }) }, 'User has two columns for one attribute \'id\': users.id and namesakes.id.', 'Equate them in the join'],
  ['a table under another name', { User: entity(tableJoin(users, tableAlias(profiles, 'p'), eq(tableAlias(profiles, 'p').c.userId, users.c.id))) }, 'The join of User has \'profiles\' under another name, and an entity writes tables as themselves.', 'Join \'profiles\' itself'],
  ['a condition that reads another table', { User: entity(tableJoin(users, profiles, eq(profiles.c.userId, namesakes.c.id))) }, 'The join of User cannot be used: the condition of its join cannot be used: there is no table \'namesakes\'.', 'Write entity(tableJoin('],
  ['inheritance', { Base: entity(users), User: entity(profiled, {}, { inherits: 'Base', exclude: ['userId'] }) }, 'User is over a join and inherits from Base.', 'Remove inherits'],
])('refused: %s', (_name, entities, message, hint) => {
  expect(errorsOf(entities)).toContainEqual(expect.objectContaining({ code: 'argument', message, hint: expect.stringContaining(hint) as string }))
})
