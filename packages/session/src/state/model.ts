// Instances, their states and their session, which refer to each other: what everything in this package reads and changes, and
// nobody outside of it sees. An object as it was loaded shares a context with its siblings; the first change, expiry or query option
// of its own gives it a state.

import type { AnyExpr, LoaderOption, MappedEntity, Mapping, PlanNode } from '@relata/core'
import type { SessionError } from '../session-error.js'
import type { Turns } from './exclusive.js'
import type { Executor, TransactionControl, TransactionMark } from './executor.js'
import type { SessionListeners, SessionOptions } from './session-options.js'
import type { SharedSmallMap, SmallMap } from './small-map.js'

// ---------- instances

/** What every instance is. Values are own data properties, by slot name. */
export class Instance {
  #backing: LoadContext | InstanceState

  constructor(backing: LoadContext | InstanceState) {
    this.#backing = backing
  }

  /** Is it an object that some session or `create` made? */
  static is(value: unknown): value is Instance {
    return typeof value === 'object' && value !== null && #backing in value
  }

  /** The shared context of an object that never changed, else its own state. */
  static backing(instance: Instance): LoadContext | InstanceState {
    return instance.#backing
  }

  /** Gives an object a state of its own (or, when it is clean again, a shared context). */
  static rebase(instance: Instance, backing: LoadContext | InstanceState): void {
    instance.#backing = backing
  }
}

// ---------- what is known of an instance

/** A slot was never loaded (it may show a default), shows what the database has, or shows what it had. */
export const absent = 0
export const loaded = 1
export const stale = 2
/** One byte a slot, by slot number of the entity. */
export type SlotStatus = number[]

export type Lifecycle = 'transient' | 'pending' | 'persistent' | 'deleted' | 'detached'

/** The options of the query that loaded an object, cut to what lies below it; they hold for its later lazy loads. */
export interface LazyOptions {
  readonly options: readonly LoaderOption[]
  /** Comparable: equal texts mean equal options. */
  readonly key: string
  /** Those that say how a relationship is loaded later: they hold for objects that were there before and do not have it yet. */
  readonly later: readonly RelationshipOption[]
}

export type RelationshipOption = Extract<LoaderOption, { readonly _tag: 'relationship' }>

/** Shared by all unchanged objects that one statement brought. Detached for all of them at once by clearing `session`. */
export interface LoadContext {
  readonly _tag: 'context'
  readonly entity: MappedEntity
  session: SessionState | undefined
  /** Of every object of this context; made stale for all of them at once by an expiry. Objects of one context never differ. */
  readonly status: SlotStatus
  /** Dropped by an expiry of all. */
  options: LazyOptions | undefined
}

/** The old value of a slot where nobody knows it: it was not loaded when it was replaced. */
export const unknownValue: unique symbol = Symbol('unknown value')

/** Members that others may share while there are none: `noteMember` puts one in. */
export interface SharedMembers extends ReadonlySet<Instance> { delete(member: Instance): boolean }

/** Net changes of a collection since it was loaded or last flushed, members by identity, in order of the changes. */
export interface CollectionChange {
  added: SharedMembers
  removed: SharedMembers
  /** A whole assignment over a collection that was not loaded: the flush must load the old members. */
  oldUnknown: boolean
  /** The members before the changes, made when a list is asked whether it had one. */
  base?: Set<Instance>
}

/** The identity of a row: one primitive per entity root; composite keys are a short text. */
export type IdentityKey = string | number | bigint | boolean

/** What the verbs recorded of an object since it was loaded or last flushed. A flush takes it whole and leaves a new one. */
export interface ChangeLog {
  /**
   * The first committed value of each changed scalar slot (column or scalar relationship): slot number → value or `unknownValue`. Columns
   * of a new object are not noted: all that is loaded was given.
   */
  readonly committed: SharedSmallMap<number, unknown>
  /** Net changes of loaded (or new) collections, and of dynamic and write-only ones. */
  readonly changes: SharedSmallMap<number, CollectionChange>
  /** Changes queued on collections that are not loaded; they merge when it loads and are dropped by flush and expire. */
  readonly queued: SharedSmallMap<number, CollectionChange>
}

