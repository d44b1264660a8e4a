// After the statements of a flush succeeded: objects learn what was written for them, what was taken becomes the committed state, and
// lifecycles and identities follow. What a verb set while the flush was in flight is left alone.

import type { FlushPlan, ObjectId } from '@relata/core'
import { recordScalar } from '../change/record.js'
import { detach } from '../membership/detach.js'
import { fail } from '../relata-error.js'
import { keepChanges, keepDeleted, keepInserted, keepUnwritten, type TakenChanges } from '../state/change-log.js'
import { values, type Instance } from '../state/instance.js'
import { loaded, unknownValue, type InstanceState, type SessionState } from '../state/model.js'
import { followKeys } from './follow-keys.js'
import type { Progress } from './execute-plan.js'
import { madeValue, type MadeValues } from './made-values.js'
import { stateFor, write, writeRows, type Settling } from './write-back.js'

export const settle = (session: SessionState, plan: FlushPlan, instances: readonly Instance[], taken: TakenChanges, made: MadeValues): void => {
  keepChanges(session, taken)
  const settling: Settling = { session, instances, taken, made, onlyNew: undefined }
  for (const step of plan.steps) {
    if (step._tag !== 'delete') writeRows(settling, step)
  }
  for (const { object, attribute, value, symbol } of plan.assignments) {
    const state = stateFor(instances, object)
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
  const deleted = statesOf(instances, plan.deleted)
  for (let at = 0; at < deleted.length; at++) keepUnwritten(taken, deleted[at] as InstanceState) // within the list
  keepDeleted(session, deleted)
  followKeys(session, plan.kept, instances)
  const inserted = statesOf(instances, plan.inserted)
  keepInserted(session, inserted)
  for (let at = 0; at < inserted.length; at++) refuseNullIdentity(inserted[at] as InstanceState) // within the list
}

const statesOf = (instances: readonly Instance[], ids: readonly ObjectId[]): readonly InstanceState[] => {
  // Cut to what there is: a list that grows is copied again and again.
  const states = Array<InstanceState>(ids.length)
  let count = 0
  for (let at = 0; at < ids.length; at++) {
    const state = stateFor(instances, ids[at] ?? -1)
    if (state !== undefined) states[count++] = state
  }
  states.length = count
  return states
}

/** The database took a row and said nothing of its key: the object could never be found again. */
const refuseNullIdentity = ({ entity, key }: InstanceState): void => {
  if (key === undefined) fail({
    _tag: 'FlushFailed', code: 'null-identity', message: `a new ${entity.name} was inserted and its primary key (${entity.primaryKey.join(', ')}) is still null`,
    hint: 'let the database make the key (an integer primary key), give the column a default, or give the key a value',
  })
}

/** After a failure, new objects keep what was written into them as far as the flush came, as a rollback leaves those of earlier flushes. */
export const keepMade = (session: SessionState, plan: FlushPlan, { begun, done, made }: Progress, instances: readonly Instance[], taken: TakenChanges): void => {
  const inserted = new Set(plan.inserted)
  const failed = done ? undefined : plan.steps[begun - 1]
  for (const step of plan.steps.slice(0, begun)) {
    if (step._tag === 'insert') writeRows({ session, instances, taken, made, onlyNew: inserted, failed }, step)
  }
}

/** An object outside the session takes a key on as if the program had set it. */
const assignOutside = (state: InstanceState, slot: number, value: unknown): void => {
  const name = state.entity.slots[slot] ?? ''
  const shown = values(state.instance)
  const old = state.status[slot] === loaded ? shown[name] : unknownValue
  if (old === value) return
  recordScalar(state, slot, old, value)
  shown[name] = value
  state.status[slot] = loaded
}
