// What a driver rejects with, as an error of the session.

import type { Driver, DriverError } from '@relata/sql/driver'
import { isDriverError } from '@relata/sql/driver'
import type { DatabaseFailed, SessionErrorCode } from '../session-error.js'

/** The session's error for a rejection of a driver; what no driver error is, the driver classifies. */
export const databaseFailure = (driver: Pick<Driver, 'classify'> | undefined, thrown: unknown): DatabaseFailed => {
  const error = isDriverError(thrown) || driver === undefined ? asDriverError(thrown) : driver.classify(thrown)
  return {
    _tag: 'DatabaseFailed', code: codeOf(error), message: error.message, driver: error, cause: error.cause ?? thrown,
    detail: { kind: error.kind, ...(error.table === undefined ? {} : { table: error.table }), ...(error.constraint === undefined ? {} : { constraint: error.constraint }), ...(error.sql === undefined ? {} : { sql: error.sql }) },
  }
}

const codeOf = ({ kind }: DriverError): SessionErrorCode => {
  switch (kind) {
    case 'unique': case 'foreign key': case 'not null': case 'check': return 'integrity'
    case 'value': return 'value'
    case 'serialization': case 'deadlock': case 'timeout': case 'cancelled': case 'connection lost': case 'commit unknown':
    case 'syntax': case 'permission': case 'read only': case 'reentrant': case 'closed': case 'other': return 'database'
    default: {
      const impossible: never = kind
      return impossible
    }
  }
}

const asDriverError = (thrown: unknown): DriverError =>
  isDriverError(thrown) ? thrown : { _tag: 'DriverError', kind: 'other', message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown }
