// Values on mysql2: typed parameters, so that an integer is no DOUBLE and a decimal is never compared as one; moments as text in UTC.

import mysql2 from 'mysql2'
import type { DatabaseType } from '@relata/sql/driver'
import type { ParameterForm } from '../value/encoder.js'
import { readJson } from '../value/json.js'
import { plainMoment, readMoment } from '../value/moment.js'
import { canonicalDecimal, checkedInteger } from '../value/number.js'
import { describe, refuse } from '../value/refused-value.js'

const { TypedParameter } = mysql2

/** How values are sent. The server promises years from 1000 to 9999. */
export const mysqlForm: ParameterForm = {
  years: { first: 1000, last: 9999 },
  nonFinite: 'none',
  integerBits: 32,
  integer: TypedParameter.LONGLONG,
  bigint: TypedParameter.LONGLONG,
  real: TypedParameter.DOUBLE,
  numeric: (value) => TypedParameter.NEWDECIMAL(value),
  boolean: (value) => value,
  timestamp: plainMoment,
  bytes: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
}

type Decode = (value: unknown) => unknown
type DecodeRows = (rows: unknown[][]) => unknown[][]

/** How to read rows of columns with these types of the server as the types of the query; undefined where they are delivered as they come. */
export const rowDecoder = (returns: readonly (DatabaseType | undefined)[] | undefined, types: readonly (number | undefined)[]): DecodeRows | undefined => {
  const decoders = types.flatMap((type, index) => {
    const decode = decoderOf(returns?.[index], type)
    return decode === undefined ? [] : [{ index, decode }]
  })
  if (decoders.length === 0) return undefined
  return (rows) => {
    for (const { index, decode } of decoders) {
      for (const row of rows) {
        const value = row[index]
        if (value !== null) row[index] = decode(value)
      }
    }
    return rows
  }
}

// Types of the protocol whose values the library delivers as numbers: TINY, SHORT, LONG, FLOAT, DOUBLE, INT24, YEAR.
const numbers: ReadonlySet<number | undefined> = new Set([1, 2, 3, 4, 5, 9, 13])

function decoderOf(type: DatabaseType | undefined, server: number | undefined): Decode | undefined {
  if (type === undefined) return untyped
  switch (type.kind) {
    case 'integer':
      return numbers.has(server) ? undefined : (value) => (typeof value === 'number' ? value : checkedInteger(Number(value)))
    case 'bigint':
      return (value) => (typeof value === 'number' || typeof value === 'string' ? BigInt(value) : value)
    case 'real':
      return numbers.has(server) ? undefined : (value) => (typeof value === 'string' ? Number(value) : value)
    case 'numeric':
      // A decimal without precision is kept with thirty places here.
      return type.scale === undefined ? (value) => trimmed(String(value)) : (value) => canonicalDecimal(String(value), type.scale)
    case 'boolean':
      return (value) => (typeof value === 'number' ? value !== 0 : value)
    case 'timestamp':
      return (value) => (typeof value === 'string' ? readMoment(value) : refuse(`expected a timestamp, got ${describe(value)}`))
    case 'json':
      return readJson
    case 'bytes':
      return bytesOf
    case 'custom':
      return untyped
    case 'text':
    case 'varchar':
    case 'date':
    case 'uuid':
    case 'enumeration':
      return undefined
    default:
      return unknownKind(type)
  }
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function bytesOf(value: unknown): unknown {
  return value instanceof Uint8Array ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value
}

// An integer beyond 2^53 comes as text, and so does a decimal: what cannot be told apart stays text.
const untyped = bytesOf

function unknownKind(type: never): never {
  return refuse(`unknown column type ${JSON.stringify(type)}`)
}
