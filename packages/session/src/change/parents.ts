// Parent tracking: which object holds another along a one-to-many or singleParent relationship, and what an orphan is.

import type { MappedRelationship } from '@relata/core'
import { orphaningRelationships } from '../state/entity-index.js'
import type { Instance } from '../state/instance.js'
import { noteParent } from '../state/note.js'
import { entityOf, hasIdentity, identityOf, ownState, stateOf } from '../state/state-of.js'

/** Does a relationship track its members' parent? */
export const tracksParents = (relationship: MappedRelationship): boolean => relationship.singleParent || relationship.direction === 'one-to-many'

export const setParent = (member: Instance, relationship: MappedRelationship, parent: Instance): void => {
  if (tracksParents(relationship)) noteParent(stateOf(member), relationship.key, parent)
}

/** Notes that a parent lets a member go; a parent that no longer is the member's changes nothing. */
export const clearParent = (member: Instance, relationship: MappedRelationship, parent: Instance): void => {
  if (!tracksParents(relationship)) return
  const state = stateOf(member)
  const last = state.parents.get(relationship.key)
  if (last !== undefined && last !== null && !sameRow(last, parent)) return
  noteParent(state, relationship.key, null)
}

/** Is a parent known to hold it along this relationship? */
export const hasKnownParent = (member: Instance, relationship: MappedRelationship): boolean => {
  const parent = ownState(member)?.parents.get(relationship.key)
  return parent !== undefined && parent !== null
}

/** Has any delete-orphan relationship to it let it go? Where nothing is known, an object with a row is held and a new one is not. */
export const isOrphan = (member: Instance): boolean => {
  const parents = ownState(member)?.parents
  for (const relationship of orphaningRelationships(entityOf(member))) {
    const parent = parents?.get(relationship.key)
    if (parent === null || (parent === undefined && !hasIdentity(member))) return true
  }
  return false
}

/** Two new objects count as one row: neither can be told apart by a key. */
const sameRow = (a: Instance, b: Instance): boolean => a === b || (entityOf(a).inheritance.root === entityOf(b).inheritance.root && identityOf(a) === identityOf(b))
