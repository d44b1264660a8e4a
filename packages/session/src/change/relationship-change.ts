// Changing relationships: every change of one side is kept in step with the mirrored sides, with the save-update cascade, with the
// tracked parents and with what the session records. Nothing here does I/O, and nothing is refused: checks come before (check.ts).

import type { MappedRelationship } from '@relata/core'
import { addToSession, isIn } from '../membership/attach.js'
import { expungeFromSession } from '../membership/detach.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { mirroredNames } from '../state/entity-index.js'
import { values } from '../state/instance.js'
import type { Instance } from '../state/instance.js'
import { loaded, unknownValue, type InstanceState } from '../state/model.js'
import { coverSlot, readSlot } from '../state/slot.js'
import { entityOf, ownState, stateOf, statusOf } from '../state/state-of.js'
import { appending, beganAs, comingIn, removing, isOwn, type Initiator } from './initiator.js'
import { oldReference } from './old-reference.js'
import { clearParent, isOrphan, setParent } from './parents.js'
import { emptyChange, noteChange, noteMember } from '../state/note.js'
import { queueAdded, queueRemoved, recordAdded, recordRemoved, recordScalar, touch } from './record.js'

// ---------- references

/** Puts an object or null into a reference. With `expected` it does so only where that object is there, or may be. */
export const setReference = (state: InstanceState, relationship: MappedRelationship, value: Instance | null, initiator: Initiator, expected?: Instance): void => {
  const old = oldReference(state, relationship)
  if (expected !== undefined && old !== unknownValue && old !== expected) return
  const shown = values(state.instance)
  if (old === value) {
    shown[relationship.name] = value
    state.status[relationship.slot] = loaded
    if (!relationship.viewonly) touch(state)
    return
  }
  if (old !== unknownValue && old !== null) clearParent(old, relationship, state.instance)
  const { session } = state
  if (session !== undefined) {
    if (value !== null) cascadeSave(state, relationship, value, initiator)
    if (old !== unknownValue && old !== null && relationship.cascade.deleteOrphan && session.pending.has(old) && isOrphan(old)) expungeFromSession(session, old)
  }
  for (const name of mirroredNames(relationship)) mirrorReference(state, relationship, name, value, old, initiator)
  if (old === unknownValue) coverSlot(state, relationship.slot)
  recordReference(state, relationship, old, value)
  shown[relationship.name] = value
  state.status[relationship.slot] = loaded
  if (value !== null) setParent(value, relationship, state.instance)
}

/** Takes a reference away: it shows null, counts as not set, and its history has the old value only. */
export const unsetReference = (state: InstanceState, relationship: MappedRelationship, initiator: Initiator): void => {
  const old = oldReference(state, relationship)
  if (old !== unknownValue && old !== null) fireRemoved(state, relationship, old, initiator)
  recordReference(state, relationship, old, unknownValue)
  values(state.instance)[relationship.name] = null
  state.status[relationship.slot] = 0
}

// ---------- collections

/** Adds a member to a collection. One that is not loaded gets a change to write if the program appended here, and queues a mirrored one. */
export const appendMember = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator): void => {
  if (!isAvailable(state, relationship)) {
    const isThere = beganHere(initiator, relationship) && isSeenFromOtherSide(state, relationship, member)
    fireAppended(state, relationship, member, initiator)
    if (isThere) touch(state)
    else if (isHandle(relationship) || beganHere(initiator, relationship)) note(recordAdded, state, relationship, member)
    else note(queueAdded, state, relationship, member)
    return
  }
  const kind = collectionOf(relationship)
  const collection = shownCollection(state, relationship)
  const displaced = kind.displacedBy(collection, member)
  if (kind.shape !== 'list' && displaced === undefined && kind.has(collection, member)) {
    cascadeSave(state, relationship, member, initiator)
    values(state.instance)[relationship.name] = kind.append(collection, member) // under its present key
    return
  }
  if (displaced !== undefined) dropMember(state, relationship, displaced, beganHere(initiator, relationship) ? removing(relationship) : initiator)
  fireAppended(state, relationship, member, initiator)
  note(recordAdded, state, relationship, member)
  values(state.instance)[relationship.name] = kind.append(shownCollection(state, relationship), member)
}

