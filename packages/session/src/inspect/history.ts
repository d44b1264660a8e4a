// What happened to a slot since it was loaded or flushed, as three lists.

import { fail } from '../relata-error.js'
import { collectionOf, type Collection } from '../state/collection.js'
import type { Instance } from '../state/instance.js'
import { absent, loaded, unknownValue, type InstanceState } from '../state/model.js'
import { isSlotLoaded, readSlot, relationshipAt } from '../state/slot.js'
import { entityOf, instanceFrom, ownState, statusOf } from '../state/state-of.js'

/** Values of a column are given as a list of one; a slot that is not loaded gives three empty lists. */
export interface History { readonly added: readonly unknown[]; readonly unchanged: readonly unknown[]; readonly deleted: readonly unknown[] }

/** The history of a slot by number, from what is in memory. */
export const slotHistory = (instance: Instance, slot: number): History => {
  const relationship = relationshipAt(entityOf(instance), slot)
  if (relationship?.uselist === true) return collectionHistory(instance, slot)
  const state = ownState(instance)
  const isPresent = isSlotLoaded(instance, slot)
  const expression = state?.expressions?.get(slot)
  const now = expression === undefined ? readSlot(instance, slot) : expression.given
  if (state === undefined || !state.committed.has(slot)) {
    if (expression !== undefined) return { added: [now], unchanged: [], deleted: [] }
    if (!isPresent) return nothing
    return state !== undefined && isGiven(state, slot) ? { added: [now], unchanged: [], deleted: [] } : { added: [], unchanged: [now], deleted: [] }
  }
  const was = state.committed.get(slot)
  // Of a reference, null is no object that was replaced.
  const deleted = was === unknownValue || (was === null && relationship !== undefined) ? [] : [was]
  if (!isPresent && statusOf(instance, slot) === absent) return { added: deleted.length === 0 ? [null] : [], unchanged: [], deleted }
  return { added: [now], unchanged: [], deleted }
}

/** Has the program given a new object this column? */
const isGiven = ({ key, entity, status, former }: InstanceState, slot: number): boolean =>
  key === undefined && slot < entity.attributes.length && status[slot] === loaded && former?.has(slot) !== true

/** Has a slot a net change? */
export const isSlotChanged = (instance: Instance, slot: number): boolean => {
  const state = ownState(instance)
  if (state === undefined) return false
  if (state.committed.has(slot) || isGiven(state, slot)) return true
  const change = state.changes.get(slot)
  return change !== undefined && (change.added.size > 0 || change.removed.size > 0 || change.oldUnknown)
}

/** The slot of an attribute or relationship by its handle's name for it. */
export const slotOfHandle = (instance: Instance, part: { readonly name: PropertyKey }): number => {
  const entity = entityOf(instance)
  const name = String(part.name)
  const slot = Object.hasOwn(entity.slot, name) ? entity.slot[name] : undefined
  return slot ?? fail({ _tag: 'ChangeRefused', code: 'attribute', message: `${entity.name} has no attribute '${name}'`, hint: `it has ${entity.slots.join(', ')}` })
}

/** The object and slot that a verb on `handle.attribute` means. */
export const partOf = (part: { readonly name: PropertyKey }, subject: unknown, verb: string): { readonly instance: Instance; readonly slot: number } => {
  const instance = instanceFrom(subject, verb)
  return { instance, slot: slotOfHandle(instance, part) }
}

const collectionHistory = (instance: Instance, slot: number): History => {
  const change = ownState(instance)?.changes.get(slot)
  if (statusOf(instance, slot) !== loaded) return change === undefined ? nothing : { added: [...change.added], unchanged: [], deleted: [...change.removed] }
  const relationship = relationshipAt(entityOf(instance), slot)
  if (relationship === undefined) return nothing
  const members = [...collectionOf(relationship).members(readSlot(instance, slot) as Collection)]
  if (change === undefined) return { added: [], unchanged: members, deleted: [] }
  return {
    added: members.filter((member) => change.added.has(member)),
    unchanged: members.filter((member) => !change.added.has(member)),
    deleted: [...change.removed],
  }
}

const nothing: History = { added: [], unchanged: [], deleted: [] }
