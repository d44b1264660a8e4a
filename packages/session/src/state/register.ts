// Objects in and out of the identity map.

import { fail } from '../relata-error.js'
import { identitiesOf, identityKey } from './identity-map.js'
import type { Instance } from './instance.js'
import type { IdentityKey, InstanceState, SessionState } from './model.js'
import { describe, identityOf, entityOf, stateOf } from './state-of.js'

/** Puts an object with a key of its own into its session's identity map; another object with that key there is an `identity-conflict`. */
export const register = (session: SessionState, state: InstanceState): void => {
  if (state.key === undefined) return
  const identities = identitiesOf(session.identity, state.entity)
  const present = identities.get(state.key)
  if (present !== undefined && present !== state.instance) fail({
    _tag: 'ChangeRefused', code: 'identity-conflict', message: `another object with the key of ${describe(state.instance)} is in the session`,
    hint: 'change that object, or merge this one into the session',
  })
  identities.set(state.key, state.instance)
}

/**
 * Puts an object that was just inserted among the identities of its line of entities. Another one with its key cannot have a row: it is detached, and the
 * listener warned.
 */
export const registerInserted = (session: SessionState, identities: Map<IdentityKey, Instance>, state: InstanceState): void => {
  if (state.key === undefined) return
  const present = identities.get(state.key)
  identities.set(state.key, state.instance)
  if (present === undefined || present === state.instance) return
  const ghost = stateOf(present)
  session.dirty.delete(ghost)
  session.deleted.delete(present)
  ghost.session = undefined
  ghost.lifecycle = 'detached'
  session.listeners.onWarning?.({ _tag: 'SessionWarning', code: 'identity-conflict', message: `${describe(state.instance)} was inserted with the key of another object in the session, which is detached: its row cannot be there` })
}

/** Takes an object out of the identity map; does nothing where another object or none has its key. */
export const unregister = (session: SessionState, instance: Instance): void => {
  const key = identityOf(instance)
  if (key === undefined) return
  const identities = identitiesOf(session.identity, entityOf(instance))
  if (identities.get(key) === instance) identities.delete(key)
}

/** Gives an object the key values that the database now has for it, and moves it in the identity map. */
export const rekey = (session: SessionState, state: InstanceState, keyValues: readonly unknown[]): void => {
  unregister(session, state.instance)
  state.keyValues = keyValues
  state.key = identityKey(keyValues)
  if (state.key !== undefined) identitiesOf(session.identity, state.entity).set(state.key, state.instance)
}

/** The object of an entity's root with this key in the session, if any. */
export const lookUp = (session: SessionState, entity: InstanceState['entity'], keyValues: readonly unknown[]): Instance | undefined => {
  const key = identityKey(keyValues)
  return key === undefined ? undefined : identitiesOf(session.identity, entity).get(key)
}
