// noAutoflush: a program whose queries see the database as it is.

import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import type { HasSession } from '../db.js'

/**
 * Runs a program without autoflush; what it changes is written by a later flush.
 *
 * @example
 * noAutoflush(all(select(User)))
 */
export const noAutoflush = <R extends HasSession, Failure, A>(program: ReaderTaskEither<R, Failure, A>): ReaderTaskEither<R, Failure, A> => (env) => async () => {
  env.session.autoflushOff++
  try {
    return await program(env)()
  } finally {
    env.session.autoflushOff--
  }
}
