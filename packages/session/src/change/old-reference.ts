// The old value of a reference that is about to change, as far as it is known without SQL.

import type { MappedRelationship } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import { Instance } from '../state/instance.js'
import { loaded, unknownValue, type InstanceState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { committedValue, readSlot } from '../state/slot.js'
import { entityOf, isExpired, isOf, ownState } from '../state/state-of.js'

/** What a reference holds: an instance, null, or `unknownValue`. One that is not loaded is looked up by its committed key. */
export const oldReference = (state: InstanceState, relationship: MappedRelationship): Instance | null | typeof unknownValue => {
  if (state.status[relationship.slot] === loaded) {
    const shown = readSlot(state.instance, relationship.slot)
    return Instance.is(shown) ? shown : null
  }
  // With active history the value before is always asked for, and of a new object it is none.
  if (state.key === undefined && !state.committed.has(relationship.slot) && (relationship.activeHistory || relationship.singleParent)) return null
  if (state.committed.has(relationship.slot) || state.key === undefined || !relationship.useGet || state.session === undefined) return unknownValue
  const key = committedReferenceKey(state.instance, relationship)
  if (key === undefined) return unknownValue
  if (key.some((value) => value === null || value === undefined)) return null
  const target = state.session.mapping.entities[relationship.target]
  if (target === undefined) return unknownValue
  const found = lookUp(state.session, target, key)
  return found !== undefined && isOf(found, relationship.target) && !isExpired(found) ? found : unknownValue
}

/** The key that a simple many-to-one has in the database, or undefined where a part of it is not known. */
export const committedReferenceKey = (instance: Instance, relationship: MappedRelationship): readonly unknown[] | undefined => {
  const entity = entityOf(instance)
  const assumed = ownState(instance)?.assumed
  const key: unknown[] = []
  for (const column of relationship.useGetColumns) {
    const attribute = attributeAt(entity, column)
    if (attribute === undefined || assumed?.has(attribute.slot) === true) return undefined
    const value = committedValue(instance, attribute.slot)
    if (value === unknownValue) return undefined
    key.push(value)
  }
  return key
}
