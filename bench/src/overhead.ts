// The adapter's connection against its client library, on the same statements: what a driver of ours costs.

import type { Adapter, Query } from '@relata/sql/driver'
import { ratio, type Measured } from './measure.js'

/** Rows of a statement by the library alone, prepared and as arrays. */
export type Rows = (text: string, values: readonly unknown[]) => Promise<unknown>

const integer = { kind: 'integer' } as const
const text = { kind: 'text' } as const

/** 1,000 rows one by one and 100,000 at once, of `bench_parents`; `slot` is the first parameter as the database writes it. */
export const overhead = async (name: string, adapter: Adapter, rows: Rows, slot: string): Promise<readonly Measured[]> => {
  const driver = await adapter.connect()
  const connection = await driver.acquire()
  const many: Query = { sql: 'select id, name, rank from bench_parents', params: [], kind: 'select', table: 'bench_parents', returns: [integer, text, integer] }
  // As a session sends it: only the values differ from time to time.
  const one: Query = { ...many, sql: `${many.sql} where id = ${slot}`, types: [integer] }
  try {
    return [
      await ratio(`${name}: 1,000 single-row queries through the adapter`, 1.15, {
        run: async () => { for (let id = 1; id <= 1000; id++) await rows(one.sql, [id]) },
      }, {
        run: async () => { for (let id = 1; id <= 1000; id++) await connection.execute({ ...one, params: [id] }) },
      }, 21),
      await ratio(`${name}: 100,000 rows through the adapter`, 1.15, { run: () => rows(many.sql, []) }, { run: () => connection.execute(many) }, 21),
    ]
  } finally {
    await driver.release(connection)
  }
}
