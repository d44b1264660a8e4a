// Relationships: a target and the parameters that say how it is joined, loaded and persisted.

import type { Expr } from '../expression/expr.js'
import type { ColumnExpr } from '../expression/mark.js'
import type { Order } from '../expression/ordering.js'
import type { OnlyKnown } from '../schema/column.js'
import type { AnyTable } from '../schema/table.js'
import type { ComparatorFactory, QueryClass } from './own-operators.js'
import type { Deferred, RelationshipOptions } from './relationship-descriptor.js'
import type { EntityAlias } from './entity-alias.js'
import type { TableAlias, TableJoin } from './selectable.js'

/** A column named `'table.property'`, or as an expression. */
export type ColumnInput = string | ColumnExpr<unknown, string, unknown, string>

type JoinCondition = Expr<boolean | null, string, string>
type OrderInput = string | Expr<unknown, string, string> | Order<string>

/** Every parameter of a relationship, its expressions typed. Those that may wait are also taken as functions, called once by `configure`. */
export interface RelationshipArguments
  extends Omit<RelationshipOptions, 'secondary' | 'primaryjoin' | 'secondaryjoin' | 'foreignKeys' | 'remoteSide' | 'orderBy' | 'backref' | 'comparatorFactory' | 'queryClass'> {
  readonly secondary?: Deferred<AnyTable | TableAlias | TableJoin | string>
  readonly primaryjoin?: Deferred<JoinCondition>
  readonly secondaryjoin?: Deferred<JoinCondition>
  readonly foreignKeys?: Deferred<ColumnInput | readonly ColumnInput[]>
  readonly remoteSide?: Deferred<ColumnInput | readonly ColumnInput[]>
  readonly orderBy?: Deferred<OrderInput | readonly OrderInput[] | false>
  readonly backref?: string | Backref<string, RelationshipArguments>
  readonly comparatorFactory?: ComparatorFactory
  readonly queryClass?: QueryClass
}

export interface Relationship<T extends string, O> {
  readonly _tag: 'Relationship'
  readonly target: Deferred<T> | EntityAlias<T, string, string>
  readonly options: O
}

/** A relationship to an alias: its target's columns are read under the name `A`. */
export interface AliasRelationship<T extends string, O, A extends string, F extends string> extends Relationship<T, O> {
  readonly target: EntityAlias<T, A, F>
}

export interface Backref<N extends string, O> {
  readonly _tag: 'Backref'
  readonly name: N
  readonly options: O
}

/**
 * A relationship to the entity of that name in the registry (or that a function names), or to an alias of one that is read from a
 * query or a join. Names are resolved, and everything is checked, by `configure`; nothing is ever evaluated as text.
 *
 * @example
 * relationship('Address', { backPopulates: 'user', cascade: 'all, delete-orphan' })
 * relationship(alias('Post', latest), { primaryjoin: eq(users.c.id, latest.userId) })
 */
export function relationship<T extends string, A extends string, F extends string, const O extends RelationshipArguments = {}>(
  target: EntityAlias<T, A, F>,
  options?: O & OnlyKnown<O, RelationshipArguments, 'a relationship'>,
): AliasRelationship<T, O, A, F>
export function relationship<const T extends string>(target: Deferred<T>): Relationship<T, {}>
export function relationship<const T extends string, const O extends RelationshipArguments>(
  target: Deferred<T>,
  options: O & OnlyKnown<O, RelationshipArguments, 'a relationship'>,
): Relationship<T, O>
export function relationship(target: Relationship<string, unknown>['target'], options: RelationshipArguments = {}): Relationship<string, RelationshipArguments> {
  return Object.freeze({ _tag: 'Relationship', target, options: Object.freeze({ ...options }) })
}

/**
 * The name and the parameters of the relationship that `relationship({ backref })` makes on its target.
 *
 * @example
 * relationship('Item', { backref: backref('parent', { lazy: 'subquery' }) })
 */
export function backref<const N extends string>(name: N): Backref<N, {}>
export function backref<const N extends string, const O extends RelationshipArguments>(
  name: N,
  options: O & OnlyKnown<O, RelationshipArguments, 'a backref'>,
): Backref<N, O>
export function backref(name: string, options: RelationshipArguments = {}): Backref<string, RelationshipArguments> {
  return Object.freeze({ _tag: 'Backref', name, options: Object.freeze({ ...options }) })
}

/** A relationship that is queried, never loaded as a whole: `relationship(target, { …options, lazy: 'dynamic' })`. */
export function dynamicLoader<const T extends string>(target: Deferred<T>): Relationship<T, { readonly lazy: 'dynamic' }>
export function dynamicLoader<const T extends string, const O extends Omit<RelationshipArguments, 'lazy'>>(
  target: Deferred<T>,
  options: O & OnlyKnown<O, Omit<RelationshipArguments, 'lazy'>, 'a dynamic relationship'>,
): Relationship<T, O & { readonly lazy: 'dynamic' }>
export function dynamicLoader(target: Deferred<string>, options: RelationshipArguments = {}): Relationship<string, RelationshipArguments> {
  return relationship(target, { ...options, lazy: 'dynamic' })
}
