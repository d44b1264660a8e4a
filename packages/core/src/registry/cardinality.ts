// One or many, decided by the compiler as the planner decides it: by uselist, secondary, foreign() marks, foreignKeys, remote()
// marks or remoteSide, then by foreign keys.

import type { Expr } from '../expression/expr.js'
import type { ColumnExpr } from '../expression/mark.js'
import type { Entity } from '../mapping/entity.js'
import type { Column, PrimaryKeyOf } from '../schema/column.js'
import type { AnyTable, Table } from '../schema/table.js'

export type TableOf<X> = X extends Entity<infer T extends AnyTable, unknown, unknown> ? T : never
export type TableNameOf<X> = TableOf<X>['name']
/** The columns of an entity's own table, by property name. */
export type TableColumnsOf<X> = TableOf<X>['columns']

/** The sources and marks of a relationship's own join condition. */
export type MarksOf<O> = O extends { readonly primaryjoin: infer J } ? SourcesAndMarks<J> : never
type SourcesAndMarks<J> = J extends () => infer R ? SourcesAndMarks<R> : J extends Expr<unknown, infer F, string> ? F : never

/**
 * The columns of X's tables that refer to the table named T, as `'table.column'`. Here and below an entity that inherits stands
 * for all of its line: X is then a union, one of whose members may hold the keys.
 */
export type ForeignKeysTo<X, T extends string> =
  X extends Entity<infer Own extends AnyTable, unknown, unknown> ? `${Own['name']}.${KeysOfColumns<Own['columns'], T> | KeysOfTable<Own, T>}` : never
type KeysOfColumns<C, T extends string> = {
  [K in keyof C & string]: C[K] extends Column<unknown, { readonly references: `${T}.${string}` }> ? K : never
}[keyof C & string]
/** Those of several columns. */
type KeysOfTable<Own, T extends string> =
  Own extends Table<string, infer _C, { readonly foreignKeys: readonly (infer K)[] }>
    ? K extends { readonly table: T; readonly columns: readonly (infer P extends string)[] } ? P : never
    : never

/** The names `'table.column'` in an argument that takes columns. */
type ColumnNames<A> =
  A extends string ? A
  : A extends ColumnExpr<unknown, infer T, infer K extends string, string> ? `${T}.${K}`
  : A extends readonly (infer Item)[] ? ColumnNames<Item>
  : A extends () => infer R ? ColumnNames<R>
  : never

/** Is the relationship with options O from Own to Target, or to its alias As, a list? */
export type IsList<Own, Target, O, As extends string = never> =
  O extends { readonly uselist: infer U extends boolean } ? U
  : O extends { readonly secondary: unknown } ? true
  : [As] extends [never]
    ? [TableNameOf<Own> & TableNameOf<Target>] extends [never] ? IsListBetweenTables<Own, Target, O, TableNameOf<Target>>
    : IsSelfReferentialList<Own, Target, O>
  : IsListBetweenTables<Own, Target, O, TableNameOf<Target> | As>

/** What is marked as foreign: columns, `'table.column'`, and the tables of marked expressions. */
type Foreign<O> = MarksOf<O> extends infer F ? (F extends `foreign ${infer X}` ? X : never) : never

type IsListBetweenTables<Own, Target, O, Far extends string> =
  [Foreign<O>] extends [never]
    ? O extends { readonly foreignKeys: infer A } ? (ColumnNames<A> extends `${Far}.${string}` ? true : false)
      : [ForeignKeysTo<Own, TableNameOf<Target>>] extends [never] ? true : false
    : Foreign<O> & (Far | `${Far}.${string}`) extends never ? false : true

/** Tables of both sides in common. */
type IsSelfReferentialList<Own, Target, O> =
  [Foreign<O>] extends [never] ? IsListByKeys<Own, Target, O>
  : [Exclude<Foreign<O>, KeysOfThemselves<Own | Target>>] extends [never] ? IsListByMarks<Own, Target, O, Foreign<O>>
  : IsListByMarks<Own, Target, O, Exclude<Foreign<O>, KeysOfThemselves<Own | Target>>>

/** Where only one side has the foreign columns, that decides; else they are the far ones, unless others are said to be. */
type IsListByMarks<Own, Target, O, Columns> =
  [Columns & InTables<Target>] extends [never] ? false
  : [Columns & InTables<Own>] extends [never] ? true
  : O extends { readonly remoteSide: infer A } ? IsAnyOf<ColumnNames<A>, Columns>
  : [Extract<MarksOf<O>, `remote ${string}`>] extends [never] ? true
  : IsAnyOf<MarksOf<O>, `remote ${Columns & string}`>
type InTables<X> = TableNameOf<X> | `${TableNameOf<X>}.${string}`

/** Where only one side has the keys, that decides; else scalar only if the remote column is not the key. */
type IsListByKeys<Own, Target, O> =
  InnerKeys<Own | Target> extends infer Keys extends string
    ? [Keys] extends [never] ? ([InheritedKeys<Own>] extends [never] ? true : [ColumnsAmong<Target, InheritedKeys<Own>>] extends [never] ? false : true)
    : [ColumnsAmong<Target, Keys>] extends [never] ? false
    : [ColumnsAmong<Own, Keys>] extends [never] ? true
    : O extends { readonly remoteSide: infer A } ? IsAnyOf<ColumnNames<A>, Keys>
    : [Extract<MarksOf<O>, `remote ${string}`>] extends [never] ? true
    : IsAnyOf<MarksOf<O>, `remote ${Keys}`>
    : never
type IsAnyOf<A, B> = [A & B] extends [never] ? false : true
type ColumnsAmong<X, Columns> = Columns & `${TableNameOf<X>}.${string}`
/** The foreign keys among the tables of X, but for those by which an entity inherits, and for columns that refer to themselves. */
type InnerKeys<X> = Exclude<ForeignKeysTo<X, TableNameOf<X>>, InheritedKeys<X> | KeysOfThemselves<X>>
type InheritedKeys<X> =
  X extends Entity<infer Own extends AnyTable, unknown, { readonly inherits: string }> ? `${Own['name']}.${PrimaryKeyOf<Own['columns']> & string}` : never
/** Of a tree within a part, the column of the part is in the key and in what the key refers to. */
type KeysOfThemselves<X> =
  TableOf<X> extends Table<infer N, infer _C, { readonly foreignKeys: readonly (infer K)[] }>
    ? K extends { readonly table: N; readonly columns: readonly (infer P)[]; readonly references: readonly (infer R)[] } ? `${N}.${P & R & string}` : never
    : never

/** Can a scalar relationship never be null? Yes if it follows foreign keys that may not be null, without a join of its own. */
export type IsNotNull<Own, Target, O> =
  [MarksOf<O>] extends [never]
    ? O extends { readonly secondary: unknown } | { readonly uselist: false } ? false
      : [ForeignKeysTo<Own, TableNameOf<Target>>] extends [never] ? false
      : [ForeignKeysTo<Own, TableNameOf<Target>> & NullableColumns<Own>] extends [never] ? true : false
    : false
type NullableColumns<X> = X extends Entity<infer Own extends AnyTable, unknown, unknown> ? `${Own['name']}.${NullableIn<Own['columns']>}` : never
type NullableIn<C> = { [K in keyof C & string]: C[K] extends Column<unknown, { readonly nullable: true }> ? K : never }[keyof C & string]
