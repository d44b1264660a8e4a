// Recording: what a verb changes is noted beside the object, first committed value and net changes, and the session told.

import type { MappedAttribute, MappedRelationship } from '@relata/core'
import { loaded, unknownValue, type CollectionChange, type InstanceState } from '../state/model.js'
import type { Instance } from '../state/instance.js'
import { emptyChange, noteChange, noteCommitted, noteMember, noteQueued } from '../state/note.js'
import { beforeImage } from '../state/slot.js'
import { sameValue } from './same-value.js'

/** Tells the session that an object has changes. */
export const touch = (state: InstanceState): void => {
  const { session } = state
  if (session === undefined) return
  session.changeCount++
  if (state.lifecycle === 'persistent') session.dirty.add(state)
}

/** Notes that a scalar slot goes from `old` to `now`; back at the committed value, as its attribute compares it, there is no change left. */
export const recordScalar = (state: InstanceState, slot: number, old: unknown, now: unknown, attribute?: MappedAttribute): void => {
  if (!state.committed.has(slot)) noteCommitted(state, slot, old)
  else {
    const committed = state.committed.get(slot)
    if (committed !== unknownValue && (attribute === undefined ? Object.is(committed, now) : sameValue(attribute, committed, now))) state.committed.delete(slot)
  }
  touch(state)
}

/** Notes that a collection gets a member; called before it is in there. */
export const recordAdded = (state: InstanceState, relationship: MappedRelationship, member: Instance): void => {
  touch(state)
  if (state.queued.get(relationship.slot)?.removed.delete(member) === true) return
  const change = changeOf(state, relationship.slot)
  if (!change.removed.delete(member) && !wasMember(state, relationship, change, member)) noteMember(change, 'added', member)
}

/** Notes that a collection loses a member. */
export const recordRemoved = (state: InstanceState, relationship: MappedRelationship, member: Instance): void => {
  touch(state)
  if (state.queued.get(relationship.slot)?.added.delete(member) === true) return
  const change = changeOf(state, relationship.slot)
  if (!change.added.delete(member)) noteMember(change, 'removed', member)
}

/** Queues a member for a collection that is not loaded. */
export const queueAdded = (state: InstanceState, relationship: MappedRelationship, member: Instance): void => {
  touch(state)
  // What the program did here itself is undone from the other side.
  if (state.changes.get(relationship.slot)?.removed.delete(member) === true) return
  const change = queueOf(state, relationship.slot)
  if (!change.removed.delete(member)) noteMember(change, 'added', member)
}

/** Queues a removal from a collection that is not loaded. */
export const queueRemoved = (state: InstanceState, relationship: MappedRelationship, member: Instance): void => {
  touch(state)
  if (state.changes.get(relationship.slot)?.added.delete(member) === true) return
  const change = queueOf(state, relationship.slot)
  if (!change.added.delete(member)) noteMember(change, 'removed', member)
}

const changeOf = (state: InstanceState, slot: number): CollectionChange => {
  let change = state.changes.get(slot)
  if (change === undefined) noteChange(state, slot, change = emptyChange())
  return change
}

const queueOf = (state: InstanceState, slot: number): CollectionChange => {
  let change = state.queued.get(slot)
  if (change === undefined) noteQueued(state, slot, change = emptyChange())
  return change
}

/** A list may get a member that it has already; which it had is found out once, at the first change. */
const wasMember = (state: InstanceState, relationship: MappedRelationship, change: CollectionChange, member: Instance): boolean => {
  if (relationship.collectionClass !== 'list' || state.status[relationship.slot] !== loaded || state.key === undefined || change.oldUnknown) return false
  change.base ??= new Set(beforeImage(state, relationship.slot, change))
  return change.base.has(member)
}
