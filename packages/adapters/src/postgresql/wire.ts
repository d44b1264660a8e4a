// The little that a PostgreSQL client library must do for us: send one statement, cancel it, end.

import type { Sent } from '../statement/interruptible.js'

export interface WireResult {
  readonly rows: unknown[][]
  readonly columns: readonly string[]
  /** The server's number of each column's type. */
  readonly oids: readonly number[]
  /** The command that was executed, as the server names it. */
  readonly command: string
  /** Rows written; 0 where nothing was. */
  readonly matched: number
}

/** One connection of a client library. `send` never throws; its answer always settles, also when the connection is lost. */
export interface Wire {
  /** A statement that is not worth preparing is sent `once`. */
  send(sql: string, params: readonly (string | null)[], once: boolean): Sent<WireResult>
  /** True once it can no longer be used. */
  readonly broken: boolean
  /** True when it has prepared as many statements as it may. */
  readonly worn?: boolean
  /** Ends it, gracefully or not; never rejects. */
  end(): Promise<void>
}
