// What lowering carries along: the dialect, and what it could not say. Nothing stops at the first problem.

import type { Dialect } from '../dialect/dialect.js'
import type { SqlError, SqlErrorCode } from '../sql-error.js'
import { sqlError } from '../sql-error.js'

export interface Lowering {
  readonly dialect: Dialect
  /** Filled as the statement is walked; the first is what `compile` answers. */
  readonly problems: SqlError[]
  /** Slots of a write's expressions follow its rows; DDL has none, and writes its constants. */
  readonly slots: 'values' | 'after rows' | 'none'
  /** The statement writes a table. */
  readonly writes: boolean
}

export const lowering = (dialect: Dialect, slots: Lowering['slots'] = 'values', writes = false): Lowering => ({ dialect, problems: [], slots, writes })

export const refuse = (
  to: { readonly dialect: Dialect; readonly problems: SqlError[] },
  code: SqlErrorCode,
  message: string,
  hint: string,
  about: { readonly construct?: string; readonly name?: string } = {},
): void => { to.problems.push(sqlError(code, to.dialect, message, hint, about)) }
