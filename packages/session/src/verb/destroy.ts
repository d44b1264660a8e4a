// destroy: rows that the next flush deletes.

import type { Tracked, Unchecked } from '@relata/core'
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
import { ofMapping } from './member-of-session.js'

/**
 * Marks objects to be deleted by the next flush, with all that the delete cascade reaches: what it needs and is not loaded is loaded
 * now. Fails with `not-persistent` for an object that has no row.
 *
 * @example
 * pipe(destroy(ed), RTE.chain(() => commit))
 */
export const destroy = (...objects: readonly Tracked<Unchecked, Unchecked>[]): Db<void> => db((session) => destroyAll(session, objects))

export const destroyAll = async (session: SessionState, objects: readonly unknown[]): Promise<void> => {
  for (const object of objects) {
    const instance = ofMapping(session, object, 'destroy')
    if (!hasIdentity(instance)) fail({
      _tag: 'ChangeRefused', code: 'not-persistent', message: `destroy: ${describe(instance)} has no row to delete`, hint: 'expunge a new object that should not be inserted',
    })
    // Its row is gone already, or will be.
    if (session.deleted.has(instance) || (lifecycleOf(instance) === 'deleted' && sessionOf(instance) === session)) continue
    checkAttachable(session, instance)
    attach(session, instance)
    // The whole cascade first: an autoflush of its loads must not delete the first object before the last is found.
    const reached = await reachedByDeleting(session, instance)
    for (const each of [instance, ...reached]) mark(session, each)
  }
}

const mark = (session: SessionState, instance: Instance): void => {
  if (!hasIdentity(instance) || session.deleted.has(instance) || lifecycleOf(instance) === 'deleted') return
  checkAttachable(session, instance)
  attach(session, instance)
  session.deleted.add(instance)
  session.changeCount++
}

/** Each object once, depth first; relationships that are not loaded are, even those that refuse to load. */
const reachedByDeleting = async (session: SessionState, start: Instance): Promise<readonly Instance[]> => {
  const visited = new Set<Instance>()
  const found: Instance[] = []
  const left: Instance[] = [start]
  for (let owner = left.pop(); owner !== undefined; owner = left.pop()) {
    if (owner !== start) found.push(owner)
    const next: Instance[] = []
    for (const relationship of entityOf(owner).relationships) {
      if (!relationship.cascade.delete) continue
      if (hasIdentity(owner) && relationship.passiveDeletes === false && isHandle(relationship)) {
        // Never in memory: its members are asked for here, and go straight into the cascade.
        for (const member of (await loadOld(session, [owner], relationship)).get(owner) ?? []) if (!visited.has(member) && visited.add(member)) next.push(member)
      } else if (hasIdentity(owner) && relationship.passiveDeletes === false && statusOf(owner, relationship.slot) !== loaded) {
        await loadRelationship(session, [owner], relationship, { anyStrategy: true })
      }
      for (const member of membersInMemory(owner, relationship)) {
        if (visited.has(member)) continue
        checkType(member, relationship)
        visited.add(member)
        next.push(member)
      }
    }
    for (let index = next.length - 1; index >= 0; index--) left.push(next[index] ?? start)
  }
  return found
}
