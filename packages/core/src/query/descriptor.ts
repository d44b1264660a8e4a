// Queries as their builders leave them: frozen data that names entities, attributes and relationships.
//
// One family of types in one file, for each refers to the next: expressions hold selects, selects hold expressions and options,
// options hold expressions.

import type { AttributeRef, FieldRef, Literal, Node, Null, Ordering, TableColumnRef } from '../expression/node.js'

// ---------- the leaves that only queries have

/** A relationship of an entity or alias as written in a query; `ofType` is the entity or alias it is narrowed or led to. */
export interface RelationshipRef {
  readonly source: string
  readonly entity: string
  readonly name: string
  readonly ofType?: { readonly entity: string; readonly source: string; readonly from?: Source }
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
  /** Membership of a source's row in a relationship of an object, whose key is read when the query runs, after the autoflush. */
  | { readonly _tag: 'memberOf'; readonly source: string; readonly relationship: { readonly entity: string; readonly name: string }; readonly object: object }
  /** What an object holds for a column when the statement runs, after the autoflush. */
  | { readonly _tag: 'objectValue'; readonly object: object; readonly table: string; readonly column: string }
  | { readonly _tag: 'relatedNull'; readonly negated: boolean; readonly relationship: RelationshipRef }
  /** The relationship's own condition between two sources of the query (an implicit join). */
  | { readonly _tag: 'relationshipCondition'; readonly relationship: RelationshipRef }
  | { readonly _tag: 'exists'; readonly select: SelectDescriptor }
  | { readonly _tag: 'scalarSubquery'; readonly select: SelectDescriptor }
  | { readonly _tag: 'inSubquery'; readonly negated: boolean; readonly arg: QueryNode; readonly select: SelectDescriptor }

export type QueryNode = Node<QueryLeaf>

// ---------- selects

/** Where rows come from: an entity under its name or an alias, a table, or another select. */
export type Source =
  | EntitySource
  | { readonly _tag: 'table'; readonly table: string; readonly source: string }
  | { readonly _tag: 'subquery'; readonly select: SelectDescriptor; readonly source: string; readonly lateral?: boolean }
  | { readonly _tag: 'cte'; readonly name: string; readonly source: string }

export interface EntitySource {
  readonly _tag: 'entity'
  readonly entity: string
  readonly source: string
  /** What it is read from where that is not its own tables. */
  readonly from?: Source
}

export interface QueryJoin {
  readonly kind: 'inner' | 'left' | 'full'
  /** Along a relationship, or to a source with a condition; an entity without one is joined by the foreign key between it and the query. */
  readonly to:
    | { readonly _tag: 'relationship'; readonly relationship: RelationshipRef; readonly source: string; readonly from?: Source; readonly where?: QueryNode }
    /** `left` names the source that it is joined to, where several could be meant. */
    | { readonly _tag: 'source'; readonly source: Source; readonly on?: QueryNode; readonly left?: string }
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
  /** Read beside the result: where the rows stand in their order, for who goes on after them. */
  readonly keyset?: readonly QueryNode[]
}

// ---------- loader options: a chain of links from an entity of the query, or a setting for a whole entity or query

export type LoadStrategy = 'lazy' | 'immediate' | 'joined' | 'subquery' | 'selectin' | 'noload' | 'raise' | 'raise_on_sql' | 'contains' | 'default'

export type LoaderOption =
  /** How one relationship is loaded, and what holds for the objects it brings (`below`). */
  | {
    readonly _tag: 'relationship'
    readonly strategy: LoadStrategy
    readonly relationship: RelationshipRef
    readonly where?: QueryNode
    readonly innerjoin?: boolean | 'unnested'
    readonly recursionDepth?: number
    readonly chunkSize?: number
    /** For 'contains': the alias in the query that the related columns come from. */
    readonly alias?: string
    readonly below: readonly LoaderOption[]
  }
  /** Columns of an entity: only these, or all but these, or these as well ('*' is every column). */
  | { readonly _tag: 'columns'; readonly how: 'only' | 'defer' | 'undefer'; readonly entity: string; readonly attributes: readonly string[] | '*'; readonly groups?: readonly string[]; readonly raise?: boolean }
  /** The strategy of all relationships not otherwise stated, of one entity or of every entity met. */
  | { readonly _tag: 'wildcard'; readonly strategy: LoadStrategy; readonly entity?: string }
  /** A criterion wherever the entity occurs. */
  | { readonly _tag: 'criteria'; readonly entity: string; readonly where: QueryNode; readonly includeAliases: boolean }
