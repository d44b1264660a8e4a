// The smallest driver that keeps the contract: better-sqlite3 behind the required operations, and nothing more.

import { defaultCapabilities, driverError, isDriverError } from '@relata/sql/driver'
import type { Connection, DatabaseType, Driver, DriverError, DriverErrorKind, ExecuteOptions, ParameterType, Query, Result } from '@relata/sql/driver'
import Database from 'better-sqlite3'

const kinds: Readonly<Record<string, DriverErrorKind>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique', SQLITE_CONSTRAINT_PRIMARYKEY: 'unique', SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign key',
  SQLITE_CONSTRAINT_NOTNULL: 'not null', SQLITE_CONSTRAINT_CHECK: 'check', SQLITE_ERROR: 'syntax', SQLITE_READONLY: 'read only',
}

// The contract's rejections are data.
// oxlint-disable-next-line typescript/only-throw-error
const raise = (error: DriverError): never => { throw error }

const classify = (error: unknown): DriverError => {
  if (isDriverError(error)) return error
  const { code, message } = error as { readonly code?: string; readonly message: string }
  return driverError(kinds[code ?? ''] ?? (/more than one statement/.test(message) ? 'syntax' : 'other'), message, { cause: error })
}

const encode = (value: unknown, type: ParameterType | undefined): unknown => {
  if (value === null || value === undefined) return null
  const refuse = (): never => raise(driverError('value', `a value is no ${type?.kind}`))
  switch (type?.kind) {
    case 'integer': return BigInt(value as number)
    case 'real': return Number.isNaN(value) ? refuse() : value
    case 'boolean': return value === true ? 1n : 0n
    case 'timestamp': return (value as Date).toISOString()
    case 'json': return JSON.stringify(value)
    case 'numeric': return Number.isFinite(Number(value)) ? value : refuse()
    case 'text': return /[\uD800-\uDFFF]/u.test(value as string) || (value as string).includes('\0') ? refuse() : value
    default: return value instanceof Uint8Array ? Buffer.from(value) : value
  }
}

const decode = (value: unknown, type: DatabaseType | undefined): unknown => {
  if (value === null) return null
  switch (type?.kind) {
    case 'boolean': return value === 1n
    case 'timestamp': return new Date(value as string)
    case 'json': return JSON.parse(value as string)
    case 'bigint': return value
    case 'bytes': return new Uint8Array(value as Buffer)
    default: return typeof value === 'bigint' ? Number(value) : value
  }
}

export const smallDriver = (): Driver => {
  const database = new Database(':memory:')
  database.pragma('foreign_keys = on')

  const run = ({ sql, params, types, returns, kind }: Query): Result => {
    const statement = database.prepare<unknown[]>(sql)
    const values = params.map((param, at) => encode(param, types?.[at]))
    if (!statement.reader) return { rows: [], matched: statement.run(values).changes }
    const rows = statement.raw(true).safeIntegers(true).all(values) as unknown[][]
    return { rows: rows.map((row) => row.map((value, at) => decode(value, returns?.[at]))), matched: kind === 'select' ? 0 : rows.length }
  }
  const execute = async (query: Query, options: ExecuteOptions = {}): Promise<Result> => {
    if (options.signal?.aborted === true) raise(driverError('cancelled', 'aborted'))
    if (options.deadline !== undefined && options.deadline <= Date.now()) raise(driverError('timeout', 'too late'))
    try {
      return run(query)
    } catch (error) {
      return raise(classify(error))
    }
  }
  const command = async (sql: string): Promise<void> => { await execute({ sql, params: [], kind: 'transaction', table: '' }) }
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

  return {
    name: 'small', dialect: 'sqlite', classify,
    capabilities: { ...defaultCapabilities, returning: { insert: true, update: true, delete: true }, errorAbortsTransaction: false },
    acquire: async () => {
      if (!database.open) raise(driverError('closed', 'the driver is closed'))
      let lent = true
      const guarded = <A extends readonly unknown[], R>(f: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
        if (!lent) raise(driverError('closed', 'given back'))
        return f(...args)
      }
      const connection: Connection & { giveBack: () => void } = {
        execute: guarded(execute),
        begin: guarded(async (options) => {
          if (options?.readOnly === true) await command('pragma query_only = on')
          await command('begin')
        }),
        commit: guarded(async () => { await command('commit'); await command('pragma query_only = off') }),
        rollback: guarded(async () => { await command('rollback'); await command('pragma query_only = off') }),
        savepoint: guarded((name) => command(`savepoint ${quoted(name)}`)),
        releaseSavepoint: guarded((name) => command(`release ${quoted(name)}`)),
        rollbackToSavepoint: guarded((name) => command(`rollback to ${quoted(name)}`)),
        get broken() { return !lent },
        giveBack: () => { lent = false },
      }
      return connection
    },
    release: async (connection) => {
      if (database.inTransaction) await command('rollback')
      ;(connection as Connection & { giveBack: () => void }).giveBack()
    },
    close: async () => { database.close() },
  }
}
