// PgBouncer in transaction mode: every transaction may meet another server, and no statement hangs or answers wrongly.

import { describe, expect, onTestFinished, test } from 'vitest'
import type { Adapter, DriverError, Query } from '@relata/sql/driver'
import { pg } from '../../src/pg/index.js'
import { postgres } from '../../src/postgres/index.js'
import { postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'
import { missing, ownPgbouncer } from '../servers/recipes.js'
import { watchProcess } from './subjects.js'

const queries = 3000
const workers = 12

const reason = postgresqlAnswers ? missing.pgbouncer : 'no PostgreSQL server answers'
const cases: readonly { readonly name: string; readonly adapter: (url: string) => Adapter }[] = [
  { name: 'postgres', adapter: (url) => postgres({ url, max: workers, prepare: false }) },
  { name: 'pg', adapter: (url) => pg({ url, max: workers, prepare: false }) },
]

describe.each(cases)('$name', ({ name, adapter }) => {
  test.skipIf(reason !== undefined)(`${queries} queries and transactions of ${workers} borrowers${reason === undefined ? '' : `: ${reason}`}`, async () => {
    const watch = watchProcess()
    const bouncer = await ownPgbouncer(postgresqlUrl)
    onTestFinished(() => bouncer.close())
    await bouncer.start()
    const driver = await adapter(bouncer.url).connect()
    const of = (sql: string, params: readonly unknown[]): Query => ({ sql, params, types: params.map(() => ({ kind: 'integer' })), kind: 'select', table: '', returns: [{ kind: 'integer' }] })
    const kinds = new Map<string, number>()
    let done = 0
    let wrong = 0
    let slowest = 0
    const work = async (): Promise<void> => {
      while (done < queries) {
        const n = done++
        const connection = await driver.acquire()
        const before = performance.now()
        try {
          if (n % 3 === 0) await connection.begin()
          // Many texts, so that one prepared elsewhere would be met.
          for (const add of [n % 40, n % 7]) {
            const { rows } = await connection.execute(of(`select $1::int + ${add}`, [n]))
            if (rows[0]?.[0] !== n + add) wrong++
          }
          if (n % 5 === 0) for await (const rows of connection.stream!(of('select * from generate_series(1, $1::int)', [100]), { batch: 30 })) if (rows.length > 30) wrong++
          if (n % 11 === 0) await connection.execute(of('select pg_sleep(5), 1', []), { deadline: Date.now() + 20 }).catch((error: DriverError) => kinds.set(error.kind, (kinds.get(error.kind) ?? 0) + 1))
          else if (n % 3 === 0) await connection.commit()
        } catch (error) {
          const { kind } = error as DriverError
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        } finally {
          slowest = Math.max(slowest, performance.now() - before)
          await driver.release(connection)
        }
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    console.info(`${name} through PgBouncer: ${done} borrowers, ${wrong} wrong answers, errors ${JSON.stringify([...kinds])}, slowest ${slowest.toFixed(0)} ms`)
    await driver.close()
    watch.stop()
    expect(wrong).toBe(0)
    expect([...kinds.keys()]).toEqual(['timeout'])
    expect(slowest).toBeLessThan(3000)
    expect(watch.count()).toBe(0)
  }, 120_000)
})
