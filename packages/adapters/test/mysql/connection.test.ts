// MySQL and MariaDB: rows, writes, errors by kind, transactions, streams, and what happens when the server does not cooperate.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection, Driver, Query } from '@relata/sql/driver'
import { mysql } from '../../src/mysql/index.js'
import { errorOf, raw } from '../postgresql/behaviour.js'
import { freshDatabase, killConnections, mysqlAnswers, urlOf } from '../servers/mysql.js'

const name = 'adapter_mysql'
let driver: Driver
let connection: Connection
const run = (sql: string, params: readonly unknown[] = []) => connection.execute(raw(sql, params))
const fresh = async (): Promise<Connection> => {
  await driver.release(connection)
  connection = await driver.acquire()
  return connection
}

describe.skipIf(!mysqlAnswers)('mysql', () => {
  beforeAll(async () => {
    driver = await mysql({ url: await freshDatabase(name), max: 4 }).connect()
    connection = await driver.acquire()
  })
  afterAll(() => driver.close())
  beforeEach(async () => {
    await fresh()
    await run('drop table if exists posts, users')
    await run('create table users (id int primary key auto_increment, name varchar(50) not null, age int, constraint grown check (age > 0), unique key names (name))')
    await run('create table posts (id int primary key auto_increment, user_id int, constraint author foreign key (user_id) references users (id))')
  })

  test('the dialect is that of the server', () => {
    expect(driver.dialect).toBe('mariadb')
    expect(driver.capabilities).toMatchObject({ returning: { insert: true, update: false, delete: true }, insertId: 'first', insertIdsConsecutive: true })
  })

  test('rows are arrays, with the names of columns where types are not given', async () => {
    expect(await run('select cast(1 as signed) as a, null as `__proto__`, 1.50 as c')).toEqual({ rows: [[1, null, '1.50']], columns: ['a', '__proto__', 'c'], matched: 0 })
  })

  test('a write tells how many rows it matched, changed or not, and the first key made', async () => {
    const insert: Query = { sql: 'insert into users (name) values (?), (?)', params: ['ed', 'wendy'], kind: 'insert', table: 'users' }
    expect(await connection.execute(insert)).toEqual({ rows: [], matched: 2, insertId: 1 })
    expect((await run('update users set name = name')).matched).toBe(2)
    expect((await run('delete from users where id = 99')).matched).toBe(0)
  })

  test('returning gives rows', async () => {
    const result = await connection.execute({ sql: 'insert into users (name) values (?), (?) returning id', params: ['ed', 'wendy'], kind: 'insert', table: 'users', returns: [{ kind: 'integer' }] })
    expect(result).toEqual({ rows: [[1], [2]], matched: 2 })
  })

  test('a key of 0 is kept', async () => {
    await run("insert into users (id, name) values (0, 'zero')")
    expect((await run('select id from users')).rows).toEqual([[0]])
  })

  test.each([
    ['unique', "insert into users (name) values ('ed')", { constraint: 'names', code: 'ER_DUP_ENTRY' }],
    ['not null', 'insert into users (name) values (null)', { columns: ['name'] }],
    ['not null', 'insert into users (age) values (1)', { columns: ['name'] }],
    ['check', "insert into users (name, age) values ('x', -1)", { constraint: 'grown', table: 'users' }],
    ['foreign key', 'insert into posts (user_id) values (99)', { constraint: 'author', table: 'posts', columns: ['user_id'] }],
    ['syntax', 'selec 1', {}],
    ['syntax', 'select * from nowhere', { code: 'ER_NO_SUCH_TABLE' }],
    ['syntax', 'select 1; select 2', {}],
    ['value', "insert into users (name, age) values ('x', 'y')", {}],
    ['value', "insert into users (name) values (repeat('x', 51))", {}],
    ['timeout', 'set statement max_statement_time = 0.05 for select sleep(5)', {}],
  ] as const)('%s: %s', async (kind, sql, about) => {
    await run("insert into users (name) values ('ed')")
    expect(await errorOf(run(sql))).toMatchObject({ _tag: 'DriverError', kind, sql, ...about })
  })

  test('savepoints, isolation, read only', async () => {
    await connection.begin({ isolation: 'serializable' })
    await run("insert into users (name) values ('ed')")
    await connection.savepoint('a `b`')
    await run("insert into users (name) values ('wendy')")
    await connection.rollbackToSavepoint('a `b`')
    await connection.releaseSavepoint('a `b`')
    await connection.commit()
    expect((await run('select name from users')).rows).toEqual([['ed']])
    await connection.begin({ readOnly: true })
    expect((await errorOf(run('delete from users'))).kind).toBe('read only')
    await connection.rollback()
  })

  test('an isolation is one of the levels there are, and nothing else is sent', async () => {
    expect(await errorOf(connection.begin({ isolation: 'serializable; drop table users' as never }))).toMatchObject({ kind: 'syntax', message: expect.stringContaining('no isolation level') as string })
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  test('a list or an object is no value of a statement: neither becomes several', async () => {
    for (const value of [[1, 2], [], { a: 1 }]) expect((await errorOf(run('select ?', [value]))).kind).toBe('value')
  })

  test('small numbers, bits and JSON come back as what they are said to be', async () => {
    const { rows } = await connection.execute({ ...raw("select cast(1 as signed), b'101' + 0, json_object('a', 1), true"), returns: [{ kind: 'integer' }, { kind: 'integer' }, { kind: 'json' }, { kind: 'boolean' }] })
    expect(rows).toEqual([[1, 5, { a: 1 }, true]])
  })

  test('what changes tables ends the transaction, and the connection says nothing else', async () => {
    await connection.begin()
    await run("insert into users (name) values ('ed')")
    await connection.execute({ ...raw('create table if not exists later (id int)'), kind: 'ddl' })
    await connection.rollback()
    await connection.execute({ ...raw('drop table later'), kind: 'ddl' })
    expect((await run('select name from users')).rows).toEqual([['ed']])
  })

  test('a hostile text stays a text, whatever the mode says about backslashes', async () => {
    const hostile = "\\' or 1=1 -- "
    await run("set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')")
    expect((await run('select ? as a', [hostile])).rows).toEqual([[hostile]])
    expect((await errorOf(run('select ?', [[1, 2]]))).kind).toBe('value')
    await run("set sql_mode = replace(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')")
  })

  test('numbers are numbers to the server: in LIMIT, in division, beyond 2^53', async () => {
    expect((await run('select 1 limit ?', [1])).rows).toEqual([[1]])
    expect((await run('select cast(9007199254740993 as signed) = ?', [9007199254740993n])).rows).toEqual([[1]])
    expect((await run('select cast(9007199254740993 as signed) = ?', [9007199254740992n])).rows).toEqual([[0]])
  })

  test('after a deadlock nothing is accepted but a rollback', async () => {
    await run("insert into users (name) values ('a'), ('b')")
    const other = await driver.acquire()
    await connection.begin()
    await other.begin()
    await run("update users set age = 1 where name = 'a'")
    await other.execute(raw("update users set age = 1 where name = 'b'"))
    const outcomes = await Promise.allSettled([run("update users set age = 1 where name = 'b'"), other.execute(raw("update users set age = 1 where name = 'a'"))])
    const [loser, winner] = outcomes[0]?.status === 'rejected' ? [connection, other] : [other, connection]
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: { kind: 'deadlock', code: 'ER_LOCK_DEADLOCK' } })
    expect((await errorOf(loser.execute(raw("insert into users (name) values ('outside')")))).kind).toBe('other')
    expect((await errorOf(loser.commit())).kind).toBe('other')
    await loser.rollback()
    await winner.commit()
    expect((await run("select count(*) from users where name = 'outside'")).rows).toEqual([[0]])
    await driver.release(other)
  })

  test('a stream gives batches; breaking off, also of an endless one, leaves the connection clean', async () => {
    const seen: unknown[] = []
    for await (const rows of connection.stream!(raw('select 1 union all select 2 union all select 3'), { batch: 2 })) seen.push(rows)
    expect(seen).toEqual([[[1], [2]], [[3]]])
    for await (const _ of connection.stream!(raw('select seq from seq_1_to_1000000000'), { batch: 10 })) break
    expect((await run('select 1')).rows).toEqual([[1]])
    const failing = async () => {
      for await (const _ of connection.stream!(raw('selec'), { batch: 1 })) continue
    }
    expect((await errorOf(failing())).kind).toBe('syntax')
    expect((await run('select 1')).rows).toEqual([[1]])
  }, 20_000)

  test('a signal and a deadline stop the statement, and the connection goes on', async () => {
    const controller = new AbortController()
    const cancelled = errorOf(connection.execute(raw("select sum(sha2(seq, 512) like '%z%') from seq_1_to_100000000"), { signal: controller.signal }))
    setTimeout(() => controller.abort(), 30)
    expect((await cancelled).kind).toBe('cancelled')
    expect((await errorOf(connection.execute(raw("select sum(sha2(seq, 512) like '%z%') from seq_1_to_100000000"), { deadline: Date.now() + 30 }))).kind).toBe('timeout')
    expect(connection.broken).toBe(false)
    expect((await run('select 1')).rows).toEqual([[1]])
  })

  test('a connection given back inside a transaction is not handed on inside it', async () => {
    await connection.begin()
    await run("insert into users (name) values ('left open')")
    const mine = connection
    await fresh()
    expect((await errorOf(mine.execute(raw('select 1')))).kind).toBe('closed')
    expect((await run('select @@in_transaction, (select count(*) from users)')).rows).toEqual([[0, 0]])
    await run('start transaction')
    await run("insert into users (name) values ('by hand')")
    await fresh()
    expect((await run('select @@in_transaction, (select count(*) from users)')).rows).toEqual([[0, 0]])
  })

  test('statements of a killed connection are rejected, it is not used again, and the next one works', async () => {
    await connection.begin()
    const running = [errorOf(run('select sleep(5)')), errorOf(run('select 1'))]
    await new Promise((resolve) => setTimeout(resolve, 50))
    await killConnections(name)
    for (const error of await Promise.all(running)) expect(error.kind).toBe('connection lost')
    expect(connection.broken).toBe(true)
    expect((await errorOf(connection.commit())).kind).toBe('connection lost')
    await fresh()
    expect((await run('select 1')).rows).toEqual([[1]])
  })

  test('a server that is not there is a lost connection, a wrong password is a permission', async () => {
    expect((await errorOf(mysql({ url: 'mysql://127.0.0.1:1/none', connectTimeout: 1000 }).connect())).kind).toBe('connection lost')
    expect((await errorOf(mysql({ url: urlOf('test'), user: 'nobody_here', password: 'x' }).connect())).kind).toBe('permission')
  })
})
