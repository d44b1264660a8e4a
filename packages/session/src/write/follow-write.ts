// What an update or delete by statement means for the objects that the session has.

import type { MappedEntity, UpdateDescriptor } from '@relata/core'
import { keepDeleted, rememberSlot, writeBack } from '../state/change-log.js'
import { identitiesOf } from '../state/identity-map.js'
import type { Instance } from '../state/instance.js'
import { absent, loaded, stale, unknownValue, type InstanceState, type SessionState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { readSlot } from '../state/slot.js'
import { isOf, stateOf } from '../state/state-of.js'

/** Has the session any object that a write of this entity could concern? */
export const hasObjectsOf = (session: SessionState, entity: MappedEntity): boolean => identitiesOf(session.identity, entity).size > 0

/** Rows were updated: objects show given values, and what an expression made is stale. What the program changed and did not flush stays. */
export const followUpdate = (session: SessionState, entity: MappedEntity, keys: readonly (readonly unknown[])[], set: UpdateDescriptor['set']): void => {
  for (const state of statesAt(session, entity, keys)) {
    for (const [name, node] of Object.entries(set)) {
      const slot = state.entity.slot[name]
      if (slot === undefined || state.status[slot] === absent || state.committed.has(slot)) continue
      rememberSlot(session, state, slot, state.status[slot] === loaded ? readSlot(state.instance, slot) : unknownValue)
      if (node._tag === 'literal') writeBack(state, slot, node.value)
      else if (node._tag === 'null') writeBack(state, slot, null)
      else state.status[slot] = stale
    }
  }
}

/** Rows were deleted: their objects are. */
export const followDelete = (session: SessionState, entity: MappedEntity, keys: readonly (readonly unknown[])[]): void => {
  keepDeleted(session, statesAt(session, entity, keys))
}

const statesAt = (session: SessionState, entity: MappedEntity, keys: readonly (readonly unknown[])[]): readonly InstanceState[] => {
  const states: InstanceState[] = []
  for (const key of keys) {
    const found: Instance | undefined = lookUp(session, entity, key)
    if (found !== undefined && isOf(found, entity.name)) states.push(stateOf(found))
  }
  return states
}
