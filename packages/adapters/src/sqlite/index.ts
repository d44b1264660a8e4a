// SQLite through better-sqlite3: one file or one database in memory, one connection.

import Sqlite from 'better-sqlite3'
import { defaultCapabilities } from '@relata/sql/driver'
import type { Adapter, Capabilities, Driver } from '@relata/sql/driver'
import { raise } from '../error/classified.js'
import { refusedAge, refusedCount, refusedTimer } from '../lending/option-check.js'
import { singleConnection } from '../lending/single-connection.js'
import type { SingleConnectionOptions } from '../lending/single-connection.js'
import { openScope } from '../lending/scope.js'
import { classifySqlite } from './classify.js'
import { sqliteConnection } from './connection.js'

export interface SqliteOptions extends SingleConnectionOptions {
  /** The file; without one the database is in memory and gone when the driver is closed. */
  readonly filename?: string
  readonly readOnly?: boolean
  /** Refuse to make a file that is not there. */
  readonly mustExist?: boolean
  /** False to leave foreign keys unchecked, as SQLite does by itself. */
  readonly foreignKeys?: boolean
  /** False to leave the journal of a file as it is; else it is written ahead, so that readers do not wait for a writer. */
  readonly writeAhead?: boolean
  /** Milliseconds for which a statement waits (and the process with it) while another process has the file. */
  readonly busyTimeout?: number
  /** Take the write lock when a transaction begins instead of when it first writes: for files that several processes write. */
  readonly immediate?: boolean
  /** The most statements that are kept prepared. */
  readonly statements?: number
}

const capabilities: Capabilities = {
  ...defaultCapabilities,
  returning: { insert: true, update: true, delete: true },
  insertId: 'last',
  insertIdsConsecutive: true,
  maxParams: 32_766,
  errorAbortsTransaction: false,
  streamIsExclusive: true,
  cancel: false,
  savepoints: true,
  deferrableConstraints: true,
}

/**
 * An adapter for a SQLite file, or for a database in memory.
 *
 * A statement cannot be interrupted: a signal and a deadline are looked at before it is sent. There is one connection; who
 * asks for it while it is lent waits, and is refused as `reentrant` if the call comes from inside the program that has it.
 * Values: moments are stored as text in UTC, JSON as text, booleans as 0 and 1.
 *
 * @example
 * const adapter = sqlite({ filename: 'blog.db' })
 * const driver = await adapter.connect()
 */
export const sqlite = (options: SqliteOptions = {}): Adapter => ({
  _tag: 'Adapter',
  name: 'sqlite',
  connect: async () => open(options),
  scope: openScope,
})

function open(options: SqliteOptions): Driver {
  const wrong = refusedCount(options, ['statements']) ?? refusedTimer(options, ['acquireTimeout']) ?? refusedAge(options, ['busyTimeout'])
  if (wrong !== undefined) return raise(wrong)
  const filename = options.filename ?? ':memory:'
  let database: Sqlite.Database
  try {
    database = new Sqlite(filename, {
      readonly: options.readOnly ?? false,
      fileMustExist: options.mustExist ?? false,
      timeout: options.busyTimeout ?? 5000,
    })
    database.pragma(`foreign_keys = ${options.foreignKeys === false ? 0 : 1}`)
    if (!database.memory && !database.readonly && options.writeAhead !== false) database.pragma('journal_mode = wal')
  } catch (thrown) {
    return raise(classifySqlite(thrown))
  }
  const lender = singleConnection(sqliteConnection(database, options.statements ?? 500, options.immediate ?? false), options)
  return { name: 'sqlite', dialect: 'sqlite', capabilities, ...lender, classify: classifySqlite }
}
