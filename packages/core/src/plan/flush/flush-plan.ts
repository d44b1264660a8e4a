// The plan of a flush: ordered writes as plain data, each with the reason it exists.

import type { PlanNode } from '../select-ast.js'
import type { ObjectId } from './flush-input.js'

/** A column of a step, by property and by its name in the database. */
export interface PlannedColumn { readonly column: string; readonly name: string }

/** What stands where a value is not known when the flush is planned. */
export type PlannedSymbol =
  /** An attribute of another row of this flush, known once that row is written. */
  | { readonly _tag: 'keyOf'; readonly row: ObjectId; readonly attribute: string }
  /** What the column's default gives when the row is written. */
  | { readonly _tag: 'default'; readonly on: 'insert' | 'update' }
  /** What the entity's version function gives for the present version. */
  | { readonly _tag: 'nextVersion'; readonly entity: string; readonly current: unknown }
  | { readonly _tag: 'expression'; readonly expr: PlanNode }

/** The rows of a step as columns lie in memory: a flush of many rows makes one list and not one a row. `plannedRows` tells them apart. */
export interface PlannedRows {
  /** How many there are. */
  readonly count: number
  /** The object of each row; none for rows of an association table. */
  readonly objects: readonly ObjectId[]
  /** The values of the first row in the order of the step's columns, then those of the second, and so on; null where a symbol stands. */
  readonly values: readonly unknown[]
  /** By place among the values: what stands there while the value is not known. */
  readonly symbols: Readonly<Record<number, PlannedSymbol>> | undefined
}

interface Step {
  readonly table: string
  /** Steps of one level wait for nothing in each other; a level waits for those below it. */
  readonly level: number
  /** Why, for a person: `"null out addresses.user_id: removed from User.addresses"`. */
  readonly reasons: readonly string[]
  readonly rows: PlannedRows
}

export interface InsertStep extends Step {
  readonly _tag: 'insert'
  readonly columns: readonly PlannedColumn[]
  /** What the database makes and the objects are to learn. */
  readonly returning: readonly PlannedColumn[]
}

/** The values of a row are those to set, then those of the key. */
export interface UpdateStep extends Step {
  readonly _tag: 'update'
  readonly set: readonly PlannedColumn[]
  readonly key: readonly PlannedColumn[]
  readonly returning: readonly PlannedColumn[]
  /** A row may take what another gives up, so they are written one after the other. */
  readonly sequential: boolean
}

export interface DeleteStep extends Step {
  readonly _tag: 'delete'
  readonly key: readonly PlannedColumn[]
  /** What a row that is not there means. */
  readonly missing: 'fail' | 'warn' | 'ignore'
}

export type FlushStep = InsertStep | UpdateStep | DeleteStep

/** A value that an object takes on though no statement of this flush writes it. */
export interface Assignment { readonly object: ObjectId; readonly attribute: string; readonly value: unknown; readonly symbol: PlannedSymbol | undefined }

export interface FlushWarning {
  readonly _tag: 'FlushWarning'
  readonly code: 'not-in-session-cascade'
  readonly message: string
  readonly relationship: string
  readonly object: ObjectId
  /** How many of the steps come before it. */
  readonly after: number
}

/** The objects of a flush, by number: the entity of each and, where it has a row, the key of that. */
export interface PlannedObjects {
  readonly entities: readonly string[]
  readonly keys: readonly (readonly unknown[] | null)[]
}

export interface FlushPlan {
  readonly _tag: 'FlushPlan'
  readonly version: 1
  /** Of the mapping that it was made for. */
  readonly fingerprint: string
  /** What each object is. */
  readonly objects: PlannedObjects
  readonly steps: readonly FlushStep[]
  readonly assignments: readonly Assignment[]
  /** Objects that take part: their recorded changes are done with once the plan is executed. */
  readonly kept: readonly ObjectId[]
  readonly inserted: readonly ObjectId[]
  readonly deleted: readonly ObjectId[]
  /** Of the deleted, those that a parent let go. */
  readonly orphans: readonly ObjectId[]
  /** New objects that leave the session without a statement. */
  readonly expelled: readonly ObjectId[]
  /** New objects that take over the row of a deleted one: `[new, deleted]`. */
  readonly rowSwitches: readonly (readonly [ObjectId, ObjectId])[]
  readonly warnings: readonly FlushWarning[]
}