export interface InstanceState extends ChangeLog {
  readonly _tag: 'state'
  readonly instance: Instance
  readonly entity: MappedEntity
  session: SessionState | undefined
  lifecycle: Lifecycle
  /** The committed identity: the key and its values in key order. Undefined before the first flush. */
  key: IdentityKey | undefined
  keyValues: readonly unknown[] | undefined
  /** For a new object, `loaded` says that the slot was given; the others are absent until its flush. */
  readonly status: SlotStatus
  committed: SharedSmallMap<number, unknown>
  changes: SharedSmallMap<number, CollectionChange>
  queued: SharedSmallMap<number, CollectionChange>
  /** Which parent holds this object, by key of a one-to-many or singleParent relationship: an instance, or null once let go. */
  parents: SharedSmallMap<string, Instance | null>
  options: LazyOptions | undefined
  /** Position in the order of `add`; inserts of one table follow it. */
  order: number
  /** A new object that a delete-orphan parent let go while it was in no session: a flush that finds it lets it go too. */
  orphanedOutside: boolean
  /** Columns that show null because their insert gave nothing, and were not read since: a relationship that sets null there writes it. */
  assumed: Set<number> | undefined
  /** Columns that were given an expression instead of a value: what was given, and as a plan has it. The next flush writes them. */
  expressions: Map<number, { readonly given: AnyExpr; readonly node: PlanNode }> | undefined
  /** What stale slots showed before the program set them, a collection as its members: a rollback shows it again. */
  covered: Map<number, unknown> | undefined
  /** Columns of an object that a rollback made new again: what they hold counts as committed until it is changed. */
  former: Set<number> | undefined
  /** Its row was deleted: it cannot be added again, unless a rollback brings the row back. */
  gone: boolean
  /** The number that a flush gave it, and which flush that was: here because a Map over all objects costs more. */
  flushId: number
  flushNumber: number
  /** The last walk that met it. */
  walk: number
  /** Set by enableRelationshipLoading: lazy loads work though the object is not persistent. */
  loadOnPending: boolean
}

// ---------- the session

/** By name of the root entity; concrete entities are roots of their own. */
export type IdentityMap = Map<string, Map<IdentityKey, Instance>>

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
  /** What `changeCount` was when the last transaction ended: where nothing came since, none began. */
  endedAt: number
  /** The number that the next object added gets. */
  nextOrder: number
  flushing: boolean
  /** How many savepoints were ever set: their names. */
  savepoints: number
  /** Of the `transaction` that is open: a program inside it has the same in its environment, one beside it has not. */
  transaction: TransactionMark | undefined
  /** Above zero while a program runs that asked for no autoflush. */
  autoflushOff: number
  closed: boolean
  readonly turns: Turns
}

/** A transaction or savepoint. What flushes did since it began is kept as they left it: only a rollback asks for more (see undo-frame.ts). */
export interface UndoFrame {
  readonly savepoint: string | undefined
  /** In order, those that `undo` does not have yet. */
  readonly flushes: KeptFlush[]
  readonly undo: Undo
}

/** What one flush did to objects, each by its place in two lists that belong together. */
export interface KeptFlush {
  readonly inserted: readonly InstanceState[]
  readonly deleted: readonly InstanceState[]
  readonly changed: readonly InstanceState[]
  /** What the changed slots of each of them had before. */
  readonly before: readonly SharedSmallMap<number, unknown>[]
}

/** What happened since a transaction or savepoint began, as far as a rollback needs it. */
export interface Undo {
  /** Objects inserted since: they become transient. */
  readonly inserted: Set<InstanceState>
  /** Those of them that the session let go since: whoever still has one has a transient object after a rollback. */
  readonly letGo: Set<WeakRef<InstanceState>>
  /** Objects deleted since: they become persistent again. */
  readonly deleted: Set<InstanceState>
  /** Key changes since: old key values by state. */
  readonly keys: Map<InstanceState, readonly unknown[]>
  /** Objects flushed since, with the values that their changed slots had before: a savepoint's rollback makes just these stale. */
  readonly touched: Map<InstanceState, SmallMap<number, unknown>>
}
