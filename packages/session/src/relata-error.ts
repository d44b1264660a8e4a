// The one exception: it carries the tagged error. Thrown by the synchronous verbs and, at their edge, by promises; inside a verb it
// is how a failure leaves a function, caught where the verb becomes a `Db`.

import type { SessionError, SessionErrorCode } from './session-error.js'

export class RelataError extends Error {
  override readonly name = 'RelataError'
  /** The whole of it, by its tag. Not printed: what follows is its gist, and its cause is printed as every error's is. */
  declare readonly error: SessionError
  readonly code: SessionErrorCode
  declare readonly detail?: SessionError['detail']

  constructor(error: SessionError) {
    super(error.hint === undefined ? error.message : `${error.message}\n  ${error.hint}`, error.cause === undefined ? undefined : { cause: error.cause })
    Object.defineProperty(this, 'error', { value: error })
    this.code = error.code
    if (error.detail !== undefined) this.detail = error.detail
  }
}

/** Leaves the verb with an error. */
export const fail = (error: SessionError): never => {
  throw new RelataError(error)
}
