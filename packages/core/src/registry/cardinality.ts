// One or many, decided by the compiler as the planner decides it: by uselist, secondary, foreign() marks, foreignKeys, remote()
// marks or remoteSide, then by foreign keys.

import type { Expr } from '../expression/expr.js'
import type { ColumnExpr } from '../expression/mark.js'
import type { Entity } from '../mapping/entity.js'
import type { Column } from '../schema/column.js'
import type { AnyTable, Table } from '../schema/table.js'

export type TableOf<X> = X extends Entity<infer T extends AnyTable, unknown, unknown> ? T : never
export type TableNameOf<X> = TableOf<X>['name']
/** The columns of an entity's own table, by property name. */
export type TableColumnsOf<X> = TableOf<X>['columns']

/** The sources and marks of a relationship's own join condition. */
export type MarksOf<O> = O extends { readonly primaryjoin: infer J } ? SourcesAndMarks<J> : never
type SourcesAndMarks<J> = J extends () => infer R ? SourcesAndMarks<R> : J extends Expr<unknown, infer F, string> ? F : never

/** The property names of the columns of X's table that refer to the table named T. */
export type ForeignKeysTo<X, T extends string> =
  | { [K in keyof TableColumnsOf<X>]: TableColumnsOf<X>[K] extends Column<unknown, { readonly references: `${T}.${string}` }> ? K : never }[keyof TableColumnsOf<X>]
  | (TableOf<X> extends Table<string, infer _C, infer O> ? CompositeKeysTo<O, T> : never)
type CompositeKeysTo<O, T extends string> = O extends { readonly foreignKeys: readonly (infer K)[] } ? (K extends { readonly table: T; readonly columns: readonly (infer P extends string)[] } ? P : never) : never

/** The names `'table.column'` in an argument that takes columns. */
type ColumnNames<A> =
  A extends string ? A
  : A extends ColumnExpr<unknown, infer T, infer K extends string, string> ? `${T}.${K}`
  : A extends readonly (infer Item)[] ? ColumnNames<Item>
  : A extends () => infer R ? ColumnNames<R>
  : never

/** Is the relationship with options O from Own to Target a list? */
export type IsList<Own, Target, O> =
  O extends { readonly uselist: infer U extends boolean } ? U
  : O extends { readonly secondary: unknown } ? true
  : TableNameOf<Own> extends TableNameOf<Target> ? IsSelfReferentialList<Own, O>
  : [Extract<MarksOf<O>, `foreign ${string}`>] extends [never]
    ? O extends { readonly foreignKeys: infer A } ? (ColumnNames<A> extends `${TableNameOf<Target>}.${string}` ? true : false)
      : [ForeignKeysTo<Own, TableNameOf<Target>>] extends [never] ? true : false
    : `foreign ${TableNameOf<Target>}` extends MarksOf<O> ? true : false

/** Scalar only if the remote column is not the foreign key. */
type IsSelfReferentialList<Own, O> =
  O extends { readonly remoteSide: infer A }
    ? [ColumnNames<A> & OwnForeignKeys<Own>] extends [never] ? false : true
    : [Extract<MarksOf<O>, `remote ${string}`>] extends [never] ? true
      : MarksOf<O> & `remote ${OwnForeignKeys<Own>}` extends never ? false : true
type OwnForeignKeys<Own> = `${TableNameOf<Own>}.${ForeignKeysTo<Own, TableNameOf<Own>> & string}`

/** Can a scalar relationship never be null? Yes if it follows foreign keys that may not be null, without a join of its own. */
export type IsNotNull<Own, Target, O> =
  [MarksOf<O>] extends [never]
    ? O extends { readonly secondary: unknown } | { readonly uselist: false } ? false
      : HasNullable<TableColumnsOf<Own>, ForeignKeysTo<Own, TableNameOf<Target>>>
    : false
type HasNullable<C, K> = [K] extends [never] ? false : { [P in K & keyof C]: C[P] extends Column<unknown, { readonly nullable: true }> ? P : never }[K & keyof C] extends never ? true : false
