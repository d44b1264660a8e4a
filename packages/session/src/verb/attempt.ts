// attempt: a refusal of a synchronous verb as a value.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { RelataError } from '../relata-error.js'
import type { SessionError } from '../session-error.js'

/**
 * What a change gives, or why it was refused; whatever else is thrown is a bug and goes on.
 *
 * @example
 * attempt(() => pipe(second, append(Parent.only, child))) // left with code 'single-parent'
 */
export const attempt = <A>(change: () => A): Either<SessionError, A> => {
  try {
    return E.right(change())
  } catch (thrown) {
    if (thrown instanceof RelataError) return E.left(thrown.error)
    throw thrown
  }
}
