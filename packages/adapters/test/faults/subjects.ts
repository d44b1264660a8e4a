// The adapters whose servers can fail, with how to look into each server and how to end its connections.

import mysql2 from 'mysql2/promise'
import postgresjs from 'postgres'
import type { Adapter } from '@relata/sql/driver'
import type { PoolOptions } from '../../src/lending/pool-options.js'
import { mysql } from '../../src/mysql/index.js'
import { pg } from '../../src/pg/index.js'
import { postgres } from '../../src/postgres/index.js'
import { freshDatabase, mysqlAnswers, mysqlUrl, urlOf } from '../servers/mysql.js'
import { freshSchema, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'

export interface ServerView {
  /** Numbers of the server's connections of this test, and whether each is in a transaction. */
  sessions(): Promise<readonly { readonly id: number; readonly inTransaction: boolean; readonly running: boolean }[]>
  kill(id: number): Promise<void>
  close(): Promise<void>
}

export interface Subject {
  readonly name: 'postgres' | 'pg' | 'mysql'
  readonly skip: boolean
  readonly slot: (n: number) => string
  readonly slow: string
  /** Selects the number by which the server knows the connection. */
  readonly ownId: string
  /** Selects so many rows of a number and a text. */
  readonly manyRows: (count: number) => string
  readonly url: string
  /** Over an empty schema; `url` where the server is to be reached another way. */
  open(schema: string, options: PoolOptions, url?: string): Promise<Adapter>
  view(schema: string): Promise<ServerView>
}

const postgresqlView = async (schema: string): Promise<ServerView> => {
  const client = postgresjs(postgresqlUrl, { max: 1, fetch_types: false, onnotice: () => undefined })
  return {
    sessions: async () => {
      const rows = await client`select pid, state from pg_stat_activity where application_name = ${schema}`
      return rows.map((row) => ({ id: Number(row['pid']), inTransaction: String(row['state']).startsWith('idle in'), running: row['state'] === 'active' }))
    },
    kill: async (id) => {
      await client`select pg_terminate_backend(${id})`
    },
    close: () => client.end({ timeout: 1 }),
  }
}

const mysqlView = async (schema: string): Promise<ServerView> => {
  const connection = await mysql2.createConnection({ uri: urlOf('information_schema') })
  return {
    sessions: async () => {
      const [rows] = await connection.query<mysql2.RowDataPacket[]>(
        `select p.id as id, p.command as command, t.trx_id as trx from information_schema.processlist p left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id where p.db = '${schema}'`,
      )
      return rows.map((row) => ({ id: Number(row['id']), inTransaction: row['trx'] !== null && row['command'] === 'Sleep', running: row['command'] === 'Execute' || row['command'] === 'Query' }))
    },
    kill: async (id) => {
      await connection.query(`kill ${id}`).catch(() => undefined)
    },
    close: () => connection.end(),
  }
}

export const subjects: readonly Subject[] = [
  {
    name: 'postgres',
    skip: !postgresqlAnswers,
    slot: (n) => `$${n}`,
    slow: 'select pg_sleep(30)',
    ownId: 'select pg_backend_pid()',
    manyRows: (count) => `select n, md5(n::text) from generate_series(1, ${count}) n`,
    url: postgresqlUrl,
    open: async (schema, options, url = postgresqlUrl) => {
      await freshSchema(schema)
      return postgres({ url, session: { application_name: schema, search_path: schema }, ...options })
    },
    view: postgresqlView,
  },
  {
    name: 'pg',
    skip: !postgresqlAnswers,
    slot: (n) => `$${n}`,
    slow: 'select pg_sleep(30)',
    ownId: 'select pg_backend_pid()',
    manyRows: (count) => `select n, md5(n::text) from generate_series(1, ${count}) n`,
    url: postgresqlUrl,
    open: async (schema, options, url = postgresqlUrl) => {
      await freshSchema(schema)
      return pg({ url, client: { application_name: schema, options: `-c search_path=${schema}` }, ...options })
    },
    view: postgresqlView,
  },
  {
    name: 'mysql',
    skip: !mysqlAnswers,
    slot: () => '?',
    slow: "select sum(sha2(seq, 512) like '%z%') from seq_1_to_1000000000",
    ownId: 'select connection_id()',
    manyRows: (count) => `select seq, md5(seq) from seq_1_to_${count}`,
    url: mysqlUrl,
    open: async (schema, options, url = mysqlUrl) => {
      await freshDatabase(schema)
      return mysql({ url: url.replace(/\/[^/]*$/, `/${schema}`), ...options })
    },
    view: mysqlView,
  },
]

/** Numbers from a seed, so that a failing run can be repeated. */
export const seeded = (seed: number): (() => number) => {
  let state = seed % 2_147_483_647
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

export const seedOfToday = Number(process.env['RELATA_SEED'] ?? 20_261_122)

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Counts what no test asked for: errors that nobody handled. */
export const watchProcess = (): { readonly count: () => number; stop(): void } => {
  let count = 0
  const hear = (error: unknown): void => {
    count++
    console.error('nobody handled', error)
  }
  process.on('unhandledRejection', hear)
  process.on('uncaughtException', hear)
  return {
    count: () => count,
    stop: () => {
      process.off('unhandledRejection', hear)
      process.off('uncaughtException', hear)
    },
  }
}
