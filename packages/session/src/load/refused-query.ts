// A query or a statement that cannot be planned or printed, as an error of the session.

import type { QueryError } from '@relata/core'
import type { SqlError } from '@relata/sql'
import type { SessionErrorCode } from '../session-error.js'
import { fail } from '../relata-error.js'

/** Leaves with what the planner said. */
export const failQuery = (error: QueryError): never => {
  const code: SessionErrorCode = error.code
  return fail({ _tag: 'QueryRefused', code, message: error.message, hint: error.hint, cause: error })
}

/** Leaves with what the printer said. */
export const failSql = (error: SqlError): never => fail({
  _tag: 'QueryRefused', code: error.code === 'unsupported' ? 'not-supported' : 'argument', message: error.message, hint: error.hint, cause: error,
})
