// The server crashes and comes back while units of work run: what was acknowledged is there once, and work goes on soon after the server.

import { describe, expect, onTestFinished, test } from 'vitest'
import type { Adapter, Driver, DriverError, Query } from '@relata/sql/driver'
import { mysql } from '../../src/mysql/index.js'
import { pg } from '../../src/pg/index.js'
import { postgres } from '../../src/postgres/index.js'
import type { OwnServer } from '../servers/own-server.js'
import { missing, ownMariadb, ownPgbouncer, ownPostgresql } from '../servers/recipes.js'
import { pause, watchProcess } from './subjects.js'

const restarts = 4
const workers = 8

interface Restarted {
  readonly name: string
  readonly missing: string | undefined
  /** The server that crashes, and the address that the driver is given. */
  readonly open: () => Promise<{ readonly server: OwnServer; readonly adapter: Adapter }>
  readonly slot: string
}

/** Gone when the test is over. */
const started = async (making: Promise<OwnServer>): Promise<OwnServer> => {
  const server = await making
  onTestFinished(() => server.close())
  await server.start()
  return server
}

const direct = (make: () => Promise<OwnServer>, adapter: (url: string) => Adapter): Restarted['open'] => async () => {
  const server = await started(make())
  return { server, adapter: adapter(server.url) }
}

const cases: readonly Restarted[] = [
  { name: 'postgres', missing: missing.postgresql, open: direct(ownPostgresql, (url) => postgres({ url, max: workers })), slot: '$1' },
  { name: 'pg', missing: missing.postgresql, open: direct(ownPostgresql, (url) => pg({ url, max: workers })), slot: '$1' },
  { name: 'mysql', missing: missing.mariadb, open: direct(ownMariadb, (url) => mysql({ url, max: workers })), slot: '?' },
  {
    name: 'postgres through PgBouncer',
    missing: missing.postgresql ?? missing.pgbouncer,
    open: async () => {
      const server = await started(ownPostgresql())
      const bouncer = await started(ownPgbouncer(server.url))
      return { server, adapter: postgres({ url: bouncer.url, max: workers, prepare: false }) }
    },
    slot: '$1',
  },
]

const unit = async (driver: Driver, insert: Query, id: number): Promise<'committed' | 'unknown' | 'not committed'> => {
  let connection
  try {
    connection = await driver.acquire({ deadline: Date.now() + 1000 })
    await connection.begin()
    await connection.execute({ ...insert, params: [id] })
    await connection.commit()
    return 'committed'
  } catch (error) {
    return (error as DriverError).kind === 'commit unknown' ? 'unknown' : 'not committed'
  } finally {
    if (connection !== undefined) await driver.release(connection)
  }
}

describe.each(cases)('$name', ({ name, missing: reason, open, slot }) => {
  test.skipIf(reason !== undefined)(`${restarts} restarts of the server${reason === undefined ? '' : `: ${reason}`}`, async () => {
    const watch = watchProcess()
    const { server, adapter } = await open()
    const driver = await adapter.connect()
    const setUp = await driver.acquire()
    await setUp.execute({ sql: 'create table ledger (id int primary key)', params: [], kind: 'ddl', table: 'ledger' })
    await driver.release(setUp)
    const insert: Query = { sql: `insert into ledger values (${slot})`, params: [], types: [{ kind: 'integer' }], kind: 'insert', table: 'ledger' }
    const acknowledged = new Set<number>()
    const counts = { units: 0, unknown: 0, failed: 0 }
    const clock = { stop: new AbortController(), lastCommit: 0 }

    const work = async (): Promise<void> => {
      while (!clock.stop.signal.aborted) {
        const id = ++counts.units
        const outcome = await unit(driver, insert, id)
        if (outcome === 'committed') {
          acknowledged.add(id)
          clock.lastCommit = performance.now()
        } else {
          counts[outcome === 'unknown' ? 'unknown' : 'failed']++
          await pause(20)
        }
        await pause(10)
      }
    }
    const all = Array.from({ length: workers }, work)
    const back: number[] = []
    for (let round = 0; round < restarts; round++) {
      await pause(500)
      await server.crash()
      await pause(200)
      await server.start()
      const up = performance.now()
      const isBack = (): boolean => clock.lastCommit >= up || performance.now() - up > 10_000
      while (!isBack()) await pause(5)
      back.push(performance.now() - up)
    }
    clock.stop.abort()
    await Promise.all(all)
    const check = await driver.acquire()
    const { rows } = await check.execute({ sql: 'select id from ledger', params: [], returns: [{ kind: 'integer' }], kind: 'select', table: 'ledger' })
    await driver.release(check)
    await driver.close()
    watch.stop()
    const stored = new Set(rows.map(([id]) => id))
    const lost = [...acknowledged].filter((id) => !stored.has(id))
    console.info(`${name}: ${restarts} restarts, ${counts.units} units, ${acknowledged.size} committed, ${counts.unknown} unknown, ${counts.failed} not committed, ${lost.length} acknowledged and lost, back ${back.map((milliseconds) => milliseconds.toFixed(0)).join(', ')} ms after the server`)
    expect(lost).toEqual([])
    expect(stored.size).toBeLessThanOrEqual(acknowledged.size + counts.unknown)
    expect(Math.max(...back)).toBeLessThan(2000)
    expect(watch.count()).toBe(0)
  }, 120_000)
})
