// The expression tree: one closed union of operations over the leaves of a stage.
//
// An expression is the same tree at every stage, only its leaves differ: a mapping speaks of columns of tables, a query of
// attributes of entities, a plan of columns of aliases and of slots. So the stage is a type parameter, and a pass that
// replaces leaves gives a tree that the compiler knows to be of the next stage.

import type { DatabaseType } from '../schema/database-type.js'

/** Comparisons, arithmetic and text operators that every dialect has, by name. */
export type BinaryOperator =
  | 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'
  | 'add' | 'sub' | 'mul' | 'div' | 'mod'
  | 'concat' | 'like' | 'notLike'
  | 'isDistinctFrom' | 'isNotDistinctFrom'

/** The mark that `foreign()` or `remote()` puts on a part of a join condition. */
export type Mark = 'foreign' | 'remote'

export interface Ordering<N> { readonly arg: N; readonly direction: 'asc' | 'desc'; readonly nulls?: 'first' | 'last' }

export interface WindowSpec<N> { readonly partitionBy: readonly N[]; readonly orderBy: readonly Ordering<N>[] }

/** A node with children; `L` are the leaves of the stage. */
export type Operation<L> =
  | { readonly _tag: 'binary'; readonly operator: BinaryOperator; readonly left: Node<L>; readonly right: Node<L> }
  /** Any other infix operator; `comparison` says that it yields a truth value and so may join. */
  | { readonly _tag: 'custom'; readonly symbol: string; readonly comparison: boolean; readonly left: Node<L>; readonly right: Node<L> }
  | { readonly _tag: 'logical'; readonly operator: 'and' | 'or'; readonly args: readonly Node<L>[] }
  | { readonly _tag: 'not'; readonly arg: Node<L> }
  | { readonly _tag: 'nullTest'; readonly negated: boolean; readonly arg: Node<L> }
  /** Membership in expressions; membership in one list value has a `list` leaf as its only item. */
  | { readonly _tag: 'in'; readonly negated: boolean; readonly arg: Node<L>; readonly items: readonly Node<L>[] }
  | { readonly _tag: 'between'; readonly arg: Node<L>; readonly low: Node<L>; readonly high: Node<L> }
  | { readonly _tag: 'function'; readonly name: string; readonly args: readonly Node<L>[]; readonly distinct?: boolean; readonly over?: WindowSpec<Node<L>> }
  | { readonly _tag: 'cast'; readonly arg: Node<L>; readonly type: DatabaseType }
  | { readonly _tag: 'case'; readonly branches: readonly { readonly when: Node<L>; readonly result: Node<L> }[]; readonly otherwise?: Node<L> }
  | { readonly _tag: 'tuple'; readonly items: readonly Node<L>[] }
  /** Text of the database's own with expressions between its parts: parts.length = args.length + 1. */
  | { readonly _tag: 'fragment'; readonly parts: readonly string[]; readonly args: readonly Node<L>[] }
  | { readonly _tag: 'marked'; readonly mark: Mark; readonly arg: Node<L> }

export type Node<L> = L | Operation<L>

/** A constant of the program: always sent as a parameter, never printed into the text. */
export interface Literal { readonly _tag: 'literal'; readonly value: unknown; readonly type?: DatabaseType }
/** The word NULL, which is shape and not a value. */
export interface Null { readonly _tag: 'null' }

// ---------- leaves of a mapping: what `table.c`, conditions and orderings of relationships are made of

/** A column of a table, by the table's name and the column's property name. */
export interface TableColumnRef { readonly _tag: 'tableColumn'; readonly table: string; readonly column: string }
export type MappingLeaf = TableColumnRef | FieldRef | AttributeRef | Literal | Null
export type MappingNode = Node<MappingLeaf>

// ---------- leaves of a query

/** A field of a subquery or of a common table expression. */
export interface FieldRef { readonly _tag: 'field'; readonly source: string; readonly name: string }

/** An attribute of an entity (or of its alias: `source` is the name it bears in the query). */
export interface AttributeRef { readonly _tag: 'attribute'; readonly source: string; readonly entity: string; readonly name: string }
