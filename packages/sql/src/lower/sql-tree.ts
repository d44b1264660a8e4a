// What a dialect can say: the tree that is printed. Expressions are core's, with the leaves of this stage.

import type { DatabaseType, Node } from '@relata/core'
import type { ParameterType } from '../driver/query.js'

/** Where the value of a parameter comes from when the statement is given its values. */
export type ValueSource =
  | { readonly _tag: 'value'; readonly index: number }
  | { readonly _tag: 'constant'; readonly value: string | number | boolean }
  /** A whole list; of a list of tuples, the `member` of each. */
  | { readonly _tag: 'array'; readonly index: number; readonly member?: number }
  /** A whole list as one text of JSON. */
  | { readonly _tag: 'json'; readonly index: number }
  /** The value of a list at a place, or its last where it is shorter. */
  | { readonly _tag: 'element'; readonly index: number; readonly at: number; readonly member?: number }
  /** Of rows of a write: a cell (of the last row where there are fewer), a column of all rows, how many there are. */
  | { readonly _tag: 'cell'; readonly row: number; readonly column: number }
  | { readonly _tag: 'rowColumn'; readonly column: number }
  | { readonly _tag: 'rowCount' }
  /** What follows the rows of a write: the slots of its expressions. */
  | { readonly _tag: 'extra'; readonly index: number }

export interface Parameter {
  readonly _tag: 'parameter'
  readonly source: ValueSource
  readonly type: ParameterType | undefined
  /** Written after the parameter where the database could not tell its type. */
  readonly cast?: DatabaseType
}

export type SqlLeaf =
  /** An empty source is an output column of the select that is ordered. */
  | { readonly _tag: 'column'; readonly source: string; readonly name: string }
  | Parameter
  | { readonly _tag: 'keyword'; readonly word: 'null' | 'true' | 'false' | 'default' | '*' }
  /** A constant written into the text: only in DDL, which takes no parameters. */
  | { readonly _tag: 'literal'; readonly text: string }
  /** One list as one parameter: `any($1)`. */
  | { readonly _tag: 'quantified'; readonly quantifier: 'any' | 'all'; readonly parameter: Parameter }
  /** A list of tuples as one parameter a member. */
  | { readonly _tag: 'unnest'; readonly members: readonly Parameter[] }
  /** Membership in a list whose length the text depends on; printed whole, since an empty one is `false`. */
  | { readonly _tag: 'listMembership'; readonly arg: SqlNode; readonly negated: boolean; readonly index: number; readonly types: readonly (DatabaseType | undefined)[]; readonly form: 'list' | 'values' | 'or' }
  | { readonly _tag: 'membership'; readonly arg: SqlNode; readonly negated: boolean; readonly select: SqlSelect }
  /** Membership of a tuple in tuples that are written out. */
  | { readonly _tag: 'valuesMembership'; readonly arg: SqlNode; readonly negated: boolean; readonly items: readonly SqlNode[] }
  | { readonly _tag: 'exists'; readonly select: SqlSelect }
  | { readonly _tag: 'subquery'; readonly select: SqlSelect }

export type SqlNode = Node<SqlLeaf>

export interface SqlOrdering { readonly arg: SqlNode; readonly direction: 'asc' | 'desc'; readonly nulls?: 'first' | 'last' }

export type SqlFrom =
  | { readonly _tag: 'table'; readonly table: string; readonly schema?: string; readonly alias: string }
  | { readonly _tag: 'select'; readonly select: SqlSelect; readonly alias: string; readonly lateral: boolean }
  | { readonly _tag: 'join'; readonly kind: 'inner' | 'left' | 'full'; readonly left: SqlFrom; readonly right: SqlFrom; readonly on: SqlNode }

export interface SqlCte {
  readonly name: string
  readonly columns: readonly string[]
  readonly select: SqlSelect
  readonly union?: { readonly all: boolean; readonly select: SqlSelect }
}

export interface SqlSelect {
  readonly recursive: boolean
  readonly ctes: readonly SqlCte[]
  readonly distinct: boolean
  readonly columns: readonly { readonly expr: SqlNode; readonly name: string; readonly type: DatabaseType | undefined }[]
  readonly from: readonly SqlFrom[]
  readonly where?: SqlNode
  readonly groupBy: readonly SqlNode[]
  readonly having?: SqlNode
  /** Members have no order, limit or compound of their own. */
  readonly compound: readonly { readonly operator: 'union' | 'union all' | 'intersect' | 'except'; readonly select: SqlSelect }[]
  readonly orderBy: readonly SqlOrdering[]
  readonly limit?: SqlNode | { readonly _tag: 'endless'; readonly text: string }
  readonly offset?: SqlNode
  readonly lock?: { readonly words: string; readonly of: readonly string[]; readonly wait: 'wait' | 'nowait' | 'skip locked' }
}
