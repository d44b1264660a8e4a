// The session's way to its database: sending statements, beginning and ending transactions. See transaction/transport.ts.

import type { BeginOptions, Capabilities, Query, Result } from '@relata/sql/driver'
import type { Dialect } from '@relata/sql'

/** What is known of a database once connected. */
export interface Connected { readonly dialect: Dialect; readonly capabilities: Capabilities }

/** Sends statements on the session's connection, beginning its transaction first; tells the listeners; throws `RelataError`s. */
export interface Executor {
  /** Known once a connection was lent; `connect` lends one. */
  readonly connected: Connected | undefined
  connect(): Promise<Connected>
  /** The dialect of the connection; known once connected. */
  dialect(): Promise<Dialect>
  execute(query: Query): Promise<Result>
  executeMany(query: Query, sets: readonly (readonly unknown[])[]): Promise<readonly number[]>
  pipeline(queries: readonly Query[]): Promise<readonly Result[]>
  stream(query: Query, batch: number): AsyncIterable<readonly (readonly unknown[])[]>
}

/** Tells a transaction from every other. */
export interface TransactionMark { readonly _tag: 'TransactionMark' }

/** Begins and ends transactions on the connection; see transaction/transport.ts. */
export interface TransactionControl {
  readonly inTransaction: boolean
  begin(options: BeginOptions): Promise<void>
  commit(): Promise<void>
  /** Never fails: a connection that cannot roll back is dropped. */
  rollback(): Promise<void>
  savepoint(name: string): Promise<void>
  releaseSavepoint(name: string): Promise<void>
  rollbackToSavepoint(name: string): Promise<void>
  /** Rolls back what is open and gives the connection back for good. */
  close(): Promise<void>
}
