// The handle of an entity as programs see it: an expression for each attribute, a value for each relationship with its own operators.

import type { Expr } from '../expression/expr.js'
import type { ValueOf } from '../schema/column.js'
import type { Attr, HandleOf, Rel } from './handle.js'
import type { EntityName, Models } from './model.js'

/** The handle of entity `N` of model `M`, under the name `A` in queries. */
export type Handle<M extends Models<M>, N extends EntityName<M>, A extends string = N> = HandleOf<M, N, A> & {
  readonly [K in keyof M[N]['columns']]: Attr<ValueOf<M[N]['columns'][K]>, A, K>
} & {
  readonly [K in keyof M[N]['synonyms']]: Attr<ValueOf<M[N]['columns'][M[N]['synonyms'][K]]>, A, M[N]['synonyms'][K]>
} & {
  readonly [K in keyof M[N]['rels']]: WithOperators<Rel<M, N, K, M[N]['rels'][K]['target'], M[N]['rels'][K]['list'], A, M[N]['rels'][K]['as'] & string>, M[N]['rels'][K]['operators'], A>
}

/** A relationship with the operators that its comparatorFactory makes. */
type WithOperators<R, Operators, A extends string> = [keyof Operators] extends [never] ? R : R & { readonly [P in keyof Operators]: OperatorOver<Operators[P], A> }
/** Made before any query: what it gives reads the source that the relationship starts from. */
type OperatorOver<O, A extends string> = O extends (...given: infer P) => infer E ? (...given: P) => E extends Expr<infer V, string> ? Expr<V, A> : E : never
