// A statement as a dialect says it: compiled once a shape, then given values. Its texts are kept, one for each length of
// list or number of rows where the dialect's text depends on that.

import type { DatabaseType } from '@relata/core'
import type { Query, QueryKind } from '../driver/query.js'

/**
 * What `compile(dialect, statement)` gives. Compile a shape once, keep this, and call `query` for every execution.
 *
 * The order of `values`:
 * - select, updateWhere, deleteWhere: `values[n]` fills slot n. A list slot takes an array (of tuples where it has several
 *   types); an empty one is allowed.
 * - insert: row by row, the columns whose write is `value`. updateRows: row by row, the `value` columns of `set`, then `key`.
 *   deleteRows: row by row, `key`. Slots of expressions in those statements are counted from the end of the rows:
 *   slot n is `values[rows * width + n]`.
 */
export interface CompiledStatement {
  readonly _tag: 'CompiledStatement'
  /** The text, for one row and lists of one value. What is sent may be longer. */
  readonly sql: string
  readonly kind: QueryKind
  readonly table: string
  /** Types of the columns that come back. */
  readonly returns: readonly (DatabaseType | undefined)[]
  /** How many values a row of a write has. */
  readonly width: number
  /** The most rows that one statement should carry: within the parameter limit, and where more would be slower. */
  readonly maxRows: number
  /**
   * The most values that the list slots should have together. More are sent as one text where the dialect can take that
   * apart, and are refused by the driver where it cannot.
   */
  readonly maxListLength: number
  /**
   * The query with these values. For a write of any number of rows up to `maxRows`; `rows` need only be given where `width`
   * is 0. Nothing of `values` is kept or changed, and no value is ever part of the text.
   */
  readonly query: (values: readonly unknown[], rows?: number) => Query
}

export interface CompileOptions {
  /** Clauses on lines of their own, for people. */
  readonly pretty?: boolean
}
