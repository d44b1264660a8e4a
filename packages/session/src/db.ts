// Db: a program that needs a session. The one file in which a promise becomes a TaskEither.

import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { RelataError } from './relata-error.js'
import type { SessionError } from './session-error.js'
import { exclusively } from './state/exclusive.js'
import type { SessionState } from './state/model.js'
import type { TransactionMark } from './state/executor.js'

export interface HasSession {
  readonly session: SessionState
  /** The transaction that the program runs in, given by `transaction`. */
  readonly transaction?: TransactionMark
}

export type Db<A, E = SessionError> = ReaderTaskEither<HasSession, E, A>

/** Makes a verb of a function that may throw a `RelataError`; anything else that it throws is a bug and rejects. */
export const db = <A>(program: (session: SessionState) => Promise<A> | A): Db<A> => ({ session }) => async () => {
  try {
    return E.right(await exclusively(session.turns, () => program(session)))
  } catch (thrown) {
    if (thrown instanceof RelataError) return E.left(thrown.error)
    throw thrown
  }
}
