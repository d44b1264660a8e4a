// Entities: a table, the relationships that start from it, and how it is mapped.

import type { Expr } from '../expression/expr.js'
import type { Column, IsUnion, OnlyKnown, PrimaryKeyOf } from '../schema/column.js'
import { record } from '../schema/record.js'
import type { AnyTable, Columns, Table } from '../schema/table.js'
import type { TableJoin } from './selectable.js'
import type { FieldSource } from '../query/field-source.js'
import { derivedTable } from './derived-table.js'
import type { EntityOptions } from './entity-descriptor.js'
import type { Relationship, RelationshipArguments } from './relationship.js'

/** The options of an entity, its conditions as typed expressions. */
export interface EntityArguments extends Omit<EntityOptions, 'inheritCondition'> {
  readonly inheritCondition?: Expr<boolean | null, string, string>
}

export interface Entity<T, R, O> {
  readonly table: T
  readonly relationships: R
  readonly options: O
}

/** Any entity. */
export type AnyEntity = Entity<AnyTable, unknown, unknown>

type Relationships = Readonly<Record<string, Relationship<string, RelationshipArguments>>>

/** The table that a query of these fields stands for. */
type TableOfQuery<F, K> = Table<NameOf<F>, { readonly [P in keyof F & string]: F[P] extends Expr<infer V, string, string> ? Column<V, P extends K ? { readonly primaryKey: true; readonly autoincrement: false } : {}> : never }>
type NameOf<F> = F extends FieldSource<infer A> ? A : never

/** The table that a join stands for: its names, and the columns of all, of those of one name the first. */
type TableOfJoin<J> = ColumnsIn<J> extends infer C extends Columns ? Table<NamesIn<J>, C> : never
type NamesIn<J> = J extends { readonly _tag: 'TableJoin'; readonly left: infer L; readonly right: infer R } ? NamesIn<L> | NamesIn<R> : J extends { readonly _tag: 'Table'; readonly name: infer N extends string } ? N : never
type ColumnsIn<J> =
  J extends { readonly _tag: 'TableJoin'; readonly left: infer L; readonly right: infer R } ? ColumnsIn<L> & Omit<ColumnsIn<R>, keyof ColumnsIn<L>>
  : J extends { readonly _tag: 'Table'; readonly columns: infer C } ? WithOwnKey<C> : {}
/** A key that its table's database makes is made in a join too. */
type WithOwnKey<C> = IsUnion<PrimaryKeyOf<C>> extends true ? C : { readonly [K in keyof C]: C[K] extends Column<infer A, infer O> ? Column<A, O extends { readonly primaryKey: true } ? { readonly autoincrement: MakesKey<O> } & O : O> : never }
type MakesKey<O> = O extends { readonly autoincrement: infer I extends boolean } ? I : O extends { readonly references: string } ? false : true

/**
 * An entity of a table: its relationships by name, and options such as `inherits`, `polymorphicOn`, `identity`, `version`.
 * What does not fit together is reported by `configure`.
 *
 * An entity may be spread over a join of tables, whose rows are written together. Of two columns that the join equates the first is the
 * attribute: `exclude` the other where its name differs.
 *
 * An entity may also be read from a query, whose `primaryKey` must be said: its objects are loaded and related to others as any, and
 * writing them writes no row.
 *
 * @example
 * entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) })
 *
 * const policies = subquery('policies', pipe(select({ number: items.c.policyNumber }), distinct))
 * entity(policies, { items: relationship('Item', { primaryjoin: eq(policies.number, foreign(items.c.policyNumber)) }) }, { primaryKey: ['number'] })
 */
export function entity<F extends FieldSource<string>, const R extends Relationships, const O extends EntityArguments & { readonly primaryKey: readonly (keyof F & string)[] }>(
  query: F,
  relationships: R,
  options: O & OnlyKnown<O, EntityArguments, 'an entity'>,
): Entity<TableOfQuery<F, O['primaryKey'][number]>, R, O>
export function entity<J extends TableJoin, const R extends Relationships = {}, const O extends EntityArguments = {}>(
  join: J,
  relationships?: R,
  options?: O & OnlyKnown<O, EntityArguments, 'an entity'>,
): Entity<TableOfJoin<J>, R, O>
export function entity<T extends AnyTable>(table: T): Entity<T, {}, {}>
export function entity<T extends AnyTable, const R extends Relationships>(table: T, relationships: R): Entity<T, R, {}>
export function entity<T extends AnyTable, const R extends Relationships, const O extends EntityArguments>(
  table: T,
  relationships: R,
  options: O & OnlyKnown<O, EntityArguments, 'an entity'>,
): Entity<T, R, O>
export function entity(source: AnyTable | FieldSource<string> | TableJoin, relationships: Relationships = {}, options: EntityArguments = {}): Entity<unknown, Relationships, EntityArguments> {
  const table = derivedTable(source, options.primaryKey) ?? source
  return Object.freeze({ table, relationships: record(relationships), options: Object.freeze({ ...options }) })
}
