// Write skew under SERIALIZABLE: eight sessions withdraw from pairs of accounts whose sum may not fall below zero. Conflicts are retried as a whole.

import { describe, expect, test } from 'vitest'
import { isRetryable } from '@relata/sql/driver'
import type { Driver, DriverError, Query } from '@relata/sql/driver'
import { pause, seedOfToday, seeded, subjects } from './subjects.js'
import type { Subject } from './subjects.js'

const transactions = 10_000
const workers = 8
const pairs = 5

const withdraw = async (subject: Subject, driver: Driver, pair: number, half: number, amount: number, count: { conflicts: number }, random: () => number): Promise<boolean> => {
  const params = (sql: string, values: readonly number[], kind: Query['kind']): Query => ({ sql, params: values, types: values.map(() => ({ kind: 'integer' })), kind, table: 'accounts', ...(kind === 'select' ? { returns: [{ kind: 'integer' }] } : {}) })
  for (let attempt = 0; ; attempt++) {
    const connection = await driver.acquire()
    try {
      await connection.begin({ isolation: 'serializable' })
      const { rows } = await connection.execute(params(`select balance from accounts where pair = ${subject.slot(1)}`, [pair], 'select'))
      const sum = rows.reduce((total, [balance]) => total + Number(balance), 0)
      const allowed = sum >= amount
      if (allowed) await connection.execute(params(`update accounts set balance = balance - ${subject.slot(1)} where pair = ${subject.slot(2)} and half = ${subject.slot(3)}`, [amount, pair, half], 'update'))
      await connection.commit()
      return allowed
    } catch (error) {
      if (!isRetryable(error as DriverError) || attempt > 200) throw error
      count.conflicts++
      await connection.rollback()
    } finally {
      await driver.release(connection)
    }
    await pause(random() * Math.min(50, 2 ** attempt))
  }
}

describe.each(subjects)('$name', (subject) => {
  test.skipIf(subject.skip)(`${transactions} transactions`, async () => {
    const schema = `skew_${subject.name}`
    const random = seeded(seedOfToday)
    const driver = await (await subject.open(schema, { max: workers })).connect()
    const connection = await driver.acquire()
    const run = (sql: string) => connection.execute({ sql, params: [], kind: 'ddl', table: 'accounts' })
    await run('create table accounts (pair int, half int, balance int, primary key (pair, half))')
    await run(`insert into accounts values ${Array.from({ length: pairs }, (_, pair) => `(${pair}, 0, 100), (${pair}, 1, 100)`).join(', ')}`)
    await driver.release(connection)
    const count = { conflicts: 0 }
    const taken = Array.from({ length: pairs }, () => 0)
    let done = 0
    const work = async (): Promise<void> => {
      while (done++ < transactions) {
        const pair = Math.floor(random() * pairs)
        const amount = Math.floor(random() * 5)
        if (await withdraw(subject, driver, pair, Math.floor(random() * 2), amount, count, random)) taken[pair]! += amount
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    const check = await driver.acquire()
    const { rows } = await check.execute({ sql: 'select pair, sum(balance) from accounts group by pair order by pair', params: [], returns: [{ kind: 'integer' }, { kind: 'integer' }], kind: 'select', table: 'accounts' })
    await driver.release(check)
    await driver.close()
    console.info(`${subject.name}: seed ${seedOfToday}, ${transactions} transactions, ${count.conflicts} conflicts retried, sums ${JSON.stringify(rows.map(([, sum]) => sum))}`)
    expect(rows).toEqual(taken.map((amount, pair) => [pair, 200 - amount]))
    expect(rows.every(([, sum]) => Number(sum) >= 0)).toBe(true)
  }, 120_000)
})
