// Entities: a table, the relationships that start from it, and how it is mapped.

import type { Expr } from '../expression/expr.js'
import type { Column, OnlyKnown } from '../schema/column.js'
import { record } from '../schema/record.js'
import type { AnyTable, Table } from '../schema/table.js'
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

/**
 * An entity of a table: its relationships by name, and options such as `inherits`, `polymorphicOn`, `identity`, `version`.
 * What does not fit together is reported by `configure`.
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
export function entity<T extends AnyTable>(table: T): Entity<T, {}, {}>
export function entity<T extends AnyTable, const R extends Relationships>(table: T, relationships: R): Entity<T, R, {}>
export function entity<T extends AnyTable, const R extends Relationships, const O extends EntityArguments>(
  table: T,
  relationships: R,
  options: O & OnlyKnown<O, EntityArguments, 'an entity'>,
): Entity<T, R, O>
export function entity<F extends FieldSource<string>, const R extends Relationships, const O extends EntityArguments & { readonly primaryKey: readonly (keyof F & string)[] }>(
  query: F,
  relationships: R,
  options: O & OnlyKnown<O, EntityArguments, 'an entity'>,
): Entity<TableOfQuery<F, O['primaryKey'][number]>, R, O>
export function entity(source: AnyTable | FieldSource<string>, relationships: Relationships = {}, options: EntityArguments = {}): Entity<AnyTable, Relationships, EntityArguments> {
  const table = derivedTable(source, options.primaryKey) ?? (source as AnyTable) // what is no query is taken to be a table: `configure` looks
  return Object.freeze({ table, relationships: record(relationships), options: Object.freeze({ ...options }) })
}
