// The configured mapping: every decision about every relationship taken, as data. Planner and session read nothing else.

import type { Node, Null, Ordering, Literal } from '../expression/node.js'
import type { CollectionClass, Lazy } from '../mapping/relationship-descriptor.js'
import type { Column } from '../schema/column.js'
import type { SelectAst } from '../plan/select-ast.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'
import type { MappingWarning } from './mapping-error.js'

export interface Mapping {
  readonly _tag: 'Mapping'
  /** Changes with anything that a plan depends on. Plans bear it. */
  readonly fingerprint: string
  readonly tables: Readonly<Record<string, MappedTable>>
  /** By name, in the order of declaration. */
  readonly entities: Readonly<Record<string, MappedEntity>>
  readonly warnings: readonly MappingWarning[]
}

/** A table as plans read it, or what stands for one. */
export interface MappedTable extends TableDescriptor {
  /** Of what is no table of the database: where its rows come from, and whose columns its own are. */
  readonly derived?: {
    readonly rows: { readonly _tag: 'select'; readonly select: SelectAst } | { readonly _tag: 'table'; readonly table: string }
    readonly of: Readonly<Record<string, ColumnRef>>
  }
}

export interface MappedEntity {
  readonly name: string
  /** Position in the declaration, a stable order for flushes. */
  readonly order: number
  /** The entity's own table; `tables` adds those it inherits by joins, root first. */
  readonly table: string
  readonly tables: readonly string[]
  /** How its tables are joined, where it is mapped over a join. */
  readonly readFrom?: MappedSelectable
  /** In slot order: root's attributes first. */
  readonly attributes: readonly MappedAttribute[]
  readonly attribute: Readonly<Record<string, MappedAttribute>>
  /** Attribute names of the primary key, in key order. */
  readonly primaryKey: readonly string[]
  /** In slot order, inherited ones first; by name. */
  readonly relationships: readonly MappedRelationship[]
  readonly relationship: Readonly<Record<string, MappedRelationship>>
  /** Slot names: attributes, then relationships. A slot's number is its place here. */
  readonly slots: readonly string[]
  readonly slot: Readonly<Record<string, number>>
  readonly version?: { readonly attribute: string; readonly next: 'count' | 'server' | 'given' | ((current: never) => unknown) }
  readonly confirmDeletedRows: boolean
  readonly passiveUpdates: boolean
  readonly inheritance: MappedInheritance
}

/** How an entity stands in its line: alone, all but `root` and `line` are empty. */
export interface MappedInheritance {
  readonly root: string
  /** Root first, this entity last. */
  readonly line: readonly string[]
  /** All entities below this one, nearest first. */
  readonly descendants: readonly string[]
  readonly kind: 'none' | 'single' | 'joined' | 'concrete'
  readonly polymorphicOn?: string
  readonly identity?: string | number
  readonly withPolymorphic: readonly string[]
  /** For a joined subclass: own table's columns equal to the parent's, as `[own, parents]`; over a join, those that it equates, the later first. */
  readonly inheritPairs: readonly (readonly [ColumnRef, ColumnRef])[]
}

export interface ColumnRef { readonly table: string; readonly column: string }

export interface MappedAttribute {
  readonly name: string
  readonly slot: number
  /**
   * The table that it is written to. Where a joined line has a column of the same name in several tables, the attribute stands
   * for all of them (`also`); a column that the inherit condition equates under another name is an attribute of its own
   * (`inheritPairs`).
   */
  readonly table: string
  /** Property name in the table, and name in the database. */
  readonly column: string
  readonly databaseName: string
  readonly descriptor: Column<unknown>
  readonly primaryKey: boolean
  readonly nullable: boolean
  /** The database makes the value when an insert gives none: its own key, a server default, or a computed column. */
  readonly generated: 'none' | 'key' | 'serverDefault' | 'always'
  readonly also: readonly ColumnRef[]
  readonly deferred: boolean
  readonly deferredGroup?: string
  /** The entity that declares it: this one, or one above. */
  readonly declaredBy: string
}

// ---------- join conditions

/** A column within a join condition, with all that the passes found out about it. */
export interface JoinColumn {
  readonly _tag: 'joinColumn'
  readonly table: string
  readonly column: string
  /** Its side: the parent's, the target's, or the secondary's. */
  readonly side: 'local' | 'remote'
  /**
   * Where it reads from: the parent entity's tables, the target's, the secondary (`table` is then its alias there), or a
   * table of none of them, which a plan has to add to FROM (`otherTables`). Decides the alias in a plan.
   */
  readonly from: 'parent' | 'target' | 'secondary' | 'other'
  readonly foreign: boolean
  readonly remote: boolean
}
export type JoinLeaf = JoinColumn | Literal | Null
export type JoinNode = Node<JoinLeaf>

