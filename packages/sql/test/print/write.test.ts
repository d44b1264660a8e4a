// Writes of rows and by condition in every dialect: text, order of values, how many rows a statement carries.

import type { DatabaseType } from '@relata/core'
import { dialects } from '@relata/sql'
import type { Dialect, InsertStatement, Statement, UpdateRowsStatement, WriteColumn } from '@relata/sql'
import { describe, expect, it } from 'vitest'
import { binary, col, compiled, constant, integer, isIn, refused, select, slot, text } from './plan-nodes.js'

const value = (name: string, type: DatabaseType = text): WriteColumn => ({ name, type, write: { _tag: 'value' } })
const insert = (parts: Partial<InsertStatement> = {}): InsertStatement => ({
  _tag: 'insert', table: 'users', columns: [value('name'), value('age', integer)], rows: 1, returning: [], ...parts,
})
const update = (parts: Partial<UpdateRowsStatement> = {}): UpdateRowsStatement => ({
  _tag: 'updateRows', table: 'users', set: [value('name')], key: [{ name: 'id', type: integer }], rows: 1, returning: [], ...parts,
})
const id = { name: 'id', type: integer }

/** Text and parameters of so many rows of values 0, 1, 2 … */
const of = (dialect: Dialect, statement: Statement, rows: number): readonly [string, readonly unknown[]] => {
  const { width, query } = compiled(dialect, statement)
  const { sql, params } = query(Array.from({ length: rows * width }, (_, at) => at), rows)
  return [sql, params]
}

