// Arguments given as functions: called once, here, so that they may speak of what is declared later.

import * as E from 'fp-ts/lib/Either.js'

/** The value of an argument, or what its function threw. */
export const evaluate = (given: unknown): E.Either<string, unknown> => {
  if (typeof given !== 'function') return E.right(given)
  try {
    // Whatever it is, it is called without arguments, and what it gives is looked at afterwards.
    return E.right((given as () => unknown)())
  } catch (thrown) {
    return E.left(thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : 'something that is not an error')
  }
}
