// Running a program inside another: synchronous verbs in it throw what they refuse, which is its failure as any other is.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { RelataError } from './relata-error.js'
import type { SessionError } from './session-error.js'

/** The result of a program; `onBug` runs before something that is no `RelataError` goes on its way. */
export const attemptProgram = async <R, Failure, A>(program: ReaderTaskEither<R, Failure, A>, env: R, onBug: () => Promise<void>): Promise<Either<Failure | SessionError, A>> => {
  try {
    return await program(env)()
  } catch (thrown) {
    if (thrown instanceof RelataError) return E.left(thrown.error)
    await onBug()
    throw thrown
  }
}
