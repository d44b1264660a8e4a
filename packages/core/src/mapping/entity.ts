// Entities: a table, the relationships that start from it, and how it is mapped.

import type { Expr } from '../expression/expr.js'
import type { OnlyKnown } from '../schema/column.js'
import { record } from '../schema/record.js'
import type { AnyTable } from '../schema/table.js'
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

/**
 * An entity of a table: its relationships by name, and options such as `inherits`, `polymorphicOn`, `identity`, `version`.
 * What does not fit together is reported by `configure`.
 *
 * @example
 * entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) })
 */
export function entity<T extends AnyTable>(table: T): Entity<T, {}, {}>
export function entity<T extends AnyTable, const R extends Relationships>(table: T, relationships: R): Entity<T, R, {}>
export function entity<T extends AnyTable, const R extends Relationships, const O extends EntityArguments>(
  table: T,
  relationships: R,
  options: O & OnlyKnown<O, EntityArguments, 'an entity'>,
): Entity<T, R, O>
export function entity(table: AnyTable, relationships: Relationships = {}, options: EntityArguments = {}): Entity<AnyTable, Relationships, EntityArguments> {
  return Object.freeze({ table, relationships: record(relationships), options: Object.freeze({ ...options }) })
}
