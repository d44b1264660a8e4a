// Column types: an io-ts codec between the program's value and the driver's, with the type that the database is told.

import type { Type } from 'io-ts'
import type { DatabaseType } from './database-type.js'

export interface ColumnType<A> {
  readonly _tag: 'ColumnType'
  readonly database: DatabaseType
  /** Decodes what a driver delivers for `database` and encodes what it is given. */
  readonly codec: Type<A, unknown>
  /** True where the codec is the identity on what a driver delivers: rows of such a column are read without it. */
  readonly plain: boolean
  /** Are two values the same to the database? A change between equal values is no change. */
  readonly equals: (a: A, b: A) => boolean
}
