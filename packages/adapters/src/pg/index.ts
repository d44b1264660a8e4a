// PostgreSQL through node-postgres, in a pool of ours.

import { defaultCapabilities } from '@relata/sql/driver'
import type { Adapter, Capabilities, Driver } from '@relata/sql/driver'
import { raise } from '../error/classified.js'
import { connectionPool, poolScope } from '../lending/pool.js'
import { refusedOption } from '../lending/pool-options.js'
import { classifyPostgresql } from '../postgresql/classify.js'
import { postgresqlConnection } from '../postgresql/connection.js'
import { schemaVersion } from '../postgresql/schema-version.js'
import type { PgOptions } from './options.js'
import { openWire } from './wire.js'

export type { PgOptions } from './options.js'

const capabilities: Capabilities = {
  ...defaultCapabilities,
  returning: { insert: true, update: true, delete: true },
  maxParams: 65_535,
  errorAbortsTransaction: true,
  streamIsExclusive: false,
  cancel: true,
  savepoints: true,
  deferrableConstraints: true,
}

/**
 * An adapter for PostgreSQL through node-postgres, for programs that have that library already.
 * It behaves as the `postgres` adapter does.
 *
 * @example
 * const adapter = pg({ url: 'postgres://localhost/shop', max: 20 })
 * const driver = await adapter.connect()
 */
export const pg = (options: PgOptions = {}): Adapter => ({
  _tag: 'Adapter',
  name: 'pg',
  connect: async () => driverOf(options),
  ...poolScope(options),
})

function driverOf(options: PgOptions): Driver {
  const wrong = refusedOption(options, ['postgres://', 'postgresql://', 'socket:', '/'])
  if (wrong !== undefined) return raise(wrong)
  const schema = schemaVersion()
  const open = async () => postgresqlConnection(await openWire(options, schema), options.statements ?? 500)
  const { status: _, ...lender } = connectionPool(open, classifyPostgresql, options)
  return {
    name: 'pg',
    dialect: 'postgres',
    ...(options.engine === undefined ? {} : { engine: options.engine }),
    capabilities: { ...capabilities, ...options.capabilities },
    ...lender,
    classify: classifyPostgresql,
  }
}