describe('insert', () => {
  it('of one row', () => {
    expect(of(dialects.postgres, insert(), 1)).toEqual(['insert into "users" ("name", "age") values ($1, $2)', [0, 1]])
    expect(of(dialects.sqlite, insert(), 1)).toEqual(['insert into "users" ("name", "age") values (?, ?)', [0, 1]])
    expect(of(dialects.mysql, insert(), 1)).toEqual(['insert into `users` (`name`, `age`) values (?, ?)', [0, 1]])
  })

  it('of many rows as arrays in their order on postgres, one text for any number', () => {
    const [sql, params] = of(dialects.postgres, insert({ returning: [id] }), 2)
    expect(sql).toBe('insert into "users" ("name", "age") select "given"."column1", "given"."column2" from unnest($1::text[], $2::integer[]) with ordinality as "given" ("column1", "column2", "nth") order by "given"."nth" returning "id"')
    expect(params).toEqual([[0, 2], [1, 3]])
    expect(of(dialects.postgres, insert({ returning: [id] }), 500)[0]).toBe(sql)
  })

  it('of many rows that give one integer key, without RETURNING too where that costs much', () => {
    const counted = (dialect: Dialect, statement: Statement, rows: number) => compiled(dialect, statement).query(Array.from({ length: rows * 2 }, (_, at) => at), rows).counted
    const many = `insert into "users" ("name", "age") values ${Array.from({ length: 8 }, () => '(?, ?)').join(', ')}`
    expect(counted(dialects.sqlite, insert({ returning: [id] }), 8)).toEqual({ sql: many, key: 'id' })
    expect(counted(dialects.sqlite, insert({ returning: [id] }), 7)).toBe(undefined)
    expect(counted(dialects.sqlite, insert({ returning: [id, { name: 'nick', type: text }] }), 8)).toBe(undefined)
    expect(counted(dialects.sqlite, insert({ returning: [{ name: 'id', type: { kind: 'bigint' } }] }), 8)).toBe(undefined)
    expect(counted(dialects.sqlite, insert({ returning: [id], schema: 'other' }), 8)).toBe(undefined)
    expect(counted(dialects.sqlite, insert({ returning: [id], onConflict: { columns: ['id'], update: [] } }), 8)).toBe(undefined)
    expect(counted(dialects.postgres, insert({ returning: [id] }), 8)).toBe(undefined)
  })

  it('of many rows as VALUES elsewhere', () => {
    expect(of(dialects.sqlite, insert({ returning: [id] }), 2)).toEqual(['insert into "users" ("name", "age") values (?, ?), (?, ?) returning "id"', [0, 1, 2, 3]])
    expect(of(dialects.mariadb, insert({ returning: [id] }), 2)[0]).toBe('insert into `users` (`name`, `age`) values (?, ?), (?, ?) returning `id`')
  })

  it('of arrays among the values is written out', () => {
    expect(of(dialects.postgres, insert({ columns: [value('tags', { kind: 'custom', name: 'text[]' })] }), 2)[0]).toBe('insert into "users" ("tags") values ($1), ($2)')
  })

  it('leaves out columns that get their default', () => {
    expect(of(dialects.postgres, insert({ columns: [value('name'), { name: 'age', type: integer, write: { _tag: 'default' } }] }), 1)).toEqual(['insert into "users" ("name") values ($1)', [0]])
  })

  it('computes a column', () => {
    const columns: readonly WriteColumn[] = [value('name'), { name: 'age', type: integer, write: { _tag: 'expression', expr: binary('add', slot(0), constant(1)) } }]
    expect(compiled(dialects.sqlite, insert({ columns })).query(['a', 'b', 40])).toMatchObject({ sql: 'insert into "users" ("name", "age") values (?, (? + ?)), (?, (? + ?))', params: ['a', 40, 1, 'b', 40, 1] })
    expect(compiled(dialects.postgres, insert({ columns })).query(['a', 'b', 40])).toMatchObject({ params: [40, 1, ['a', 'b']] })
  })

  it('of rows that give nothing', () => {
    const nothing = insert({ columns: [], returning: [] })
    expect(of(dialects.postgres, nothing, 1)).toEqual(['insert into "users" default values', []])
    expect(of(dialects.postgres, nothing, 3)).toEqual(['insert into "users" select from generate_series(1, $1::integer)', [3]])
    expect(of(dialects.sqlite, nothing, 1)).toEqual(['insert into "users" default values', []])
    expect(of(dialects.mysql, nothing, 3)).toEqual(['insert into `users` () values (), (), ()', []])
    expect(compiled(dialects.sqlite, nothing).maxRows).toBe(1)
  })

  it('into a schema', () => {
    expect(of(dialects.postgres, insert({ schema: 'shop' }), 1)[0]).toBe('insert into "shop"."users" ("name", "age") values ($1, $2)')
  })

  it('carries as many rows as are fast and fit', () => {
    expect(compiled(dialects.sqlite, insert()).maxRows).toBe(100)
    expect(compiled({ ...dialects.sqlite, parameter: { ...dialects.sqlite.parameter, max: 7 } }, insert()).maxRows).toBe(3)
    expect(compiled(dialects.postgres, insert()).maxRows).toBe(10_000)
  })

  it('tells the types of its parameters and of what it returns', () => {
    expect(compiled(dialects.sqlite, insert({ returning: [id] })).query(['a', 1])).toMatchObject({ types: [text, integer], returns: [integer], kind: 'insert', table: 'users' })
    expect(compiled(dialects.postgres, insert()).query(['a', 1, 'b', 2]).types).toEqual([{ kind: 'array', of: text }, { kind: 'array', of: integer }])
  })

  it('refuses to return where nothing is returned', () => {
    expect(refused(dialects.mysql, insert({ returning: [id] }))).toMatchObject({ code: 'unsupported', detail: { construct: 'returning' } })
  })

  it('throws where no row is given', () => {
    expect(() => compiled(dialects.sqlite, insert()).query([])).toThrow('No rows')
  })
})

describe('upsert', () => {
  const onConflict = { columns: ['name'], update: [{ name: 'age', expr: binary('add', col('users', 'age'), col('excluded', 'age')) }] }

  it.each([
    ['postgres', 'insert into "users" ("name", "age") values ($1, $2) on conflict ("name") do update set "age" = "users"."age" + "excluded"."age"'],
    ['sqlite', 'insert into "users" ("name", "age") values (?, ?) on conflict ("name") do update set "age" = "users"."age" + "excluded"."age"'],
    ['mysql', 'insert into `users` (`name`, `age`) values (?, ?) as `excluded` on duplicate key update `age` = `users`.`age` + `excluded`.`age`'],
    ['mariadb', 'insert into `users` (`name`, `age`) values (?, ?) on duplicate key update `age` = `users`.`age` + values(`age`)'],
  ] as const)('updates on %s', (dialect, sql) => {
    expect(compiled(dialects[dialect], insert({ onConflict })).sql).toBe(sql)
  })

  it.each([
    ['postgres', 'on conflict ("name") do nothing'],
    ['sqlite', 'on conflict ("name") do nothing'],
    ['mysql', 'as `excluded` on duplicate key update `name` = `users`.`name`'],
    ['mariadb', 'on duplicate key update `name` = `users`.`name`'],
  ] as const)('leaves rows alone on %s', (dialect, ending) => {
    expect(compiled(dialects[dialect], insert({ onConflict: { columns: ['name'], update: [] } })).sql.endsWith(` ${ending}`)).toBe(true)
  })
})

