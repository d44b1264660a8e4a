// Slots: reading them, and filling them with what a load brought. A fill makes no history and marks nothing as changed; it never
// overwrites what the program set, and changes queued on a collection merge into it.

import type { MappedEntity, MappedRelationship } from '@relata/core'
import { collectionOf, type Collection } from './collection.js'
import { values, type Instance } from './instance.js'
import { emptyChange, noteChange, noteMember } from './note.js'
import { loaded, stale, unknownValue, type CollectionChange, type InstanceState } from './model.js'
import { entityOf, ownState, stateOf, statusOf } from './state-of.js'

/** Is the value of a slot relied on: loaded, or given by the program? The null of a column that an insert left out is neither until it is asked for. */
export const isSlotLoaded = (instance: Instance, slot: number): boolean => statusOf(instance, slot) === loaded && ownState(instance)?.assumed?.has(slot) !== true

/** What the object shows in a slot, whatever its status. */
export const readSlot = (instance: Instance, slot: number): unknown => values(instance)[slotName(entityOf(instance), slot)]

/**
 * What the database has in a slot as far as the session knows: the value before the program's changes, or `unknownValue` where it was
 * not loaded. Of a collection, its members as an array.
 */
export const committedValue = (instance: Instance, slot: number): unknown => {
  const state = ownState(instance)
  if (state !== undefined) {
    if (state.committed.has(slot)) return state.committed.get(slot)
    const change = state.changes.get(slot)
    if (change !== undefined) return change.oldUnknown ? unknownValue : beforeImage(state, slot, change)
  }
  if (statusOf(instance, slot) !== loaded) return keyPart(instance, slot)
  const relationship = relationshipAt(entityOf(instance), slot)
  const shown = readSlot(instance, slot)
  return relationship?.uselist === true ? [...collectionOf(relationship).members(shown as Collection)] : shown
}

/** A part of the primary key is known by the object's identity even where the slot is stale. */
const keyPart = (instance: Instance, slot: number): unknown => {
  const entity = entityOf(instance)
  const attribute = entity.attributes[slot]
  const key = attribute?.primaryKey === true ? ownState(instance)?.keyValues : undefined
  return key === undefined || attribute === undefined ? unknownValue : key[entity.primaryKey.indexOf(attribute.name)] ?? unknownValue
}

/** The relationship of a slot, or undefined where it is an attribute's. */
export const relationshipAt = (entity: MappedEntity, slot: number): MappedRelationship | undefined => entity.relationships[slot - entity.attributes.length]

/** The name of a slot. */
export const slotName = (entity: MappedEntity, slot: number): string => entity.slots[slot] ?? ''

/**
 * Puts a loaded value of a column into an object, unless the program or an earlier load filled it. With `populateExisting` it replaces
 * both and drops the change.
 */
export const fillColumn = (instance: Instance, slot: number, value: unknown, populateExisting = false): void => {
  const state = stateOf(instance)
  // A slot with a change is the program's, also where it was unset and so counts as absent.
  if ((state.status[slot] === loaded || state.committed.has(slot)) && !populateExisting) return
  put(state, slot, value)
}

/** The same for the object of a scalar relationship. */
export const fillScalar = fillColumn

/**
 * Puts a loaded collection into an object, unless it is there; what was queued for it merges in and becomes its history. With
 * `populateExisting` it replaces what is there, and changes of it are dropped.
 */
export const fillCollection = (instance: Instance, slot: number, members: Iterable<Instance>, populateExisting = false): void => {
  const state = stateOf(instance)
  if (state.status[slot] === loaded && !populateExisting) return
  const relationship = relationshipAt(state.entity, slot)
  if (relationship === undefined) return
  const kind = collectionOf(relationship)
  // What the program appended or removed here before it was loaded is recorded; what came from the other side is queued.
  const pending = [populateExisting ? undefined : state.changes.get(slot), state.queued.get(slot)].filter((each) => each !== undefined)
  if (pending.length === 0) {
    put(state, slot, kind.of(members))
    return
  }
  const brought = new Set(members)
  let collection = kind.of(brought)
  const change = emptyChange()
  for (const { added, removed } of pending) {
    for (const member of added) if (!brought.has(member)) noteMember(change, 'added', member)
    for (const member of removed) if (brought.has(member)) noteMember(change, 'removed', member)
  }
  for (const member of change.added) collection = kind.append(collection, member)
  if (change.removed.size > 0) collection = kind.without(collection, change.removed)
  put(state, slot, collection)
  if (change.added.size > 0 || change.removed.size > 0) noteChange(state, slot, change)
}

