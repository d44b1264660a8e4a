// Hostile names and values in every place of every statement, run on SQLite: they come back as they were and nothing else happens.

import { column, inList, integer, literal, table, text as textColumn } from '@relata/core'
import { createAll, dialects, dropAll } from '@relata/sql'
import type { Statement } from '@relata/sql'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { binary, call, col, compiled, integer as ofInteger, isIn, list, select, selecting, slot, text as ofText } from './plan-nodes.js'

const names = [
  'a"b', '"', '""', '"."', "'", "''", 'a`b', '`', ';', '; drop table witness; --', '"; drop table witness; --', "'; drop table witness; --", '--', '/*', '*/', '\\', '\\"', '\n', '\t',
  'select', 'from', 'null', '*', '?', '??', '$1', ':a', '@a', '%', '[a]', '(', ')', ') or 1=1 --', '__proto__', 'constructor', 'given', 'given_rows', 'excluded', 'column1', 'nth', 'ä', '日本', '🙂', ' ', '0',
] as const

const hostileValues = [
  ...names, '', 'NULL', "\\' or 1=1 -- ", '" or ""="', "1' or '1'='1", '1; delete from witness', '${x}', '{{x}}', '%00', '\u202E', 'x'.repeat(10_000),
] as const

describe.each(names.map((name) => [name]))('everything named %j', (name) => {
  it('is created, written, read and dropped', () => {
    const database = new Database(':memory:')
    database.exec('create table witness (x); insert into witness values (1)')
    const other = `${name}2`
    const holder = table(name, { [name]: column(integer, { primaryKey: true }), [other]: column(textColumn, { unique: true, nullable: true }) }, { indexes: [{ name: `ix${name}`, columns: [name, other] }] })
    const created = createAll(dialects.sqlite, [holder])
    if (created._tag === 'Left') throw new Error(created.left.message)
    for (const { sql } of created.right) database.exec(sql)

    const run = (statement: Statement, ...values: readonly unknown[]): unknown => {
      const { sql, params } = compiled(dialects.sqlite, statement).query(values)
      const prepared = database.prepare(sql)
      return prepared.reader ? prepared.raw().all(params) : prepared.run(params).changes
    }
    const key = { name, type: ofInteger }
    const value = { name: other, type: ofText, write: { _tag: 'value' } } as const
    expect(run({ _tag: 'insert', table: name, rows: 1, columns: [value], returning: [key] }, name, null, other)).toEqual([[1], [2], [3]])
    expect(run({ _tag: 'insert', table: name, rows: 1, columns: [value], returning: [], onConflict: { columns: [other], update: [{ name: other, expr: col('excluded', other, ofText) }] } }, name)).toBe(1)
    expect(run({ _tag: 'updateRows', table: name, rows: 1, set: [value], key: [key], returning: [] }, 'x', 2, 'y', 3)).toBe(2)
    const [one, two] = [`${name}.`, `${name}?`]
    expect(run(selecting({
      ctes: [{ name: two, recursive: false, select: select({ from: [{ _tag: 'table', table: name, alias: one }], columns: [{ expr: col(one, name), name: two }] }) }],
      columns: [{ expr: col(one, other), name }, { expr: call('count'), name: other }],
      from: [{ _tag: 'join', kind: 'left', left: { _tag: 'table', table: name, alias: one }, right: { _tag: 'cte', name: two, alias: other }, on: binary('eq', col(one, name), col(other, two)) }],
      where: isIn(col(one, name), list(0, ofInteger)), groupBy: [col(one, other)], orderBy: [{ arg: col('', name), direction: 'asc' }],
    }), [1, 2, 3])).toEqual([name, 'x', 'y'].toSorted().map((found) => [found, 1]))
    expect(run({ _tag: 'updateWhere', table: name, alias: one, set: [{ name: other, expr: slot(1) }], where: binary('eq', col(one, name), slot(0)), returning: [key] }, 2, 'z')).toEqual([[2]])
    expect(run({ _tag: 'deleteRows', table: name, rows: 1, key: [key] }, 1, 2)).toBe(2)
    expect(run({ _tag: 'deleteWhere', table: name, alias: one, where: binary('eq', col(one, other), slot(0)), returning: [] }, 'y')).toBe(1)

    const drop = dropAll(dialects.sqlite, [holder])
    if (drop._tag === 'Left') throw new Error(drop.left.message)
    for (const { sql } of drop.right) database.exec(sql)
    expect(database.prepare('select name from sqlite_schema').pluck().all()).toEqual(['witness'])
    expect(database.prepare('select x from witness').pluck().all()).toEqual([1])
    database.close()
  })
})

describe('hostile values', () => {
  it.each(Object.values(dialects))('never enter the text, on $name', (dialect) => {
    const statements: readonly Statement[] = [
      { _tag: 'insert', table: 't', rows: 1, returning: [], columns: [{ name: 'v', type: ofText, write: { _tag: 'value' } }] },
      { _tag: 'updateRows', table: 't', rows: 1, returning: [], set: [{ name: 'v', type: ofText, write: { _tag: 'value' } }], key: [{ name: 'k', type: ofText }] },
      { _tag: 'deleteRows', table: 't', rows: 1, key: [{ name: 'k', type: ofText }] },
      selecting({ where: isIn(col('u', 'name', ofText), list(0, ofText)) }),
      selecting({ where: binary('like', col('u', 'name', ofText), slot(0)) }),
    ]
    for (const statement of statements) {
      const { query, width } = compiled(dialect, statement)
      const given = (value: string): readonly unknown[] => width === 0 ? [statement._tag === 'select' && statement.select.where?._tag === 'in' ? [value] : value] : Array.from({ length: width * 3 }, () => value)
      const [plain] = [query(given('plain')).sql]
      for (const value of hostileValues) expect(query(given(value)).sql).toBe(plain)
    }
  })

  it('in constants of a plan never enter the text', () => {
    for (const dialect of Object.values(dialects)) {
      const texts = hostileValues.map((value) => compiled(dialect, selecting({ where: binary('eq', col('u', 'name', ofText), { _tag: 'constant', value }) })).sql)
      expect(new Set(texts).size).toBe(1)
    }
  })

  it('in checks and enumerations are written as what they are', () => {
    const database = new Database(':memory:')
    const values = hostileValues.filter((value) => !value.includes('\0') && value.length < 1000)
    const holder = table('holder', { v: column(textColumn) }, { checks: (c) => [{ condition: inList(c.v, values.map((value) => literal(value)) as never) }] })
    const created = createAll(dialects.sqlite, [holder])
    if (created._tag === 'Left') throw new Error(created.left.message)
    for (const { sql } of created.right) database.exec(sql)
    const insert = database.prepare('insert into holder (v) values (?)')
    for (const value of values) insert.run(value)
    expect(() => insert.run('something else')).toThrow('CHECK')
    expect(database.prepare('select v from holder').pluck().all()).toEqual(values)
    database.close()
  })
})
