// Connections are given back in every state there is: none returns to the pool in a transaction, none is lost, no late call is executed.

import { describe, expect, test } from 'vitest'
import type { Connection, DriverError, Query } from '@relata/sql/driver'
import { pause, seedOfToday, seeded, subjects, watchProcess } from './subjects.js'

const checkouts = 10_000
const workers = 16
const max = 5

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${checkouts} checkouts`, async () => {
    const schema = `pool_${subject.name}`
    const random = seeded(seedOfToday)
    const watch = watchProcess()
    const driver = await (await subject.open(schema, { max })).connect()
    const view = await subject.view(schema)
    const query = (sql: string): Query => ({ sql, params: [], kind: 'raw', table: '' })
    const setUp = await driver.acquire()
    await setUp.execute({ ...query('create table leaks (id int)'), kind: 'ddl' })
    await driver.release(setUp)

    const ends: readonly ((connection: Connection) => Promise<unknown>)[] = [
      // As it should be.
      async (connection) => {
        await connection.begin()
        await connection.execute({ ...query('select 1'), kind: 'select' })
        await connection.commit()
      },
      // Left open.
      async (connection) => {
        await connection.begin()
        await connection.execute({ ...query('insert into leaks values (1)'), kind: 'insert' })
      },
      // Opened behind our back.
      async (connection) => {
        await connection.execute(query(subject.name === 'mysql' ? 'start transaction' : 'begin'))
        await connection.execute(query('insert into leaks values (2)'))
      },
      // Failed and left open.
      async (connection) => {
        await connection.begin()
        await connection.execute(query('insert into leaks values (3)'))
        await connection.execute(query('selec'))
      },
      // Timed out.
      (connection) => connection.execute(query(subject.slow), { deadline: Date.now() + random() * 20 }),
      // A statement still running.
      async (connection) => {
        connection.execute(query(subject.slow)).catch(() => undefined)
        await pause(1)
      },
      // A callback that goes on afterwards.
      async (connection) => {
        setTimeout(() => void connection.execute(query('insert into leaks values (4)')).then(() => late.executed++, () => late.refused++), random() * 20)
      },
      // Killed in a transaction.
      async (connection) => {
        await connection.begin()
        const { rows } = await connection.execute({ ...query(subject.ownId), kind: 'select', returns: [{ kind: 'integer' }] })
        await connection.execute(query('insert into leaks values (5)'))
        await view.kill(Number(rows[0]?.[0]))
        killed++
        await connection.commit()
      },
      // Given back twice.
      async (connection) => driver.release(connection),
    ]
    const late = { executed: 0, refused: 0 }
    const kinds = new Map<string, number>()
    let done = 0
    let most = 0
    let killed = 0

    // A server takes a moment to let go of a connection that was ended: what is there twice is open.
    const standing = async (): Promise<number> => {
      const once = await view.sessions()
      if (once.length <= max) return once.length
      await pause(200)
      const again = new Set((await view.sessions()).map(({ id }) => id))
      return once.filter(({ id }) => again.has(id)).length
    }

    const work = async (): Promise<void> => {
      while (done < checkouts) {
        const n = done++
        const connection = await driver.acquire()
        // The quick ones mostly: ending a connection with a running statement costs a new one.
        const end = ends[Math.floor(random() ** 4 * ends.length)] ?? ends[0]!
        await end(connection).catch((error: DriverError) => kinds.set(error.kind, (kinds.get(error.kind) ?? 0) + 1))
        await driver.release(connection)
        if (n % 100 === 0) most = Math.max(most, await standing())
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    await pause(200)
    const left = await view.sessions()
    const check = await driver.acquire()
    const { rows } = await check.execute({ ...query('select count(*) from leaks'), kind: 'select', returns: [{ kind: 'integer' }] })
    await driver.release(check)
    console.info(`${subject.name}: seed ${seedOfToday}, ${done} checkouts, ${killed} killed, errors ${JSON.stringify([...kinds])}, late calls refused ${late.refused}, executed ${late.executed}, connections at most ${most} of ${max}, left ${left.length}, in a transaction ${left.filter(({ inTransaction }) => inTransaction).length}`)
    await driver.close()
    await pause(100)
    const after = await view.sessions()
    await view.close()
    watch.stop()
    expect(late.executed).toBe(0)
    expect(rows).toEqual([[0]])
    expect(left.filter(({ inTransaction }) => inTransaction)).toEqual([])
    expect(most).toBeLessThanOrEqual(max)
    expect(after).toEqual([])
    expect(watch.count()).toBe(0)
  }, 300_000)
})
