// What a rollback does to objects: new ones become transient, deleted ones persistent, keys are what they were, and what was read or
// written since shows its values from before, stale.

import { detach } from '../membership/detach.js'
import { expireEverything, expireState } from '../membership/expire.js'
import { identitiesOf, identityKey } from '../state/identity-map.js'
import { newInstance } from '../state/instance-class.js'
import { values } from '../state/instance.js'
import { absent, loaded, stale, unknownValue, type InstanceState, type SessionState, type UndoFrame } from '../state/model.js'
import { rekey, unregister } from '../state/register.js'
import { showFormer, slotName } from '../state/slot.js'
import { undoOf } from '../state/undo-frame.js'

/** Takes the objects of a session back to where a frame began. With `everything` what did not change since is stale too, else it stays as it is. */
export const restoreFrame = (session: SessionState, frame: UndoFrame, everything = frame.savepoint === undefined): void => {
  const { inserted, letGo, deleted, keys, touched } = undoOf(frame)
  for (const instance of Array.from(session.pending)) detach(session, instance)
  for (const state of inserted) makeTransient(session, state)
  for (const each of letGo) {
    const state = each.deref()
    if (state !== undefined && (state.session === undefined || state.session === session)) makeTransient(session, state)
  }
  for (const [state, keyValues] of keys) {
    if (inserted.has(state)) continue
    if (state.lifecycle === 'persistent') rekey(session, state, keyValues)
    else {
      state.keyValues = keyValues
      state.key = identityKey(keyValues)
    }
  }
  for (const state of deleted) if (!inserted.has(state)) revive(session, state)
  session.deleted.clear()
  const changed = new Set([...session.dirty, ...touched.keys()])
  for (const state of deleted) if (hasRecorded(state)) changed.add(state)
  for (const state of changed) {
    if (inserted.has(state) || state.session !== session) continue
    expireState(state)
    const before = touched.get(state)
    before?.forEach((value, slot) => { showBefore(state, slot, value) })
  }
  session.dirty.clear()
  if (everything) expireEverything(session)
  session.changeCount++
}

const hasRecorded = ({ committed, changes, queued }: InstanceState): boolean => committed.size + changes.size + queued.size > 0

/** What an inner savepoint did is, once it is released, what the frame around it did. */
export const absorbFrame = (outerFrame: UndoFrame, innerFrame: UndoFrame): void => {
  const outer = undoOf(outerFrame)
  const inner = undoOf(innerFrame)
  for (const state of inner.inserted) outer.inserted.add(state)
  for (const each of inner.letGo) outer.letGo.add(each)
  for (const state of inner.deleted) outer.deleted.add(state)
  for (const [state, key] of inner.keys) if (!outer.keys.has(state)) outer.keys.set(state, key)
  for (const [state, before] of inner.touched) {
    const known = outer.touched.get(state)
    if (known === undefined) outer.touched.set(state, before)
    else before.forEach((value, slot) => { if (!known.has(slot)) known.set(slot, value) })
  }
}

/** What is known stays, with what the flush wrote into it and what was changed since: it is what a new object would have been given. */
const makeTransient = (session: SessionState, state: InstanceState): void => {
  if (state.lifecycle === 'persistent') unregister(session, state.instance)
  session.deleted.delete(state.instance)
  session.dirty.delete(state)
  state.session = undefined
  state.lifecycle = 'transient'
  state.gone = false
  state.key = undefined
  state.keyValues = undefined
  state.queued.clear()
  const former = new Set<number>()
  const empty = values(newInstance(session.mapping, state.entity))
  for (let slot = 0; slot < state.status.length; slot++) {
    if (state.status[slot] === loaded && slot < state.entity.attributes.length) former.add(slot)
    if (state.status[slot] !== stale) continue
    const name = slotName(state.entity, slot)
    state.status[slot] = absent
    if (name in state.instance) values(state.instance)[name] = empty[name]
  }
  state.former = former
}

const revive = (session: SessionState, state: InstanceState): void => {
  if (state.lifecycle !== 'deleted') return
  state.lifecycle = 'persistent'
  state.gone = false
  if (state.key !== undefined) identitiesOf(session.identity, state.entity).set(state.key, state.instance)
}

const showBefore = (state: InstanceState, slot: number, value: unknown): void => {
  if (state.status[slot] !== 0) state.status[slot] = stale
  if (value !== unknownValue) showFormer(state, slot, value)
}

