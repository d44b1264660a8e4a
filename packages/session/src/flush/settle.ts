// After the statements of a flush succeeded: objects learn what was written for them, what was taken becomes the committed state, and
// lifecycles and identities follow. What a verb set while the flush was in flight is left alone.

import { plannedColumns, type FlushPlan, type FlushStep, type MappedEntity, type ObjectId, type PlannedColumn } from '@relata/core'
import { recordScalar } from '../change/record.js'
import { keepChanges, keepDeleted, keepInserted, keepKey, keepUnwritten, markStale, rememberSlot, writeBack, type TakenChanges } from '../state/change-log.js'
import { fail } from '../relata-error.js'
import { attributeAt } from '../state/entity-index.js'
import { identityKey } from '../state/identity-map.js'
import { values, type Instance } from '../state/instance.js'
import { loaded, unknownValue, type InstanceState, type SessionState } from '../state/model.js'
import { currentKey, stateOf } from '../state/state-of.js'
import { detach } from '../membership/detach.js'
import { madeValue, type MadeValues } from './made-values.js'

export const settle = (session: SessionState, plan: FlushPlan, instances: readonly Instance[], taken: TakenChanges, made: MadeValues): void => {
  const stateFor = (id: ObjectId): InstanceState | undefined => {
    const instance = instances[id]
    return instance === undefined ? undefined : stateOf(instance)
  }
  keepChanges(session, taken)
  const settling: Settling = { session, taken, made, failed: false }
  for (const step of plan.steps) {
    if (step._tag !== 'delete') writeRows(settling, step, stateFor)
  }
  for (const { object, attribute, value, symbol } of plan.assignments) {
    const state = stateFor(object)
    const slot = state?.entity.slot[attribute]
    if (state === undefined || slot === undefined) continue
    const known = symbol?._tag === 'keyOf' ? madeValue(made, symbol.row, symbol.attribute) ?? null : value
    if (state.session === session) write(settling, state, slot, known)
    else assignOutside(state, slot, known)
  }
  for (const id of plan.expelled) {
    const instance = instances[id]
    if (instance !== undefined) detach(session, instance)
  }
  for (const id of plan.deleted) {
    const state = stateFor(id)
    if (state === undefined) continue
    keepUnwritten(taken, state)
    keepDeleted(session, state)
  }
  followKeys(session, plan.kept, stateFor)
  const inserted: InstanceState[] = []
  for (const id of plan.inserted) {
    const state = stateFor(id)
    if (state !== undefined) inserted.push(state)
  }
  keepInserted(session, inserted)
  for (const state of inserted) if (state.key === undefined) refuseNullIdentity(state)
}

/** The database took a row and said nothing of its key: the object could never be found again. */
const refuseNullIdentity = ({ entity }: InstanceState): never => fail({
  _tag: 'FlushFailed', code: 'null-identity', message: `a new ${entity.name} was inserted and its primary key (${entity.primaryKey.join(', ')}) is still null`,
  hint: 'let the database make the key (an integer primary key), give the column a default, or give the key a value',
})

/** After a failure, new objects keep what was written into them as far as the flush came, as a rollback leaves those of earlier flushes. */
export const keepMade = (session: SessionState, plan: FlushPlan, begun: number, instances: readonly Instance[], taken: TakenChanges, made: MadeValues): void => {
  const inserted = new Set(plan.inserted)
  for (const step of plan.steps.slice(0, begun)) {
    if (step._tag !== 'insert') continue
    writeRows({ session, taken, made, failed: true }, step, (id) => {
      const instance = inserted.has(id) ? instances[id] : undefined
      return instance === undefined ? undefined : stateOf(instance)
    })
  }
}

type WritingStep = Exclude<FlushStep, { readonly _tag: 'delete' }>

interface Settling {
  readonly session: SessionState
  readonly taken: TakenChanges
  readonly made: MadeValues
  readonly failed: boolean
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
      else if (!settling.failed) assumeNull(state, slot)
      continue
    }
    const name = entity.slots[slot] ?? ''
    // One that the program gave meanwhile is the next flush's.
    if (symbol._tag === 'expression' && state.expressions?.get(slot)?.node === symbol.expr) state.expressions.delete(slot)
    const value = symbol._tag === 'keyOf' ? madeValue(made, symbol.row, symbol.attribute) : madeValue(made, object, name)
    if (value !== undefined) write(settling, state, slot, value)
    else if (symbol._tag === 'expression') markStale(state, slot)
  }
  for (const slot of returned) {
    if (slot === undefined) continue
    const name = entity.slots[slot] ?? ''
    const value = madeValue(made, object, name)
    if (value !== undefined) write(settling, state, slot, value)
    else markStale(state, slot)
  }
}

/** The rows of a step, each with the object it is of. */
const writeRows = (settling: Settling, step: WritingStep, stateFor: (id: ObjectId) => InstanceState | undefined): void => {
  const { objects } = step.rows
  const width = plannedColumns(step).length
  const known = new Map<MappedEntity, Places>()
  let entity: MappedEntity | undefined
  let places: Places | undefined
  for (let row = 0; row < objects.length; row++) {
    const object = objects[row]
    const state = object === undefined ? undefined : stateFor(object)
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
const write = ({ session, taken }: Settling, state: InstanceState, slot: number, value: unknown): void => {
  const name = state.entity.slots[slot] ?? ''
  const shown = values(state.instance)[name]
  state.assumed?.delete(slot)
  if (shown === value && state.status[slot] === loaded) return
  if (state.lifecycle === 'persistent' && taken.logs.get(state)?.committed.has(slot) !== true) {
    rememberSlot(session, state, slot, state.status[slot] === loaded ? shown : unknownValue)
  }
  writeBack(state, slot, value)
}

/** An object outside the session takes a key on as if the program had set it. */
const assignOutside = (state: InstanceState, slot: number, value: unknown): void => {
  const name = state.entity.slots[slot] ?? ''
  const shown = values(state.instance)
  const old = state.status[slot] === loaded ? shown[name] : unknownValue
  if (old === value) return
  recordScalar(state, slot, old, value, Object.is)
  shown[name] = value
  state.status[slot] = loaded
}

/** Moves objects whose key changed, all at once, since one may take the key that another gives up. */
const followKeys = (session: SessionState, kept: readonly ObjectId[], stateFor: (id: ObjectId) => InstanceState | undefined): void => {
  const moved: (readonly [InstanceState, readonly unknown[]])[] = []
  for (const id of kept) {
    const state = stateFor(id)
    if (state === undefined || showsItsKey(state)) continue
    const now = currentKey(state.instance, state.entity)
    if (identityKey(now) !== state.key) moved.push([state, now])
  }
  for (const [state, key] of moved) keepKey(session, state, key)
  // The last to take a key has it, whoever gave it up after it in the same round.
  for (const [state, key] of moved) if (moved.length > 1) keepKey(session, state, key)
}

const showsItsKey = ({ instance, entity: { primaryKey }, keyValues }: InstanceState): boolean => {
  if (keyValues === undefined) return false
  const shown = values(instance)
  for (let at = 0; at < primaryKey.length; at++) if (shown[primaryKey[at] ?? ''] !== keyValues[at]) return false
  return true
}
