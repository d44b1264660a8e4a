// PGlite: PostgreSQL in this process, in memory or in a folder, with one connection.

import { PGlite } from '@electric-sql/pglite'
import type { PGliteOptions as LibraryOptions } from '@electric-sql/pglite'
import { defaultCapabilities } from '@relata/sql/driver'
import type { Adapter, Capabilities, Driver } from '@relata/sql/driver'
import { raise } from '../error/classified.js'
import { refusedCount, refusedTimer } from '../lending/option-check.js'
import { singleConnection } from '../lending/single-connection.js'
import type { SingleConnectionOptions } from '../lending/single-connection.js'
import { openScope } from '../lending/scope.js'
import { classifyPostgresql } from '../postgresql/classify.js'
import { postgresqlConnection } from '../postgresql/connection.js'
import { pgliteWire } from './wire.js'

export interface PgliteOptions extends SingleConnectionOptions {
  /** A folder; without one the database is in memory and gone when the driver is closed. */
  readonly dataDir?: string
  /** A database that is open already, to be shared; closing the driver leaves it open. */
  readonly instance?: PGlite
  /** Further options of the library, such as its extensions. */
  readonly options?: Omit<LibraryOptions, 'dataDir' | 'parsers' | 'serializers'>
  /** The most statements that are kept prepared; 500 if not given. */
  readonly statements?: number
}

const capabilities: Capabilities = {
  ...defaultCapabilities,
  returning: { insert: true, update: true, delete: true },
  maxParams: 65_535,
  errorAbortsTransaction: true,
  streamIsExclusive: false,
  cancel: false,
  savepoints: true,
  deferrableConstraints: true,
}

/**
 * An adapter for PGlite. To create a database takes seconds: share one with `instance` where that matters.
 *
 * A statement cannot be interrupted, also not by `statement_timeout`: a signal and a deadline are looked at before it is sent.
 * There is one connection; who asks for it while it is lent waits, and is refused as `reentrant` if the call comes
 * from inside the program that has it.
 *
 * @example
 * const adapter = pglite({ dataDir: './blog' })
 * const driver = await adapter.connect()
 */
export const pglite = (options: PgliteOptions = {}): Adapter => ({
  _tag: 'Adapter',
  name: 'pglite',
  connect: async () => {
    try {
      return await open(options)
    } catch (thrown) {
      return raise(classifyPostgresql(thrown))
    }
  },
  scope: openScope,
})

async function open(options: PgliteOptions): Promise<Driver> {
  const wrong = refusedCount(options, ['statements']) ?? refusedTimer(options, ['acquireTimeout'])
  if (wrong !== undefined) return raise(wrong)
  const database = options.instance ?? (await PGlite.create(libraryOptions(options)))
  await database.exec("set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set bytea_output = 'hex'")
  const { statements = 500 } = options
  const lender = singleConnection(postgresqlConnection(pgliteWire(database, options.instance !== undefined, statements), statements), options)
  return { name: 'pglite', dialect: 'postgres', capabilities, ...lender, classify: classifyPostgresql }
}

function libraryOptions({ dataDir, options }: PgliteOptions): LibraryOptions {
  return { ...options, ...(dataDir === undefined ? {} : { dataDir }) }
}
