// What writes of rows do, in every form that SQLite can run: random rows, against a model in memory.

import { dialects } from '@relata/sql'
import type { Dialect, Statement } from '@relata/sql'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binary, col, compiled, constant, integer, text } from './plan-nodes.js'

const forms: readonly (readonly [string, Dialect])[] = [
  ['joined with VALUES, tuples by VALUES', dialects.sqlite],
  ['by CASE, tuples by OR', { ...dialects.sqlite, expression: { ...dialects.sqlite.expression, tupleIn: 'or' }, write: { ...dialects.sqlite.write, updateRows: 'case' } }],
  ['by CASE, keys set last', { ...dialects.sqlite, write: { ...dialects.sqlite.write, updateRows: 'case', assignsInOrder: true } }],
]

interface Row { readonly a: number; readonly b: number | null; readonly v: string | null; readonly n: number }

const key = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.option(fc.integer({ min: 0, max: 3 })))
const row = fc.record({ a: fc.integer({ min: 0, max: 3 }), b: fc.option(fc.integer({ min: 0, max: 3 })), v: fc.option(fc.string()), n: fc.integer({ min: 0, max: 9 }) })
const rows = fc.uniqueArray(row, { maxLength: 16, selector: ({ a, b }) => `${a} ${b}` })

const keyColumns = [{ name: 'a', type: integer }, { name: 'b', type: integer, nullable: true }] as const

describe.each(forms)('rows %s', (_, dialect) => {
  const database = new Database(':memory:')
  database.exec('create table t (a integer, b integer, v text, n integer)')

  const run = (statement: Statement, values: readonly unknown[]): number => {
    const { sql, params } = compiled(dialect, statement).query(values)
    return database.prepare(sql).run(params.map((param) => typeof param === 'number' ? BigInt(param) : param)).changes
  }
  const fill = (stored: readonly Row[]): void => {
    database.exec('delete from t')
    const insert: Statement = {
      _tag: 'insert', table: 't', rows: 1, returning: [],
      columns: (['a', 'b', 'v', 'n'] as const).map((name) => ({ name, type: name === 'v' ? text : integer, write: { _tag: 'value' } })),
    }
    if (stored.length > 0) expect(run(insert, stored.flatMap(({ a, b, v, n }) => [a, b, v, n]))).toBe(stored.length)
  }
  const read = (): unknown => database.prepare('select a, b, v, n from t order by a, b').all()
  const sorted = (all: readonly Row[]): readonly Row[] => all.toSorted((x, y) => x.a - y.a || (x.b ?? -1) - (y.b ?? -1))

  it('are updated each with its own values, those found are counted', () => {
    fc.assert(fc.property(rows, fc.uniqueArray(fc.tuple(key, fc.option(fc.string())), { minLength: 1, maxLength: 8, selector: ([k]) => k.join(' ') }), (stored, changes) => {
      fill(stored)
      const update: Statement = {
        _tag: 'updateRows', table: 't', rows: 1, returning: [], key: keyColumns,
        set: [{ name: 'v', type: text, write: { _tag: 'value' } }, { name: 'n', type: integer, write: { _tag: 'expression', expr: binary('add', col('t', 'n'), constant(1)) } }],
      }
      const change = (one: Row) => changes.find(([[a, b]]) => a === one.a && b === one.b)
      expect(run(update, changes.flatMap(([[a, b], v]) => [v, a, b]))).toBe(stored.filter((one) => change(one) !== undefined).length)
      expect(read()).toEqual(sorted(stored.map((one) => {
        const changed = change(one)
        return changed === undefined ? one : { ...one, v: changed[1], n: one.n + 1 }
      })))
    }), { numRuns: 300 })
  })

  it('get new keys while they are found by the old', () => {
    fc.assert(fc.property(rows, (stored) => {
      fc.pre(stored.length > 0)
      fill(stored)
      const move: Statement = { _tag: 'updateRows', table: 't', rows: 1, returning: [], key: keyColumns, set: [{ name: 'b', type: integer, write: { _tag: 'value' } }, { name: 'v', type: text, write: { _tag: 'value' } }] }
      expect(run(move, stored.flatMap(({ a, b, n }) => [b === null ? 100 : b + 10, `moved ${n}`, a, b]))).toBe(stored.length)
      expect(read()).toEqual(sorted(stored.map((one) => ({ ...one, b: one.b === null ? 100 : one.b + 10, v: `moved ${one.n}` }))))
    }), { numRuns: 200 })
  })

  it('are deleted by their keys, those found are counted', () => {
    fc.assert(fc.property(rows, fc.uniqueArray(key, { minLength: 1, maxLength: 9, selector: (k) => k.join(' ') }), fc.boolean(), (stored, gone, nullable) => {
      fill(stored)
      const remove: Statement = { _tag: 'deleteRows', table: 't', rows: 1, key: [{ name: 'a', type: integer }, { name: 'b', type: integer, nullable }] }
      const isGone = ({ a, b }: Row): boolean => (nullable || b !== null) && gone.some(([x, y]) => x === a && y === b)
      expect(run(remove, gone.flat())).toBe(stored.filter(isGone).length)
      expect(read()).toEqual(sorted(stored.filter((one) => !isGone(one))))
    }), { numRuns: 300 })
  })
})

describe('rows that are there already', () => {
  it('are updated from those refused', () => {
    const database = new Database(':memory:')
    database.exec('create table t (a integer primary key, n integer)')
    const upsert: Statement = {
      _tag: 'insert', table: 't', rows: 1, returning: [],
      columns: [{ name: 'a', type: integer, write: { _tag: 'value' } }, { name: 'n', type: integer, write: { _tag: 'value' } }],
      onConflict: { columns: ['a'], update: [{ name: 'n', expr: binary('add', col('t', 'n'), col('excluded', 'n')) }] },
    }
    for (const values of [[1, 10, 2, 20], [2, 1, 3, 30]]) {
      const { sql, params } = compiled(dialects.sqlite, upsert).query(values)
      database.prepare(sql).run(params)
    }
    expect(database.prepare('select a, n from t').raw().all()).toEqual([[1, 10], [2, 21], [3, 30]])
    database.close()
  })
})
