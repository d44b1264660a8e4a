// Connections are killed at random while units of work run: no outcome is reported wrongly, every promise settles, the process lives.

import { describe, expect, test } from 'vitest'
import type { Driver, DriverError, Query } from '@relata/sql/driver'
import { pause, seedOfToday, seeded, subjects, watchProcess } from './subjects.js'
import type { Subject } from './subjects.js'

const kills = 1000
const workers = 6

type Outcome = 'committed' | 'not committed' | 'unknown'

const unitOf = (subject: Subject) => {
  const insert: Query = { sql: `insert into ledger (id, worker) values (${subject.slot(1)}, ${subject.slot(2)})`, params: [], types: [{ kind: 'integer' }, { kind: 'integer' }], kind: 'insert', table: 'ledger' }
  const update: Query = { sql: `update ledger set steps = steps + 1 where id = ${subject.slot(1)}`, params: [], types: [{ kind: 'integer' }], kind: 'update', table: 'ledger' }
  return async (driver: Driver, id: number, worker: number): Promise<Outcome> => {
    let connection
    try {
      connection = await driver.acquire()
    } catch {
      return 'not committed'
    }
    try {
      await connection.begin()
      await connection.execute({ ...insert, params: [id, worker] })
      for (let step = 0; step < 3; step++) await connection.execute({ ...update, params: [id] })
      await connection.commit()
      return 'committed'
    } catch (error) {
      return (error as DriverError).kind === 'commit unknown' ? 'unknown' : 'not committed'
    } finally {
      await driver.release(connection)
    }
  }
}

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${kills} kills`, async () => {
    const schema = `kill_${subject.name}`
    const random = seeded(seedOfToday)
    const watch = watchProcess()
    const driver = await (await subject.open(schema, { max: workers })).connect()
    const setUp = await driver.acquire()
    await setUp.execute({ sql: 'create table ledger (id int primary key, worker int, steps int default 0)', params: [], kind: 'ddl', table: 'ledger' })
    await driver.release(setUp)
    const view = await subject.view(schema)
    const unit = unitOf(subject)
    const outcomes = new Map<number, Outcome>()
    const stop = new AbortController()
    let next = 0
    let slowest = 0

    const work = async (worker: number): Promise<void> => {
      while (!stop.signal.aborted) {
        const id = next++
        const before = performance.now()
        outcomes.set(id, await unit(driver, id, worker))
        slowest = Math.max(slowest, performance.now() - before)
      }
    }
    const all = Array.from({ length: workers }, (_, worker) => work(worker))
    let killed = 0
    let most = 0
    while (killed < kills) {
      await pause(random() * 12)
      const sessions = await view.sessions()
      most = Math.max(most, sessions.length)
      const victim = sessions[Math.floor(random() * sessions.length)]
      if (victim === undefined) continue
      await view.kill(victim.id)
      killed++
    }
    stop.abort()
    await Promise.all(all)

    const check = await driver.acquire()
    const { rows } = await check.execute({ sql: 'select id, steps from ledger', params: [], returns: [{ kind: 'integer' }, { kind: 'integer' }], kind: 'select', table: 'ledger' })
    await driver.release(check)
    const stored = new Map(rows.map(([id, steps]) => [id, steps]))
    const wrong = [...outcomes].filter(([id, outcome]) => outcome !== 'unknown' && stored.has(id) !== (outcome === 'committed'))
    const halves = [...stored].filter(([, steps]) => steps !== 3)
    const counts = { units: outcomes.size, committed: [...outcomes.values()].filter((outcome) => outcome === 'committed').length, unknown: [...outcomes.values()].filter((outcome) => outcome === 'unknown').length }
    console.info(`${subject.name}: seed ${seedOfToday}, ${killed} kills, ${counts.units} units, ${counts.committed} committed, ${counts.unknown} unknown, ${wrong.length} wrong, slowest ${slowest.toFixed(0)} ms, at most ${most} connections`)
    await driver.close()
    await view.close()
    watch.stop()
    expect(wrong).toEqual([])
    expect(halves).toEqual([])
    expect(watch.count()).toBe(0)
    expect(slowest).toBeLessThan(3000)
    expect(counts.committed).toBeGreaterThan(10)
  }, 120_000)
})
