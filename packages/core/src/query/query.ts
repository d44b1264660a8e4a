// Queries: select descriptors whose type says what they give and which sources they read.

import type { SelectDescriptor } from './descriptor.js'
import type { Correlated, Over } from './over.js'
import type { AnyExpr, Expr } from '../expression/expr.js'
import type { Overlay } from '../registry/loaded.js'
import type { FieldSource } from './field-source.js'
import type { EntityName, Models } from '../registry/model.js'

declare const result: unique symbol

/** A query of objects: of entity `N` of model `M`, with the relationships `S` loaded, over the sources `Src`, with `Free` of an enclosing query. */
export interface Query<M extends Models<M>, N extends EntityName<M>, S, Src extends string, Free extends string = never>
  extends SelectDescriptor, Over<Src | Free>, Correlated<Free> {
  readonly [result]: { readonly model: M; readonly of: (entity: N) => void; readonly loaded: S }
}

/** A query of objects of the entity `N`; of several names, that is of none. */
export interface ObjectsOf<N> {
  readonly [result]: { readonly of: (entity: N) => void }
}

/** The query with more loaded. */
export type WithLoading<Q, Loaded> =
  Q extends Query<infer M, infer N, infer S, infer Src, infer Free> ? Query<M, N, Overlay<S, Loaded>, Src, Free> : never

/** A query of rows: of the fields `R`, over `Src`, of which `Outer` may be absent, with `Free` of an enclosing query. */
export interface RowQuery<R, Src extends string, Outer extends string = never, Free extends string = never>
  extends SelectDescriptor, Over<Src | Free>, Correlated<Free> {
  readonly [result]: { readonly fields: R; readonly outer: Outer }
}

/** A query of rows over whatever sources. */
export interface AnyRowQuery<R> extends SelectDescriptor, Over<never>, Correlated<string> {
  readonly [result]: { readonly fields: R; readonly outer: string }
}

/** Named expressions. */
export type Fields = Readonly<Record<string, AnyExpr>>

type NullIf<A, G, Outer> = [G & Outer] extends [never] ? A : A | null

/** The rows of a query of fields: those that an outer join may leave empty are nullable. */
export type RowsOf<R, Outer> = { readonly [K in keyof R]: R[K] extends Expr<infer A, string, infer G> ? NullIf<A, G, Outer> : never }

/** A field of a subquery or of a common table. */
export interface Field<A, F extends string, K> extends Expr<A, F> {
  readonly _tag: 'field'
  readonly name: K
}

/** The fields of a query under a name, to select, join and compare. */
export type FieldsOf<A extends string, R, Outer extends string, Free extends string = never> = FieldSource<A, Free> & {
  readonly [K in keyof R]: R[K] extends Expr<infer V, string, infer G> ? Field<NullIf<V, G, Outer>, A, K> : never
}

/** The query with one more source. */
export type Widen<Q, A extends string> =
  Q extends Query<infer M, infer N, infer S, infer Src, infer Free> ? Query<M, N, S, Src | A, Free>
  : Q extends RowQuery<infer R, infer Src, infer O, infer Free> ? RowQuery<R, Src | A, O, Free>
  : never

/** The query with one more source, which may be absent. */
export type WidenOuter<Q, A extends string> =
  Q extends Query<infer M, infer N, infer S, infer Src, infer Free> ? Query<M, N, S, Src | A, Free>
  : Q extends RowQuery<infer R, infer Src, infer O, infer Free> ? RowQuery<R, Src | A, O | A, Free>
  : never

/** The query with one more source, all of which may be absent. */
export type WidenFull<Q, A extends string> =
  Q extends Query<infer M, infer N, infer S, infer Src, infer Free> ? Query<M, N, S, Src | A, Free>
  : Q extends RowQuery<infer R, infer Src, infer O, infer Free> ? RowQuery<R, Src | A, O | Src | A, Free>
  : never

/** The query with a source that an enclosing query has. */
export type CorrelatedTo<Q, A extends string> =
  Q extends Query<infer M, infer N, infer S, infer Src, infer Free> ? Query<M, N, S, Src, Free | A>
  : Q extends RowQuery<infer R, infer Src, infer O, infer Free> ? RowQuery<R, Exclude<Src, A>, O, Free | A>
  : never
