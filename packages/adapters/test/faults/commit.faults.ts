// Connections are cut around COMMIT, whose outcome is then not known: never called committed, never called rolled back.

import { describe, expect, test } from 'vitest'
import type { DriverError, Query } from '@relata/sql/driver'
import { faultProxy } from './fault-proxy.js'
import type { Cut } from './fault-proxy.js'
import { subjects, watchProcess } from './subjects.js'

const cuts = 250

describe.each(subjects)('$name', (subject) => {
  const rows: readonly (readonly [Cut, boolean])[] = [['before the server hears', false], ['before the answer is heard', true]]
  test.skipIf(subject.skip).each(rows)(`${cuts} commits cut %s`, async (cut, stays) => {
    const schema = `commit_${subject.name}`
    const watch = watchProcess()
    const proxy = await faultProxy(subject.url)
    const driver = await (await subject.open(schema, { max: 2 }, proxy.url)).connect()
    const of = (sql: string, params: readonly unknown[], kind: Query['kind']): Query => ({ sql, params, kind, table: 'ledger', types: params.map(() => ({ kind: 'integer' })), ...(kind === 'select' ? { returns: [{ kind: 'integer' }] } : {}) })
    const using = async <A>(query: Query, use: (rows: readonly (readonly unknown[])[]) => A): Promise<A> => {
      const connection = await driver.acquire()
      try {
        return use((await connection.execute(query)).rows)
      } finally {
        await driver.release(connection)
      }
    }
    await using(of('create table ledger (id int primary key)', [], 'ddl'), () => undefined)
    const kinds = new Map<string, number>()
    let slowest = 0
    for (let id = 0; id < cuts; id++) {
      const connection = await driver.acquire()
      await connection.begin()
      await connection.execute(of(`insert into ledger values (${subject.slot(1)})`, [id], 'insert'))
      proxy.cutNext(cut)
      const before = performance.now()
      const kind = await connection.commit().then(() => 'committed', (error: DriverError) => error.kind)
      slowest = Math.max(slowest, performance.now() - before)
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      expect(connection.broken).toBe(true)
      await driver.release(connection)
    }
    const stored = await using(of('select count(*) from ledger', [], 'select'), (found) => found[0]?.[0])
    console.info(`${subject.name}: ${cuts} commits cut ${cut}, ${JSON.stringify([...kinds])}, ${String(stored)} rows stored, slowest ${slowest.toFixed(0)} ms`)
    await driver.close()
    await proxy.close()
    watch.stop()
    expect([...kinds.keys()]).toEqual(['commit unknown'])
    expect(stored).toBe(stays ? cuts : 0)
    expect(slowest).toBeLessThan(1000)
    expect(watch.count()).toBe(0)
  }, 120_000)
})
