// What postgres does about lost connections, deadlines, signals and its pool.

import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Driver } from '@relata/sql/driver'
import { postgres } from '../../src/postgres/index.js'
import type { PostgresOptions } from '../../src/postgres/index.js'
import { errorOf, raw } from '../postgresql/behaviour.js'
import { freshSchema, killSessions, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'

const application = 'relata_survival'
let driver: Driver
const open = async (options: PostgresOptions = {}): Promise<Driver> => {
  driver = await postgres({ url: postgresqlUrl, session: { application_name: application, search_path: application }, ...options }).connect()
  return driver
}

describe.skipIf(!postgresqlAnswers)('postgres', () => {
  beforeAll(() => freshSchema(application))
  afterEach(() => driver.close())

  test('statements of a killed connection are rejected, it is not used again, and the next one works', async () => {
    await open({ max: 1 })
    const connection = await driver.acquire()
    await connection.begin()
    const running = [errorOf(connection.execute(raw('select pg_sleep(5)'))), errorOf(connection.execute(raw('select 1')))]
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await killSessions(application)).toBe(1)
    for (const error of await Promise.all(running)) expect(error.kind).toBe('connection lost')
    expect(connection.broken).toBe(true)
    expect((await errorOf(connection.execute(raw('select 1')))).kind).toBe('connection lost')
    expect((await errorOf(connection.commit())).kind).toBe('connection lost')
    await driver.release(connection)
    const next = await driver.acquire()
    expect((await next.execute(raw('select 1'))).rows).toEqual([[1]])
  })

  test('a connection that is lost during COMMIT leaves the outcome unknown, and says so', async () => {
    await open()
    const connection = await driver.acquire()
    await connection.execute(raw('create table slow (id int)'))
    await connection.execute(raw("create function nap() returns trigger language plpgsql as 'begin perform pg_sleep(5); return null; end'"))
    await connection.execute(raw('create constraint trigger naps after insert on slow deferrable initially deferred for each row execute function nap()'))
    await connection.begin()
    await connection.execute(raw('insert into slow values (1)'))
    const commit = errorOf(connection.commit())
    await new Promise((resolve) => setTimeout(resolve, 100))
    await killSessions(application)
    expect((await commit).kind).toBe('commit unknown')
  })

  test('a signal stops the statement on the server, and the connection goes on', async () => {
    await open()
    const connection = await driver.acquire()
    const controller = new AbortController()
    const before = performance.now()
    const error = errorOf(connection.execute(raw('select pg_sleep(5)'), { signal: controller.signal }))
    setTimeout(() => controller.abort(), 50)
    expect((await error).kind).toBe('cancelled')
    expect(performance.now() - before).toBeLessThan(1500)
    expect(connection.broken).toBe(false)
    expect((await connection.execute(raw('select 1'))).rows).toEqual([[1]])
  })

  test('a deadline stops the statement on the server, as a statement timeout does', async () => {
    await open({ statementTimeout: 60 })
    const connection = await driver.acquire()
    expect((await errorOf(connection.execute(raw('select pg_sleep(5)'), { deadline: Date.now() + 30 }))).kind).toBe('timeout')
    expect((await errorOf(connection.execute(raw('select pg_sleep(5)')))).kind).toBe('timeout')
    expect((await connection.execute(raw('select 1'))).rows).toEqual([[1]])
  })

  test('no more than max are lent; who waits is told when it takes too long, or stops waiting', async () => {
    await open({ max: 1, acquireTimeout: 100 })
    await driver.acquire()
    const controller = new AbortController()
    const cancelled = errorOf(driver.acquire({ signal: controller.signal }))
    controller.abort()
    expect((await cancelled).kind).toBe('cancelled')
    expect((await errorOf(driver.acquire({ deadline: Date.now() + 20 }))).kind).toBe('timeout')
    expect((await errorOf(driver.acquire())).kind).toBe('timeout')
  })

  test('a connection that died in the pool is replaced before it is lent', async () => {
    await open({ pingAfter: 0 })
    await driver.release(await driver.acquire())
    await killSessions(application)
    const connection = await driver.acquire()
    expect((await connection.execute(raw('select 1'))).rows).toEqual([[1]])
  })

  test('prepared statements are bounded: a connection that has its fill is replaced', async () => {
    await open({ max: 1, statements: 3 })
    const pid = async () => {
      const connection = await driver.acquire()
      for (let n = 0; n < 5; n++) await connection.execute(raw(`select ${n}`))
      const { rows } = await connection.execute(raw('select pg_backend_pid(), (select count(*) from pg_prepared_statements)'))
      await driver.release(connection)
      return rows[0]!
    }
    const [first, prepared] = await pid()
    expect(prepared).toBe(3)
    expect((await pid())[0]).not.toBe(first)
  })

  test('nothing prepared where that is not wanted', async () => {
    await open({ prepare: false })
    const connection = await driver.acquire()
    expect((await connection.execute(raw('select $1::int, (select count(*) from pg_prepared_statements)', [1]))).rows).toEqual([[1, 0]])
  })

  test('a server that is not there is a lost connection; a database that is not there is not', async () => {
    await open({ url: 'postgres://127.0.0.1:1/none', connectTimeout: 1000 })
    expect((await errorOf(driver.acquire())).kind).toBe('connection lost')
    await driver.close()
    await open({ database: 'no_such_database_here', url: postgresqlUrl.replace(/[^/]*$/, 'no_such_database_here') })
    expect(await errorOf(driver.acquire())).toMatchObject({ code: '3D000' })
  })

  test('closing ends connections that are lent, too', async () => {
    await open()
    const connection = await driver.acquire()
    const running = errorOf(connection.execute(raw('select pg_sleep(5)')))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await driver.close()
    expect(['cancelled', 'connection lost']).toContain((await running).kind)
    expect((await errorOf(driver.acquire())).kind).toBe('closed')
  })
})
