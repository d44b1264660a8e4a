// Both at once: a session, and the model of what it should have; what is made and read of the one, and compared with the other.

import { create, createAll, expireAll, get, isLoaded, load, loadColumn, noAutoflush, sql, stateOf } from '@relata/session'
import type { Db } from '@relata/session/plain'
import * as O from 'fp-ts/lib/Option.js'
import { expect } from 'vitest'
import { club, ClubHandle, Person, Team } from './club.js'
import { change, copyOf, drop, emptyState, membersOf, peopleOf, reportsOf, rowsOf, type Kind, type State } from './model.js'

// Objects of three entities in one place: their types are the tests' own business elsewhere.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any

export interface World {
  readonly db: Db
  /** As the session's objects should show it, changes included. */
  now: State
  committed: State
  readonly savepoints: State[]
  readonly objects: Map<number, Loose>
  readonly kinds: Map<number, Kind>
  /** Destroyed, and not flushed yet. */
  readonly doomed: Set<number>
  lastId: number
}

/** On empty tables, with two of each and four people. */
export const beginning = async (db: Db): Promise<World> => {
  const world: World = { db, now: emptyState(), committed: emptyState(), savepoints: [], objects: new Map(), kinds: new Map(), doomed: new Set(), lastId: 0 }
  await db.run(createAll(club))
  for (const kind of ['team', 'club', 'person', 'person', 'team', 'club', 'person', 'person'] as const) make(world, kind)
  await commit(world)
  return world
}

/** Everything that was done is in the database, and the objects show it when they are read again. */
export const end = async (world: World): Promise<void> => {
  await readAll(world)
  await commit(world)
  await compareRows(world)
  await world.db.run(expireAll)
  await readAll(world)
}

/** Thrown where there is nothing to do a verb with. */
export const nothingToDo = new Error('nothing to do it with')
export const skipIf = (condition: boolean): void => { if (condition) throw nothingToDo }
export const anyOf = <A>(all: readonly A[], at: number): A => {
  skipIf(all.length === 0)
  return all[at % all.length] as A
}

// ---------- both at once

export const make = (world: World, kind: Kind, given: object = {}, references: { readonly team?: number; readonly boss?: number } = {}): void => {
  const id = ++world.lastId
  const name = `${kind} ${id}`
  world.kinds.set(id, kind)
  const object: Loose = kind === 'team' ? create(Team, { id, name }) : kind === 'club' ? create(ClubHandle, { id, name }) : create(Person, { id, name, ...given })
  world.db.add(object)
  world.objects.set(id, object)
  if (kind === 'team') world.now.teams.set(id, name)
  else if (kind === 'club') world.now.clubs.set(id, name)
  else world.now.people.set(id, { name, team: references.team ?? null, boss: references.boss ?? null, clubs: new Set() })
}

export const rename = (world: World, id: number, name: string): void => {
  const kind = world.kinds.get(id)
  if (kind === 'team') world.now.teams.set(id, name)
  else if (kind === 'club') world.now.clubs.set(id, name)
  else change(world.now, id, { name })
}

export const flush = async (world: World): Promise<void> => {
  await world.db.flush()
  await buried(world)
}

/** A load flushes too: what that deletes is buried before. */
export const settle = async (world: World): Promise<void> => {
  if (world.doomed.size > 0) await flush(world)
}

/** Objects go on showing what was deleted until they are read again. */
export const buried = async (world: World): Promise<void> => {
  if (world.doomed.size === 0) return
  for (const id of world.doomed) drop(world.now, world.kinds.get(id) ?? 'team', id)
  world.doomed.clear()
  await world.db.run(expireAll)
}

export const commit = async (world: World): Promise<void> => {
  await world.db.commit()
  await buried(world)
  world.savepoints.splice(0)
  world.committed = copyOf(world.now)
}

export const backTo = (world: World, state: State): void => {
  world.now = state
  world.doomed.clear()
}

// ---------- what there is

/** An object of a kind that is there and not about to be deleted. */
export const pick = (world: World, kind: Kind | undefined, at: number): number => {
  const ids = [...world.now.teams.keys(), ...world.now.clubs.keys(), ...world.now.people.keys()].filter((id) => !world.doomed.has(id) && (kind === undefined || world.kinds.get(id) === kind))
  return anyOf(ids, at)
}

