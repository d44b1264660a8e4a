// PGlite: PostgreSQL in this process, in memory or in a folder, with one connection.

import { PGlite } from '@electric-sql/pglite'
import type { PGliteOptions as LibraryOptions } from '@electric-sql/pglite'
import { defaultCapabilities } from '@relata/sql/driver'
import type { Adapter, Capabilities, Driver } from '@relata/sql/driver'
import { raise } from '../error/classified.js'
import { singleConnection } from '../lending/single-connection.js'
import type { SingleConnectionOptions } from '../lending/single-connection.js'
import { classifyPostgresql } from '../postgresql/classify.js'
import { postgresqlConnection } from '../postgresql/connection.js'
import { oid, postgresqlForm, readBytes, textTypes } from '../postgresql/values.js'
import type { Wire, WireResult } from '../postgresql/wire.js'
import type { ParameterForm } from '../value/encoder.js'
import { refuse } from '../value/refused-value.js'

export interface PgliteOptions extends SingleConnectionOptions {
  /** A folder; without one the database is in memory and gone when the driver is closed. */
  readonly dataDir?: string
  /** A database that is open already, to be shared; closing the driver leaves it open. */
  readonly instance?: PGlite
  /** Further options of the library, such as its extensions. */
  readonly options?: Omit<LibraryOptions, 'dataDir' | 'parsers' | 'serializers'>
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
 * There is one connection; who asks for it while it is lent waits, and is refused as `reentrant` if whoever has it does
 * nothing with it meanwhile.
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
})

async function open(options: PgliteOptions): Promise<Driver> {
  const database = options.instance ?? (await PGlite.create(libraryOptions(options)))
  await database.exec("set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set bytea_output = 'hex'")
  const lender = singleConnection(postgresqlConnection(wireOf(database, options.instance !== undefined), 1000, form), options)
  return { name: 'pglite', dialect: 'postgres', capabilities, ...lender, classify: classifyPostgresql }
}

function libraryOptions({ dataDir, options }: PgliteOptions): LibraryOptions {
  return { ...options, ...(dataDir === undefined ? {} : { dataDir }), parsers, serializers }
}

// The library takes a byte order mark at the beginning of a text for one of its own, and drops it when it reads.
const form: ParameterForm = {
  ...postgresqlForm,
  text: (value) => (value.startsWith('\uFEFF') ? refuse('PGlite does not give back a text that begins with U+FEFF') : value),
}

const itself = (value: string): string => value

// Read and written as text; what needs reading is read by the type of the query.
const parsers = { ...Object.fromEntries(textTypes.map((type) => [type, itself])), [oid.bytea]: readBytes }
const serializers = Object.fromEntries(Object.values(oid).map((type) => [type, itself]))

function wireOf(database: PGlite, shared: boolean): Wire {
  // A shared database has the parsers of whoever made it.
  const reading = shared ? { rowMode: 'array' as const, parsers, serializers } : { rowMode: 'array' as const }
  return {
    send: (sql, params) => ({ answer: database.query<unknown[]>(sql, [...params], reading).then(answerOf) }),
    get broken() {
      return database.closed
    },
    end: async () => {
      if (shared || database.closed) return
      await database.close()
    },
  }
}

function answerOf(result: { readonly rows: unknown[][]; readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]; readonly affectedRows?: number; readonly command?: string }): WireResult {
  return {
    rows: result.rows,
    columns: result.fields.map((field) => field.name),
    oids: result.fields.map((field) => field.dataTypeID),
    command: result.command ?? '',
    matched: result.affectedRows ?? 0,
  }
}
