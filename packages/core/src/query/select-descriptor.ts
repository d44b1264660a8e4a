// A select as its builders leave it: frozen data that names entities, attributes and relationships.

import type { Ordering } from '../expression/node.js'
import type { LoaderOption } from './loader-option.js'
import type { QueryNode, RelationshipRef } from './leaf.js'

/** Where rows come from: an entity under its name or an alias, or another select. */
export type Source =
  | { readonly _tag: 'entity'; readonly entity: string; readonly source: string }
  | { readonly _tag: 'subquery'; readonly select: SelectDescriptor; readonly source: string; readonly lateral?: boolean }
  | { readonly _tag: 'cte'; readonly name: string; readonly source: string }

export interface QueryJoin {
  readonly kind: 'inner' | 'left' | 'full'
  /** Along a relationship, or to a source with a condition. */
  readonly to:
    | { readonly _tag: 'relationship'; readonly relationship: RelationshipRef; readonly source: string; readonly where?: QueryNode }
    | { readonly _tag: 'source'; readonly source: Source; readonly on: QueryNode }
}

export interface CommonTable { readonly name: string; readonly recursive: boolean; readonly select: SelectDescriptor; readonly union?: SelectDescriptor; readonly unionAll?: boolean }

export interface RowLock { readonly strength: 'update' | 'share'; readonly wait: 'wait' | 'nowait' | 'skip locked'; readonly of?: readonly string[] }

export interface SelectDescriptor {
  readonly _tag: 'select'
  /** What it gives: objects of one entity, or rows of named expressions. */
  readonly result:
    | { readonly _tag: 'entity'; readonly entity: string; readonly source: string }
    | { readonly _tag: 'fields'; readonly fields: Readonly<Record<string, QueryNode>> }
  readonly from: readonly Source[]
  readonly joins: readonly QueryJoin[]
  readonly where: readonly QueryNode[]
  readonly groupBy: readonly QueryNode[]
  readonly having: readonly QueryNode[]
  readonly orderBy: readonly Ordering<QueryNode>[]
  readonly limit?: number
  readonly offset?: number
  readonly distinct: boolean
  /** Sources of an enclosing query that this one refers to. */
  readonly correlate: readonly string[]
  readonly ctes: readonly CommonTable[]
  /** UNION and the like with further selects of the same fields. */
  readonly setOperations: readonly { readonly operator: 'union' | 'union all' | 'intersect' | 'except'; readonly select: SelectDescriptor }[]
  readonly options: readonly LoaderOption[]
  readonly lock?: RowLock
  readonly populateExisting: boolean
  /** Overrides the session's autoflush for this query. */
  readonly autoflush?: boolean
}
