// What a session is made of. The verbs read and change it; nobody outside this package sees it.

import type { Mapping } from '@relata/core'
import type { BeginOptions, Capabilities, Query, Result } from '@relata/sql/driver'
import type { Dialect } from '@relata/sql'
import type { IdentityMap } from './identity-map.js'
import type { InstanceState, LoadContext } from './instance-state.js'
import type { Instance } from './instance.js'
import type { SessionError } from '../session-error.js'
import type { Turns } from './exclusive.js'
import type { SessionListeners, SessionOptions } from './session-options.js'

export interface SessionState {
  readonly _tag: 'Session'
  readonly mapping: Mapping
  readonly options: SessionOptions
  readonly listeners: SessionListeners
  readonly executor: Executor
  /** Begins and ends the transactions of the executor's connection. */
  readonly control: TransactionControl
  /** Writes what is recorded: the flush, as `run` gives it. It throws what went wrong, and restores nothing. */
  readonly write: (session: SessionState) => Promise<unknown>
  readonly identity: IdentityMap
  /** Contexts in use: a clear detaches them all, an expiry makes them stale. */
  readonly contexts: Set<LoadContext>
  /** New objects, in order of their adding. */
  readonly pending: Set<Instance>
  /** Persistent objects with recorded changes: what a flush looks at, and nothing else. */
  readonly dirty: Set<InstanceState>
  /** Persistent objects that the next flush deletes. */
  readonly deleted: Set<Instance>
  /** What a rollback must undo: the transaction's frame first, innermost savepoint last; see transaction/. */
  readonly undo: UndoFrame[]
  /** Set by a failed flush until `rollback`. */
  failure: SessionError | undefined
  /** Counts every change that a verb records: a flush that finds it unchanged has nothing to do. */
  changeCount: number
  /** The number that the next object added gets. */
  nextOrder: number
  flushing: boolean
  /** How many savepoints were ever set: their names. */
  savepoints: number
  /** Above zero inside `transaction`: another one within it is a savepoint. */
  transactions: number
  /** Above zero while a program runs that asked for no autoflush. */
  autoflushOff: number
  closed: boolean
  readonly turns: Turns
}

/** What happened since a transaction or savepoint began, as far as a rollback needs it. */
export interface UndoFrame {
  readonly savepoint: string | undefined
  /** Objects inserted since: they become transient. */
  readonly inserted: Set<InstanceState>
  /** Objects deleted since: they become persistent again. */
  readonly deleted: Set<InstanceState>
  /** Key changes since: old key values by state. */
  readonly keys: Map<InstanceState, readonly unknown[]>
  /** Objects flushed since, with the values that their changed slots had before: a savepoint's rollback makes just these stale. */
  readonly touched: Map<InstanceState, Map<number, unknown>>
}

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
