// Changing columns.

import type { MappedAttribute } from '@relata/core'
import { values } from '../state/instance.js'
import { absent, loaded, unknownValue, type InstanceState } from '../state/model.js'
import { coverSlot } from '../state/slot.js'
import { recordScalar } from './record.js'

/** Puts a value into a column. On a loaded one that has it already it is no change; on one that nobody knows it is. */
export const setColumn = (state: InstanceState, attribute: MappedAttribute, value: unknown): void => {
  const shown = values(state.instance)
  const same = sameValue(attribute)
  if (state.status[attribute.slot] === loaded) {
    const old = shown[attribute.name]
    if (same(old, value)) return
    recordScalar(state, attribute.slot, old, value, same)
  } else {
    coverSlot(state, attribute.slot)
    recordScalar(state, attribute.slot, unknownValue, value, same)
  }
  shown[attribute.name] = value
  state.status[attribute.slot] = loaded
}

/** Takes a column's value away: it shows null, counts as not set, and the next flush writes null. */
export const unsetColumn = (state: InstanceState, attribute: MappedAttribute): void => {
  const shown = values(state.instance)
  const old = state.status[attribute.slot] === loaded ? shown[attribute.name] : unknownValue
  recordScalar(state, attribute.slot, old, unknownValue, sameValue(attribute))
  shown[attribute.name] = null
  state.status[attribute.slot] = absent
}

/** The column type's equality, with null equal to itself only. */
export const sameValue = (attribute: MappedAttribute): (a: unknown, b: unknown) => boolean => {
  const { equals } = attribute.descriptor.type
  return (a, b) => Object.is(a, b) || (a !== null && a !== undefined && b !== null && b !== undefined && equals(a, b))
}
