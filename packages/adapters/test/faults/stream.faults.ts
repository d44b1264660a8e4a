// Streams of 100,000 rows are broken off, thrown out of, aborted and read slowly: the cursor is closed, the connection clean, memory bounded.

import { describe, expect, test } from 'vitest'
import type { Connection, DriverError, Query } from '@relata/sql/driver'
import { pause, seedOfToday, seeded, subjects, watchProcess } from './subjects.js'

const rounds = 20

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${rounds} streams of each kind`, async () => {
    const schema = `stream_${subject.name}`
    const random = seeded(seedOfToday)
    const watch = watchProcess()
    const driver = await (await subject.open(schema, { max: 1 })).connect()
    const view = await subject.view(schema)
    const query: Query = { sql: subject.manyRows(100_000), params: [], kind: 'select', table: '', returns: [{ kind: 'integer' }, { kind: 'text' }] }
    const connection: Connection = await driver.acquire()
    const kinds = new Map<string, number>()

    const read = async (until: (seen: number) => void | boolean | Promise<void>, signal?: AbortSignal): Promise<number> => {
      let seen = 0
      for await (const rows of connection.stream!(query, { batch: 500, ...(signal === undefined ? {} : { signal }) })) {
        seen += rows.length
        if ((await until(seen)) === true) break
      }
      return seen
    }
    // What the engine takes to compile and collect as many rows comes before: here they arrive in small results.
    for (let round = 0; round < 200; round++) for await (const _ of connection.stream!({ ...query, sql: subject.manyRows(1000) }, { batch: 500 })) continue
    const before = process.memoryUsage().rss
    let most = before
    for (let round = 0; round < rounds; round++) {
      const end = Math.floor(random() * 100_000)
      await read((seen) => seen >= end)
      await read((seen) => {
        if (seen >= end) throw new Error('the reader fails')
      }).catch((error: Error) => kinds.set(error.message ?? 'driver error', (kinds.get(error.message ?? '') ?? 0) + 1))
      const controller = new AbortController()
      await read((seen) => (seen >= end ? controller.abort() : undefined), controller.signal).catch((error: DriverError) => kinds.set(error.kind, (kinds.get(error.kind) ?? 0) + 1))
      most = Math.max(most, process.memoryUsage().rss)
      // The connection is the same and clean.
      expect((await connection.execute({ ...query, sql: `select ${round}, 'x'` })).rows).toEqual([[round, 'x']])
    }
    let count = 0
    const all = await read(async () => {
      if (count++ % 50 === 0) await pause(20)
      most = Math.max(most, process.memoryUsage().rss)
    })
    await pause(100)
    const sessions = await view.sessions()
    console.info(`${subject.name}: seed ${seedOfToday}, ${rounds * 3 + 1} streams, ${JSON.stringify([...kinds])}, read in full ${all}, memory grew at most ${((most - before) / 1e6).toFixed(0)} MB`)
    await driver.close()
    await view.close()
    watch.stop()
    expect(all).toBe(100_000)
    expect(sessions.filter(({ inTransaction, running }) => inTransaction || running)).toEqual([])
    expect(sessions.length).toBe(1)
    expect(most - before).toBeLessThan(50e6)
    expect(watch.count()).toBe(0)
  }, 120_000)
})
