// Changing columns.

import type { MappedAttribute } from '@relata/core'
import { values } from '../state/instance.js'
import { absent, loaded, unknownValue, type InstanceState } from '../state/model.js'
import { coverSlot } from '../state/slot.js'
import { recordScalar, touch } from './record.js'

/** Puts a value into a column. On a loaded one that has it already it is no change; on one that nobody knows it is. */
export const setColumn = (state: InstanceState, attribute: MappedAttribute, value: unknown): void => {
  const shown = values(state.instance)
  if (state.status[attribute.slot] === loaded) {
    const old = shown[attribute.name]
    if (sameValue(attribute, old, value)) return
    note(state, attribute, old, value)
  } else {
    coverSlot(state, attribute.slot)
    note(state, attribute, unknownValue, value)
  }
  shown[attribute.name] = value
  state.status[attribute.slot] = loaded
}

/** Of a new object all values are to be written: there is nothing to note but that it changed, unless a flush is just writing it. */
const note = (state: InstanceState, attribute: MappedAttribute, old: unknown, value: unknown): void => {
  if (isUnwritten(state)) touch(state)
  else recordScalar(state, attribute.slot, old, value, (a, b) => sameValue(attribute, a, b))
}

const isUnwritten = ({ key, session }: InstanceState): boolean => key === undefined && session?.flushing !== true

/** Takes a column's value away: it shows null, counts as not set, and the next flush writes null. */
export const unsetColumn = (state: InstanceState, attribute: MappedAttribute): void => {
  const shown = values(state.instance)
  const old = state.status[attribute.slot] === loaded && !isUnwritten(state) ? shown[attribute.name] : unknownValue
  recordScalar(state, attribute.slot, old, unknownValue, (a, b) => sameValue(attribute, a, b))
  shown[attribute.name] = null
  state.status[attribute.slot] = absent
}

/** The column type's equality, with null equal to itself only. */
export const sameValue = (attribute: MappedAttribute, a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (a !== null && a !== undefined && b !== null && b !== undefined && attribute.descriptor.type.equals(a, b))

