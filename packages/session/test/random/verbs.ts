// The verbs of random programs: each does the same to the session and to the model.

import { eq, select, update, where } from '@relata/core'
import { append, beginSavepoint, create, expire, expireAll, expunge, loadColumn, merge, refresh, releaseSavepoint, remove, rollbackToSavepoint, set } from '@relata/session'
import { query } from '@relata/session/plain'
import { expect } from 'vitest'
import { ClubHandle, Person, Team } from './club.js'
import { change, copyOf, emptyState, isAbove, membersOf, withOne, without } from './model.js'
import { anyOf, backTo, clubsOf, commit, compareLoaded, flush, handle, loadOf, make, nothingToDo, object, objectsOf, pick, rename, settle, several, skipIf, type World } from './world.js'

/** What to do, and numbers that say with what: they are taken modulo what there is. */
export type Step = readonly [verb: number, a: number, b: number, many: readonly number[]]

/** Does one step; the name of the verb, or undefined where there was nothing to do it with. */
export const take = async (world: World, [verb, a, b, many]: Step): Promise<string | undefined> => {
  const [name, work] = anyOf(verbs, verb)
  try {
    await work(world, a, b, many)
  } catch (thrown) {
    if (thrown === nothingToDo) return undefined
    throw thrown
  }
  compareLoaded(world)
  return name
}

type Verb = (world: World, a: number, b: number, many: readonly number[]) => unknown

