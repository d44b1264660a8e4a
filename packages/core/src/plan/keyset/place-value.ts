// The values of a place as JSON, and back: each by the type of its column, so that what a stranger wrote is no other kind of value.

import type { DatabaseType } from '../../schema/database-type.js'
import { fromHex, toHex } from '../json/hex.js'
import type { KeysetTerm } from './keyset.js'

/** What JSON cannot say stands in a list of its kind and its text. */
export type Written = string | number | boolean | null | readonly [kind: 'n' | 'f' | 'b', text: string]

/** A driver's value as JSON; undefined where it has no order to go on in. */
export const writtenValue = (value: unknown, type: DatabaseType | undefined): Written | undefined => {
  if (type?.kind === 'json') return undefined
  switch (typeof value) {
    case 'string': case 'boolean': return value
    case 'number': return Number.isFinite(value) && !Object.is(value, -0) ? value : ['f', String(value)]
    case 'bigint': return ['n', String(value)]
    case 'undefined': return null
    case 'object': return value === null ? null : value instanceof Uint8Array ? ['b', toHex(value)] : undefined
    default: return undefined
  }
}

/** The value that a term of a cursor stands for; undefined where it is none that the term can have. */
export const placeValue = (written: unknown, term: KeysetTerm): unknown => {
  if (written === null) return term.nulls === undefined ? undefined : null
  const value = read(written)
  return value !== undefined && fits(value, term.type) ? value : undefined
}

const read = (written: unknown): string | number | boolean | bigint | Uint8Array | undefined => {
  if (typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean') return written
  if (!Array.isArray(written) || written.length !== 2) return undefined
  const [kind, text] = written as readonly unknown[]
  if (typeof text !== 'string') return undefined
  switch (kind) {
    case 'n': return /^-?\d{1,40}$/.test(text) ? BigInt(text) : undefined
    case 'f': return text === 'NaN' || text === 'Infinity' || text === '-Infinity' ? Number(text) : text === '0' ? 0 : undefined
    case 'b': return fromHex(text)
    default: return undefined
  }
}

const fits = (value: string | number | boolean | bigint | Uint8Array, type: DatabaseType | undefined): boolean => {
  switch (type?.kind) {
    case undefined: case 'custom': return !(value instanceof Uint8Array)
    case 'integer': return typeof value === 'number' && Number.isSafeInteger(value)
    case 'bigint': return typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
    case 'real': return typeof value === 'number'
    case 'numeric': return typeof value === 'string' && /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|-?Infinity)$/i.test(value)
    case 'text': case 'varchar': case 'enumeration': return typeof value === 'string'
    case 'boolean': return typeof value === 'boolean'
    case 'timestamp': return typeof value === 'string' && moment.test(value)
    case 'date': return typeof value === 'string' && moment.test(value)
    case 'uuid': return typeof value === 'string' && /^[\da-f]{8}(?:-?[\da-f]{4}){4}[\da-f]{8}$/i.test(value)
    case 'bytes': return value instanceof Uint8Array
    case 'json': return false
    default: {
      const impossible: never = type
      return impossible
    }
  }
}

const moment = /^(?:[+-]?\d{4,6}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}(?::?\d{2}){0,2})?(?: BC)?|-?infinity)$/
