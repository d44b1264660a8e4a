// What the mysql adapter is told.

import type { Capabilities } from '@relata/sql/driver'
import type { PoolOptions } from '../lending/pool-options.js'

export interface MysqlOptions extends PoolOptions {
  /** `mysql://user:password@host:port/database`; the fields below come before what it says. */
  readonly url?: string
  readonly host?: string
  readonly port?: number
  readonly socketPath?: string
  readonly database?: string
  readonly user?: string
  readonly password?: string
  readonly ssl?: string | object
  /** Variables of the session, such as `{ innodb_lock_wait_timeout: 5 }`. */
  readonly session?: Readonly<Record<string, string | number | boolean>>
  /** The most statements that a connection has prepared; older ones are closed. */
  readonly statements?: number
  /** The database behind the protocol, where it is another; found out by itself if not given. */
  readonly engine?: 'tidb' | 'vitess'
  /** What is known to be otherwise about this database. */
  readonly capabilities?: Partial<Capabilities>
}
