// What is wrong with a query for this mapping, as a value.

import { left, right } from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'

export type QueryErrorCode = 'argument' | 'invalid-request' | 'type' | 'not-supported'

export interface QueryError {
  readonly _tag: 'QueryError'
  readonly code: QueryErrorCode
  readonly message: string
  /** What to write instead. */
  readonly hint: string
}

/** How an error leaves the passes of a plan; `planLoad` turns it into a value again. */
export class QueryRefusal extends Error {
  readonly error: QueryError
  constructor(error: QueryError) {
    super(error.message)
    this.error = error
  }
}

/** Leaves planning with an error. */
export const refuse = (code: QueryErrorCode, message: string, hint: string): never => {
  throw new QueryRefusal({ _tag: 'QueryError', code, message, hint })
}

/** What planning gives, or the error that it was left with. */
export const caught = <A>(plan: () => A): Either<QueryError, A> => {
  try {
    return right(plan())
  } catch (thrown) {
    if (thrown instanceof QueryRefusal) return left(thrown.error)
    throw thrown
  }
}