/** Makes a loaded slot stale and drops what the program did to it; it shows the last committed value again where that is known. */
export const expireSlot = (state: InstanceState, slot: number): void => {
  restoreSlot(state, slot)
  if (state.status[slot] === loaded) state.status[slot] = stale
}

/** Takes the program's changes of a slot back. A value that replaced an unknown one stays to be seen, stale. */
export const restoreSlot = (state: InstanceState, slot: number): void => {
  state.expressions?.delete(slot)
  const name = slotName(state.entity, slot)
  if (state.committed.has(slot)) {
    const was = state.committed.get(slot)
    if (was === unknownValue) uncover(state, slot)
    else values(state.instance)[name] = was
    state.committed.delete(slot)
  }
  const change = state.changes.get(slot)
  if (change !== undefined) {
    const relationship = relationshipAt(state.entity, slot)
    if (change.oldUnknown) uncover(state, slot)
    else if (relationship !== undefined && isCollection(relationship, readSlot(state.instance, slot))) values(state.instance)[name] = collectionOf(relationship).of(beforeImage(state, slot, change))
    state.changes.delete(slot)
  }
  state.queued.delete(slot)
}

/** Keeps what a stale slot shows, which the program is about to cover. */
export const coverSlot = (state: InstanceState, slot: number): void => {
  if (state.status[slot] !== stale || state.covered?.has(slot) === true) return
  const shown = readSlot(state.instance, slot)
  const relationship = relationshipAt(state.entity, slot)
  ;(state.covered ??= new Map()).set(slot, relationship?.uselist === true && isCollection(relationship, shown) ? Array.from(collectionOf(relationship).members(shown)) : shown)
}

/** Shows what was covered again, stale; where nothing is known of it, what covered it stays to be seen. */
const uncover = (state: InstanceState, slot: number): void => {
  state.status[slot] = stale
  if (state.covered?.has(slot) !== true) return
  showFormer(state, slot, state.covered.get(slot))
  state.covered.delete(slot)
}

/** Shows a value from before a change, of a collection its members. */
export const showFormer = (state: InstanceState, slot: number, value: unknown): void => {
  const relationship = relationshipAt(state.entity, slot)
  const shown = values(state.instance)
  const name = slotName(state.entity, slot)
  if (relationship?.uselist !== true) shown[name] = value
  else if (isCollection(relationship, shown[name])) shown[name] = collectionOf(relationship).of(value as readonly Instance[] /* as it was kept */)
}

const put = (state: InstanceState, slot: number, value: unknown): void => {
  values(state.instance)[slotName(state.entity, slot)] = value
  state.status[slot] = loaded
  state.assumed?.delete(slot)
  state.committed.delete(slot)
  state.changes.delete(slot)
  state.queued.delete(slot)
}

/** The members of a collection before its recorded changes: those still there that were not added, in order, then those removed. */
export const beforeImage = (state: InstanceState, slot: number, change: CollectionChange): Instance[] => {
  const relationship = relationshipAt(state.entity, slot)
  const shown = readSlot(state.instance, slot)
  const before: Instance[] = []
  if (relationship !== undefined && isCollection(relationship, shown)) for (const member of collectionOf(relationship).members(shown)) if (!change.added.has(member)) before.push(member)
  return [...before, ...change.removed]
}

/** Dynamic and write-only slots hold a handle instead. */
const isCollection = (relationship: MappedRelationship, value: unknown): value is Collection =>
  typeof value === 'object' && value !== null && relationship.lazy !== 'dynamic' && relationship.lazy !== 'write_only'
