// The driver contract: what an adapter implements. No fp-ts in it, so that an adapter needs nothing of ours at run time.

import type { DriverError } from './driver-error.js'
import type { Query, Result } from './query.js'

export interface ExecuteOptions {
  readonly signal?: AbortSignal
  /** Milliseconds since the epoch after which the statement fails with a timeout. */
  readonly deadline?: number
}

export type Isolation = 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable'
export interface BeginOptions { readonly isolation?: Isolation; readonly readOnly?: boolean }

/** One physical connection, lent to one session at a time. Every promise settles; a rejection is a `DriverError`. */
export interface Connection {
  execute(query: Query, options?: ExecuteOptions): Promise<Result>
  /** The same text with several sets of values; the rows matched by each. By default one `execute` after another. */
  executeMany?(query: Query, sets: readonly (readonly unknown[])[], options?: ExecuteOptions): Promise<readonly number[]>
  /** Several queries of which none waits for another's answer. By default one `execute` after another. */
  pipeline?(queries: readonly Query[], options?: ExecuteOptions): Promise<readonly Result[]>
  /** Batches of rows; returning early closes the cursor and leaves the connection clean. */
  stream?(query: Query, options?: ExecuteOptions & { readonly batch?: number }): AsyncIterable<readonly (readonly unknown[])[]>
  begin(options?: BeginOptions): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  savepoint(name: string): Promise<void>
  releaseSavepoint(name: string): Promise<void>
  rollbackToSavepoint(name: string): Promise<void>
  /** True once the connection may no longer be used. */
  readonly broken: boolean
}

/** How a database differs, as data. What is not said has the value in `defaultCapabilities`. */
export interface Capabilities {
  readonly returning: { readonly insert: boolean; readonly update: boolean; readonly delete: boolean }
  /** What `Result.insertId` of a multi-row insert is, and whether the keys of its rows are consecutive. */
  readonly insertId: 'first' | 'last' | 'none'
  readonly insertIdsConsecutive: boolean
  readonly maxParams: number
  /** After an error nothing but a rollback is accepted. */
  readonly errorAbortsTransaction: boolean
  /** Nothing else can be sent while a stream is open. */
  readonly streamIsExclusive: boolean
  readonly cancel: boolean
  readonly savepoints: boolean
  readonly deferrableConstraints: boolean
}

export interface Driver {
  readonly name: string
  /** The name of the dialect record that prints for it. */
  readonly dialect: 'postgres' | 'mysql' | 'mariadb' | 'sqlite'
  /** The database that speaks that protocol, where it is another. */
  readonly engine?: 'cockroachdb' | 'yugabytedb' | 'citus' | 'tidb' | 'vitess'
  readonly capabilities: Capabilities
  acquire(options?: ExecuteOptions): Promise<Connection>
  /** Takes a connection back; one that is broken, or in a transaction, is discarded. */
  release(connection: Connection): Promise<void>
  classify(error: unknown): DriverError
  close(): Promise<void>
}

/** What a program passes to `run`: opens the driver when it is first needed. */
export interface Adapter {
  readonly _tag: 'Adapter'
  readonly name: string
  connect(): Promise<Driver>
  /**
   * Opens a scope for the program of one session, where its driver must know whose call is whose: with one connection, whoever
   * asks for it from inside the program that has it would wait for itself. Such a call is refused as `reentrant`.
   */
  scope?(): Scope
}

/** Runs work in the scope of one program, with all that is started there. */
export type Scope = <A>(work: () => Promise<A>) => Promise<A>