describe('update of rows', () => {
  it('of one', () => {
    expect(of(dialects.postgres, update({ returning: [id] }), 1)).toEqual(['update "users" set "name" = $1 where "id" = $2 returning "id"', [0, 1]])
  })

  it('of many as arrays on postgres', () => {
    expect(of(dialects.postgres, update({ returning: [id] }), 2)).toEqual([
      'update "users" set "name" = "given"."column1" from unnest($1::text[], $2::integer[]) as "given" ("column1", "column2") where "users"."id" = "given"."column2" returning "users"."id"',
      [[0, 2], [1, 3]],
    ])
  })

  it('of many joined with VALUES on sqlite', () => {
    expect(of(dialects.sqlite, update(), 2)).toEqual([
      'update "users" set "name" = "given"."column1" from (values (?, ?), (?, ?)) as "given" where "users"."id" = "given"."column2"', [0, 1, 2, 3],
    ])
  })

  it('of many by cases on mysql', () => {
    expect(of(dialects.mysql, update(), 2)).toEqual(['update `users` set `name` = case `id` when ? then ? when ? then ? else `name` end where `id` in (?, ?)', [1, 0, 3, 2, 1, 3]])
  })

  it('compares keys null-safely where they may be null', () => {
    const key = [{ name: 'a', type: integer }, { name: 'b', type: integer, nullable: true }]
    expect(of(dialects.sqlite, update({ key }), 1)[0]).toBe('update "users" set "name" = ? where "a" = ? and "b" is ?')
    expect(of(dialects.postgres, update({ key }), 2)[0]).toContain('where "users"."a" = "given"."column2" and "users"."b" is not distinct from "given"."column3"')
    expect(of(dialects.mysql, update({ key }), 2)[0])
      .toBe('update `users` set `name` = case when `a` = ? and `b` <=> ? then ? when `a` = ? and `b` <=> ? then ? else `name` end where `a` = ? and `b` <=> ? or `a` = ? and `b` <=> ?')
  })

  it('counts versions up, and sets the key last where SET sees what it has set', () => {
    const version: WriteColumn = { name: 'version', type: integer, write: { _tag: 'expression', expr: binary('add', col('users', 'version'), constant(1)) } }
    const versioned = update({ set: [version, value('name')], key: [{ name: 'id', type: integer }, { name: 'version', type: integer }] })
    expect(of(dialects.sqlite, versioned, 1)).toEqual(['update "users" set "version" = "users"."version" + ?, "name" = ? where "id" = ? and "version" = ?', [1, 0, 1, 2]])
    expect(of(dialects.mysql, versioned, 1)[0]).toBe('update `users` set `name` = ?, `version` = `users`.`version` + ? where `id` = ? and `version` = ?')
    expect(compiled(dialects.mysql, versioned).maxRows).toBe(100)
  })

  it('goes row by row where two columns of the key change and SET sees what it has set', () => {
    const moved = update({ set: [value('a'), value('b')], key: [{ name: 'a', type: text }, { name: 'b', type: text }] })
    expect(compiled(dialects.mysql, moved).maxRows).toBe(1)
    expect(compiled(dialects.sqlite, moved).maxRows).toBe(100)
  })

  it('of a table that bears the name of the rows', () => {
    expect(of(dialects.sqlite, update({ table: 'given' }), 2)[0]).toContain('as "given_rows" where "given"."id" = "given_rows"."column2"')
  })

  it('is refused without columns or a key', () => {
    expect(refused(dialects.sqlite, update({ set: [] }))).toMatchObject({ code: 'malformed' })
    expect(refused(dialects.sqlite, update({ key: [] }))).toMatchObject({ code: 'malformed' })
  })

  it('to a default where there is one', () => {
    const set: readonly WriteColumn[] = [{ name: 'name', type: text, write: { _tag: 'default' } }]
    expect(of(dialects.postgres, update({ set }), 1)[0]).toBe('update "users" set "name" = default where "id" = $1')
    expect(refused(dialects.sqlite, update({ set }))).toMatchObject({ code: 'unsupported' })
  })
})

