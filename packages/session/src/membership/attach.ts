// Objects into a session: a new one becomes pending, a detached one persistent, and what the save-update cascade reaches follows.

import { fail } from '../relata-error.js'
import { identitiesOf } from '../state/identity-map.js'
import type { Instance } from '../state/instance.js'
import { register } from '../state/register.js'
import type { SessionState } from '../state/model.js'
import { describe, entityOf, identityOf, lifecycleOf, ownState, sessionOf, stateOf } from '../state/state-of.js'
import { cascadeTargets } from './cascade-walk.js'

/** Is an object in this session: new in it, or in its identity map? */
export const isIn = (session: SessionState, instance: Instance): boolean => {
  if (sessionOf(instance) !== session) return false
  const lifecycle = lifecycleOf(instance)
  return lifecycle === 'pending' || lifecycle === 'persistent'
}

/** What adding objects would bring into the session, themselves among it. Refuses, before anything is changed, what cannot be added. */
export const reachedByAdding = (session: SessionState, instances: readonly Instance[]): readonly Instance[] => {
  const reached = cascadeTargets('saveUpdate', instances, (met) => isIn(session, met))
  for (const each of reached) checkAttachable(session, each)
  return reached
}

/** Adds objects with all that the save-update cascade reaches. */
export const addToSession = (session: SessionState, instances: readonly Instance[]): void => {
  session.changeCount++
  const reached = reachedByAdding(session, instances)
  // They are wanted for themselves: no parent that let one go before counts any more; of what only follows it does.
  for (const instance of instances) {
    const state = ownState(instance)
    if (state?.orphanedOutside === true) state.orphanedOutside = false
  }
  for (const each of reached) attach(session, each)
}

/** Adds one object, without cascade. */
export const attach = (session: SessionState, instance: Instance): void => {
  const state = stateOf(instance)
  if (state.session === session && state.lifecycle === 'persistent') {
    session.deleted.delete(instance)
    return
  }
  if (state.session === session && state.lifecycle === 'pending') return
  state.session = session
  session.changeCount++
  if (state.key === undefined) {
    state.lifecycle = 'pending'
    state.order = session.nextOrder++
    session.pending.add(instance)
    return
  }
  register(session, state)
  state.lifecycle = 'persistent'
  if (state.committed.size > 0 || state.changes.size > 0 || state.queued.size > 0) session.dirty.add(state)
}

/** Refuses an object that another session has, whose row was deleted, or whose key another object in the session has. */
export const checkAttachable = (session: SessionState, instance: Instance): void => {
  const owner = sessionOf(instance)
  const lifecycle = lifecycleOf(instance)
  if (lifecycle === 'deleted' || ownState(instance)?.gone === true) fail({
    _tag: 'ChangeRefused', code: 'has-been-deleted', message: `the row of ${describe(instance)} was deleted`,
    hint: 'create a new object with its values; or roll back, while the deletion is not committed',
  })
  if (owner !== undefined && owner !== session) fail({
    _tag: 'ChangeRefused', code: 'already-attached', message: `${describe(instance)} is in another session`,
    hint: 'expunge it there first, or merge it into this session',
  })
  if (owner === session) return
  const key = identityOf(instance)
  if (key === undefined) return
  const present = identitiesOf(session.identity, entityOf(instance)).get(key)
  if (present !== undefined && present !== instance) fail({
    _tag: 'ChangeRefused', code: 'identity-conflict', message: `another object with the key of ${describe(instance)} is in the session`,
    hint: 'change that object, or merge this one into the session',
  })
}