/** A join condition with one side's columns replaced by parameters: `binds[n]` is the column whose value goes into `bind` n. */
export type LazyLeaf = JoinColumn | Literal | Null | { readonly _tag: 'bind'; readonly index: number }
export interface LazyClause {
  readonly condition: Node<LazyLeaf>
  readonly secondaryCondition?: Node<LazyLeaf>
  readonly binds: readonly ColumnRef[]
}

/** Tables joined to each other, by the names that conditions know them by. */
export type MappedSelectable =
  | { readonly _tag: 'table'; readonly table: string; readonly alias: string }
  | { readonly _tag: 'join'; readonly left: MappedSelectable; readonly right: MappedSelectable; readonly on: JoinNode; readonly outer: boolean }

export type Direction = 'one-to-many' | 'many-to-one' | 'many-to-many'

export interface Cascade {
  readonly saveUpdate: boolean
  readonly merge: boolean
  readonly refreshExpire: boolean
  readonly expunge: boolean
  readonly delete: boolean
  readonly deleteOrphan: boolean
}

/** A pair of columns, source first: the value is copied from the first into the second. */
export interface ColumnPair { readonly source: ColumnRef; readonly destination: ColumnRef }

export interface MappedRelationship {
  /** `'User.addresses'`, by the entity that declares it. */
  readonly key: string
  readonly entity: string
  readonly name: string
  readonly slot: number
  readonly target: string
  /** Where it leads to an alias of the target: the alias's name, and what its columns are read from. */
  readonly alias?: { readonly name: string; readonly source: MappedSelectable }
  readonly direction: Direction
  readonly uselist: boolean
  readonly primaryjoin: JoinNode
  readonly secondaryjoin?: JoinNode
  readonly secondary?: MappedSelectable
  /** Tables that the conditions read and that belong to none of the three: viewonly conditions by way of a third table. */
  readonly otherTables: readonly string[]
  /** `[local, remote]`. */
  readonly localRemotePairs: readonly (readonly [ColumnRef, ColumnRef])[]
  /** What a flush copies: parent or target key into the foreign column; with a secondary, parent key into its column. */
  readonly synchronizePairs: readonly ColumnPair[]
  /** With a secondary: target key into its column. */
  readonly secondarySynchronizePairs: readonly ColumnPair[]
  readonly localColumns: readonly ColumnRef[]
  readonly remoteColumns: readonly ColumnRef[]
  readonly foreignKeyColumns: readonly ColumnRef[]
  /** Loads the target from a parent's values; `reverse` loads parents from a target's. */
  readonly lazyClause: LazyClause
  readonly reverseLazyClause: LazyClause
  /** The lazy clause is the target's primary key lookup: the identity map can answer. Binds in the order of the target's key. */
  readonly useGet: boolean
  readonly useGetColumns: readonly ColumnRef[]
  /** A selectin load needs neither the parent's table (one-to-many, many-to-many) nor a join (many-to-one). */
  readonly omitJoin: boolean
  readonly selfReferential: boolean
  /** The name that `backPopulates` gives, or that a backref makes: the other side as this one knows it. */
  readonly backPopulates?: string
  /** Made by a backref of this relationship. */
  readonly backrefOf?: string
  /** Keys of relationships linked to this one by backref or backPopulates. */
  readonly reverse: readonly string[]
  /** Those of `reverse` that a change of this one is mirrored to in memory. */
  readonly mirrored: readonly string[]
  readonly cascade: Cascade
  readonly viewonly: boolean
  readonly lazy: Lazy
  readonly orderBy: readonly Ordering<JoinNode>[]
  readonly collectionClass: CollectionClass
  readonly postUpdate: boolean
  readonly passiveDeletes: boolean | 'all'
  readonly passiveUpdates: boolean
  readonly activeHistory: boolean
  readonly enableTypechecks: boolean
  readonly joinDepth?: number
  readonly singleParent: boolean
  readonly innerjoin: false | 'nested' | 'unnested'
  readonly distinctTargetKey?: boolean
  readonly loadOnPending: boolean
  readonly syncBackref?: boolean
  readonly comparatorFactory?: (relationship: never) => Readonly<Record<string, unknown>>
  readonly queryClass?: (members: never) => Readonly<Record<string, unknown>>
  readonly info: Readonly<Record<string, unknown>>
  readonly doc?: string
  readonly init?: boolean
  readonly repr?: boolean
  readonly default?: null
  readonly defaultFactory?: () => unknown
  readonly compare?: boolean
  readonly kwOnly?: boolean
}
