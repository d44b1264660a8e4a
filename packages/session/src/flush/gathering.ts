// What is told of in one planning, and what is still to be told of.

import type { FlushObject, ObjectId } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { InstanceState, SessionState } from '../state/model.js'
import { ownState } from '../state/state-of.js'
import { idOf, type FlushNames } from './flush-names.js'

/** Counts plannings, so that an object can bear which one told of it last. */
let rounds = 0

export interface Gathering {
  readonly session: SessionState
  readonly names: FlushNames
  readonly objects: FlushObject[]
  readonly round: number
  /** Of objects without a state of their own, those told of. */
  readonly met: Set<Instance>
  readonly waiting: Instance[]
  /** What is said of objects that have one parent, by the relationship along which they have it. */
  readonly held: Map<string, FlushObject['parents']>
  readonly letGo: Map<string, FlushObject['parents']>
}

/** A planning begins: nothing is told of yet. */
export const gathering = (session: SessionState, names: FlushNames): Gathering =>
  ({ session, names, objects: [], round: ++rounds, met: new Set(), waiting: [], held: new Map(), letGo: new Map() })

/** Was it told of in this planning? */
export const isTold = ({ met, round }: Gathering, instance: Instance, state: InstanceState | undefined): boolean =>
  state === undefined ? met.has(instance) : state.flushRound === round

/** The number of an object that another one refers to; it is told of sooner or later. */
export const refer = (gathering: Gathering, instance: Instance): ObjectId => {
  const state = ownState(instance)
  if (!isTold(gathering, instance, state)) gathering.waiting.push(instance)
  return idOf(gathering.session, gathering.names, instance, state)
}

/** Of objects of which nothing is said. */
export const none = Object.freeze({})
export const nothing: readonly never[] = Object.freeze([])
