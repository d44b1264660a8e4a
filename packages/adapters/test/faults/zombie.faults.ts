// Callbacks outlive their transaction and write on: each call is refused, and the transaction of the next borrower is not touched.

import { describe, expect, test } from 'vitest'
import type { Connection, DriverError, Query } from '@relata/sql/driver'
import { seedOfToday, seeded, subjects, watchProcess } from './subjects.js'

const zombies = 1000

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${zombies} zombies`, async () => {
    const schema = `zombie_${subject.name}`
    const random = seeded(seedOfToday)
    const watch = watchProcess()
    const driver = await (await subject.open(schema, { max: 2 })).connect()
    const view = await subject.view(schema)
    const run = (connection: Connection, sql: string, kind: Query['kind']) => connection.execute({ sql, params: [], kind, table: 'zombies', ...(kind === 'select' ? { returns: [{ kind: 'integer' }] } : {}) })
    const setUp = await driver.acquire()
    await run(setUp, 'create table zombies (id int)', 'ddl')
    await driver.release(setUp)
    const kinds = new Map<string, number>()
    let killed = 0
    for (let n = 0; n < zombies; n++) {
      const old = await driver.acquire()
      await old.begin()
      await run(old, 'insert into zombies values (1)', 'insert')
      if (random() < 0.1) {
        for (const { id, inTransaction } of await view.sessions()) if (inTransaction) await view.kill(id)
        killed++
      }
      await driver.release(old)
      const next = await driver.acquire()
      await next.begin()
      // Each of the things that a callback may still do.
      const late = [() => run(old, 'insert into zombies values (2)', 'insert'), () => old.commit(), () => old.begin(), () => old.savepoint('s'), () => old.rollback()][n % 5]!
      const outcome = await late().then(() => 'executed', (error: DriverError) => error.kind)
      kinds.set(outcome, (kinds.get(outcome) ?? 0) + 1)
      await next.rollback()
      await driver.release(next)
    }
    const check = await driver.acquire()
    const { rows } = await run(check, 'select count(*) from zombies', 'select')
    await driver.release(check)
    console.info(`${subject.name}: seed ${seedOfToday}, ${zombies} zombies of which ${killed} had lost their connection, ${JSON.stringify([...kinds])}, rows ${JSON.stringify(rows)}`)
    await driver.close()
    await view.close()
    watch.stop()
    expect([...kinds.keys()]).toEqual(['closed'])
    expect(rows).toEqual([[0]])
    expect(watch.count()).toBe(0)
  }, 120_000)
})
