// destroy: rows that the next flush deletes.

import type { MappedRelationship } from '@relata/core'
import { db, type Db } from '../db.js'
import { isHandle } from '../change/relationship-change.js'
import { loadOld } from '../load/load-old.js'
import { loadRelationship } from '../load/load-relationship.js'
import { attach, checkAttachable } from '../membership/attach.js'
import { checkType, membersInMemory } from '../membership/cascade-walk.js'
import { fail } from '../relata-error.js'
import type { Instance } from '../state/instance.js'
import { loaded, type SessionState } from '../state/model.js'
import { describe, entityOf, hasIdentity, lifecycleOf, sessionOf, statusOf } from '../state/state-of.js'
import type { OneOrMany } from './add.js'
import { ofMapping } from './member-of-session.js'

/**
 * Marks objects to be deleted by the next flush, with all that the delete cascade reaches: what it needs and is not loaded is loaded
 * now. Lists of objects are taken too. Fails with `not-persistent` for an object that has no row.
 *
 * @example
 * pipe(destroy(ed), RTE.chain(() => commit))
 */
export const destroy = (...objects: readonly OneOrMany[]): Db<void> => db((session) => destroyAll(session, objects.flat()))

const destroyAll = async (session: SessionState, objects: readonly unknown[]): Promise<void> => {
  const instances = objects.map((object) => deletable(session, object)).filter((instance) => !session.deleted.has(instance))
  for (const instance of instances) take(session, instance)
  // The whole cascade first: an autoflush of its loads must not delete the first object before the last is found.
  for (const each of await reachedByDeleting(session, instances)) mark(session, each)
}

const deletable = (session: SessionState, object: unknown): Instance => {
  const instance = ofMapping(session, object, 'destroy')
  if (!hasIdentity(instance)) fail({
    _tag: 'ChangeRefused', code: 'not-persistent', message: `destroy: ${describe(instance)} has no row to delete`, hint: 'expunge a new object that should not be inserted',
  })
  if (!isGone(session, instance)) checkAttachable(session, instance)
  return instance
}

/** Did this session delete its row? It may be deleted again: the flush then warns that the row is not there. */
const isGone = (session: SessionState, instance: Instance): boolean => lifecycleOf(instance) === 'deleted' && sessionOf(instance) === session

/** Into the session, if it is not there. */
const take = (session: SessionState, instance: Instance): void => {
  if (isGone(session, instance)) return
  checkAttachable(session, instance)
  attach(session, instance)
}

const mark = (session: SessionState, instance: Instance): void => {
  if (!hasIdentity(instance) || session.deleted.has(instance)) return
  take(session, instance)
  session.deleted.add(instance)
  session.changeCount++
}

/** These and all that their deletion reaches, each once, those nearest first: so what is not loaded is, one statement a relationship and step, though it refuse to; of objects outside the session nothing is. */
const reachedByDeleting = async (session: SessionState, starts: readonly Instance[]): Promise<readonly Instance[]> => {
  const reached = new Set(starts)
  let step = starts
  while (step.length > 0) {
    const next: Instance[] = []
    const take = (members: readonly Instance[], relationship: MappedRelationship): void => {
      for (const member of members) {
        if (reached.has(member)) continue
        checkType(member, relationship)
        reached.add(member)
        next.push(member)
      }
    }
    for (const [relationship, owners] of byCascade(step)) {
      const persistent = relationship.passiveDeletes === false ? owners.filter((owner) => hasIdentity(owner) && sessionOf(owner) === session) : []
      // Never in memory: its members are asked for here, and go straight into the cascade.
      if (isHandle(relationship)) for (const members of (await loadOld(session, persistent, relationship)).values()) take(members, relationship)
      else await loadMissing(session, persistent, relationship)
      for (const owner of owners) take(membersInMemory(owner, relationship), relationship)
    }
    step = next
  }
  return [...reached]
}

/** Relationships along which deletions cascade, with the objects that have them. */
const byCascade = (instances: readonly Instance[]): ReadonlyMap<MappedRelationship, readonly Instance[]> => {
  const owners = new Map<MappedRelationship, Instance[]>()
  for (const instance of instances) {
    for (const relationship of entityOf(instance).relationships) {
      if (!relationship.cascade.delete) continue
      const known = owners.get(relationship)
      if (known === undefined) owners.set(relationship, [instance])
      else known.push(instance)
    }
  }
  return owners
}

const loadMissing = async (session: SessionState, owners: readonly Instance[], relationship: MappedRelationship): Promise<void> => {
  const missing = owners.filter((owner) => statusOf(owner, relationship.slot) !== loaded)
  if (missing.length > 0) await loadRelationship(session, missing, relationship, { insists: true })
}
