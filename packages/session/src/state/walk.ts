// A walk over many objects that meets each of them once. An object of its own state bears the number of the last walk that met it: a Set
// over all of them costs more than the walk itself. So a walk has to be over before the next one begins, and may await nothing.

import type { Instance } from './instance.js'
import type { InstanceState } from './model.js'

export interface Walk {
  readonly number: number
  /** Those met that have no state of their own. */
  readonly others: Set<Instance>
}

let walks = 0

/** A walk that has met nobody. */
export const beginWalk = (): Walk => ({ number: ++walks, others: new Set() })

/** Has the walk met an object? */
export const hasMet = ({ number, others }: Walk, instance: Instance, state: InstanceState | undefined): boolean =>
  state === undefined ? others.has(instance) : state.walk === number

/** Meets an object; false where it has been met before. */
export const meet = (walk: Walk, instance: Instance, state: InstanceState | undefined): boolean => {
  if (hasMet(walk, instance, state)) return false
  if (state === undefined) walk.others.add(instance)
  else state.walk = walk.number
  return true
}
