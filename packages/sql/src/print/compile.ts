// From a statement to text and values: lowered to what the dialect can say, printed, and kept.

import type { Either } from 'fp-ts/lib/Either.js'
import { left } from 'fp-ts/lib/Either.js'
import type { Dialect } from '../dialect/dialect.js'
import type { SqlError } from '../sql-error.js'
import { sqlError } from '../sql-error.js'
import type { Statement } from '../statement.js'
import type { CompiledStatement, CompileOptions } from './compiled-statement.js'

/**
 * A statement in a dialect: its text, and a function from values to queries. Left where a name cannot be quoted or the
 * dialect has nothing that means the same.
 */
export const compile = (dialect: Dialect, _statement: Statement, _options: CompileOptions = {}): Either<SqlError, CompiledStatement> =>
  left(sqlError('unsupported', dialect, 'not printed yet', 'wait for the printer'))
