// What a flush is planned from: the changed objects and all that their changes refer to, as closed data. Whoever has objects
// (a session, a test, a program of its own) writes this down; the planner sees nothing else.

import type { PlanNode } from '../select-ast.js'

/** The number of an object within one flush: whole numbers from 0, each of them once. What it is, the plan tells in `objects`. */
export type ObjectId = number

/** New in the session, kept in it, to be deleted, or not in the session at all. `'gone'` was deleted by an earlier flush. */
export type FlushState = 'new' | 'kept' | 'deleted' | 'outside' | 'gone'

export interface FlushObject {
  readonly id: ObjectId
  readonly entity: string
  readonly state: FlushState
  /** False for an object that is only referred to. */
  readonly changed: boolean
  /** Place in the order of adding: inserts of one table follow it. */
  readonly order: number
  /** The committed primary key in key order; undefined where there is no row yet. */
  readonly key: readonly unknown[] | undefined
  readonly columns: FlushColumns
  /** By relationship name: those that were changed or are loaded. One that is missing is not loaded and was not touched. */
  readonly relationships: Readonly<Record<string, FlushLinks>>
  /** Whether a parent holds this one, by key of the relationship (`'User.addresses'`); missing where nobody knows. */
  readonly parents: Readonly<Record<string, 'held' | 'let go'>>
  /** Of a new object: a parent let it go before it came into the session, and nobody added it by itself since. */
  readonly stray: boolean
  /**
   * It was expired, and nobody knows whether its row is still there: it is read before the row is written or another takes its key. What
   * the reading brought does not spare it what relationships write into it.
   */
  readonly expired?: 'unread' | 'read' | undefined
  /** `relationships` has every one that is in memory, changed or not. */
  readonly told?: boolean
}

/** Values by attribute name. */
export interface FlushColumns {
  /** What the object shows: of a new object what it was given, of others what is loaded. */
  readonly now: Readonly<Record<string, unknown>>
  /** The committed values of attributes that were changed. */
  readonly was: Readonly<Record<string, unknown>>
  /** Changed attributes whose committed value nobody knows: they are written whatever they hold. */
  readonly unknown: readonly string[]
  /** Attributes that are null because their insert gave nothing: a relationship that sets null there writes it all the same. */
  readonly assumed?: readonly string[]
  /** Expressions of the database assigned to attributes, instead of a value in `now`. */
  readonly expressions?: Readonly<Record<string, PlanNode>>
}

/** A relationship of one object: net changes since the last flush. Null among the added stands for "no object". */
export interface FlushLinks {
  /** False where it is not in memory: the changes are a queue then, and `kept` is what is known otherwise. */
  readonly loaded: boolean
  readonly added: readonly (ObjectId | null)[]
  readonly removed: readonly ObjectId[]
  /** Members that stay. Left out where no one asked: the planner asks for those it needs. */
  readonly kept: readonly ObjectId[] | undefined
  /** It was replaced while it was not loaded: the members before are not known. */
  readonly oldUnknown: boolean
}

export interface FlushInput {
  readonly _tag: 'FlushInput'
  readonly objects: readonly FlushObject[]
}

/** Something that has to be known before the flush can be planned. */
export type FlushNeed =
  /** The members of a relationship by its committed keys: `kept` filled, `oldUnknown` false. */
  | { readonly _tag: 'members'; readonly object: ObjectId; readonly relationship: string; readonly because: string }
  /** Column values that are not loaded. */
  | { readonly _tag: 'columns'; readonly object: ObjectId; readonly attributes: readonly string[]; readonly because: string }
  /** Every relationship of the object that is in memory, as far as it is: `told` true. Nothing has to be loaded for it. */
  | { readonly _tag: 'links'; readonly object: ObjectId; readonly because: string }
