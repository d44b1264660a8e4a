// The adapters that the long runs of sessions are made on, each with a place of its own on its server.

import { PGlite } from '@electric-sql/pglite'
import { mysql, type MysqlOptions } from '@relata/adapters/mysql'
import { pg } from '@relata/adapters/pg'
import { pglite } from '@relata/adapters/pglite'
import { postgres } from '@relata/adapters/postgres'
import { sqlite } from '@relata/adapters/sqlite'
import type { Adapter } from '@relata/sql/driver'

export interface Subject {
  readonly name: string
  readonly missing: string | undefined
  readonly open: (options?: { readonly max?: number; readonly acquireTimeout?: number }) => Promise<Adapter>
}

const postgresUrl = process.env['RELATA_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
const mysqlUrl = process.env['RELATA_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test'
// Files that run side by side do not share it.
const place = `relata_session_${process.env['VITEST_POOL_ID'] ?? '1'}`

/** Makes the place; why that cannot be, if it cannot. */
const refusal = async (adapter: Adapter, ...statements: readonly string[]): Promise<string | undefined> => {
  try {
    const driver = await adapter.connect()
    try {
      const connection = await driver.acquire({ deadline: Date.now() + 2000 })
      for (const sql of statements) await connection.execute({ sql, params: [], kind: 'ddl', table: '' })
      return undefined
    } finally {
      await driver.close()
    }
  } catch {
    return 'its server does not answer'
  }
}

const noPostgres = await refusal(postgres({ url: postgresUrl }), `drop schema if exists ${place} cascade`, `create schema ${place}`)
const noMysql = await refusal(mysql({ url: mysqlUrl }), `drop database if exists ${place}`, `create database ${place} character set utf8mb4`)

export const servers: readonly Subject[] = [
  { name: 'postgres', missing: noPostgres, open: async (options) => postgres({ url: postgresUrl, session: { search_path: place }, max: 8, ...options }) },
  { name: 'pg', missing: noPostgres, open: async (options) => pg({ url: postgresUrl, client: { options: `-c search_path=${place}` }, max: 8, ...options }) },
  { name: 'mysql', missing: noMysql, open: async (options) => mysql({ url: mysqlUrl.replace(/\/[^/]*$/, `/${place}`), max: 8, ...options }) },
]

/** MySQL or MariaDB with further options. */
export const mysqlOf = (name: string, options: MysqlOptions): Subject => ({
  name, missing: noMysql, open: async () => mysql({ url: mysqlUrl.replace(/\/[^/]*$/, `/${place}`), max: 8, ...options }),
})

/** MySQL or MariaDB in a mode of the session, beside those that the adapter sets. */
export const mysqlIn = (mode: string): Subject =>
  mysqlOf(mode === '' ? 'mysql' : `mysql in mode ${mode}`, mode === '' ? {} : { session: { sql_mode: `STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,${mode}` } })

/** A PGlite is made once: it takes seconds, and an adapter opens it again after each program. */
export const embedded: readonly Subject[] = [
  { name: 'sqlite', missing: undefined, open: async () => sqlite() },
  { name: 'pglite', missing: undefined, open: async () => pglite({ instance: await PGlite.create() }) },
]

export const seed = Number(process.env['RELATA_SEED'] ?? 20_261_122)
