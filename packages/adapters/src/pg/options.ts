// What the pg adapter is told.

import type { ClientConfig } from 'pg'
import type { Capabilities } from '@relata/sql/driver'
import type { PoolOptions } from '../lending/pool-options.js'

export interface PgOptions extends PoolOptions {
  /** `postgres://user:password@host:port/database`; what is not in it is taken from `client`, then from the PG… variables. */
  readonly url?: string
  /** Further options of the library's client. */
  readonly client?: ClientConfig
  /** False behind PgBouncer in transaction mode, which gives a prepared statement to the wrong server. */
  readonly prepare?: boolean
  /** The most statements that a connection has prepared; one that has more is closed when it comes back. */
  readonly statements?: number
  /** The database behind the protocol, where it is another. */
  readonly engine?: 'cockroachdb' | 'yugabytedb' | 'citus'
  /** What is known to be otherwise about this database. */
  readonly capabilities?: Partial<Capabilities>
}
