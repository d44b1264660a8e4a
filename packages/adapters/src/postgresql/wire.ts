// The little that a PostgreSQL client library must do for us: send one statement, cancel it, end.

import type { Sent } from '../statement/interruptible.js'

export interface WireColumn {
  readonly name: string
  /** The server's number of its type. */
  readonly type: number
}

export interface WireResult {
  readonly rows: unknown[][]
  /** The same list as before, if it can be, where they are the same. */
  readonly columns: readonly WireColumn[]
  /** The command that was executed, as the server names it. */
  readonly command: string
  /** Rows written; 0 where nothing was. */
  readonly matched: number
}

/** One connection of a client library. `send` never throws; its answer always settles, also when the connection is lost. */
export interface Wire {
  /** A statement that is not worth preparing is sent `once`. */
  send(sql: string, params: (string | null)[], once: boolean): Sent<WireResult>
  /** Statements sent and not answered yet. */
  readonly running: number
  /** True once it can no longer be used. */
  readonly broken: boolean
  /** True when it has prepared as many statements as it may. */
  readonly worn?: boolean
  /** Ends it, gracefully or not; never rejects. */
  end(): Promise<void>
}