/** Does the member's own side, which is loaded, say that it is one already? Of a many-to-many a second row would be refused. */
const isSeenFromOtherSide = (state: InstanceState, relationship: MappedRelationship, member: Instance): boolean => {
  if (relationship.direction !== 'many-to-many') return false
  const other = ownState(member)
  for (const name of mirroredNames(relationship)) {
    const mirror = entityOf(member).relationship[name]
    if (mirror === undefined || isHandle(mirror) || statusOf(member, mirror.slot) !== loaded || other?.changes.get(mirror.slot)?.added.has(state.instance) === true) continue
    if (collectionOf(mirror).has(readSlot(member, mirror.slot) as Collection /* a loaded slot of a collection holds nothing else */, state.instance)) return true
  }
  return false
}

/** Removes a member from a collection, if it is there; from one that is not loaded, the removal is queued or recorded. */
export const dropMember = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator): void => {
  if (!isAvailable(state, relationship)) {
    fireRemoved(state, relationship, member, initiator)
    if (isHandle(relationship) || beganHere(initiator, relationship)) note(recordRemoved, state, relationship, member)
    else note(queueRemoved, state, relationship, member)
    return
  }
  const kind = collectionOf(relationship)
  const times = occurrences(shownCollection(state, relationship), relationship, member)
  if (times === 0) return
  fireRemoved(state, relationship, member, initiator, times > 1)
  // The mirror of the mirror may have taken it out already.
  if (occurrences(shownCollection(state, relationship), relationship, member) === 0) return
  if (times === 1) note(recordRemoved, state, relationship, member)
  const left = kind.without(shownCollection(state, relationship), new Set([member]))
  values(state.instance)[relationship.name] = left
}

/** Puts other members into a collection: those who stay are left alone, the others come and go by their events. */
export const assignMembers = (state: InstanceState, relationship: MappedRelationship, members: readonly Instance[], collection: Collection, initiator: Initiator): void => {
  const kind = collectionOf(relationship)
  const known = isAvailable(state, relationship)
  // What is new is mostly empty before.
  const present = known && kind.size(shownCollection(state, relationship)) > 0 ? new Set(kind.members(shownCollection(state, relationship))) : undefined
  const wanted = distinct(members)
  if (!known && !relationship.viewonly) {
    coverSlot(state, relationship.slot)
    noteChange(state, relationship.slot, emptyChange(true))
    state.queued.delete(relationship.slot)
  }
  if (!relationship.viewonly) touch(state)
  values(state.instance)[relationship.name] = collection
  state.status[relationship.slot] = loaded
  for (const member of wanted) {
    if (present?.has(member) === true) continue
    fireAppended(state, relationship, member, initiator)
    note(recordAssigned, state, relationship, member)
  }
  if (present === undefined) return
  const staying = new Set(members)
  // A member that stays may have been left out of the session before.
  for (const member of present) if (staying.has(member)) cascadeSave(state, relationship, member, initiator)
  for (const member of present) {
    if (staying.has(member)) continue
    fireRemoved(state, relationship, member, initiator)
    note(recordRemoved, state, relationship, member)
  }
}

/** Each member once. Few of them are compared with each other: most lists are short, and none of their members is there twice. */
const distinct = (members: readonly Instance[]): Iterable<Instance> => {
  if (members.length > 8) return new Set(members)
  for (let at = 1; at < members.length; at++) if (members.lastIndexOf(members[at] as Instance, at - 1) !== -1) return new Set(members) // within the list
  return members
}

/** A member comes in: everything but its place in the collection, which the caller gives it next. */
export const comeIn = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator): void => {
  fireAppended(state, relationship, member, initiator)
  note(recordAdded, state, relationship, member)
}

/** A member goes out, once: everything but its place in the collection, which the caller takes next. */
export const goOut = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator): void => {
  const times = occurrences(shownCollection(state, relationship), relationship, member)
  fireRemoved(state, relationship, member, initiator, times > 1)
  if (times === 1) note(recordRemoved, state, relationship, member)
}

/** Is the collection in memory? That of a new object always is: it begins empty. */
export const isAvailable = (state: InstanceState, relationship: MappedRelationship): boolean => {
  if (isHandle(relationship)) return false
  if (state.status[relationship.slot] === loaded) return true
  if (state.key !== undefined) return false
  state.status[relationship.slot] = loaded
  values(state.instance)[relationship.name] ??= collectionOf(relationship).empty()
  return true
}

/** Write-only and dynamic collections are never in memory. */
export const isHandle = (relationship: MappedRelationship): boolean => relationship.lazy === 'write_only' || relationship.lazy === 'dynamic'

