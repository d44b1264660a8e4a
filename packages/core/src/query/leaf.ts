// The leaves that only queries have: relationships as conditions, queries inside queries, values and lists of values.

import type { AttributeRef, FieldRef, Literal, Node, Null, TableColumnRef } from '../expression/node.js'
import type { SelectDescriptor } from './select-descriptor.js'

/** A relationship of an entity or alias as written in a query; `ofType` is the entity or alias it is narrowed or led to. */
export interface RelationshipRef {
  readonly source: string
  readonly entity: string
  readonly name: string
  readonly ofType?: { readonly entity: string; readonly source: string }
}

export type QueryLeaf =
  | AttributeRef
  | TableColumnRef
  | FieldRef
  | Literal
  /** A list of values: one slot of a plan, whatever its length. */
  | { readonly _tag: 'list'; readonly values: readonly unknown[] }
  | Null
  /** any (of a list) and has (of a scalar): an EXISTS over the relationship, correlated with its source. */
  | { readonly _tag: 'related'; readonly quantifier: 'any' | 'has'; readonly relationship: RelationshipRef; readonly where?: QueryNode }
  /** Comparison with an object: its key is read when the query runs, after the autoflush. */
  | { readonly _tag: 'relatedTo'; readonly operator: 'eq' | 'ne' | 'contains'; readonly relationship: RelationshipRef; readonly object: object }
  | { readonly _tag: 'relatedNull'; readonly negated: boolean; readonly relationship: RelationshipRef }
  /** The relationship's own condition between two sources of the query (an implicit join). */
  | { readonly _tag: 'relationshipCondition'; readonly relationship: RelationshipRef }
  | { readonly _tag: 'exists'; readonly select: SelectDescriptor }
  | { readonly _tag: 'scalarSubquery'; readonly select: SelectDescriptor }
  | { readonly _tag: 'inSubquery'; readonly negated: boolean; readonly arg: QueryNode; readonly select: SelectDescriptor }

export type QueryNode = Node<QueryLeaf>
