// Synonyms: further names of attributes, for handles, conditions and wherever a column is named.

import { attributeNamed, column, configure, dynamicRegistry, entity, eq, foreign, integer, planLoad, registry, relationship, select, table, text, where, type AnyEntity } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { copies, errorsOf, relationshipOf } from './configured.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const passports = table('passports', { id: column(integer, { primaryKey: true }), _userId: column(integer, { name: 'user_id' }), country: column(text) })

const of = (relationships: Parameters<typeof entity>[1], options: object = { synonyms: { userId: '_userId' } }): Readonly<Record<string, AnyEntity>> =>
  ({ User: entity(users, relationships), Passport: entity(passports, {}, options) })

test('a synonym stands for its column in foreignKeys', () => {
  const { direction, synchronizePairs } = relationshipOf(of({ passport: relationship('Passport', { primaryjoin: eq(users.c.id, passports.c._userId), foreignKeys: ['Passport.userId'], uselist: false }) }), 'User.passport')
  expect([direction, copies(synchronizePairs)]).toEqual(['one-to-many', ['users.id → passports._userId']])
})

test('a synonym of a handle stands for its column in a join, by whatever expression', () => {
  const Passport = pipe(dynamicRegistry(of({})).entity('Passport'), O.getOrElseW(() => { throw new Error('no Passport') }))
  const userId = pipe(attributeNamed(Passport, 'userId'), O.getOrElseW(() => { throw new Error('no synonym') }))
  const found = relationshipOf(of({ passport: relationship('Passport', { primaryjoin: () => eq(users.c.id, foreign(userId)), uselist: false }) }), 'User.passport')
  expect(copies(found.synchronizePairs)).toEqual(['users.id → passports._userId'])
})

test('in a query it is the attribute', () => {
  const entities = registry({ Passport: entity(passports, {}, { synonyms: { userId: '_userId' } }) })
  const { Passport } = entities.entities
  const mapping = pipe(configure(entities), E.getOrElseW(([{ message }]) => { throw new Error(message) }))
  expect(planLoad(mapping, pipe(select(Passport), where(eq(Passport.userId, 7))))).toEqual(planLoad(mapping, pipe(select(Passport), where(eq(Passport._userId, 7)))))
})

test('an entity that inherits has the synonyms of the one above', () => {
  const fast = table('fast', { id: column(integer, { primaryKey: true, references: 'passports.id' }) })
  const entities = { ...of({ fast: relationship('Fast', { primaryjoin: eq(users.c.id, passports.c._userId), foreignKeys: ['Fast.userId'] }) }), Fast: entity(fast, {}, { inherits: 'Passport' }) }
  expect(E.isRight(configure(dynamicRegistry(entities)))).toBe(true)
})

test.each<readonly [string, object, string]>([
  ['of nothing', { synonyms: { userId: 'userID' } }, 'The synonym \'userId\' of Passport stands for \'userID\', which is not an attribute of it.'],
  ['with the name of a column', { synonyms: { country: '_userId' } }, 'The synonym \'country\' of Passport has the name of a column of it.'],
  ['with a name that objects use', { synonyms: { then: '_userId' } }, 'Passport has an attribute called \'then\', a name that every object in JavaScript has a use for.'],
  ['that is no name', { synonyms: { userId: 7 } }, 'Passport: \'synonyms\' cannot be of type object.'],
])('refused: a synonym %s', (_name, options, message) => {
  expect(errorsOf(of({}, options))[0]?.message).toBe(message)
})
