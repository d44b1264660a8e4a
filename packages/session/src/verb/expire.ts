// expire: what the session should no longer rely on.

import type { AnyHandle, EntityName, EntityObject, HandleOf, Models } from '@relata/core'
import { slotOf } from '../change/check.js'
import { db, type Db } from '../db.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { cascadeTargets } from '../membership/cascade-walk.js'
import { detach } from '../membership/detach.js'
import { expireEverything, expireState } from '../membership/expire.js'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { expireSlot } from '../state/slot.js'
import { hasIdentity, lifecycleOf, stateOf } from '../state/state-of.js'
import { persistentIn } from './member-of-session.js'

/**
 * Makes loaded values of an object stale, all of them or those named, and drops its changes of them: the next load reads them again.
 * The refresh-expire cascade goes along where no names are given. Fails with `not-persistent`.
 *
 * @example
 * pipe(ed, expire(User, 'addresses'), RTE.chain(load(User.addresses)))
 */
export function expire<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, ...names: readonly ((keyof M[N]['row'] | keyof M[N]['rels']) & string)[]): <I extends EntityObject<M, N>>(subject: I) => Db<I>
export function expire(handle: AnyHandle, ...names: readonly string[]): <I>(subject: I) => Db<I> {
  entityOfHandle(handle)
  return (subject) => db((session) => {
    expireInstance(session, persistentIn(session, subject, 'expire'), names)
    return subject
  })
}

/** Makes everything in the session stale. `pipe(expireAll, RTE.chain(() => all(select(User))))` */
export const expireAll: Db<void> = db(expireEverything)

/** Expires named slots, or all with the cascade; pending objects met on the way leave the session where delete-orphan says so. */
export const expireInstance = (session: SessionState, instance: Instance, names: readonly string[]): void => {
  const state = stateOf(instance)
  if (names.length > 0) {
    for (const slot of names.map((name) => slotOf(state.entity, name, 'expire'))) expireSlot(state, slot)
    return
  }
  for (const each of cascadeTargets('refreshExpire', [instance])) {
    if (hasIdentity(each)) expireState(stateOf(each))
    else if (lifecycleOf(each) === 'pending') detach(session, each)
  }
}
