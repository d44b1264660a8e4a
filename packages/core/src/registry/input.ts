// What programs give: the values of `create` and `set`, and keys.

import type { Expr } from '../expression/expr.js'
import type { Column, IsUnion, PrimaryKeyOf } from '../schema/column.js'
import type { CollectionOf } from './collection.js'
import type { EntityObject } from './entity-object.js'
import type { EntityName, Models, RelationshipModel } from './model.js'

/** Columns that an insert may leave out: the database, a default, or a relationship gives the value. */
type OptionalColumns<C> = {
  [K in keyof C]: C[K] extends Column<infer A, infer O>
    ? O extends { readonly nullable: true } | { readonly references: string } | { readonly default: unknown } | { readonly serverDefault: string } ? K
    : O extends { readonly primaryKey: true } ? (IsGeneratedKey<C, A, O> extends true ? K : never)
    : never
    : never
}[keyof C]

/** The database makes a key of one number, unless it is told not to, and one of several where it is told to. */
type IsGeneratedKey<C, A, O> =
  A extends number | bigint
    ? O extends { readonly autoincrement: infer I } ? I
    : IsUnion<PrimaryKeyOf<C>> extends true ? false : true
    : false

/** Columns that the mapping or the database fills, never the program. */
type GivenColumns<M extends Models<M>, N extends EntityName<M>> = {
  [K in keyof M[N]['row']]: M[N]['columns'][K] extends Column<infer A, infer O>
    ? O extends { readonly generated: true } ? K
    : [A] extends [M[N]['row'][K]] ? never : K // a discriminator, whose value the entity's identity is
    : never
}[keyof M[N]['row']]

type RelationshipInput<M extends Models<M>, R> =
  R extends RelationshipModel<infer T extends EntityName<M>, infer L, unknown, unknown, infer C, unknown, unknown, unknown>
    ? L extends false ? EntityObject<M, T> | null : CollectionOf<C, M[T]['row'], EntityObject<M, T>>
    : never

/** The values of a new row: what the database will demand, and what it does not. */
export type Input<M extends Models<M>, N extends EntityName<M>> = string extends N
  ? Readonly<Record<string, unknown>>
  : { readonly [K in Exclude<keyof M[N]['row'], OptionalColumns<M[N]['columns']> | GivenColumns<M, N>>]: M[N]['row'][K] } & {
      readonly [K in OptionalColumns<M[N]['columns']> & keyof M[N]['row']]?: M[N]['row'][K]
    } & { readonly [K in keyof M[N]['rels']]?: RelationshipInput<M, M[N]['rels'][K]> }

/** The same, with expressions over the sources `F` where a column's value may stand. */
type WithExpressions<Given, Row, F extends string> = { readonly [K in keyof Given]: Given[K] | (K extends keyof Row ? Expr<Row[K], F, string> : never) }

/** The values that `create` takes: those of a new row, and expressions that read none. */
export type Creation<M extends Models<M>, N extends EntityName<M>> = string extends N
  ? Readonly<Record<string, unknown>>
  : WithExpressions<Input<M, N>, M[N]['row'], never>

/** The values that `set` takes: those of `create`, any of them, and expressions over the object's own columns. */
export type Changes<M extends Models<M>, N extends EntityName<M>> = string extends N
  ? Readonly<Record<string, unknown>>
  : Partial<WithExpressions<Input<M, N>, M[N]['row'], N>>

/** The primary key: the value of its only column, or a record of several. */
export type KeyOf<M extends Models<M>, N extends EntityName<M>> = string extends N
  ? unknown
  : IsUnion<PrimaryKeyOf<M[N]['columns']>> extends true
    ? { readonly [K in PrimaryKeyOf<M[N]['columns']> & keyof M[N]['row']]: M[N]['row'][K] }
    : M[N]['row'][PrimaryKeyOf<M[N]['columns']> & keyof M[N]['row']]
