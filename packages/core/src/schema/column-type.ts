// Column types: an io-ts codec between the program's value and the driver's, with the type that the database is told.

import * as t from 'io-ts'
import type { Validation } from 'io-ts'
import type { DatabaseType } from './database-type.js'

/** What a column needs of an io-ts codec; every `Type<A, unknown>` is one. Methods, so that a codec of `number` is a codec of `unknown`. */
export interface ColumnCodec<A> {
  readonly name: string
  is(value: unknown): value is A
  decode(driverValue: unknown): Validation<A>
  encode(value: A): unknown
}

export interface ColumnType<A> {
  readonly _tag: 'ColumnType'
  readonly database: DatabaseType
  /** Decodes what a driver delivers for `database` and encodes what it is given. */
  readonly codec: ColumnCodec<A>
  /** True where the codec is the identity on what a driver delivers: rows of such a column are read without it. */
  readonly plain: boolean
  /** Are two values the same to the database? A change between equal values is no change. */
  equals(a: A, b: A): boolean
}

/** A column type of its parts; `equals` is identity where nothing else is said. */
export const columnType = <A>(parts: {
  readonly database: DatabaseType
  readonly codec: ColumnCodec<A>
  readonly plain: boolean
  readonly equals?: (a: A, b: A) => boolean
}): ColumnType<A> =>
  Object.freeze({
    _tag: 'ColumnType',
    database: Object.freeze(parts.database),
    codec: parts.codec,
    plain: parts.plain,
    equals: parts.equals ?? Object.is,
  })

/** A type that only the database knows: values are what the driver delivers. */
export const asDelivered = (database: DatabaseType): ColumnType<unknown> => columnType({ database, codec: t.unknown, plain: true })

/** The type of an expression of which nothing is known. */
export const opaque: ColumnType<unknown> = asDelivered({ kind: 'custom', name: 'unknown' })
