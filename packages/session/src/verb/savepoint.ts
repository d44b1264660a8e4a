// savepoint: a part of a transaction that may fail on its own.

import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { attemptProgram } from '../attempt-program.js'
import { db, type Db, type HasSession } from '../db.js'
import type { SessionError } from '../session-error.js'
import type { SessionState } from '../state/model.js'
import * as end from '../transaction/end.js'

/** Flushes and sets a savepoint, to be released or rolled back to. */
export const beginSavepoint: Db<void> = db(end.beginSavepoint)
/** Flushes and lets the innermost savepoint go; what was done since belongs to what is around it. */
export const releaseSavepoint: Db<void> = db(end.releaseSavepoint)
/** Rolls back to the innermost savepoint, with the objects that changed since. */
export const rollbackToSavepoint: Db<void> = db(end.rollbackToSavepoint)

/**
 * Runs a program inside a savepoint: if it fails, what it did is undone, in the database and in the objects, and what was before stays.
 *
 * @example
 * pipe(savepoint(risky), RTE.orElse(() => plainer))
 */
export const savepoint = <R extends HasSession, Failure, A>(program: ReaderTaskEither<R, Failure, A>): ReaderTaskEither<R, Failure | SessionError, A> => (env) => async () => {
  const begun = await beginSavepoint(env)()
  if (E.isLeft(begun)) return begun
  const depth = env.session.undo.length
  const back = async (): Promise<void> => { await db((session) => rollbackToDepth(session, depth))(env)() }
  const result = await attemptProgram(program, env, back)
  if (E.isLeft(result)) {
    await back()
    return result
  }
  const released = await db((session) => releaseToDepth(session, depth))(env)()
  if (E.isLeft(released)) {
    await back()
    return released
  }
  return result
}

/** Savepoints that the program set and left open go with it. */
const rollbackToDepth = async (session: SessionState, depth: number): Promise<void> => {
  while (session.undo.length >= depth && session.undo.length > 1) await end.rollbackToSavepoint(session)
}
const releaseToDepth = async (session: SessionState, depth: number): Promise<void> => {
  while (session.undo.length >= depth && session.undo.length > 1) await end.releaseSavepoint(session)
}
