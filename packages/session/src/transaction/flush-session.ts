// A flush as the session sees it: nothing where nothing was recorded, and where it fails, everything as a rollback leaves it.

import { nullToFlush } from '../change/null-members.js'
import { fail, RelataError } from '../relata-error.js'
import { newFrame } from '../state/undo-frame.js'
import type { SessionState } from '../state/model.js'
import { restoreFrame } from './restore.js'

/** Is there anything for a flush to do? */
export const hasChanges = (session: SessionState): boolean => session.pending.size > 0 || session.dirty.size > 0 || session.deleted.size > 0

/** Refuses while a failed flush waits for its rollback. */
export const checkUsable = (session: SessionState): void => {
  if (session.failure !== undefined) fail({
    _tag: 'SessionUnusable', code: 'pending-rollback', message: `the transaction was rolled back by a failed flush: ${session.failure.message}`,
    hint: 'roll back, then go on', cause: session.failure,
  })
}

/** Writes what is recorded. */
export const flushSession = async (session: SessionState, write = session.write): Promise<unknown> => {
  if (session.flushing || !hasChanges(session)) return undefined
  return writing(session, async () => {
    const relationship = nullToFlush(session)
    const written = await write(session)
    if (relationship !== undefined) fail({ _tag: 'FlushFailed', code: 'flush', message: `a list of ${relationship.key} has null in it, which no row can be`, hint: 'take it out', detail: { relationship: relationship.key } })
    return written
  })
}

/** Does what writes. A failure rolls the transaction, or its innermost savepoint, back, and the session waits for `rollback`. */
export const writing = async <A>(session: SessionState, work: () => Promise<A>): Promise<A> => {
  checkUsable(session)
  session.flushing = true
  try {
    return await work()
  } catch (thrown) {
    await abandon(session, thrown)
    throw thrown
  } finally {
    session.flushing = false
  }
}

const abandon = async (session: SessionState, thrown: unknown): Promise<void> => {
  session.failure = thrown instanceof RelataError ? thrown.error : { _tag: 'FlushFailed', code: 'flush', message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown }
  const frame = session.undo.pop() ?? newFrame(undefined)
  if (frame.savepoint === undefined) await session.control.rollback()
  else {
    try {
      await session.control.rollbackToSavepoint(frame.savepoint)
    } catch {
      // The connection is lost, and the savepoint with it: what is outside is rolled back by the program's own rollback.
    }
  }
  restoreFrame(session, frame)
  session.undo.push(newFrame(frame.savepoint))
}
