// The select of a plan: every source has an alias, every column its database name, every value a slot.
// It says what is meant; what a dialect cannot say is rewritten when it is lowered.

import type { Node, Null, Ordering } from '../expression/node.js'
import type { DatabaseType } from '../schema/database-type.js'

export type PlanLeaf =
  | { readonly _tag: 'column'; readonly source: string; readonly name: string; readonly type?: DatabaseType }
  /** The n-th value given when the plan runs. */
  | { readonly _tag: 'slot'; readonly index: number; readonly type?: DatabaseType }
  /** A list of values in one slot; with `width`, a list of tuples. Only as the sole item of `in`. */
  | { readonly _tag: 'listSlot'; readonly index: number; readonly types: readonly (DatabaseType | undefined)[] }
  /** A constant of the mapping: sent as a parameter. */
  | { readonly _tag: 'constant'; readonly value: string | number | boolean; readonly type?: DatabaseType }
  | Null
  | { readonly _tag: 'exists'; readonly select: SelectAst }
  | { readonly _tag: 'subquery'; readonly select: SelectAst }

export type PlanNode = Node<PlanLeaf>

export type From =
  | { readonly _tag: 'table'; readonly table: string; readonly schema?: string; readonly alias: string }
  | { readonly _tag: 'select'; readonly select: SelectAst; readonly alias: string; readonly lateral?: boolean }
  | { readonly _tag: 'cte'; readonly name: string; readonly alias: string }
  /** `right` may itself be a join: a right-nested join keeps its inner joins inside an outer one. */
  | { readonly _tag: 'join'; readonly kind: 'inner' | 'left' | 'full'; readonly left: From; readonly right: From; readonly on: PlanNode }

export interface SelectColumn { readonly expr: PlanNode; readonly name: string }

export interface SelectAst {
  readonly _tag: 'selectAst'
  readonly ctes: readonly { readonly name: string; readonly recursive: boolean; readonly select: SelectAst; readonly union?: SelectAst; readonly unionAll?: boolean }[]
  readonly distinct: boolean
  /** None where only the existence of rows is asked for. */
  readonly columns: readonly SelectColumn[]
  /** Several are separated by commas. */
  readonly from: readonly From[]
  readonly where?: PlanNode
  readonly groupBy: readonly PlanNode[]
  readonly having?: PlanNode
  readonly setOperations: readonly { readonly operator: 'union' | 'union all' | 'intersect' | 'except'; readonly select: SelectAst }[]
  readonly orderBy: readonly Ordering<PlanNode>[]
  readonly limit?: PlanNode
  readonly offset?: PlanNode
  readonly lock?: { readonly strength: 'update' | 'share'; readonly wait: 'wait' | 'nowait' | 'skip locked'; readonly of?: readonly string[] }
}
