// isModified: would a flush have something to write?

import { isSlotChanged } from '../inspect/history.js'
import type { Instance } from '../state/instance.js'
import { entityOf, instanceFrom, ownState } from '../state/state-of.js'
import { relationshipAt } from '../state/slot.js'

/**
 * Has an object a net change, collections included unless told otherwise? Setting a value and setting it back is none. It loads nothing: a
 * relationship that was replaced before it was loaded counts as changed, where `changes` finds out by loading what it had.
 *
 * @example
 * isModified(pipe(ed, set(User, { name: 'edward' }))) // true
 */
export const isModified = (subject: object, options: { readonly includeCollections?: boolean } = {}): boolean =>
  hasNetChanges(instanceFrom(subject, 'isModified'), options.includeCollections ?? true)

/** Only slots with something recorded are looked at. */
export const hasNetChanges = (instance: Instance, includeCollections = true): boolean => {
  const state = ownState(instance)
  if (state === undefined) return false
  if (state.key === undefined && entityOf(instance).attributes.some(({ slot }) => isSlotChanged(instance, slot))) return true
  for (const slot of state.committed.keys()) if (isSlotChanged(instance, slot)) return true
  if (!includeCollections) return false
  const entity = entityOf(instance)
  for (const slot of state.changes.keys()) if (relationshipAt(entity, slot)?.viewonly !== true && isSlotChanged(instance, slot)) return true
  return false
}
