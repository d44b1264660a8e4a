// Relationships of a subclass that are mapped eager, met by a query for the entity above it.

import { asc, column, entities, entity, integer, orderBy, registry, relationship, select, table, text, type Lazy, type Model } from '@relata/core'
import { add, all, commit, create, expungeAll, isLoaded } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { describe, expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text) })
const engineers = table('engineers', { id: column(integer, { primaryKey: true, references: 'people.id' }), lang: column(text) })
const machines = table('machines', { id: column(integer, { primaryKey: true }), engineerId: column(integer, { references: 'engineers.id', nullable: true }) })

const staffWith = <const L extends Lazy>(lazy: L, withPolymorphic: readonly string[]) => entities({
  Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person', withPolymorphic }),
  Engineer: entity(engineers, { machines: relationship('Machine', { lazy }) }, { inherits: 'Person', identity: 'engineer' }),
  Machine: entity(machines),
})

/** Kinds of statements of a query for people, and whether the engineer has its machines. */
const asked = async (lazy: 'joined' | 'selectin' | 'subquery' | 'immediate', withPolymorphic: readonly string[] = []) => {
  const described = staffWith(lazy, withPolymorphic)
  interface Staff extends Model<typeof described> {}
  const staff = registry<Staff>(described)
  const { Person, Engineer, Machine } = staff.entities
  const { result, statements } = await succeeding(staff, pipe(
    add(create(Engineer, { name: 'ann', lang: 'ts', machines: [create(Machine, {})] })), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => all(pipe(select(Person), orderBy(asc(Person.name))))), RTE.map((found) => found.map((person) => isLoaded(Engineer.machines)(person))),
  ))
  return [statements.filter((each) => each.startsWith('select')).length, ...result]
}

describe('without the subclass, what it maps eager waits until it is asked for', () => {
  test.each(['joined', 'selectin', 'subquery'] as const)('%s', async (lazy) => { expect(await asked(lazy)).toEqual([1, false]) })
  test('immediate does not: it asks for each object by itself', async () => { expect(await asked('immediate')).toEqual([2, true]) })
})

describe('with the subclass, it comes along', () => {
  test.each([['joined', 1], ['selectin', 2], ['subquery', 2]] as const)('%s', async (lazy, statements) => { expect(await asked(lazy, ['Engineer'])).toEqual([statements, true]) })
})
