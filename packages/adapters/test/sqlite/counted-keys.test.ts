// Inserts whose keys follow each other are executed without RETURNING, and only those.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection, Driver, Query, Result } from '@relata/sql/driver'
import { sqlite, sqliteAnswers } from '../servers/sqlite.js'

let driver: Driver
let connection: Connection

const run = (sql: string): Promise<Result> => connection.execute({ sql, params: [], kind: 'raw', table: '' })

/** Two rows with and without RETURNING, as a compiled insert has them. */
const insert = (table = 'users', key = 'id'): Query => ({
  sql: `insert into ${table} (name) values (?), (?) returning ${key}`, params: ['a', 'b'], kind: 'insert', table, returns: [{ kind: 'integer' }],
  counted: { sql: `insert into ${table} (name) values (?), (?)`, key },
})

describe.skipIf(!sqliteAnswers)('sqlite', () => {
  beforeEach(async () => {
    driver = await sqlite().connect()
    connection = await driver.acquire()
  })
  afterEach(() => driver.close())

  test('the last key tells the others', async () => {
    await run('create table users (id integer primary key, name text)')
    await run("insert into users (id, name) values (-3, 'x'), (7, 'y')")
    expect(await connection.execute(insert())).toEqual({ rows: [], matched: 2, insertId: 9 })
    expect((await run('select id, name from users order by id')).rows).toEqual([[-3, 'x'], [7, 'y'], [8, 'a'], [9, 'b']])
  })

  test('the same where keys are never used again', async () => {
    await run('create table users (id integer primary key autoincrement, name text)')
    await run("insert into users (id, name) values (7, 'y')")
    await run('delete from users')
    expect(await connection.execute(insert())).toEqual({ rows: [], matched: 2, insertId: 9 })
  })

  test.each([
    ['a trigger may insert between the rows', ['create table users (id integer primary key, name text)', "create trigger more after insert on users when new.name <> 'more' begin insert into users (name) values ('more'); end"], [[1], [3]]],
    ['a trigger of the connection too', ['create table users (id integer primary key, name text)', "create temp trigger more after insert on users when new.name <> 'more' begin insert into users (name) values ('more'); end"], [[1], [3]]],
    ['a key that is no alias of the row id is not made at all', ['create table users (id int primary key, name text)'], [[null], [null]]],
    ['nor is one that is written backwards', ['create table users (id integer primary key desc, name text)'], [[null], [null]]],
    ['nor a column that is no key', ['create table users (id integer, name text)'], [[null], [null]]],
    ['a table of the connection may stand before another of its name', ['create table users (id integer primary key, name text)', 'create temp table users (id integer primary key, name text)'], [[1], [2]]],
    ['past the largest key gaps are looked for', ['create table users (id integer primary key, name text)', `insert into users (id, name) values (${2n ** 52n + 1n}, 'x')`], [[2 ** 52 + 2], [2 ** 52 + 3]]],
  ] as const)('%s: the rows are answered', async (_, schema, rows) => {
    for (const sql of schema) await run(sql)
    expect(await connection.execute(insert())).toEqual({ rows, matched: 2 })
  })

  test('a table without row ids makes no key', async () => {
    await run('create table users (id integer primary key, name text) without rowid')
    await expect(connection.execute(insert())).rejects.toMatchObject({ kind: 'not null' })
  })

  test('a trigger that comes later is seen', async () => {
    await run('create table users (id integer primary key, name text)')
    expect(await connection.execute(insert())).toMatchObject({ insertId: 2 })
    await run("create trigger more after insert on users when new.name <> 'more' begin insert into users (name) values ('more'); end")
    expect(await connection.execute(insert())).toMatchObject({ rows: [[3], [5]] })
    await run('drop trigger more')
    expect(await connection.execute(insert())).toMatchObject({ insertId: 8 })
  })

  test('names are quoted', async () => {
    await run('create table "a""b" ("k""y" integer primary key, name text)')
    const query: Query = { sql: 'insert into "a""b" (name) values (?), (?) returning "k""y"', params: ['a', 'b'], kind: 'insert', table: 'a"b', returns: [{ kind: 'integer' }], counted: { sql: 'insert into "a""b" (name) values (?), (?)', key: 'k"y' } }
    expect(await connection.execute(query)).toEqual({ rows: [], matched: 2, insertId: 2 })
  })
})
