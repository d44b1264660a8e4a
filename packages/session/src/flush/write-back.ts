// What statements wrote into rows goes into their objects, unless the program set it since.

import { plannedColumns, type FlushStep, type MappedEntity, type ObjectId, type PlannedColumn } from '@relata/core'
import { markStale, rememberSlot, tookCommitted, writeBack, type TakenChanges } from '../state/change-log.js'
import { attributeAt } from '../state/entity-index.js'
import { values, type Instance } from '../state/instance.js'
import { loaded, unknownValue, type InstanceState, type SessionState } from '../state/model.js'
import { stateOf } from '../state/state-of.js'
import { madeValue, type MadeValues } from './made-values.js'

type WritingStep = Exclude<FlushStep, { readonly _tag: 'delete' }>

export interface Settling {
  readonly session: SessionState
  /** By number. */
  readonly instances: readonly Instance[]
  readonly taken: TakenChanges
  readonly made: MadeValues
  /** After a failure, the new objects: they keep what was made for them. */
  readonly onlyNew: ReadonlySet<ObjectId> | undefined
  /** The step that failed: its rows have the keys that were copied into them, and no defaults. */
  readonly failed?: FlushStep | undefined
}

/** The state of an object by its number. */
export const stateFor = (instances: readonly Instance[], id: ObjectId): InstanceState | undefined => {
  const instance = instances[id]
  return instance === undefined ? undefined : stateOf(instance)
}

/** Where the columns of a step are in the objects of an entity. */
interface Places { readonly written: readonly (number | undefined)[]; readonly returned: readonly (number | undefined)[] }

const placesOf = (step: WritingStep, entity: MappedEntity): Places => {
  const slot = ({ column }: PlannedColumn): number | undefined => attributeAt(entity, { table: step.table, column })?.slot
  return { written: (step._tag === 'insert' ? step.columns : step.set).map(slot), returned: step.returning.map(slot) }
}

const writeRow = (settling: Settling, step: WritingStep, object: ObjectId, first: number, state: InstanceState, places: Places): void => {
  const { entity } = state
  const { made } = settling
  const { values: planned, symbols } = step.rows
  const { written, returned } = places
  for (let at = 0; at < written.length; at++) {
    const slot = written[at]
    if (slot === undefined) continue
    const symbol = symbols?.[first + at]
    if (symbol === undefined) {
      const value = planned[first + at] ?? null
      if (value !== null || step._tag !== 'insert' || state.status[slot] === loaded) write(settling, state, slot, value)
      else if (settling.onlyNew === undefined) assumeNull(state, slot)
      continue
    }
    if (step === settling.failed && symbol._tag !== 'keyOf') continue
    const name = entity.slots[slot] ?? ''
    // One that the program gave meanwhile is the next flush's.
    if (symbol._tag === 'expression' && state.expressions?.get(slot)?.node === symbol.expr) state.expressions.delete(slot)
    const value = symbol._tag === 'keyOf' ? madeValue(made, symbol.row, symbol.attribute) : madeValue(made, object, name)
    if (value !== undefined) write(settling, state, slot, value)
    else if (symbol._tag === 'expression') markStale(state, slot)
  }
  for (let at = 0; at < returned.length; at++) {
    const slot = returned[at]
    if (slot === undefined) continue
    const name = entity.slots[slot] ?? ''
    const value = madeValue(made, object, name)
    if (value !== undefined) write(settling, state, slot, value)
    else markStale(state, slot)
  }
}

/** The rows of a step, each with the object it is of. */
export const writeRows = (settling: Settling, step: WritingStep): void => {
  const { objects } = step.rows
  const width = plannedColumns(step).length
  const known = new Map<MappedEntity, Places>()
  let entity: MappedEntity | undefined
  let places: Places | undefined
  for (let row = 0; row < objects.length; row++) {
    const object = objects[row]
    const state = object === undefined || settling.onlyNew?.has(object) === false ? undefined : stateFor(settling.instances, object)
    if (object === undefined || state === undefined) continue
    if (state.entity !== entity || places === undefined) {
      entity = state.entity
      places = known.get(entity)
      if (places === undefined) known.set(entity, places = placesOf(step, entity))
    }
    writeRow(settling, step, object, row * width, state, places)
  }
}

const assumeNull = (state: InstanceState, slot: number): void => {
  values(state.instance)[state.entity.slots[slot] ?? ''] = null
  state.status[slot] = loaded
  ;(state.assumed ??= new Set()).add(slot)
}

/** Writes a committed value into an object; what it had before is kept for a savepoint's rollback. */
export const write = ({ session, taken }: Settling, state: InstanceState, slot: number, value: unknown): void => {
  const name = state.entity.slots[slot] ?? ''
  const shown = values(state.instance)[name]
  state.assumed?.delete(slot)
  if (shown === value && state.status[slot] === loaded) return
  if (state.lifecycle === 'persistent' && !tookCommitted(taken, state, slot)) {
    rememberSlot(session, state, slot, state.status[slot] === loaded ? shown : unknownValue)
  }
  writeBack(state, slot, value)
}
