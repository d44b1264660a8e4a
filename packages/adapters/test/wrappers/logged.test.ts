// The log tells of every statement, how long it took and what came of it.

import { expect, test } from 'vitest'
import type { Query } from '@relata/sql/driver'
import { logged } from '../../src/logged/index.js'
import type { LogEntry, LogOptions } from '../../src/logged/index.js'
import { scripted } from '../../src/scripted/index.js'
import { errorOf } from '../postgresql/behaviour.js'

const select: Query = { sql: 'select 1', params: ['secret'], kind: 'select', table: 'users' }

const session = async (options: LogOptions): Promise<readonly LogEntry[]> => {
  const entries: LogEntry[] = []
  const times = [0, 1, 10, 15, 20, 320, 400, 401, 500, 502][Symbol.iterator]()
  const log = logged((entry) => entries.push(entry), { clock: () => times.next().value ?? 0, ...options })
  const driver = await log(scripted([{ rows: [[1], [2]] }, { error: 'unique' }])).connect()
  const connection = await driver.acquire()
  await connection.begin()
  await connection.execute(select)
  await errorOf(connection.execute({ ...select, kind: 'insert' }))
  await connection.rollback()
  await driver.release(connection)
  return entries
}

test('each with its time, rows and error; values only if asked for', async () => {
  const entries = await session({})
  expect(entries.map(({ operation, sql, milliseconds, rows, slow, error }) => [operation, sql, milliseconds, rows, slow, error?.kind])).toEqual([
    ['acquire', '', 1, 0, false, undefined],
    ['begin', 'begin', 5, 0, false, undefined],
    ['execute', 'select 1', 300, 2, true, undefined],
    ['execute', 'select 1', 1, 0, false, 'unique'],
    ['rollback', 'rollback', 2, 0, false, undefined],
  ])
  expect(JSON.stringify(entries)).not.toContain('secret')
})

test('only what was slow or failed', async () => {
  const entries = await session({ slowOnly: true, values: true })
  expect(entries.map(({ params, error }) => [params, error?.kind])).toEqual([[['secret'], undefined], [['secret'], 'unique']])
})
