// The numbers that objects have in one flush.

import type { ObjectId } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { InstanceState, SessionState } from '../state/model.js'

/** The numbers that objects have in one flush, kept from one planning to the next. */
export interface FlushNames {
  readonly number: number
  /** Of objects without a state of their own, and of those outside the session: these may be in other sessions' flushes. */
  readonly ids: Map<Instance, ObjectId>
  /** By number. */
  readonly instances: Instance[]
  /** Objects of which all members are to be told. */
  readonly open: Set<ObjectId>
  /** Objects that were expired and read for this flush. */
  readonly read: Set<ObjectId>
  /** Members of dynamic and write-only collections that were loaded for this flush, by slot. */
  readonly handles: Map<Instance, Map<number, readonly Instance[]>>
}

/** Counts flushes, so that a name that an object bears is known to be of this one. */
let flushes = 0

/** None yet. */
export const flushNames = (): FlushNames => ({ number: ++flushes, ids: new Map(), instances: [], open: new Set(), read: new Set(), handles: new Map() })

/** The number of an object, given when it is first met; whoever is met is told sooner or later. */
export const idOf = (session: SessionState, { ids, instances, number }: FlushNames, instance: Instance, state: InstanceState | undefined): ObjectId => {
  if (state !== undefined && state.flushNumber === number) return state.flushId
  const named = ids.size === 0 ? undefined : ids.get(instance)
  if (named !== undefined) return named
  const id = instances.length
  if (state === undefined || state.session !== session) ids.set(instance, id)
  else {
    state.flushId = id
    state.flushNumber = number
  }
  instances.push(instance)
  return id
}
