// Values of one column between the program and the driver.

import { isRight } from 'fp-ts/lib/Either.js'
import type { DatabaseType, TableDescriptor } from '@relata/core'
import { fail } from '../relata-error.js'

export interface ColumnCodec {
  readonly column: string
  readonly database: DatabaseType
  readonly plain: boolean
  encode(value: unknown): unknown
  decode(value: unknown): unknown
}

const codecs = new WeakMap<TableDescriptor, Map<string, ColumnCodec>>()

export const columnCodec = (table: TableDescriptor, column: string): ColumnCodec => {
  let known = codecs.get(table)
  if (known === undefined) codecs.set(table, known = new Map<string, ColumnCodec>())
  let codec = known.get(column)
  if (codec === undefined) known.set(column, codec = codecOf(table, column))
  return codec
}

const codecOf = (table: TableDescriptor, column: string): ColumnCodec => {
  const type = table.columns[column]?.type
  if (type === undefined) throw new Error(`table ${table.name} has no column '${column}'`)
  return {
    column, database: type.database, plain: type.plain,
    encode: (value) => value === null || value === undefined ? null : type.plain ? value : type.codec.encode(value),
    decode: (value) => {
      if (value === null || value === undefined || type.plain) return value ?? null
      const decoded = type.codec.decode(value)
      return isRight(decoded) ? decoded.right : fail({
        _tag: 'LoadFailed', code: 'value', message: `the database gave ${table.name}.${column} a value that its type does not take`, detail: { value },
      })
    },
  }
}
