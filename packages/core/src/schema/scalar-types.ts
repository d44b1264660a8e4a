// Column types of single scalar values: numbers, truth values, text, and text of a known form.

import * as t from 'io-ts'
import { columnType } from './column-type.js'
import type { ColumnType } from './column-type.js'

/** Whole numbers that a JavaScript number holds exactly. `column(integer)` */
export const integer: ColumnType<number> = columnType({
  database: { kind: 'integer' },
  codec: codecOf('integer', (u): u is number => Number.isSafeInteger(u)),
  plain: true,
})

/** Whole numbers of 64 bits, as `bigint`. `column(bigint)` */
export const bigint: ColumnType<bigint> = columnType({
  database: { kind: 'bigint' },
  codec: codecOf('bigint', (u): u is bigint => typeof u === 'bigint' && BigInt.asIntN(64, u) === u),
  plain: true,
})

/** Floating-point numbers. `column(real)` */
export const real: ColumnType<number> = columnType({
  database: { kind: 'real' },
  codec: t.number,
  plain: true,
  equals: (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b)),
})

export interface NumericType extends ColumnType<string> {
  (precision: number, scale?: number): ColumnType<string>
}

/** Decimal numbers as text, so that nothing is rounded. `column(numeric)`, `column(numeric(12, 2))` */
export const numeric: NumericType = Object.freeze(
  Object.assign((precision: number, scale?: number): ColumnType<string> => decimal(precision, scale), decimal()),
)

/** Text of any length. `column(text)` */
export const text: ColumnType<string> = columnType({ database: { kind: 'text' }, codec: t.string, plain: true })

/** Text of at most `length` characters. `column(varchar(80))` */
export const varchar = (length: number): ColumnType<string> =>
  columnType({
    database: { kind: 'varchar', length },
    // A character outside the basic plane counts once, as databases count.
    codec: codecOf(`varchar(${length})`, (u): u is string => typeof u === 'string' && (u.length <= length || Array.from(u).length <= length)),
    plain: true,
  })

/** True and false. `column(boolean)` */
export const boolean: ColumnType<boolean> = columnType({ database: { kind: 'boolean' }, codec: t.boolean, plain: true })

/** UUIDs as text. `column(uuid)` */
export const uuid: ColumnType<string> = columnType({
  database: { kind: 'uuid' },
  codec: codecOf('uuid', (u): u is string => typeof u === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(u)),
  plain: true,
  equals: (a, b) => a === b || a.toLowerCase() === b.toLowerCase(),
})

/** A codec that changes nothing and accepts what `is` accepts. */
function codecOf<A>(name: string, is: t.Is<A>): t.Type<A> {
  return new t.Type<A>(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity)
}

function decimal(precision?: number, scale?: number): ColumnType<string> {
  return columnType({
    database: {
      kind: 'numeric',
      ...(precision === undefined ? {} : { precision }),
      ...(scale === undefined ? {} : { scale }),
    },
    codec: codecOf('numeric', (u): u is string => typeof u === 'string' && /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|NaN|[+-]?Infinity)$/i.test(u)),
    plain: true,
    equals: (a, b) => a === b || canonicalDecimal(a) === canonicalDecimal(b),
  })
}

/** `+01.50` and `1.5` are one number; what is written with an exponent is compared as written. */
function canonicalDecimal(value: string): string {
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value)
  if (parts === null) return value
  const digits = `${parts[2] === '' ? '0' : parts[2]}${parts[3] ? `.${parts[3]}` : ''}`
  return parts[1] === '-' && digits !== '0' ? `-${digits}` : digits
}
