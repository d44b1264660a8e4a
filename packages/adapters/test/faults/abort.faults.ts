// Statements are aborted at random moments: the server stops them, and the connection is used on or ended.

import { describe, expect, test } from 'vitest'
import type { DriverError, Query } from '@relata/sql/driver'
import { pause, seedOfToday, seeded, subjects, watchProcess } from './subjects.js'

const aborts = 1000
const workers = 4

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${aborts} aborts`, async () => {
    const schema = `abort_${subject.name}`
    const random = seeded(seedOfToday)
    const watch = watchProcess()
    const driver = await (await subject.open(schema, { max: workers })).connect()
    const view = await subject.view(schema)
    const kinds = new Map<string, number>()
    const count = (kind: string): void => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    let done = 0
    let broken = 0
    let slowest = 0
    let wrong = 0

    const work = async (): Promise<void> => {
      while (done < aborts) {
        const n = done++
        const connection = await driver.acquire()
        const controller = new AbortController()
        const quick = random() < 0.5
        const query: Query = { sql: quick ? 'select 7' : subject.slow, params: [], kind: 'select', table: '', returns: [{ kind: 'integer' }] }
        const timer = setTimeout(() => controller.abort(), random() * (quick ? 2 : 30))
        const before = performance.now()
        await connection.execute(query, { signal: controller.signal }).then(
          () => count('answered'),
          (error: DriverError) => count(error.kind),
        )
        slowest = Math.max(slowest, performance.now() - before)
        clearTimeout(timer)
        if (connection.broken) broken++
        // The next statement is never the one that is stopped.
        else {
          const { rows } = await connection.execute({ ...query, sql: `select ${n}` })
          if (rows[0]?.[0] !== n) wrong++
        }
        await driver.release(connection)
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    await pause(500)
    const running = (await view.sessions()).filter((session) => session.running)
    console.info(`${subject.name}: seed ${seedOfToday}, ${done} aborts, ${JSON.stringify([...kinds])}, ${broken} connections ended, ${running.length} still running, slowest ${slowest.toFixed(0)} ms`)
    await driver.close()
    await view.close()
    watch.stop()
    expect(running).toEqual([])
    expect(wrong).toBe(0)
    expect([...kinds.keys()].every((kind) => kind === 'answered' || kind === 'cancelled')).toBe(true)
    expect(slowest).toBeLessThan(2500)
    expect(watch.count()).toBe(0)
  }, 120_000)
})
