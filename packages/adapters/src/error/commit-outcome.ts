// What an error of COMMIT says about the transaction.

import type { DriverError } from '@relata/sql/driver'

/** The same error, unless the connection was lost while the answer was awaited: then the outcome is not known. */
export const commitOutcome = (error: DriverError): DriverError =>
  error.kind === 'connection lost'
    ? Object.freeze({ ...error, kind: 'commit unknown', message: `the connection was lost during COMMIT: the transaction may or may not have been committed (${error.message})` })
    : error
