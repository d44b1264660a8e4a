// Ending transactions and savepoints: what happens to the database and to the objects.

import { detach, detachAll } from '../membership/detach.js'
import { expireEverything } from '../membership/expire.js'
import { fail } from '../relata-error.js'
import { isUntouched, newFrame, undoOf } from '../state/undo-frame.js'
import type { SessionState, UndoFrame } from '../state/model.js'
import { checkUsable, flushSession, hasChanges } from './flush-session.js'
import { absorbFrame, restoreFrame } from './restore.js'

/** Flushes and commits the whole transaction, savepoints included. */
export const commitSession = async (session: SessionState): Promise<void> => {
  checkUsable(session)
  await flushAll(session)
  try {
    await session.control.commit()
  } catch (thrown) {
    await rollbackSession(session)
    throw thrown
  }
  const ended = session.undo.splice(0, session.undo.length, newFrame(undefined))
  if (session.options.expireOnCommit) {
    for (const frame of ended) for (const state of undoOf(frame).deleted) if (state.lifecycle === 'deleted') detach(session, state.instance)
    expireEverything(session)
  }
  session.endedAt = session.changeCount
}

/** Rolls the whole transaction back, savepoints included, and the objects with it. */
export const rollbackSession = async (session: SessionState): Promise<void> => {
  // Where nothing was sent or changed since the last one ended, no transaction began: objects stay as they are.
  if (!session.control.inTransaction && session.failure === undefined && session.undo.length === 1 && session.changeCount === session.endedAt) return
  await session.control.rollback()
  for (const frame of session.undo.splice(0).toReversed()) restoreFrame(session, frame)
  session.undo.push(newFrame(undefined))
  session.failure = undefined
  session.endedAt = session.changeCount
}

/** Flushes and sets a savepoint. */
export const beginSavepoint = async (session: SessionState): Promise<void> => {
  checkUsable(session)
  await flushSession(session)
  const name = `relata_${++session.savepoints}`
  await session.control.savepoint(name)
  session.undo.push(newFrame(name))
}

/** Flushes and lets the innermost savepoint go: what it did is part of what is around it. */
export const releaseSavepoint = async (session: SessionState): Promise<void> => {
  checkUsable(session)
  innermost(session)
  await flushAll(session)
  const { frame, outer } = innermost(session)
  await session.control.releaseSavepoint(frame.savepoint)
  session.undo.pop()
  absorbFrame(outer, frame)
}

/** Rolls back to the innermost savepoint, and the objects that changed since. */
export const rollbackToSavepoint = async (session: SessionState): Promise<void> => {
  const { frame } = innermost(session)
  await session.control.rollbackToSavepoint(frame.savepoint)
  // It would stay, and each that is set after it be inside of it: thousands of them, where a long transaction tries again and again.
  await session.control.releaseSavepoint(frame.savepoint)
  session.undo.pop()
  restoreFrame(session, frame)
  session.failure = undefined
}

/** A flush may record something of its own, by a default that a program gave: it is written too. */
const flushAll = async (session: SessionState): Promise<void> => {
  for (let round = 0; round < mostRounds && hasChanges(session); round++) await flushSession(session)
  if (hasChanges(session)) fail({ _tag: 'FlushFailed', code: 'flush', message: `after ${mostRounds} flushes there is still something to flush`, hint: 'look for something that changes an object at every flush' })
}

const mostRounds = 100

const innermost = (session: SessionState): { readonly frame: UndoFrame & { readonly savepoint: string }; readonly outer: UndoFrame } => {
  const frame = session.undo[session.undo.length - 1]
  const outer = session.undo[session.undo.length - 2]
  if (frame?.savepoint === undefined || outer === undefined) return fail({ _tag: 'SessionUnusable', code: 'invalid-request', message: 'no savepoint is set', hint: 'set one with savepoint()' })
  return { frame: { ...frame, savepoint: frame.savepoint }, outer }
}

/** Ends a session for good: what was flushed and not committed did not happen, and every object is let go. */
export const endSession = async (session: SessionState): Promise<void> => {
  session.closed = true
  await session.control.close()
  for (const frame of session.undo.toReversed()) {
    if (!isUntouched(frame)) restoreFrame(session, frame, false)
  }
  detachAll(session)
}
