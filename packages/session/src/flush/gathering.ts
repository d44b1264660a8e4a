// What is told of in one planning, and what is still to be told of.

import type { FlushLinks, FlushObject, MappedRelationship, ObjectId } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { ownState } from '../state/state-of.js'
import { beginWalk, hasMet, type Walk } from '../state/walk.js'
import { idOf, type FlushNames } from './flush-names.js'

export interface Gathering {
  readonly session: SessionState
  readonly names: FlushNames
  readonly objects: FlushObject[]
  /** It meets those that are told of. */
  readonly walk: Walk
  readonly waiting: Instance[]
  /** Nothing is written but deletions, so that none of them is taken back. */
  readonly onlyDeletes: boolean
  /** What is said of objects that have one parent, by the relationship along which they have it. */
  readonly held: Map<string, FlushObject['parents']>
  readonly letGo: Map<string, FlushObject['parents']>
  /** What was said last of references that were set: members of one parent mostly come one after the other, and the same is said of them. */
  reference: { readonly relationship: MappedRelationship; readonly target: ObjectId; readonly links: FlushLinks } | undefined
  /** What was said last of an object with one relationship to tell of. */
  alone: { readonly name: string; readonly links: FlushLinks; readonly said: FlushObject['relationships'] } | undefined
}

/** A planning begins: nothing is told of yet. */
export const gathering = (session: SessionState, names: FlushNames): Gathering =>
  ({ session, names, objects: [], walk: beginWalk(), waiting: [], onlyDeletes: session.pending.size === 0 && session.dirty.size === 0, held: new Map(), letGo: new Map(), reference: undefined, alone: undefined })

/** The number of an object that another one refers to; it is told of sooner or later. */
export const refer = (gathering: Gathering, instance: Instance): ObjectId => {
  const state = ownState(instance)
  // What is new in the session is told of anyway.
  const isNew = state !== undefined && state.lifecycle === 'pending' && state.session === gathering.session
  if (!isNew && !hasMet(gathering.walk, instance, state)) gathering.waiting.push(instance)
  return idOf(gathering.session, gathering.names, instance, state)
}

/** Of objects of which nothing is said. */
export const none = Object.freeze({})
export const nothing: readonly never[] = Object.freeze([])
