// Values on PostgreSQL: all are sent as text for the server to read, and read by the type of their column, never by the zone of this process.

import type { DatabaseType } from '@relata/sql/driver'
import type { ParameterForm } from '../value/encoder.js'
import { readJson } from '../value/json.js'
import { readMoment } from '../value/moment.js'
import { checkedInteger } from '../value/number.js'
import { describe, refuse } from '../value/refused-value.js'

/** The numbers by which PostgreSQL knows its types, of those that matter here. */
export const oid = {
  boolean: 16, bytea: 17, int8: 20, int2: 21, int4: 23, oid: 26, json: 114, float4: 700, float8: 701,
  date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700, jsonb: 3802,
} as const

/** Types whose values a client library is to deliver as the text that the server sent. */
export const textTypes: readonly number[] = [oid.int8, oid.json, oid.jsonb, oid.date, oid.timestamp, oid.timestamptz, oid.numeric]

/** How values are sent. The year 294276 is PostgreSQL's last; a Date ends before. */
export const postgresqlForm: ParameterForm = {
  years: { first: -4712, last: 275_760 },
  nonFinite: 'all',
  integerBits: 32,
  integer: String,
  bigint: String,
  real: (value) => (Object.is(value, -0) ? '-0' : String(value)),
  boolean: (value) => (value ? 't' : 'f'),
  // Read as UTC by a column with a zone; one without ignores the zone and keeps the fields, which are those of UTC.
  timestamp: momentText,
  bytes: (value) => `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`,
  list: arrayText,
}

/** The text of a bytea column as bytes. */
export const readBytes = (text: string): Uint8Array => {
  const buffer = Buffer.from(text.slice(2), 'hex')
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

type Decode = (value: unknown) => unknown
type DecodeRows = (rows: unknown[][]) => unknown[][]

/** How to read rows of columns with these types of the server (`oids`) as the types of the query; undefined where they are delivered as they come. */
export const rowDecoder = (returns: readonly (DatabaseType | undefined)[] | undefined, oids: readonly number[]): DecodeRows | undefined => {
  const decoders = oids.flatMap((type, index) => {
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

function decoderOf(type: DatabaseType | undefined, server: number): Decode | undefined {
  if (type === undefined) return untypedDecoder(server)
  switch (type.kind) {
    case 'integer':
      return server === oid.int4 || server === oid.int2 || server === oid.oid ? undefined : integerOf
    case 'bigint':
      return bigintOf
    case 'real':
      return server === oid.float8 || server === oid.float4 || server === oid.int4 || server === oid.int2 ? undefined : Number
    case 'numeric':
      return server === oid.numeric ? undefined : String
    case 'timestamp':
      return server === oid.timestamptz || server === oid.timestamp || server === oid.date ? momentOf : undefined
    case 'json':
      return readJson
    case 'custom':
      return untypedDecoder(server)
    case 'boolean':
    case 'bytes':
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

// A timestamp stays text, as it does on the other databases: there are more of them than of Dates.
function untypedDecoder(server: number): Decode | undefined {
  switch (server) {
    case oid.int8:
      return safeOrBigint
    case oid.json:
    case oid.jsonb:
      return readJson
    default:
      return undefined
  }
}

function integerOf(value: unknown): unknown {
  return checkedInteger(typeof value === 'string' ? Number(value) : value)
}

function bigintOf(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  return /^-?\d+$/.test(String(value)) ? BigInt(value) : refuse('a bigint column delivered a number that is no integer')
}

function momentOf(value: unknown): unknown {
  return typeof value === 'string' ? readMoment(value) : refuse(`expected a timestamp, got ${describe(value)}`)
}

function safeOrBigint(value: unknown): unknown {
  const integer = Number(value)
  return Number.isSafeInteger(integer) || typeof value !== 'string' ? integer : BigInt(value)
}

function momentText(value: Date): string {
  const iso = value.toISOString()
  if (!iso.startsWith('-')) return iso.startsWith('+') ? iso.slice(1) : value.getUTCFullYear() === 0 ? `0001${iso.slice(4)} BC` : iso
  return `${String(1 - value.getUTCFullYear()).padStart(4, '0')}${iso.slice(7)} BC`
}

// Every member in quotes, so that neither NULL nor a comma nor a brace in a text means anything; but not numbers, which can be neither.
function arrayText(values: readonly unknown[], numbers: boolean): string {
  const members = Array<string>(values.length)
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    members[at] = value === null ? 'NULL' : typeof value !== 'string' ? refuse('a list may not hold lists') : numbers ? value : `"${escaped(value)}"`
  }
  return `{${members.join(',')}}`
}

function escaped(text: string): string {
  return text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text
}

function unknownKind(type: never): never {
  return refuse(`unknown column type ${JSON.stringify(type)}`)
}