export const verbs: readonly (readonly [name: string, work: Verb])[] = [
  ['add', (world, a) => { make(world, (['team', 'person', 'club', 'person'] as const)[a % 4] ?? 'person') }],
  ['add with references', async (world, a, b) => {
    const [team, boss] = [pick(world, 'team', a), pick(world, 'person', b)]
    const [teamObject, bossObject] = [await object(world, team), await object(world, boss)]
    make(world, 'person', { team: teamObject, boss: bossObject }, { team, boss })
  }],
  ['set a name', async (world, a, b) => {
    const id = pick(world, undefined, a)
    rename(world, id, `n${b}`)
    set(handle(world, id), { name: `n${b}` } as never)(await object(world, id))
  }],
  ['set a team', async (world, a, b) => {
    const [id, team] = [pick(world, 'person', a), b % 4 === 0 ? null : pick(world, 'team', b)]
    set(Person, { team: team === null ? null : await object(world, team) })(await object(world, id))
    change(world.now, id, { team })
  }],
  ['set a boss', async (world, a, b) => {
    const [id, boss] = [pick(world, 'person', a), b % 4 === 0 ? null : pick(world, 'person', b)]
    skipIf(boss !== null && isAbove(world.now, id, boss))
    set(Person, { boss: boss === null ? null : await object(world, boss) })(await object(world, id))
    change(world.now, id, { boss })
  }],
  ['append a member', async (world, a, b) => {
    const [team, id] = [pick(world, 'team', a), pick(world, 'person', b)]
    skipIf(world.now.people.get(id)?.team === team)
    append(Team.members, await object(world, id))(await object(world, team))
    change(world.now, id, { team })
  }],
  ['remove a member', async (world, a, b) => {
    const team = pick(world, 'team', a)
    const id = anyOf(membersOf(world.now, team).filter((each) => !world.doomed.has(each)), b)
    remove(Team.members, await object(world, id))(await object(world, team))
    change(world.now, id, { team: null })
  }],
  ['assign members', async (world, a, _b, many) => {
    const team = pick(world, 'team', a)
    const wanted = several(world, 'person', many)
    await loadOf(world, Team.members, team)
    skipIf(membersOf(world.now, team).some((each) => world.doomed.has(each)))
    set(Team, { members: await objectsOf(world, wanted) })(await object(world, team))
    for (const id of membersOf(world.now, team)) change(world.now, id, { team: null })
    for (const id of wanted) change(world.now, id, { team })
  }],
  ['append a report', async (world, a, b) => {
    const [boss, id] = [pick(world, 'person', a), pick(world, 'person', b)]
    skipIf(world.now.people.get(id)?.boss === boss || isAbove(world.now, id, boss))
    append(Person.reports, await object(world, id))(await object(world, boss))
    change(world.now, id, { boss })
  }],
  ['join a club', async (world, a, b, [side = 0]) => {
    const [id, of] = [pick(world, 'person', a), pick(world, 'club', b)]
    skipIf(clubsOf(world, id).has(of))
    if (side % 2 === 0) append(Person.clubs, await object(world, of))(await object(world, id))
    else append(ClubHandle.people, await object(world, id))(await object(world, of))
    change(world.now, id, { clubs: withOne(clubsOf(world, id), of) })
  }],
  ['leave a club', async (world, a, b, [side = 0]) => {
    const id = pick(world, 'person', a)
    const of = anyOf([...clubsOf(world, id)].filter((each) => !world.doomed.has(each)), b)
    if (side % 2 === 0) remove(Person.clubs, await object(world, of))(await object(world, id))
    else remove(ClubHandle.people, await object(world, id))(await object(world, of))
    change(world.now, id, { clubs: without(clubsOf(world, id), of) })
  }],
  ['assign clubs', async (world, a, _b, many) => {
    const id = pick(world, 'person', a)
    skipIf([...clubsOf(world, id)].some((each) => world.doomed.has(each)))
    const wanted = several(world, 'club', many)
    await loadOf(world, Person.clubs, id)
    set(Person, { clubs: new Set(await objectsOf(world, wanted)) as never })(await object(world, id))
    change(world.now, id, { clubs: new Set(wanted) })
  }],
  ['remove who is no member', async (world, a, b) => {
    const [team, id] = [pick(world, 'team', a), pick(world, 'person', b)]
    skipIf(world.now.people.get(id)?.team === team)
    const owner = await loadOf(world, Team.members, team)
    const member = await object(world, id)
    expect(() => remove(Team.members, member)(owner)).toThrow('no member')
  }],
  ['destroy', async (world, a, b) => {
    const id = pick(world, (['team', 'person', 'club'] as const)[a % 3], b)
    await flush(world)
    await world.db.destroy(await object(world, id))
    world.doomed.add(id)
  }],
  ['flush', (world) => flush(world)],
  ['load', async (world, a, b) => {
    const id = pick(world, undefined, a)
    const relationships = { team: [Team.members], club: [ClubHandle.people], person: [Person.team, Person.boss, Person.reports, Person.clubs] }[world.kinds.get(id) ?? 'team']
    await loadOf(world, relationships[b % relationships.length], id)
  }],
  ['expire', async (world, a) => {
    const id = pick(world, undefined, a)
    await flush(world)
    await world.db.run(expire(handle(world, id))(await object(world, id)))
  }],
  ['refresh', async (world, a) => {
    const id = pick(world, undefined, a)
    await flush(world)
    await world.db.run(refresh(handle(world, id))(await object(world, id)))
  }],
  ['expunge', async (world, a) => {
    const id = pick(world, undefined, a)
    await flush(world)
    await world.db.run(expunge(await object(world, id)))
    // What holds it still would hold another object than the session.
    await world.db.run(expireAll)
  }],
  ['change while detached', async (world, a, b) => {
    const id = pick(world, undefined, a)
    await flush(world)
    const detached = await object(world, id)
    await world.db.run(loadColumn(handle(world, id).name as never)(detached))
    await world.db.run(expunge(detached))
    set(handle(world, id), { name: `d${b}` } as never)(detached)
    world.db.add(detached)
    rename(world, id, `d${b}`)
  }],
  ['merge', async (world, a, b) => {
    const id = b % 3 === 0 ? world.lastId + 1 : pick(world, 'person', a)
    const team = pick(world, 'team', b)
    await settle(world)
    world.lastId = Math.max(world.lastId, id)
    world.kinds.set(id, 'person')
    const before = world.now.people.get(id)
    world.objects.set(id, await world.db.run(merge(create(Person, { id, name: `m${b}`, team: create(Team, { id: team, name: world.now.teams.get(team) ?? '' }) }))))
    world.now.people.set(id, { boss: null, clubs: new Set(), ...before, name: `m${b}`, team })
  }],
  ['update by statement', async (world, a, b) => {
    const id = pick(world, 'person', a)
    await flush(world)
    await world.db.execute(query(update(Person, { name: `s${b}` }), where(eq(Person.id, id))))
    rename(world, id, `s${b}`)
  }],
  ['select', async (world, a) => {
    const team = pick(world, 'team', a)
    await settle(world)
    const found = await world.db.all(query(select(Person), where(eq(Person.teamId, team))))
    expect(found.map(({ id }) => id).toSorted((x, y) => x - y)).toEqual(membersOf(world.now, team))
  }],
  ['begin a savepoint', async (world) => {
    await settle(world)
    await world.db.run(beginSavepoint)
    world.savepoints.push(copyOf(world.now))
  }],
  ['roll back to a savepoint', async (world) => {
    skipIf(world.savepoints.length === 0)
    const state = world.savepoints.pop() ?? emptyState()
    await world.db.run(rollbackToSavepoint)
    backTo(world, state)
  }],
  ['release a savepoint', async (world) => {
    skipIf(world.savepoints.length === 0)
    world.savepoints.pop()
    await settle(world)
    await world.db.run(releaseSavepoint)
  }],
  ['fail inside a savepoint', async (world, a, b) => {
    const id = pick(world, 'person', a)
    await settle(world)
    await world.db.run(beginSavepoint)
    const person = await object(world, id)
    set(Person, { name: `x${b}`, team: null })(person)
    world.db.add(create(Person, { id, name: 'twice' }))
    await expect(world.db.flush()).rejects.toMatchObject({ code: 'integrity' })
    await world.db.run(rollbackToSavepoint)
  }],
  ['commit', (world) => commit(world)],
  ['roll back', async (world) => {
    await world.db.rollback()
    world.savepoints.splice(0)
    backTo(world, copyOf(world.committed))
  }],
]
