// What is sent to a database: printed text, values and what the listeners are told about it.

import type { DatabaseType } from '@relata/core'

export type QueryKind = 'select' | 'insert' | 'update' | 'delete' | 'ddl' | 'transaction' | 'raw'

/** A list in one parameter, each member as `DriverValues` has it or null. Sent only where the dialect says `arrayParameters`. */
export interface ArrayType { readonly kind: 'array'; readonly of: DatabaseType | undefined }

/** What a parameter is: one value of a column's type, or a list of them. */
export type ParameterType = DatabaseType | ArrayType

export interface Query {
  readonly sql: string
  /** Values as `DriverValues` has them; the driver's codec for `types[n]` turns each into what the client library takes. */
  readonly params: readonly unknown[]
  readonly types?: readonly (ParameterType | undefined)[]
  readonly kind: QueryKind
  /** The table that is written or first read, for listeners; empty where there is none. */
  readonly table: string
  /** A name to prepare it under, the same for the same text. */
  readonly name?: string
  /** Types of the columns that come back, so that the driver decodes each (as `DriverValues`). */
  readonly returns?: readonly (DatabaseType | undefined)[]
  /**
   * Of an insert of many rows that returns one integer key: the same text without RETURNING. A driver may execute it instead, where
   * the keys of its rows follow each other; it then answers the `insertId` and no rows.
   */
  readonly counted?: { readonly sql: string; readonly key: string }
}

/** Rows as arrays, in column order; `matched` counts rows that a write matched. */
export interface Result {
  readonly rows: readonly (readonly unknown[])[]
  readonly columns?: readonly string[]
  readonly matched: number
  /** The key that the database made, where it returned no rows: of the first or last row, as the capability says. */
  readonly insertId?: number | bigint
}
