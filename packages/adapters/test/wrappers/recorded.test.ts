// What was recorded is played back, and what differs is refused.

import { expect, test } from 'vitest'
import type { Connection, Query } from '@relata/sql/driver'
import { readRecording, recorded, recordingText, replayed } from '../../src/recorded/index.js'
import { scripted } from '../../src/scripted/index.js'
import { errorOf } from '../postgresql/behaviour.js'

const values = [1n, new Date(5), new Uint8Array([0, 255]), -0, Infinity, null, { $type: 'mine', a: [2n] }, 'text']
const insert: Query = { sql: 'insert', params: values, kind: 'insert', table: 'users' }

const session = async (connection: Connection): Promise<readonly unknown[]> => {
  await connection.begin({ isolation: 'serializable', readOnly: true })
  const { rows } = await connection.execute(insert)
  const error = await errorOf(connection.execute({ ...insert, params: [] }))
  await connection.rollback()
  return [rows, error.kind, error.message]
}

test('the same session gets the same answers, through text', async () => {
  const recorder = recorded()
  const driver = await recorder.record(scripted([{ rows: [values], matched: 1 }, { error: 'unique' }], { dialect: 'mariadb' })).connect()
  const first = await session(await driver.acquire())
  const recording = readRecording(recordingText(recorder.recording()))
  expect(recording).toEqual(recorder.recording())
  expect(recording.dialect).toBe('mariadb')
  const again = await replayed(recording).connect()
  expect(await session(await again.acquire())).toEqual(first)
  await again.close()
})

test('another session is refused', async () => {
  const recorder = recorded()
  const driver = await recorder.record(scripted([{}])).connect()
  await (await driver.acquire()).execute(insert)
  const again = await (await replayed(recorder.recording()).connect()).acquire()
  expect((await errorOf(again.execute({ ...insert, params: [] }))).message).toContain('was not expected')
})
