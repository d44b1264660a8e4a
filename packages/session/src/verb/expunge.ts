// expunge: objects out of the session.

import type { Tracked, Unchecked } from '@relata/core'
import { db, type Db } from '../db.js'
import { detachAll, expungeFromSession } from '../membership/detach.js'
import { fail } from '../relata-error.js'
import { describe, sessionOf } from '../state/state-of.js'
import { ofMapping } from './member-of-session.js'

/**
 * Takes objects out of the session, with what the expunge cascade reaches; their changes are not written. New ones become transient,
 * the others detached. Fails with `not-in-session`.
 *
 * @example
 * expunge(ed)
 */
export const expunge = (...objects: readonly Tracked<Unchecked, Unchecked>[]): Db<void> => db((session) => {
  for (const object of objects) {
    const instance = ofMapping(session, object, 'expunge')
    if (sessionOf(instance) !== session) fail({ _tag: 'ChangeRefused', code: 'not-in-session', message: `expunge: ${describe(instance)} is not in this session` })
    expungeFromSession(session, instance)
  }
})

/** Takes every object out of the session; the transaction goes on. `pipe(commit, RTE.chain(() => expungeAll))` */
export const expungeAll: Db<void> = db(detachAll)
