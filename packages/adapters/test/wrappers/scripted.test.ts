// The scripted adapter answers what is expected, and nothing else.

import { expect, test } from 'vitest'
import type { Query } from '@relata/sql/driver'
import { scripted } from '../../src/scripted/index.js'
import { errorOf } from '../postgresql/behaviour.js'

const select: Query = { sql: 'select id from users where id = ?', params: [1n], kind: 'select', table: 'users' }

test('answers in order, and keeps what was sent', async () => {
  const adapter = scripted([{ sql: /^select/, params: [1n], table: 'users', rows: [[1]] }, { kind: 'insert', matched: 1, insertId: 7 }])
  const driver = await adapter.connect()
  const connection = await driver.acquire()
  await connection.begin({ isolation: 'serializable' })
  expect(await connection.execute(select)).toEqual({ rows: [[1]], matched: 0 })
  expect(await connection.execute({ ...select, kind: 'insert' })).toEqual({ rows: [], matched: 1, insertId: 7 })
  await connection.commit()
  expect(adapter.sent.map(({ sql }) => sql)).toEqual(['begin serializable', select.sql, select.sql, 'commit'])
  await driver.close()
})

test('a statement that is not expected rejects and says what was, also when the driver is closed', async () => {
  const driver = await scripted([{ table: 'orders' }]).connect()
  const connection = await driver.acquire()
  const error = await errorOf(connection.execute(select))
  expect(error.message).toBe(`scripted: statement 1 was not expected. Expected {"table":"orders"}, sent: ${select.sql}`)
  expect(await errorOf(driver.close())).toEqual(error)
})

test('answers that were not asked for fail the closing', async () => {
  const driver = await scripted([{ table: 'users' }]).connect()
  expect((await errorOf(driver.close())).message).toContain('1 expected statements were not sent, next {"table":"users"}')
})

test('errors can be answered', async () => {
  const driver = await scripted([{ error: 'unique' }]).connect()
  expect((await errorOf((await driver.acquire()).execute(select))).kind).toBe('unique')
})

test('transaction verbs can be expected', async () => {
  const driver = await scripted([{ sql: 'begin' }, { sql: 'commit', error: 'serialization' }], { transactions: true }).connect()
  const connection = await driver.acquire()
  await connection.begin()
  expect((await errorOf(connection.commit())).kind).toBe('serialization')
})
