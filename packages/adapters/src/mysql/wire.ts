// One physical connection through mysql2, by prepared statements only: what the library writes into a text itself can be escaped wrongly.

import mysql2 from 'mysql2'
import type { Connection, ConnectionOptions, ExecuteValues, FieldPacket, QueryOptions, ResultSetHeader } from 'mysql2'
import { classified } from '../error/classified.js'
import type { Sent } from '../statement/interruptible.js'
import { pending } from '../statement/pending.js'
import { resolvesWithin, within } from '../statement/within.js'
import { refuse } from '../value/refused-value.js'
import { errorNumber } from './classify.js'
import type { MysqlOptions } from './options.js'
import { rowBatches } from './row-stream.js'

export interface WireColumn {
  readonly name: string
  /** The protocol's number of its type; undefined where it is not known. */
  readonly type: number | undefined
}

export interface WireResult {
  readonly rows: unknown[][]
  readonly columns: readonly WireColumn[]
  readonly matched: number
  readonly insertId: number | bigint | undefined
}

/** One connection. `send` never throws; its answer always settles. */
export interface MysqlWire {
  /** A statement without values that is not worth preparing is sent `once`. */
  send(sql: string, params: readonly unknown[], once: boolean): Sent<WireResult>
  /** Batches of rows as they arrive. */
  batches(sql: string, params: readonly unknown[], size: number): AsyncIterable<unknown[][]>
  /** Asks the server to end the connection and what runs on it; resolves when it was asked, or could not be. */
  kill(): Promise<void>
  /** Statements sent and not answered yet, streams among them. */
  readonly running: number
  readonly broken: boolean
  end(): Promise<void>
}

/** Connects and sets up the session. Rejects with what the library or the server says. */
export const openWire = async (options: MysqlOptions): Promise<MysqlWire> => {
  const unsettled = pending()
  const { settled, read, fail } = unsettled
  const connection = mysql2.createConnection(connectionOptions(options))
  let dead = false
  let connected = false
  const lost = (): void => {
    dead = true
    // While connecting the library says more about what went wrong.
    if (connected) fail(classified('connection lost', 'the connection to the server was lost'))
  }

  const end = async (): Promise<void> => {
    if (!dead) {
      lost()
      await within(new Promise<void>((resolve) => connection.end(() => resolve())), 500)
    }
    connection.destroy()
  }

  // Without a listener an error would end the process.   connection.on('end', lost)
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', (error) => {
        reject(error)
        lost()
      })
      connection.connect((error) => (error === null ? resolve() : reject(error)))
    })
    connected = true
    await settled(text(connection, sessionSettings(options)))
  } catch (error) {
    await end()
    throw error
  }

  const ask = async (command: 'kill' | 'kill query'): Promise<boolean> => {
    const killer = mysql2.createConnection(connectionOptions(options))
    killer.on('error', noop)
    const dealtWith = await resolvesWithin(text(killer, `${command} ${connection.threadId}`), 1000)
    killer.destroy()
    return dealtWith
  }
  const cancel = (): Promise<boolean> => ask('kill query')

  const watched = <A>(answer: Promise<A>): Promise<A> =>
    read(answer, itself, (error) => {
      if (typeof error === 'object' && error !== null && Reflect.get(error, 'fatal') === true) lost()
    })

  return {
    send: (sql, params, once) => {
      if (dead) return { answer: Promise.reject(classified('connection lost', 'the connection to the server was lost')) }
      return { answer: watched(once && params.length === 0 ? text(connection, sql) : prepared(connection, sql, params)), cancel }
    },
    batches: (sql, params, size) => {
      const command = connection.execute(statement(sql, params))
      const done = watched(new Promise<void>((resolve, reject) => {
        command.on('end', () => resolve())
        command.on('error', reject)
      }))
      const onRow = (listener: (row: unknown[]) => void): void => {
        command.on('result', (row: unknown) => listener(row as unknown[]))
      }
      return rowBatches({ done, onRow, pause: () => connection.pause(), resume: () => connection.resume(), cancel, end }, size)
    },
    kill: async () => {
      await ask('kill')
    },
    get running() {
      return unsettled.count
    },
    get broken() {
      return dead
    },
    end,
  }
}

function noop(): void {}

function itself<A>(value: A): A {
  return value
}

// This command is not supported in the prepared statement protocol yet.
const unpreparable = 1295

function prepared(connection: Connection, sql: string, params: readonly unknown[]): Promise<WireResult> {
  return new Promise((resolve, reject) => {
    connection.execute(statement(sql, params), (error: unknown, result: unknown, fields: FieldPacket[]) => {
      if (error === null) resolve(answerOf(result, fields))
      else if (params.length === 0 && errorNumber(error) === unpreparable) resolve(text(connection, sql))
      else reject(error)
    })
  })
}

// Names of columns by which the library's compiled reader ends the connection, or which it may meet behind a `*`.
const hostileNames = /__(?:proto|define|lookup)|[\s,.`]\*/i

function statement(sql: string, params: readonly unknown[]): QueryOptions {
  // The encoders make only what the library takes.
  const values = params as ExecuteValues[]
  return hostileNames.test(sql) ? { sql, values, ...readWithoutCompiling } : { sql, values }
}

// An option of a query that the types of the library know only of a connection.
const readWithoutCompiling = { disableEval: true }

// A text without values: there is nothing that could be written into it.
function text(connection: Connection, sql: string): Promise<WireResult> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error: unknown, result: unknown, fields: FieldPacket[]) => (error === null ? resolve(answerOf(result, fields)) : reject(error)))
  })
}

function answerOf(result: unknown, fields: readonly FieldPacket[] | undefined): WireResult {
  if (Array.isArray(result)) return { rows: result as unknown[][], columns: (fields ?? []).map(({ name, columnType }) => ({ name, type: columnType })), matched: 0, insertId: undefined }
  const header = result as ResultSetHeader
  // The library delivers an id beyond 2^53 as text, which its types do not say.
  const insertId: number | string = header.insertId
  return { rows: [], columns: [], matched: header.affectedRows, insertId: typeof insertId === 'string' ? BigInt(insertId) : insertId === 0 ? undefined : insertId }
}

function connectionOptions(options: MysqlOptions): ConnectionOptions {
  return {
    ...(options.url === undefined ? {} : { uri: options.url }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.socketPath === undefined ? {} : { socketPath: options.socketPath }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
    connectTimeout: options.connectTimeout ?? 10_000,
    maxPreparedStatements: options.statements ?? 500,
    charset: 'UTF8MB4_BIN',
    rowsAsArray: true,
    supportBigNumbers: true,
    dateStrings: true,
    jsonStrings: true,
    multipleStatements: false,
  }
}

// Refuse what does not fit instead of changing it, give 0 where 0 was given, and count time in UTC.
const modes = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'

function sessionSettings(options: MysqlOptions): string {
  const variables = Object.entries(options.session ?? {}).map(([name, value]) => `, \`${name.replaceAll('`', '``')}\` = ${literal(value)}`)
  return `set sql_mode = '${modes}', time_zone = '+00:00'${variables.join('')}`
}

// Doubled quotes mean the same in every mode; a backslash does not.
function literal(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  if (value.includes('\\')) refuse('a session variable may not contain a backslash')
  return `'${value.replaceAll("'", "''")}'`
}
