// The one exception: it carries the tagged error. Thrown by the synchronous verbs and, at their edge, by promises; inside a verb it
// is how a failure leaves a function, caught where the verb becomes a `Db`.

import type { SessionError } from './session-error.js'

export class RelataError extends Error {
  override readonly name = 'RelataError'
  readonly error: SessionError

  constructor(error: SessionError) {
    super(error.hint === undefined ? error.message : `${error.message}\n  ${error.hint}`, { cause: error.cause })
    this.error = error
  }
}

/** Leaves the verb with an error. */
export const fail = (error: SessionError): never => {
  throw new RelataError(error)
}
