// A relationship as its builder leaves it: every parameter of the specification, none of them looked at yet.

import type { MappingNode, Ordering } from '../expression/node.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'

export type Lazy = Extract<RelationshipOptions['lazy'], string>

/** Lists keep order, sets hold a member once, keyed collections are maps by an attribute, by several, or by a function of the member; or one of the program's own. */
export type CollectionClass =
  | 'list' | 'set'
  | { readonly keyedBy: string | readonly string[] | ((member: never) => unknown); readonly ignoreUnpopulated?: boolean }
  | CustomCollection

/**
 * A collection of the program's own: what an empty one is, one with a member more, one with a member less, and its members. It holds a
 * member once; `add` and `remove` give a new collection, or the same one changed.
 */
export interface CustomCollection {
  readonly empty: () => object
  readonly add: (collection: never, member: never) => object
  readonly remove: (collection: never, member: never) => object
  readonly members: (collection: never) => Iterable<unknown>
}

/** What rows may be read from: a table (perhaps derived from a query), its name, an alias of one, or a join of several. */
export type SelectableDescriptor =
  | TableDescriptor
  | string
  | { readonly _tag: 'TableAlias'; readonly table: TableDescriptor; readonly alias: string }
  | { readonly _tag: 'TableJoin'; readonly left: SelectableDescriptor; readonly right: SelectableDescriptor; readonly on: MappingNode; readonly outer: boolean }

/** An argument given as it is, or as a function that is called once, when the registry is configured. */
export type Deferred<A> = A | (() => A)

/** A column named as `'table.property'` or given as an expression. */
export type ColumnArgument = string | MappingNode

export interface RelationshipOptions {
  readonly secondary?: Deferred<SelectableDescriptor>
  readonly uselist?: boolean
  readonly collectionClass?: CollectionClass
  readonly primaryjoin?: Deferred<MappingNode>
  readonly secondaryjoin?: Deferred<MappingNode>
  readonly foreignKeys?: Deferred<ColumnArgument | readonly ColumnArgument[]>
  readonly remoteSide?: Deferred<ColumnArgument | readonly ColumnArgument[]>
  readonly backPopulates?: Deferred<string>
  readonly backref?: string | BackrefDescriptor
  /** Names of relationships, separated by commas. */
  readonly overlaps?: string
  readonly orderBy?: Deferred<OrderArgument | readonly OrderArgument[] | false>
  readonly postUpdate?: boolean
  readonly cascade?: string | readonly string[] | false
  readonly cascadeBackrefs?: boolean
  readonly viewonly?: boolean
  /** Written out, so that the compiler's error lists them. */
  readonly lazy?: 'select' | 'immediate' | 'joined' | 'subquery' | 'selectin' | 'noload' | 'raise' | 'raise_on_sql' | 'write_only' | 'dynamic' | boolean | null
  readonly passiveDeletes?: boolean | 'all'
  readonly passiveUpdates?: boolean
  readonly activeHistory?: boolean
  readonly enableTypechecks?: boolean
  readonly joinDepth?: number
  readonly comparatorFactory?: (relationship: never) => Readonly<Record<string, unknown>>
  readonly singleParent?: boolean
  readonly innerjoin?: boolean | 'nested' | 'unnested'
  readonly distinctTargetKey?: boolean | null
  readonly loadOnPending?: boolean
  readonly queryClass?: (members: never) => Readonly<Record<string, unknown>>
  readonly info?: Readonly<Record<string, unknown>>
  readonly doc?: string
  readonly omitJoin?: boolean | null
  readonly syncBackref?: boolean
  readonly init?: boolean
  readonly repr?: boolean
  readonly default?: null
  readonly defaultFactory?: () => unknown
  readonly compare?: boolean
  readonly kwOnly?: boolean
}

export type OrderArgument = ColumnArgument | Ordering<MappingNode>

export interface BackrefDescriptor { readonly _tag: 'Backref'; readonly name: string; readonly options: RelationshipOptions }

/** An entity that is read from something else than its tables, under a name of its own. */
export interface EntityAliasDescriptor { readonly _tag: 'EntityAlias'; readonly entity: string; readonly alias: string; readonly source: SelectableDescriptor }

export interface RelationshipDescriptor {
  readonly _tag: 'Relationship'
  /** An entity of the registry by name, or a function that gives the name; or an alias of one. */
  readonly target: Deferred<string> | EntityAliasDescriptor
  readonly options: RelationshipOptions
}
