// Nothing hangs: thousands of statements wait on one connection when it is killed, and every promise settles.

import { describe, expect, test } from 'vitest'
import type { Query } from '@relata/sql/driver'
import { subjects, watchProcess } from './subjects.js'

const statements = 5250

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${statements} statements in flight`, async () => {
    const schema = `settle_${subject.name}`
    const watch = watchProcess()
    const driver = await (await subject.open(schema, { max: 1 })).connect()
    const view = await subject.view(schema)
    const connection = await driver.acquire()
    const select = (sql: string): Query => ({ sql, params: [], kind: 'select', table: '' })
    await connection.execute(select('select 1'))
    const [session] = await view.sessions()
    const settled = { answered: 0, rejected: 0 }
    const all = [
      connection.execute(select(subject.slow)),
      ...Array.from({ length: statements - 1 }, (_, n) => connection.execute(select(`select ${n % 50}`))),
    ].map((each) => each.then(() => settled.answered++, () => settled.rejected++))
    await view.kill(session?.id ?? 0)
    const before = performance.now()
    await Promise.all(all)
    const milliseconds = performance.now() - before
    await driver.release(connection)
    const next = await driver.acquire()
    const { rows } = await next.execute({ ...select('select 1'), returns: [{ kind: 'integer' }] })
    await driver.release(next)
    console.info(`${subject.name}: ${statements} statements in flight when the connection was killed, ${settled.answered} answered, ${settled.rejected} rejected, all within ${milliseconds.toFixed(0)} ms`)
    await driver.close()
    await view.close()
    watch.stop()
    expect(settled.answered + settled.rejected).toBe(statements)
    expect(milliseconds).toBeLessThan(1000)
    expect(rows).toEqual([[1]])
    expect(watch.count()).toBe(0)
  }, 60_000)
})