describe('delete of rows', () => {
  const remove = (...key: readonly { readonly name: string; readonly type: DatabaseType; readonly nullable?: boolean }[]): Statement => ({ _tag: 'deleteRows', table: 'users', key, rows: 1 })
  const a = { name: 'a', type: integer }
  const b = { name: 'b', type: integer }

  it.each([
    ['postgres', 'delete from "users" where "a" = any($1)', [[0, 1, 2]]],
    ['sqlite', 'delete from "users" where "a" in (?, ?, ?, ?)', [0, 1, 2, 2]],
    ['mysql', 'delete from `users` where `a` in (?, ?, ?, ?)', [0, 1, 2, 2]],
  ] as const)('by a key of one column on %s', (dialect, sql, params) => {
    expect(of(dialects[dialect], remove(a), 3)).toEqual([sql, params])
  })

  it.each([
    ['postgres', 'delete from "users" using unnest($1::integer[], $2::integer[]) as "given" ("column1", "column2") where "users"."a" = "given"."column1" and "users"."b" = "given"."column2"'],
    ['sqlite', 'delete from "users" where ("a", "b") in (values (?, ?), (?, ?))'],
    ['mysql', 'delete from `users` where (`a`, `b`) in ((?, ?), (?, ?))'],
  ] as const)('by a key of two columns on %s', (dialect, sql) => {
    expect(of(dialects[dialect], remove(a, b), 2)[0]).toBe(sql)
  })

  it('by a key that may be null', () => {
    expect(of(dialects.sqlite, remove({ ...a, nullable: true }), 2)[0]).toBe('delete from "users" where "a" is ? or "a" is ?')
  })

  it('of one row', () => {
    expect(of(dialects.postgres, remove(a, b), 1)).toEqual(['delete from "users" where "a" = $1 and "b" = $2', [0, 1]])
  })
})

describe('writes by condition', () => {
  it('update', () => {
    const statement: Statement = { _tag: 'updateWhere', table: 'users', alias: 'u', set: [{ name: 'age', expr: slot(1) }], where: binary('eq', col('u', 'id'), slot(0)), returning: [] }
    expect(compiled(dialects.postgres, statement).query([7, 40])).toMatchObject({ sql: 'update "users" as "u" set "age" = $1 where "u"."id" = $2', params: [40, 7], kind: 'update' })
  })

  it('delete', () => {
    const statement: Statement = { _tag: 'deleteWhere', table: 'users', alias: 'u', where: binary('eq', col('u', 'id'), slot(0)), returning: [] }
    expect(compiled(dialects.postgres, statement).sql).toBe('delete from "users" as "u" where "u"."id" = $1')
    expect(compiled(dialects.mysql, statement).sql).toBe('delete from `users` as `u` where `u`.`id` = ?')
    expect(compiled(dialects.mariadb, { ...statement, returning: [id] }).sql).toBe('delete from `users` where `users`.`id` = ? returning `id`')
  })

  it('delete where a source inside bears the name of the table', () => {
    const inside = select({ columns: [], from: [{ _tag: 'table', table: 'users', alias: 'users' }], where: binary('eq', col('users', 'parent'), col('u', 'id')) })
    const statement: Statement = { _tag: 'deleteWhere', table: 'users', alias: 'u', where: { _tag: 'exists', select: inside }, returning: [] }
    expect(compiled(dialects.mariadb, statement).sql).toBe('delete from `users` where exists (select 1 from `users` as `users_1` where `users_1`.`parent` = `users`.`id`)')
  })

  it('read a copy of the table where the table itself cannot be read', () => {
    const where = isIn(col('u', 'id'), { _tag: 'subquery', select: select({ from: [{ _tag: 'table', table: 'users', alias: 'x' }], columns: [{ expr: col('x', 'id'), name: 'id' }] }) })
    const statement: Statement = { _tag: 'deleteWhere', table: 'users', alias: 'u', where, returning: [] }
    expect(compiled(dialects.mysql, statement).sql).toBe('delete from `users` as `u` where `u`.`id` in (select distinct `apart`.`id` from (select `x`.`id` from `users` as `x`) as `apart`)')
    expect(compiled(dialects.sqlite, statement).sql).toBe('delete from "users" as "u" where "u"."id" in (select "x"."id" from "users" as "x")')
  })

  it('delete everything', () => {
    expect(compiled(dialects.sqlite, { _tag: 'deleteWhere', table: 'users', alias: 'users', returning: [] }).sql).toBe('delete from "users"')
  })
})
