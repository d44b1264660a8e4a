// Retrying connects and reads again; it repeats nothing that may have happened.

import { expect, test } from 'vitest'
import { driverError } from '@relata/sql/driver'
import type { Adapter, Driver, Query } from '@relata/sql/driver'
import { retrying } from '../../src/retrying/index.js'
import { scripted } from '../../src/scripted/index.js'
import { errorOf } from '../postgresql/behaviour.js'

const lost = driverError('connection lost', 'gone')
const select: Query = { sql: 'select 1', params: [], kind: 'select', table: 'users' }

// Acquiring fails as often as `refusals` says; a connection breaks with an error of the script.
const unsteady = (refusals: number, answers: Parameters<typeof scripted>[0]): Adapter => ({
  _tag: 'Adapter',
  name: 'unsteady',
  connect: async (): Promise<Driver> => {
    const driver = await scripted(answers).connect()
    let left = refusals
    return {
      ...driver,
      acquire: async () => {
        if (left-- > 0) return Promise.reject(lost)
        const connection = await driver.acquire()
        let broken = false
        return {
          ...connection,
          execute: (query) => connection.execute(query).catch((error: unknown) => {
            broken = true
            throw error
          }),
          get broken() {
            return broken
          },
        }
      },
    }
  },
})

const waits: number[] = []
const options = { random: () => 1, wait: async (milliseconds: number) => { waits.push(milliseconds) } }

test('connects again with growing pauses', async () => {
  waits.length = 0
  const driver = await retrying(options)(unsteady(3, [{ rows: [[1]] }])).connect()
  expect((await (await driver.acquire()).execute(select)).rows).toEqual([[1]])
  expect(waits).toEqual([50, 100, 200])
})

test('gives up in the end', async () => {
  const driver = await retrying({ ...options, attempts: 2 })(unsteady(9, [])).connect()
  expect(await errorOf(driver.acquire())).toBe(lost)
})

test('reads again on a new connection', async () => {
  const driver = await retrying(options)(unsteady(0, [{ error: lost }, { rows: [[1]] }])).connect()
  expect((await (await driver.acquire()).execute(select)).rows).toEqual([[1]])
})

test('a write, and a read in a transaction, are not repeated', async () => {
  const driver = await retrying(options)(unsteady(0, [{ error: lost }, { error: lost }])).connect()
  expect((await errorOf((await driver.acquire()).execute({ ...select, kind: 'insert' }))).kind).toBe('connection lost')
  const connection = await driver.acquire()
  await connection.begin()
  expect((await errorOf(connection.execute(select))).kind).toBe('connection lost')
})
