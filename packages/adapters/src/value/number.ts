// Numbers that arrive as they were sent: integers within reach, decimals as text.

import { describe, refuse } from './refused-value.js'

const int64Min = -(2n ** 63n)
const int64Max = 2n ** 63n - 1n

/** An integer that a JavaScript number holds exactly. */
export const checkedInteger = (value: unknown): number => {
  if (typeof value === 'bigint' && value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value)
  if (typeof value !== 'number') return refuse(`expected an integer, got ${describe(value)}`)
  if (!Number.isSafeInteger(value)) return refuse(Number.isInteger(value) ? 'the integer is beyond 2^53: use a bigint column' : `expected an integer, got ${describe(value)}`)
  return value
}

/** An integer of 64 bits. */
export const checkedBigint = (value: unknown): bigint => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value !== 'bigint') return refuse(`expected a bigint, got ${describe(value)}`)
  if (value < int64Min || value > int64Max) return refuse('the bigint does not fit into 64 bits')
  return value
}

/** A floating-point number; `nonFinite` tells whether the database has NaN and the infinities. */
export const checkedReal = (value: unknown, nonFinite: 'none' | 'infinity' | 'all'): number => {
  if (typeof value !== 'number') return refuse(`expected a number, got ${describe(value)}`)
  if (Number.isFinite(value) || nonFinite === 'all') return value
  return nonFinite === 'infinity' && !Number.isNaN(value) ? value : refuse(`this database cannot store ${value}`)
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/

/** A decimal number as text; with `bounds`, one that the column holds without rounding. */
export const checkedNumeric = (
  value: unknown,
  nonFinite: 'none' | 'infinity' | 'all',
  bounds?: { readonly precision?: number; readonly scale?: number },
): string => {
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value
  if (typeof text !== 'string') return refuse(`expected a decimal number as text, got ${describe(value)}`)
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') {
    return nonFinite === 'all' ? text : refuse(`this database cannot store ${text} as a decimal number`)
  }
  const match = decimal.exec(text)
  if (match === null || ((match[2] ?? '') === '' && (match[3] ?? '') === '')) return refuse('expected a decimal number such as 12.50')
  if (bounds?.precision !== undefined) {
    const exponent = Number(match[4] ?? 0)
    const scale = bounds.scale ?? 0
    const digits = `${match[2] ?? ''}${match[3] ?? ''}`
    const point = (match[2] ?? '').length + exponent
    const last = digits.replace(/0+$/, '').length
    const first = digits.search(/[1-9]/)
    if (last - point > scale) return refuse(`the number has more than ${scale} decimal places, the column would round it`)
    if (first >= 0 && point - first > bounds.precision - scale) return refuse(`the number has more than ${bounds.precision - scale} digits before the point`)
  }
  return text
}

/** One text for one decimal number: no exponent, no sign or zero too many, as many decimal places as the column has. */
export const canonicalDecimal = (text: string, scale: number | undefined): string => {
  const match = decimal.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const before = (point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0')).replace(/^0+(?=\d)/, '')
  const after = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point)
  const places = scale === undefined ? (shift === 0 ? after : after.replace(/0+$/, '')) : after.length <= scale ? after.padEnd(scale, '0') : after.replace(/0+$/, '').padEnd(scale, '0')
  const plain = `${before === '' ? '0' : before}${places === '' ? '' : `.${places}`}`
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain
}

/** The decimal text of what a driver delivered for a numeric column, at the column's scale if it has one. */
export const numericText = (value: unknown, scale: number | undefined): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return scale === undefined || scale === 0 ? String(value) : `${value}.${'0'.repeat(scale)}`
  if (typeof value !== 'number') return refuse(`expected a decimal number from the database, got ${describe(value)}`)
  if (scale !== undefined && Math.abs(value) < 1e21) return value.toFixed(scale)
  return canonicalDecimal(String(value), undefined)
}
