// Expiring: loaded slots show their last committed values, which the session no longer relies on.

import { Instance } from '../state/instance.js'
import { absent, loaded, stale, type InstanceState, type SessionState } from '../state/model.js'
import { restoreSlot } from '../state/slot.js'

/** Expires every slot of an object: its changes, queues and tracked parents are dropped. It is read again with the options that it was loaded with. */
export const expireState = (state: InstanceState): void => {
  for (const slot of [...state.committed.keys(), ...state.changes.keys()]) restoreSlot(state, slot)
  state.queued.clear()
  state.parents.clear()
  for (let slot = 0; slot < state.status.length; slot++) if (state.status[slot] === loaded) state.status[slot] = stale
  // A column that was left out becomes one that the next load brings: the whole object is read again.
  for (const attribute of state.entity.attributes) if (!attribute.deferred && state.status[attribute.slot] === absent) state.status[attribute.slot] = stale
  state.session?.dirty.delete(state)
}

/** Expires everything that a session has, in time that grows with the objects of their own state and not with the others. */
export const expireEverything = (session: SessionState): void => {
  for (const context of session.contexts) {
    for (let slot = 0; slot < context.status.length; slot++) if (context.status[slot] === loaded) context.status[slot] = stale
  }
  for (const identities of session.identity.values()) {
    for (const instance of identities.values()) {
      const backing = Instance.backing(instance)
      if (backing._tag === 'state') expireState(backing)
    }
  }
  session.dirty.clear()
  session.changeCount++
}
