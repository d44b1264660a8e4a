// Values of every kind: the same value comes back, or an error comes before anything is stored.

import { bigint, boolean, bytes, column, date, enumeration, integer, json, numeric, real, table, text, timestamp, timestamptz, uuid, varchar } from '@relata/core'
import type { Column, DatabaseTypeKind } from '@relata/core'
import * as t from 'io-ts'
import { isDriverError } from '../driver/driver-error.js'
import type { BenchCheck } from './check.js'
import { expectEqual, expectError, expectTrue } from './check.js'

interface ValueCase { readonly kind: Exclude<DatabaseTypeKind, 'custom'> | 'timestamp with time zone'; readonly column: Column<unknown>; readonly values: readonly unknown[] }

const cases: readonly ValueCase[] = [
  { kind: 'integer', column: column(integer, { nullable: true }), values: [0, 1, -1, 2_147_483_647, -2_147_483_648] },
  { kind: 'bigint', column: column(bigint, { nullable: true }), values: [0n, 1n, -1n, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n] },
  { kind: 'real', column: column(real, { nullable: true }), values: [0, 0.1, -1.5, 1e300, 5e-324, 9_007_199_254_740_991, Number.NaN, Infinity, -Infinity] },
  { kind: 'numeric', column: column(numeric(20, 5), { nullable: true }), values: ['0.00000', '12.50000', '-123456789012345.67891', '0.1', '1e400', 'x'] },
  { kind: 'text', column: column(text, { nullable: true }), values: ['', ' ', 'a', "it's", '"', '\\', "\\' or 1=1 -- ", "'; drop table relata_values; --", '%_', '$1 ? :a @b', 'NULL', '{a,b}', '\n\r\t', 'ä ß é', '日本', '🙂', 'a\0b', '\uD800', 'x'.repeat(100_000)] },
  { kind: 'varchar', column: column(varchar(10), { nullable: true }), values: ['', 'trailing  ', '0123456789', '01234567890'] },
  { kind: 'boolean', column: column(boolean, { nullable: true }), values: [true, false] },
  { kind: 'timestamp', column: column(timestamp, { nullable: true }), values: ['2026-11-22T17:09:04.123Z', '1970-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '2026-03-29T01:30:00.000Z', '9999-12-31T23:59:59.999Z', '1000-01-01T00:00:00.000Z'].map((text) => new Date(text)) },
  { kind: 'timestamp with time zone', column: column(timestamptz, { nullable: true }), values: ['2026-11-22T17:09:04.123Z', '1970-01-01T00:00:00.000Z', '2026-10-25T00:30:00.000Z'].map((text) => new Date(text)) },
  { kind: 'date', column: column(date, { nullable: true }), values: ['2026-11-22', '2024-02-29', '1000-01-01', '9999-12-31', '2023-02-29', 'yesterday'] },
  { kind: 'json', column: column(json(t.unknown), { nullable: true }), values: [{}, [], { a: [1, 'x', null, { b: false }] }, { ['__proto__']: { polluted: true } }, 'text', 0, false, [null, 'NULL'], { "it's": '\\"' }] },
  { kind: 'uuid', column: column(uuid, { nullable: true }), values: ['00000000-0000-0000-0000-000000000000', 'c56a4180-65aa-42ec-a945-5fd21dec0538'] },
  { kind: 'bytes', column: column(bytes, { nullable: true }), values: [new Uint8Array(0), Uint8Array.of(0, 1, 255), Uint8Array.from({ length: 100_000 }, (_, at) => at % 256)] },
  { kind: 'enumeration', column: column(enumeration('open', 'paid', "it's"), { nullable: true }), values: ['open', "it's", 'unknown'] },
]

const roundTrip = ({ kind, column: value, values }: ValueCase): BenchCheck => ({
  name: `values of kind ${kind} come back as they were, or are refused`,
  run: (on) => {
    // Each kind has a table of its own: statements prepared for one are none of another's.
    const name = `relata_values_${kind.replaceAll(' ', '_')}`
    const holder = table(name, { id: column(integer, { primaryKey: true, autoincrement: false }), value })
    const type = value.type.database
    const insert = on.compiled({
      _tag: 'insert', table: name, rows: 1, returning: [],
      columns: [{ name: 'id', type: { kind: 'integer' }, write: { _tag: 'value' } }, { name: 'value', type, write: { _tag: 'value' } }],
    })
    const find = on.compiled({
      _tag: 'select',
      select: {
        _tag: 'selectAst', ctes: [], distinct: false, groupBy: [], setOperations: [], orderBy: [],
        columns: [{ expr: { _tag: 'column', source: 'v', name: 'value', type }, name: 'value' }], from: [{ _tag: 'table', table: name, alias: 'v' }],
        where: { _tag: 'binary', operator: 'eq', left: { _tag: 'column', source: 'v', name: 'id', type: { kind: 'integer' } }, right: { _tag: 'slot', index: 0 } },
      },
    })
    return on.withTables([holder], () => on.connected(async (connection) => {
      const kept: { readonly id: number; readonly value: unknown }[] = []
      for (const [id, given] of [null, ...values].entries()) {
        const sent = connection.execute(insert.query([id, given]))
        const refusal = await sent.then(() => undefined, (error: unknown) => error)
        if (refusal === undefined) kept.push({ id, value: given })
        else expectTrue(isDriverError(refusal), 'a value is refused with something else than a DriverError')
      }
      expectEqual(kept.length > 1, true, 'some value is accepted')
      for (const { id, value: given } of kept) {
        const { rows } = await connection.execute(find.query([id]))
        const found = rows[0]?.[0]
        if (kind === 'numeric' && given !== null) expectEqual(Number(found), Number(given), 'the number that comes back')
        else expectEqual(found, given, 'what comes back')
      }
      // The same values many at a time, which some dialects send another way.
      const again = kept.map(({ id, value: given }) => [id + 1000, given])
      await connection.execute(insert.query(again.flat()))
      for (const [id, given] of again) {
        const found = (await connection.execute(find.query([id]))).rows[0]?.[0]
        if (kind === 'numeric' && given !== null) expectEqual(Number(found), Number(given), 'the number that comes back of many')
        else expectEqual(found, given, 'what comes back of many')
      }
    }))
  },
})

export const values: readonly BenchCheck[] = [
  ...cases.map(roundTrip),
  {
    name: 'undefined is refused or null, never something else',
    run: (on) => on.connected(async (connection) => {
      const asked = connection.execute({ sql: on.dialect.parameter.form === 'numbered' ? 'select $1::text' : 'select ?', params: [undefined], types: [{ kind: 'text' }], kind: 'select', table: '', returns: [{ kind: 'text' }] })
      const found = await asked.then(({ rows }) => rows, (error: unknown) => error)
      if (isDriverError(found)) await expectError(Promise.reject(found), 'undefined', 'value')
      else expectEqual(found, [[null]], 'undefined')
    }),
  },
  {
    name: 'a list of values finds what it names, and an empty one nothing',
    run: (on) => {
      const holder = table('relata_listed', { id: column(integer, { primaryKey: true, autoincrement: false }), name: column(text, { nullable: true }) })
      const find = (by: 'id' | 'name') => on.compiled({
        _tag: 'select',
        select: {
          _tag: 'selectAst', ctes: [], distinct: false, groupBy: [], setOperations: [],
          columns: [{ expr: { _tag: 'column', source: 'l', name: 'id', type: { kind: 'integer' } }, name: 'id' }], from: [{ _tag: 'table', table: 'relata_listed', alias: 'l' }],
          where: { _tag: 'in', negated: false, arg: { _tag: 'column', source: 'l', name: by, type: { kind: by === 'id' ? 'integer' : 'text' } }, items: [{ _tag: 'listSlot', index: 0, types: [undefined] }] },
          orderBy: [{ arg: { _tag: 'column', source: 'l', name: 'id' }, direction: 'asc' }],
        },
      })
      return on.withTables([holder], () => on.connected(async (connection) => {
        const insert = on.compiled({
          _tag: 'insert', table: 'relata_listed', rows: 1, returning: [],
          columns: [{ name: 'id', type: { kind: 'integer' }, write: { _tag: 'value' } }, { name: 'name', type: { kind: 'text' }, write: { _tag: 'value' } }],
        })
        await connection.execute(insert.query([1, 'NULL', 2, null, 3, '{a,"b"}', 4, "it's"]))
        expectEqual((await connection.execute(find('id').query([[3, 1, 9]]))).rows, [[1], [3]], 'found by number')
        expectEqual((await connection.execute(find('name').query([['NULL', '{a,"b"}', "it's"]]))).rows, [[1], [3], [4]], 'found by text')
        expectEqual((await connection.execute(find('name').query([[null]]))).rows, [], 'found by null')
        expectEqual((await connection.execute(find('id').query([[]]))).rows, [], 'found by an empty list')
      }))
    },
  },
]
