// Null in a list: allowed in memory, where cascades pass it by, and refused by the flush that meets it.

import type { MappedRelationship } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { InstanceState, SessionState } from '../state/model.js'
import { ownState } from '../state/state-of.js'
import { touch } from './record.js'
import { isAvailable, shownCollection } from './relationship-change.js'

/** By object, the relationships with null in their list. Hardly any program has one: the flush asks only once there was one. */
const holders = new WeakMap<InstanceState, Set<MappedRelationship>>()
let wereAny = false

/** Appends null to a list that is in memory; says whether it could. */
export const appendNull = (state: InstanceState, relationship: MappedRelationship): boolean => {
  if (relationship.collectionClass !== 'list' || !isAvailable(state, relationship)) return false
  ;(shownCollection(state, relationship) as (Instance | null)[]).push(null) // read through `withoutNulls` wherever members are followed
  const held = holders.get(state)
  if (held === undefined) holders.set(state, new Set([relationship]))
  else held.add(relationship)
  wereAny = true
  touch(state)
  return true
}

/** A relationship whose list has null, among the objects that a flush would write. */
export const nullToFlush = (session: SessionState): MappedRelationship | undefined => {
  if (!wereAny) return undefined
  for (const instance of session.pending) {
    const found = holding(ownState(instance))
    if (found !== undefined) return found
  }
  for (const state of session.dirty) {
    const found = holding(state)
    if (found !== undefined) return found
  }
  return undefined
}

const holding = (state: InstanceState | undefined): MappedRelationship | undefined => {
  if (state === undefined) return undefined
  for (const relationship of holders.get(state) ?? []) if ((shownCollection(state, relationship) as readonly (Instance | null)[]).includes(null)) return relationship
  return undefined
}
