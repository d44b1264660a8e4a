// Changing columns.

import type { MappedAttribute } from '@relata/core'
import { values } from '../state/instance.js'
import { absent, loaded, unknownValue, type InstanceState } from '../state/model.js'
import { coverSlot } from '../state/slot.js'
import { recordScalar, touch } from './record.js'
import { sameValue } from './same-value.js'

/** Puts a value into a column. On a loaded one that has it already it is no net change; on one that nobody knows it is. */
export const setColumn = (state: InstanceState, attribute: MappedAttribute, value: unknown): void => {
  const shown = values(state.instance)
  if (state.status[attribute.slot] === loaded) {
    const old = shown[attribute.name]
    if (sameValue(attribute, old, value)) {
      touch(state)
      return
    }
    noteColumn(state, attribute.slot, old, value, attribute)
  } else {
    coverSlot(state, attribute.slot)
    state.expressions?.delete(attribute.slot)
    noteColumn(state, attribute.slot, unknownValue, value, attribute)
  }
  shown[attribute.name] = value
  state.status[attribute.slot] = loaded
}

/** Of a new object all values are to be written: there is nothing to note but that it changed, unless a flush is just writing it. */
export const noteColumn = (state: InstanceState, slot: number, old: unknown, now: unknown, attribute?: MappedAttribute): void => {
  if (isUnwritten(state) && state.former?.has(slot) !== true) touch(state)
  else recordScalar(state, slot, old, now, attribute)
}

const isUnwritten = ({ key, session }: InstanceState): boolean => key === undefined && session?.flushing !== true

/** Takes a column's value away: it shows null, counts as not set, and the next flush writes null. */
export const unsetColumn = (state: InstanceState, attribute: MappedAttribute): void => {
  const shown = values(state.instance)
  const old = state.status[attribute.slot] === loaded && !isUnwritten(state) ? shown[attribute.name] : unknownValue
  state.expressions?.delete(attribute.slot)
  recordScalar(state, attribute.slot, old, unknownValue, attribute)
  shown[attribute.name] = null
  state.status[attribute.slot] = absent
}