/** How many times is a member in there? */
export const occurrences = (collection: Collection, relationship: MappedRelationship, member: Instance): number => {
  if (!Array.isArray(collection)) return collectionOf(relationship).has(collection, member) ? 1 : 0
  let times = 0
  for (const each of collection) if (each === member) times++
  return times
}

/** The collection that an object shows. */
export const shownCollection = (state: InstanceState, relationship: MappedRelationship): Collection =>
  readSlot(state.instance, relationship.slot) as Collection /* a slot of a collection holds nothing else */

// ---------- what an event does beside the change itself

const fireAppended = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator): void => {
  cascadeSave(state, relationship, member, initiator)
  for (const name of mirroredNames(relationship)) {
    const mirror = entityOf(member).relationship[name]
    if (mirror === undefined || beganAs(initiator, mirror, comingIn(mirror)) || (mirror.uselist && beganAs(initiator, mirror, 'bulk'))) continue
    mirrorIn(member, mirror, state.instance, initiator)
  }
  setParent(member, relationship, state.instance)
}

const fireRemoved = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator, stillThere = false): void => {
  clearParent(member, relationship, state.instance)
  if (relationship.cascade.deleteOrphan && isOrphan(member)) {
    if (state.session !== undefined && state.session.pending.has(member)) expungeFromSession(state.session, member)
    else stateOf(member).orphanedOutside = true
  }
  for (const name of mirroredNames(relationship)) {
    const mirror = entityOf(member).relationship[name]
    if (mirror === undefined || beganAs(initiator, mirror, 'remove')) continue
    if (beganAs(initiator, mirror, mirror.uselist ? 'bulk' : 'replace')) continue
    if (stillThere && !mirror.uselist) continue
    mirrorOut(member, mirror, state.instance, initiator)
  }
}

const mirrorReference = (state: InstanceState, relationship: MappedRelationship, name: string, value: Instance | null, old: Instance | null | typeof unknownValue, initiator: Initiator): void => {
  if (old !== unknownValue && old !== null) {
    const mirror = entityOf(old).relationship[name]
    if (mirror !== undefined && !beganAs(initiator, mirror, mirror.uselist ? 'remove' : 'replace')) mirrorOut(old, mirror, state.instance, appending(relationship))
  }
  if (value === null) return
  const mirror = entityOf(value).relationship[name]
  if (mirror === undefined || beganAs(initiator, mirror, comingIn(mirror)) || (mirror.uselist && beganAs(initiator, mirror, 'bulk'))) return
  mirrorIn(value, mirror, state.instance, initiator)
}

const mirrorIn = (other: Instance, mirror: MappedRelationship, self: Instance, initiator: Initiator): void => {
  if (mirror.uselist) appendMember(stateOf(other), mirror, self, initiator)
  else setReference(stateOf(other), mirror, self, initiator)
}

const mirrorOut = (other: Instance, mirror: MappedRelationship, self: Instance, initiator: Initiator): void => {
  if (mirror.uselist) dropMember(stateOf(other), mirror, self, initiator)
  else setReference(stateOf(other), mirror, null, initiator, self)
}

/** An object put into a relationship of one in the session enters the session too, but never along a back reference. */
const cascadeSave = (state: InstanceState, relationship: MappedRelationship, member: Instance, initiator: Initiator): void => {
  const { session } = state
  if (session === undefined || !relationship.cascade.saveUpdate || !isOwn(initiator, relationship) || isIn(session, member)) return
  addToSession(session, [member])
}

const recordReference = (state: InstanceState, relationship: MappedRelationship, old: Instance | null | typeof unknownValue, now: unknown): void => {
  if (!relationship.viewonly) recordScalar(state, relationship.slot, old, now)
}

const recordAssigned = (state: InstanceState, relationship: MappedRelationship, member: Instance): void => {
  let change = state.changes.get(relationship.slot)
  if (change === undefined) noteChange(state, relationship.slot, change = emptyChange())
  if (!change.removed.delete(member)) noteMember(change, 'added', member)
  touch(state)
}

/** What a viewonly relationship holds is never written, so it has no history. */
const note = (record: typeof recordAdded, state: InstanceState, relationship: MappedRelationship, member: Instance): void => {
  if (!relationship.viewonly) record(state, relationship, member)
}

const beganHere = (initiator: Initiator, relationship: MappedRelationship): boolean => initiator.relationship.key === relationship.key
