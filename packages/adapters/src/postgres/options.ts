// What the postgres adapter is told.

import type { Capabilities } from '@relata/sql/driver'
import type { PoolOptions } from '../lending/pool-options.js'

export interface PostgresOptions extends PoolOptions {
  /** `postgres://user:password@host:port/database`; what is not in it is taken from the fields below, then from the PG… variables. */
  readonly url?: string
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly user?: string
  readonly password?: string | (() => string | Promise<string>)
  readonly ssl?: boolean | 'require' | 'allow' | 'prefer' | 'verify-full' | object
  /** Parameters of the session, such as `{ application_name: 'shop', search_path: 'shop' }`. */
  readonly session?: Readonly<Record<string, string | number | boolean>>
  /** False behind PgBouncer in transaction mode, which gives a prepared statement to the wrong server. */
  readonly prepare?: boolean
  /** The most statements that a connection has prepared; one that has more is closed when it comes back. */
  readonly statements?: number
  /** Milliseconds after which the server itself ends a statement. PgBouncer must be told to let this through. */
  readonly statementTimeout?: number
  /** The database behind the protocol, where it is another. */
  readonly engine?: 'cockroachdb' | 'yugabytedb' | 'citus'
  /** What is known to be otherwise about this database. */
  readonly capabilities?: Partial<Capabilities>
}
