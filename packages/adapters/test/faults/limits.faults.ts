// The limits that the capabilities promise hold, and one more is an error of a value that leaves the connection usable.

import { describe, expect, test } from 'vitest'
import type { Adapter, DriverError, Query } from '@relata/sql/driver'
import { pglite } from '../../src/pglite/index.js'
import { sqlite, sqliteAnswers } from '../servers/sqlite.js'
import { subjects } from './subjects.js'

interface Limited { readonly name: string; readonly skip: boolean; readonly slot: (n: number) => string; readonly open: () => Promise<Adapter> }

const all: readonly Limited[] = [
  { name: 'sqlite', skip: !sqliteAnswers, slot: () => '?', open: async () => sqlite() },
  { name: 'pglite', skip: false, slot: (n) => `$${n}::int`, open: async () => pglite() },
  ...subjects.map((subject): Limited => ({
    name: subject.name, skip: subject.skip, slot: (n) => `${subject.slot(n)}${subject.name === 'mysql' ? '' : '::int'}`, open: () => subject.open(`limits_${subject.name}`, {}),
  })),
]

describe.each(all)('$name', ({ skip, slot, open }) => {
  test.skipIf(skip)('as many parameters as promised, and one more', async () => {
    const driver = await (await open()).connect()
    const connection = await driver.acquire()
    const most = driver.capabilities.maxParams
    const many = (count: number): Query => ({
      sql: `select 1 where 7 in (${Array.from({ length: count }, (_, n) => slot(n + 1)).join(', ')})`,
      params: Array.from({ length: count }, (_, n) => n), types: Array.from({ length: count }, () => ({ kind: 'integer' })), kind: 'select', table: '',
    })
    expect((await connection.execute(many(most))).rows).toEqual([[1]])
    const error = await connection.execute(many(most + 1)).then(() => undefined, (thrown: DriverError) => thrown)
    expect(error?.kind).toBe('value')
    expect(connection.broken).toBe(false)
    expect((await connection.execute({ sql: 'select 1', params: [], kind: 'select', table: '' })).rows).toEqual([[1]])
    const long = `select '${'x'.repeat(1_000_000)}'`
    expect(String((await connection.execute({ sql: long, params: [], kind: 'select', table: '' })).rows[0]?.[0])).toHaveLength(1_000_000)
    await driver.close()
  }, 60_000)
})
