// SQLite: rows, writes, errors by kind, transactions, and lending the one connection.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection, Driver, DriverError, Query } from '@relata/sql/driver'
import { sqlite, sqliteAnswers } from '../servers/sqlite.js'

let driver: Driver
let connection: Connection

const raw = (sql: string, params: readonly unknown[] = []): Query => ({ sql, params, kind: 'raw', table: '' })
const run = (sql: string, params: readonly unknown[] = []) => connection.execute(raw(sql, params))
const errorOf = async (promise: Promise<unknown>): Promise<DriverError> =>
  promise.then(
    () => expect.unreachable('it was accepted'),
    (error: DriverError) => error,
  )

describe.skipIf(!sqliteAnswers)('sqlite', () => {
  beforeEach(async () => {
    driver = await sqlite().connect()
    connection = await driver.acquire()
    await run('create table users (id integer primary key, name text not null unique, age integer check (age > 0))')
    await run('create table posts (id integer primary key, user_id integer references users (id), title text)')
  })
  afterEach(() => driver.close())

  test('rows are arrays in the order of the columns, with their names where types are not given', async () => {
    await run("insert into users (name, age) values ('ed', 7), ('wendy', 8)")
    expect(await run('select name, age from users order by id')).toEqual({ rows: [['ed', 7], ['wendy', 8]], columns: ['name', 'age'], matched: 0 })
  })

  test('a write tells how many rows it matched and the last key made', async () => {
    const insert: Query = { sql: 'insert into users (name) values (?), (?)', params: ['ed', 'wendy'], kind: 'insert', table: 'users' }
    expect(await connection.execute(insert)).toEqual({ rows: [], matched: 2, insertId: 2 })
    expect((await run('update users set age = 3')).matched).toBe(2)
    expect((await run('delete from users where id = 9')).matched).toBe(0)
  })

  test('returning gives rows and their number', async () => {
    const result = await connection.execute({ sql: 'insert into users (name) values (?) returning id', params: ['ed'], kind: 'insert', table: 'users', returns: [{ kind: 'integer' }] })
    expect(result).toEqual({ rows: [[1]], matched: 1 })
  })

  test('executeMany gives the rows matched by each set', async () => {
    await run("insert into users (name) values ('ed'), ('wendy')")
    const update: Query = { sql: 'update users set age = ? where name = ?', params: [], kind: 'update', table: 'users' }
    expect(await connection.executeMany?.(update, [[1, 'ed'], [2, 'nobody'], [3, 'wendy']])).toEqual([1, 0, 1])
  })

  test.each([
    ['unique', "insert into users (name) values ('ed')", { table: 'users', columns: ['name'], code: 'SQLITE_CONSTRAINT_UNIQUE' }],
    ['unique', "insert into users (id, name) values (1, 'x')", { table: 'users', columns: ['id'], code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }],
    ['not null', 'insert into users (name) values (null)', { table: 'users', columns: ['name'] }],
    ['check', "insert into users (name, age) values ('x', -1)", { constraint: 'age > 0' }],
    ['foreign key', 'insert into posts (user_id) values (99)', { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' }],
    ['syntax', 'selec 1', { code: 'SQLITE_ERROR' }],
    ['syntax', 'select 1; select 2', {}],
    ['value', 'select ?', {}],
  ] as const)('%s: %s', async (kind, sql, about) => {
    await run("insert into users (name) values ('ed')")
    expect(await errorOf(run(sql))).toMatchObject({ _tag: 'DriverError', kind, sql, ...about })
  })

  test('an integer is bound as one, whatever the place in which it stands', async () => {
    const types = [{ kind: 'integer' }] as const
    expect((await connection.execute({ ...raw('select typeof(?)', [1]), types })).rows).toEqual([['integer']])
    expect((await connection.execute({ ...raw('select 7 / ?', [2]), types })).rows).toEqual([[3]])
  })

  test('nothing is written while a stream is open, and all afterwards', async () => {
    await run("insert into users (name) values ('a'), ('b')")
    const kinds: string[] = []
    for await (const _ of connection.stream!(raw('select name from users'), { batch: 1 })) kinds.push((await errorOf(run("insert into users (name) values ('c')"))).kind)
    expect(kinds).toEqual(['other', 'other'])
    expect((await run("insert into users (name) values ('c')")).matched).toBe(1)
  })

  test('undefined is refused', async () => {
    expect(await errorOf(run('select ?', [undefined]))).toMatchObject({ kind: 'value', message: 'parameter 1: undefined is no value: use null' })
  })

  test('a transaction is rolled back, to a savepoint or wholly', async () => {
    const count = async () => (await run('select count(*) from users')).rows[0]?.[0]
    await connection.begin()
    await run("insert into users (name) values ('ed')")
    await connection.savepoint('a "b"')
    await run("insert into users (name) values ('wendy')")
    await connection.rollbackToSavepoint('a "b"')
    await connection.releaseSavepoint('a "b"')
    expect(await count()).toBe(1)
    await connection.rollback()
    expect(await count()).toBe(0)
  })

  test('after SQLite has rolled back by itself nothing is accepted but a rollback', async () => {
    await connection.begin()
    await run("insert into users (name) values ('ed')")
    expect((await errorOf(run("insert or rollback into users (name) values ('ed')"))).kind).toBe('unique')
    expect((await errorOf(run("insert into users (name) values ('outside')"))).kind).toBe('other')
    expect((await errorOf(connection.commit())).kind).toBe('other')
    await connection.rollback()
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  test('a read-only transaction refuses writes, and the next may write', async () => {
    await connection.begin({ readOnly: true })
    expect((await errorOf(run("insert into users (name) values ('ed')"))).kind).toBe('read only')
    await connection.rollback()
    expect((await run("insert into users (name) values ('ed')")).matched).toBe(1)
  })

  test('a stream gives batches, and breaking off leaves the connection usable', async () => {
    await run("insert into users (name) values ('a'), ('b'), ('c')")
    const seen: unknown[] = []
    for await (const rows of connection.stream!(raw('select name from users order by id'), { batch: 2 })) seen.push(rows)
    expect(seen).toEqual([[['a'], ['b']], [['c']]])
    for await (const _ of connection.stream!(raw('select name from users'), { batch: 1 })) break
    expect((await run("delete from users where name = 'a'")).matched).toBe(1)
  })

  test('a statement that need not be sent any more is not sent', async () => {
    const controller = new AbortController()
    controller.abort()
    expect((await errorOf(connection.execute(raw("insert into users (name) values ('ed')"), { signal: controller.signal }))).kind).toBe('cancelled')
    expect((await errorOf(connection.execute(raw("insert into users (name) values ('ed')"), { deadline: 1 }))).kind).toBe('timeout')
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  test('columns that changed are seen by statements that were prepared before', async () => {
    await run('select * from posts')
    await connection.execute({ sql: 'alter table posts add column body text', params: [], kind: 'ddl', table: 'posts' })
    expect((await run('select * from posts')).columns).toEqual(['id', 'user_id', 'title', 'body'])
  })

  test('borrowers take turns, however long the one before them does nothing', async () => {
    const order: string[] = []
    const second = driver.acquire().then(async (other) => {
      order.push('second')
      await driver.release(other)
    })
    await connection.begin()
    await new Promise((resolve) => setTimeout(resolve, 300))
    order.push('first')
    await driver.release(connection)
    await second
    expect(order).toEqual(['first', 'second'])
  })

  test('who waits is told when it took too long', async () => {
    const slow = await sqlite({ acquireTimeout: 30 }).connect()
    await slow.acquire()
    expect((await errorOf(slow.acquire())).kind).toBe('timeout')
    await slow.close()
  })

  test('a connection given back inside a transaction is rolled back, and refuses its old owner', async () => {
    await connection.begin()
    await run("insert into users (name) values ('ed')")
    await driver.release(connection)
    expect((await errorOf(run('select 1'))).kind).toBe('closed')
    const next = await driver.acquire()
    expect((await next.execute(raw('select count(*) from users'))).rows).toEqual([[0]])
  })

  test('waiting ends with the signal or the deadline of who waits', async () => {
    const controller = new AbortController()
    const cancelled = errorOf(driver.acquire({ signal: controller.signal }))
    const late = errorOf(driver.acquire({ deadline: Date.now() + 20 }))
    controller.abort()
    expect((await cancelled).kind).toBe('cancelled')
    expect((await late).kind).toBe('timeout')
  })

  test('a closed driver refuses', async () => {
    await driver.close()
    expect((await errorOf(driver.acquire())).kind).toBe('closed')
    expect((await errorOf(run('select 1'))).kind).toBe('closed')
  })
})
