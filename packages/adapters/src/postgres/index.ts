// PostgreSQL through postgres.js, in a pool of ours.

import { defaultCapabilities } from '@relata/sql/driver'
import type { Adapter, Capabilities, Driver } from '@relata/sql/driver'
import { raise } from '../error/classified.js'
import { connectionPool, poolScope } from '../lending/pool.js'
import { refusedOption } from '../lending/pool-options.js'
import { classifyPostgresql } from '../postgresql/classify.js'
import { postgresqlConnection } from '../postgresql/connection.js'
import { schemaVersion } from '../postgresql/schema-version.js'
import type { PostgresOptions } from './options.js'
import { openWire } from './wire.js'

export type { PostgresOptions } from './options.js'

const capabilities: Capabilities = {
  ...defaultCapabilities,
  returning: { insert: true, update: true, delete: true },
  maxParams: 65_533,
  errorAbortsTransaction: true,
  streamIsExclusive: false,
  cancel: true,
  savepoints: true,
  deferrableConstraints: true,
}

/**
 * An adapter for PostgreSQL and what speaks its protocol. Connections are opened when they are needed.
 *
 * A connection that was lost is never used again, and every promise settles. Sessions are in UTC. A signal and a deadline
 * cancel the statement on the server. Behind PgBouncer in transaction mode say `prepare: false`.
 *
 * @example
 * const adapter = postgres({ url: 'postgres://localhost/shop', max: 20 })
 * const driver = await adapter.connect()
 */
export const postgres = (options: PostgresOptions = {}): Adapter => ({
  _tag: 'Adapter',
  name: 'postgres',
  connect: async () => driverOf(options),
  ...poolScope(options),
})

function driverOf(options: PostgresOptions): Driver {
  const wrong = refusedOption(options, ['postgres://', 'postgresql://'])
  if (wrong !== undefined) return raise(wrong)
  const schema = schemaVersion()
  const open = async () => postgresqlConnection(await openWire(options, schema), options.statements ?? 500)
  const { status: _, ...lender } = connectionPool(open, classifyPostgresql, options)
  return {
    name: 'postgres',
    dialect: 'postgres',
    ...(options.engine === undefined ? {} : { engine: options.engine }),
    capabilities: { ...capabilities, ...options.capabilities },
    ...lender,
    classify: classifyPostgresql,
  }
}
