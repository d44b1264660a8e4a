// What every adapter that speaks to PostgreSQL does; each runs it on its own database.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Connection, Driver, DriverError, ParameterType, Query } from '@relata/sql/driver'

export const raw = (sql: string, params: readonly unknown[] = [], types?: readonly (ParameterType | undefined)[]): Query => ({
  sql, params, kind: 'raw', table: '', ...(types === undefined ? {} : { types }),
})

export const errorOf = async (promise: Promise<unknown>): Promise<DriverError> =>
  promise.then(
    () => expect.unreachable('it was accepted'),
    (error: DriverError) => error,
  )

/** Registers the tests; `open` gives a driver whose statements see a schema of their own. */
export const behavesLikePostgresql = (open: () => Promise<Driver>): void => {
  let driver: Driver
  let connection: Connection
  const run = (sql: string, params: readonly unknown[] = [], types?: readonly (ParameterType | undefined)[]) => connection.execute(raw(sql, params, types))

  beforeAll(async () => {
    driver = await open()
    connection = await driver.acquire()
  })
  afterAll(() => driver.close())
  beforeEach(async () => {
    await connection.rollback()
    await run('drop table if exists posts, users')
    await run('create table users (id serial primary key, name text not null unique, age int constraint grown check (age > 0), unique (name, age))')
    await run('create table posts (id serial primary key, user_id int references users (id) deferrable initially deferred)')
  })

  test('rows are arrays, with the names of columns where types are not given', async () => {
    expect(await run('select 1::int8 as a, true as b, null as "__proto__"')).toEqual({ rows: [[1, true, null]], columns: ['a', 'b', '__proto__'], matched: 0 })
  })

  test('a write tells how many rows it matched', async () => {
    expect((await run("insert into users (name) values ('ed'), ('wendy')")).matched).toBe(2)
    expect((await run("update users set name = name where name = 'ed'")).matched).toBe(1)
    expect((await connection.execute({ sql: 'delete from users returning id', params: [], kind: 'delete', table: 'users', returns: [{ kind: 'integer' }] })).rows).toHaveLength(2)
  })

  test.each([
    ['unique', "insert into users (name) values ('ed')", { table: 'users', columns: ['name'], constraint: 'users_name_key', code: '23505' }],
    ['not null', 'insert into users (name) values (null)', { table: 'users', columns: ['name'] }],
    ['check', "insert into users (name, age) values ('x', -1)", { constraint: 'grown', table: 'users' }],
    ['syntax', 'selec 1', { code: '42601' }],
    ['syntax', 'select * from nowhere', { code: '42P01' }],
    ['syntax', 'select 1; select 2', {}],
    ['value', "select 'x'::int", {}],
  ] as const)('%s: %s', async (kind, sql, about) => {
    await run("insert into users (name) values ('ed')")
    expect(await errorOf(run(sql))).toMatchObject({ _tag: 'DriverError', kind, sql, ...about })
  })

  test('a deferred constraint fails the commit, and the connection goes on', async () => {
    await connection.begin()
    await run('insert into posts (user_id) values (99)')
    expect(await errorOf(connection.commit())).toMatchObject({ kind: 'foreign key', table: 'posts', columns: ['user_id'] })
    expect((await run('select count(*) from posts')).rows).toEqual([[0]])
  })

  test('a commit after an error is no success', async () => {
    await connection.begin()
    await run("insert into users (name) values ('ed')")
    await errorOf(run('selec'))
    expect((await errorOf(connection.commit())).code).toBe('25P02')
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  test('savepoints', async () => {
    await connection.begin({ isolation: 'serializable' })
    expect((await run('show transaction_isolation')).rows).toEqual([['serializable']])
    await run("insert into users (name) values ('ed')")
    await connection.savepoint('a "b"')
    await errorOf(run('selec'))
    await connection.rollbackToSavepoint('a "b"')
    await connection.releaseSavepoint('a "b"')
    await connection.commit()
    expect((await run('select name from users')).rows).toEqual([['ed']])
  })

  test('an isolation is one of the levels there are, and nothing else is sent', async () => {
    expect(await errorOf(connection.begin({ isolation: 'serializable; drop table users' as never }))).toMatchObject({ kind: 'syntax', message: expect.stringContaining('no isolation level') as string })
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  test('a read-only transaction refuses writes', async () => {
    await connection.begin({ readOnly: true })
    expect((await errorOf(run("insert into users (name) values ('ed')"))).kind).toBe('read only')
    await connection.rollback()
  })

  test('a stream gives batches, in a transaction or not, and breaking off leaves the connection clean', async () => {
    const seen: unknown[] = []
    for await (const rows of connection.stream!(raw('select generate_series(1, $1::int)', [3]), { batch: 2 })) seen.push(rows)
    expect(seen).toEqual([[[1], [2]], [[3]]])
    await connection.begin()
    for await (const _ of connection.stream!(raw('select generate_series(1, 9)'), { batch: 2 })) break
    expect((await run('select count(*) from pg_cursors where name like \'relata%\'')).rows).toEqual([[0]])
    await connection.rollback()
  })

  test('streams of different columns go on side by side', async () => {
    const columns = async (sql: string): Promise<unknown> => {
      const seen: unknown[] = []
      for await (const rows of connection.stream!(raw(sql), { batch: 1 })) seen.push(...rows)
      return seen
    }
    await connection.begin()
    const [numbers, texts] = await Promise.all([columns('select generate_series(1, 3)'), columns("select n::text, n = 2 from generate_series(1, 3) n")])
    await connection.commit()
    expect([numbers, texts, await columns('select true')]).toEqual([[[1], [2], [3]], [['1', false], ['2', true], ['3', false]], [[true]]])
  })

  test('a stream that fails leaves the connection clean', async () => {
    const read = async () => {
      for await (const _ of connection.stream!(raw('select 1 / (3 - n) from generate_series(1, 9) n'), { batch: 1 })) continue
    }
    expect((await errorOf(read())).kind).toBe('value')
    expect((await run('select 1')).rows).toEqual([[1]])
  })

  test('a pipeline answers in order, and an error is that of the first query that failed', async () => {
    expect((await connection.pipeline!([raw('select 1'), raw('select 2')])).map((result) => result.rows)).toEqual([[[1]], [[2]]])
    await connection.begin()
    expect((await errorOf(connection.pipeline!([raw('select 1'), raw('selec'), raw('select 2')]))).kind).toBe('syntax')
    await connection.rollback()
  })

  test('executeMany gives the rows matched by each set', async () => {
    await run("insert into users (name) values ('ed'), ('wendy')")
    const update: Query = { sql: 'update users set age = $1 where name = $2', params: [], kind: 'update', table: 'users' }
    expect(await connection.executeMany!(update, [[1, 'ed'], [2, 'nobody'], [3, 'wendy']])).toEqual([1, 0, 1])
  })

  test('a transaction begins after what was sent before it, however much is on its way', async () => {
    const before = Array.from({ length: 250 }, (_, n) => connection.execute(raw(`select ${n}`)))
    const begun = connection.begin()
    const inside = Array.from({ length: 250 }, (_, n) => connection.execute(raw('insert into users (name) values ($1)', [`u${n}`])))
    await Promise.all([...before, begun, ...inside])
    await connection.rollback()
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  test('an array that is read keeps null and the word apart', async () => {
    expect((await run("select array['NULL', null, '']::text[]::text")).rows).toEqual([['{"NULL",NULL,""}']])
    expect((await run("select array['NULL', null]::text[]")).rows).toEqual([['{"NULL",NULL}']])
  })

  test('a list is one parameter, whatever its texts say', async () => {
    const hostile = ['NULL', 'null', '', ' ', 'a,b', '{}', '"', '\\', '\\"', "'", '{"a"}', 'ü🎉', '\n\t', '(1)', '$1', '--']
    const result = await run('select x from unnest($1::text[]) with ordinality as t (x, n) order by n', [[...hostile, null]], [{ kind: 'array', of: { kind: 'text' } }])
    expect(result.rows.map(([text]) => text)).toEqual([...hostile, null])
    expect((await run('select 5 = any ($1::int[]) as yes, cardinality($2::int[]) as none', [[4, 5], []])).rows).toEqual([[true, 0]])
    expect((await run('select * from unnest($1::jsonb[])', [[{ a: '"\\' }, [1], null]], [{ kind: 'array', of: { kind: 'json' } }])).rows).toEqual([[{ a: '"\\' }], [[1]], [null]])
  })

  test('values cross a moment with its zone and its milliseconds, not in the zone of this process', async () => {
    const moment = new Date('2026-03-29T02:30:00.123Z')
    const types = [true, false].map((withTimeZone) => ({ kind: 'timestamp', withTimeZone }) as const)
    const result = await connection.execute({ ...raw('select $1::timestamptz, $2::timestamp, $2::timestamp::text', [moment, moment]), returns: [...types, { kind: 'text' }] })
    expect(result.rows[0]).toEqual([moment, moment, '2026-03-29 02:30:00.123'])
  })

  test('a connection given back inside a transaction is not handed on inside it', async () => {
    const mine = await openAnother()
    await mine.begin()
    await mine.execute(raw("insert into users (name) values ('left open')"))
    await driver.release(mine)
    expect((await errorOf(mine.execute(raw('select 1')))).kind).toBe('closed')
    connection = await driver.acquire()
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
    await run('begin')
    await run("insert into users (name) values ('by hand')")
    await driver.release(connection)
    connection = await driver.acquire()
    expect((await run('select count(*) from users')).rows).toEqual([[0]])
  })

  const openAnother = async (): Promise<Connection> => {
    await driver.release(connection)
    return driver.acquire()
  }
}
