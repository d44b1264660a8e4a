// What is written comes back the same, or is refused before it is sent: a value that is changed silently is a failure.

import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isDriverError } from '@relata/sql/driver'
import type { Connection, DatabaseType, Driver, Query, Result } from '@relata/sql/driver'
import { hostileValues } from './hostile-values.js'

/** The names of column types in a database. */
export type TypeNames = (type: DatabaseType) => string

/** Registers a test for each kind of column. `slots` are the first and second parameter. */
export const keepsValues = (open: () => Promise<Driver>, typeName: TypeNames, slots: readonly [string, string] = ['$1', '$2']): void => {
  let driver: Driver
  let connection: Connection
  beforeAll(async () => {
    driver = await open()
    connection = await driver.acquire()
  })
  afterAll(() => driver.close())

  test.each(hostileValues)('$type', async ({ type, values }) => {
    const table = `values_${type.kind}${type.kind === 'timestamp' && type.withTimeZone ? '_tz' : ''}`
    const ddl = (sql: string): Query => ({ sql, params: [], kind: 'ddl', table })
    await connection.execute(ddl(`drop table if exists ${table}`))
    await connection.execute(ddl(`create table ${table} (id int primary key, v ${typeName(type)})`))
    const insert: Query = { sql: `insert into ${table} (id, v) values (${slots[0]}, ${slots[1]})`, params: [], types: [{ kind: 'integer' }, type], kind: 'insert', table }
    const changed: unknown[] = []
    let kept = 0
    for (const [id, value] of values.entries()) {
      try {
        await connection.execute({ ...insert, params: [id, value] })
      } catch (error) {
        if (isDriverError(error) && error.kind === 'value') continue
        changed.push([shown(value), isDriverError(error) ? [error.kind, error.message.slice(0, 200), error.code] : error])
        continue
      }
      kept++
      const { rows } = await connection.execute({ sql: `select v from ${table} where id = ${slots[0]}`, params: [id], types: [{ kind: 'integer' }], returns: [type], kind: 'select', table })
      if (!same(value, rows[0]?.[0], type)) changed.push([shown(value), shown(rows[0]?.[0])])
    }
    expect(changed).toEqual([])
    expect(kept).toBeGreaterThan(values.length / 4)
  }, 120_000)

  keepsMicroseconds((query) => connection.execute(query), typeName)
}

/** Registers a test of moments that others wrote finer than a Date is: they are refused, or read as text; never cut off. */
const keepsMicroseconds = (execute: (query: Query) => Promise<Result>, typeName: TypeNames): void => {
  const type: DatabaseType = { kind: 'timestamp', withTimeZone: false }
  const written = ['2026-11-22 17:09:04.123456', '2026-11-22 17:09:04.123000', '1969-12-31 23:59:59.999999']

  test('microseconds that others wrote', async () => {
    const ddl = (sql: string): Query => ({ sql, params: [], kind: 'ddl', table: 'values_fine' })
    await execute(ddl('drop table if exists values_fine'))
    await execute(ddl(`create table values_fine (id int primary key, v ${typeName(type)})`))
    for (const [id, text] of written.entries()) await execute({ sql: `insert into values_fine values (${id}, '${text}')`, params: [], kind: 'insert', table: 'values_fine' })
    const read = (id: number, as: DatabaseType): Promise<unknown> =>
      execute({ sql: `select v from values_fine where id = ${id}`, params: [], kind: 'select', table: 'values_fine', returns: [as] }).then(({ rows }) => rows[0]?.[0], (error: unknown) => (isDriverError(error) ? error.kind : error))
    expect(await Promise.all(written.map((_, id) => read(id, type)))).toEqual(['value', new Date('2026-11-22T17:09:04.123Z'), 'value'])
    const texts = await Promise.all(written.map((_, id) => read(id, { kind: 'custom', name: 'timestamp(6)' })))
    expect(texts.map((text) => String(text).replace(/\.123$/, '.123000'))).toEqual(written)
  })
}

function same(sent: unknown, got: unknown, type: DatabaseType): boolean {
  switch (type.kind) {
    // What one number is in another type of the program, a driver may take; the sign of zero is not kept.
    case 'integer':
    case 'real':
      return typeof got === 'number' && typeof sent === 'bigint' ? Number(sent) === got : sent === got || (typeof sent === 'number' && Number.isNaN(sent) && Number.isNaN(got))
    case 'bigint':
      return sent === null ? got === null : typeof got === 'bigint' && (typeof sent === 'bigint' ? sent : BigInt(Number(sent))) === got
    case 'numeric':
      // One number has many texts.
      return sent === null ? got === null : typeof got === 'string' && decimalOf(typeof sent === 'string' ? sent : `${Number(sent)}`) === decimalOf(got)
    case 'bytes':
      return sent === got || (sent instanceof Uint8Array && got instanceof Uint8Array && Buffer.compare(sent, got) === 0)
    case 'uuid':
      return typeof sent === 'string' ? sent.toLowerCase() === got : sent === got
    case 'json':
      return isDeepStrictEqual(sent, got) || (Array.isArray(sent) && JSON.stringify(sent) === JSON.stringify(got))
    default:
      return isDeepStrictEqual(sent, got)
  }
}

// In hundredths, as the column has two places.
function decimalOf(text: string): bigint | string {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return text
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(`${whole}${fraction}` === '' ? '0' : `${whole}${fraction}`)
  const shift = Number(exponent) - fraction.length + 2
  const hundredths = shift >= 0 ? digits * 10n ** BigInt(shift) : digits % 10n ** BigInt(-shift) === 0n ? digits / 10n ** BigInt(-shift) : -1n
  return sign === '-' ? -hundredths : hundredths
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : value instanceof Date ? `Date ${value.getTime()}` : typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value)
  return `${typeof value} ${text}`.slice(0, 200)
}
