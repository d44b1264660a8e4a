// Objects out of a session.

import type { Instance } from '../state/instance.js'
import type { InstanceState, SessionState } from '../state/model.js'
import { unregister } from '../state/register.js'
import { ownState, stateOf } from '../state/state-of.js'
import { undoOf } from '../state/undo-frame.js'
import { cascadeTargets } from './cascade-walk.js'

/** Takes an object out with what the expunge cascade reaches: new ones become transient, those with a row detached. */
export const expungeFromSession = (session: SessionState, instance: Instance): void => {
  const hasBegun = session.changeCount !== session.endedAt
  for (const each of cascadeTargets('expunge', [instance])) detach(session, each)
  if (!hasBegun) session.endedAt = session.changeCount // to forget an object begins no transaction
}

/** Takes one object out, without cascade. Its values and recorded changes stay. */
export const detach = (session: SessionState, instance: Instance): void => {
  const state = stateOf(instance)
  if (state.session !== session) return
  session.pending.delete(instance)
  session.deleted.delete(instance)
  session.dirty.delete(state)
  if (state.lifecycle === 'persistent') unregister(session, instance)
  state.session = undefined
  state.lifecycle = state.key === undefined ? 'transient' : 'detached'
  session.changeCount++
}

/** Takes every object out at once. */
export const detachAll = (session: SessionState): void => {
  for (const instance of session.pending) {
    const state = stateOf(instance)
    state.session = undefined
    state.lifecycle = 'transient'
  }
  for (const frame of session.undo) {
    for (const state of undoOf(frame).deleted) letGo(session, state)
  }
  for (const identities of session.identity.values()) {
    for (const instance of identities.values()) {
      const state = ownState(instance)
      if (state !== undefined) letGo(session, state)
    }
  }
  for (const context of session.contexts) context.session = undefined
  session.contexts.clear()
  session.identity.clear()
  session.pending.clear()
  session.dirty.clear()
  session.deleted.clear()
  for (const frame of session.undo) {
    const { inserted, letGo: former, deleted, keys, touched } = undoOf(frame)
    for (const state of inserted) former.add(new WeakRef(state))
    inserted.clear()
    deleted.clear()
    keys.clear()
    touched.clear()
  }
  session.changeCount++
}

const letGo = (session: SessionState, state: InstanceState): void => {
  if (state.session !== session) return
  state.session = undefined
  state.lifecycle = state.key === undefined ? 'transient' : 'detached'
}
