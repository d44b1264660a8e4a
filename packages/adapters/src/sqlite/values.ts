// Values on better-sqlite3: integers are bound as int64, booleans as 0 and 1, moments and JSON as text.

import type { DatabaseType } from '@relata/sql/driver'
import type { ParameterForm } from '../value/encoder.js'
import { readJson } from '../value/json.js'
import { plainMoment, readMoment } from '../value/moment.js'
import { canonicalDecimal, numericText } from '../value/number.js'
import { describe, refuse } from '../value/refused-value.js'

/** How values are bound. Years beyond four digits would not sort as text. */
export const sqliteForm: ParameterForm = {
  years: { first: 0, last: 9999 },
  // NaN would become NULL.
  nonFinite: 'infinity',
  integerBits: 64,
  // A number would be bound as REAL: `1 / 2` would be 0.5 and `'a' || 1` would be a1.0.
  integer: BigInt,
  bigint: (value) => value,
  real: (value) => value,
  // Kept as text and compared as text, so that nothing is rounded.
  numeric: canonicalDecimal,
  boolean: (value) => (value ? 1n : 0n),
  timestamp: plainMoment,
  bytes: (value) => value,
}

type Decode = (value: unknown) => unknown

/** How the rows of a statement are read. */
export interface RowReading {
  /** Integers come as bigint, because some column needs all 64 bits. */
  readonly safeIntegers: boolean
  /** Undefined where rows are delivered as they come. */
  readonly decode: ((rows: unknown[][]) => unknown[][]) | undefined
}

/** How to read rows of these types; a type that is not known is delivered as it is, and an integer of it without loss. */
export const rowReading = (returns: readonly (DatabaseType | undefined)[] | undefined, width: number): RowReading => {
  const types = Array.from({ length: width }, (_, index) => returns?.[index])
  const safeIntegers = types.some((type) => type === undefined || type.kind === 'bigint' || type.kind === 'custom' || type.kind === 'numeric')
  const decoders = types.flatMap((type, index) => {
    const decode = decoderOf(type, safeIntegers)
    return decode === undefined ? [] : [{ index, decode }]
  })
  return { safeIntegers, decode: decoders.length === 0 ? undefined : (rows) => decodeRows(rows, decoders) }
}

function decodeRows(rows: unknown[][], decoders: readonly { readonly index: number; readonly decode: Decode }[]): unknown[][] {
  for (const { index, decode } of decoders) {
    for (const row of rows) {
      const value = row[index]
      if (value !== null) row[index] = decode(value)
    }
  }
  return rows
}

function decoderOf(type: DatabaseType | undefined, safeIntegers: boolean): Decode | undefined {
  if (type === undefined) return untyped
  switch (type.kind) {
    case 'integer':
      return safeIntegers ? integerOfBigint : integerWithinReach
    case 'bigint':
      return (value) => (typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value)
    case 'real':
      return safeIntegers ? (value) => (typeof value === 'bigint' ? Number(value) : value) : undefined
    case 'numeric':
      return (value) => numericText(value, type.scale)
    case 'boolean':
      return booleanOf
    case 'timestamp':
      return (value) => (typeof value === 'string' ? readMoment(value) : refuse(`expected a timestamp as text, got ${describe(value)}`))
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

function integerWithinReach(value: unknown): unknown {
  if (typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)) return outOfReach()
  return value
}

function integerOfBigint(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  const integer = Number(value)
  return Number.isSafeInteger(integer) ? integer : outOfReach()
}

function outOfReach(): never {
  return refuse('an integer column holds a value beyond 2^53, which a number would round: declare it as bigint')
}

function booleanOf(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) !== 0 : value
}

function bytesOf(value: unknown): unknown {
  return value instanceof Uint8Array ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value
}

function untyped(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const integer = Number(value)
    return Number.isSafeInteger(integer) ? integer : value
  }
  return bytesOf(value)
}

function unknownKind(type: never): never {
  return refuse(`unknown column type ${JSON.stringify(type)}`)
}
