// Collections that hold only the members for which a condition of their load held: known until the slot is filled without one.

import type { Instance } from '../state/instance.js'

const partial = new WeakMap<Instance, Set<number>>()
/** Nothing is to be forgotten where nothing was ever noted. */
let some = false

/** Notes that a collection was loaded with a condition. */
export const notePartial = (instance: Instance, slot: number): void => {
  some = true
  const slots = partial.get(instance)
  if (slots === undefined) partial.set(instance, new Set([slot]))
  else slots.add(slot)
}

/** Forgets it: the slot was filled with everything. */
export const forgetPartial = (instance: Instance, slot: number): void => {
  if (some) partial.get(instance)?.delete(slot)
}

export const isNotedPartial = (instance: Instance, slot: number): boolean => partial.get(instance)?.has(slot) === true
