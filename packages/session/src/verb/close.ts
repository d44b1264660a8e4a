// close: an end before the run's own.

import { db, type Db } from '../db.js'
import { detachAll } from '../membership/detach.js'
import { newFrame } from '../state/undo-frame.js'
import type { SessionState } from '../state/model.js'

/**
 * Rolls the transaction back, takes every object out and gives the connection back. The session may be used again: it then begins anew.
 *
 * @example
 * pipe(commit, RTE.chain(() => close))
 */
export const close: Db<void> = db((session) => closeSession(session))

export const closeSession = async (session: SessionState): Promise<void> => {
  detachAll(session)
  session.undo.splice(0, session.undo.length, newFrame(undefined))
  session.failure = undefined
  await session.control.rollback()
}
