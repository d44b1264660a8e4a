// Column types of values with a form of their own: JSON, bytes, enumerations, and whatever a codec of the program's makes.

import * as t from 'io-ts'
import { columnType } from './column-type.js'
import type { ColumnCodec, ColumnType } from './column-type.js'

/** JSON, decoded by the codec that is given: `column(json(t.type({ theme: t.string })))`. */
export const json = <A>(codec: ColumnCodec<A>): ColumnType<A> =>
  columnType({
    database: { kind: 'json' },
    codec,
    plain: false,
    equals: (a, b) => sameJson(codec.encode(a), codec.encode(b)),
  })

/** Bytes. `column(bytes)` */
export const bytes: ColumnType<Uint8Array> = columnType({
  database: { kind: 'bytes' },
  codec: new t.Type<Uint8Array>('bytes', isBytes, (u, context) => (isBytes(u) ? t.success(u) : t.failure(u, context)), t.identity),
  plain: true,
  equals: (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]),
})

/** One of a few texts: `column(enumeration('open', 'paid'))` has the type `'open' | 'paid'`. */
export const enumeration = <const A extends string>(...values: readonly A[]): ColumnType<A> => {
  const known: ReadonlySet<unknown> = new Set(values)
  const is = (u: unknown): u is A => known.has(u)
  return columnType({
    database: { kind: 'enumeration', values: Object.freeze([...values]) },
    codec: new t.Type<A>(values.map((value) => JSON.stringify(value)).join(' | '), is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity),
    plain: true,
  })
}

/** A type that the database knows by `name`, with the codec that reads and writes it: `custom({ name: 'point', codec: Point })`. */
export const custom = <A>(options: {
  readonly name: string
  readonly codec: ColumnCodec<A>
  readonly equals?: (a: A, b: A) => boolean
}): ColumnType<A> =>
  columnType({
    database: { kind: 'custom', name: options.name },
    codec: options.codec,
    plain: false,
    ...(options.equals === undefined ? {} : { equals: options.equals }),
  })

function isBytes(u: unknown): u is Uint8Array {
  return u instanceof Uint8Array
}

/** Are two JSON values equal, whatever the order of their keys? */
function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  }
  const left = Object.entries(a)
  const right = new Map<string, unknown>(Object.entries(b))
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
}