export const several = (world: World, kind: Kind, at: readonly number[]): readonly number[] =>
  [...new Set(at.map((each) => pick(world, kind, each)))]

export const clubsOf = (world: World, id: number): ReadonlySet<number> =>
  world.now.people.get(id)?.clubs ?? new Set()

export const handle = (world: World, id: number): Loose =>
  ({ team: Team, club: ClubHandle, person: Person })[world.kinds.get(id) ?? 'team']

/**
 * The session's object: the one that is known, or the one that is read. Of a person the keys are known: to whom an expired one belonged
 * nobody knows until it is read, and the list that it was in goes on showing it.
 */
export const object = async (world: World, id: number): Promise<Loose> => {
  const known: Loose = world.objects.get(id)
  const isThere = known !== undefined && (stateOf(known) === 'persistent' || stateOf(known) === 'pending')
  const object: Loose = isThere ? known : O.toUndefined(await world.db.run(noAutoflush(get(handle(world, id), id as never))))
  expect(object, `${id} is there`).toBeDefined()
  world.objects.set(id, object)
  if (world.kinds.get(id) === 'person') await world.db.run(noAutoflush(loadColumn(Person.teamId)(object)))
  return object
}

export const objectsOf = async (world: World, ids: readonly number[]): Promise<Loose[]> => {
  const objects: Loose[] = []
  for (const id of ids) objects.push(await object(world, id))
  return objects
}

export const loadOf = async (world: World, relationship: Loose, id: number): Promise<Loose> => {
  await settle(world)
  return world.db.run(load(relationship)(await object(world, id)) as never)
}

// ---------- comparing

export const readAll = async (world: World): Promise<void> => {
  await settle(world)
  for (const id of world.now.teams.keys()) await loadOf(world, Team.members, id)
  for (const id of world.now.clubs.keys()) await loadOf(world, ClubHandle.people, id)
  for (const id of world.now.people.keys()) for (const relationship of [Person.team, Person.boss, Person.reports, Person.clubs]) await loadOf(world, relationship, id)
  compareLoaded(world)
}

/** What is loaded is what the model has, without a statement. */
export const compareLoaded = (world: World): void => {
  const shown = (id: number, relationship: Loose, expected: number | null | readonly number[]): void => {
    const object: Loose = world.objects.get(id)
    if (world.doomed.has(id) || object === undefined || stateOf(object) !== 'persistent' || !isLoaded(relationship)(object)) return
    const name = (relationship as { readonly name: string }).name
    const value: Loose = object[name]
    const got: unknown = value === null || !(Symbol.iterator in value) ? value?.id ?? null : [...value].map((member: Loose) => member.id as number).toSorted((a: number, b: number) => a - b)
    expect(got, `${world.kinds.get(id)} ${id}.${name}`).toEqual(expected)
  }
  for (const id of world.now.teams.keys()) shown(id, Team.members, membersOf(world.now, id))
  for (const id of world.now.clubs.keys()) shown(id, ClubHandle.people, peopleOf(world.now, id))
  for (const [id, { team, boss, clubs }] of world.now.people) {
    shown(id, Person.team, team)
    shown(id, Person.boss, boss)
    shown(id, Person.reports, reportsOf(world.now, id))
    shown(id, Person.clubs, [...clubs].toSorted((a, b) => a - b))
  }
  for (const [id, name] of [...world.now.teams, ...world.now.clubs, ...Array.from(world.now.people, ([key, person]) => [key, person.name] as const)]) {
    const object: Loose = world.objects.get(id)
    if (object !== undefined && stateOf(object) === 'persistent' && isLoaded(handle(world, id).name)(object)) expect(object.name, `name of ${id}`).toBe(name)
  }
}

export const compareRows = async (world: World): Promise<void> => {
  const expected = rowsOf(world.now)
  const rows = (text: string) => world.db.run(sql(text))
  expect({
    teams: await rows('select id, name from teams order by id'), clubs: await rows('select id, name from clubs order by id'),
    people: await rows('select id, name, team_id, boss_id from people order by id'), memberships: await rows('select person_id, club_id from memberships order by 1, 2'),
  }).toEqual(expected)
}
