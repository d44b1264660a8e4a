// Autoflush: decided here and nowhere else. Loads call it when they are about to send SQL for a persistent owner, and queries.

import { RelataError } from '../relata-error.js'
import type { SessionState } from '../state/model.js'
import { flushSession, hasChanges } from '../transaction/flush-session.js'

/** Flushes what is recorded, unless the session, the program around it or the query itself asks for none: none of them turns it on for another. Costs nothing where nothing is. */
export const autoflush = async (session: SessionState, asked?: boolean): Promise<void> => {
  if (!hasChanges(session) || session.flushing) return
  if (asked === false || !session.options.autoflush || session.autoflushOff > 0) return
  try {
    await flushSession(session)
  } catch (thrown) {
    throw saidToBeOfAutoflush(thrown)
  }
}

/** Whoever only wanted to read is told that something was to be written first. */
const saidToBeOfAutoflush = (thrown: unknown): unknown => thrown instanceof RelataError && (thrown.error._tag === 'FlushFailed' || thrown.error._tag === 'DatabaseFailed')
  ? new RelataError({ ...thrown.error, message: `${thrown.error.message} (in the autoflush before a read: flush first, or read within noAutoflush)`, cause: thrown.error.cause ?? thrown.error })
  : thrown
