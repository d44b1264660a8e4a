// Queries inside queries: as a source under a name, as a value, as a condition.

import { expr, nodeOf } from '../expression/expr.js'
import type { AnyExpr, Condition, Expr } from '../expression/expr.js'
import { handleOf } from '../registry/handle.js'
import type { AnyHandle, HandleOf } from '../registry/handle.js'
import { record } from '../schema/record.js'
import { retyping } from './build.js'
import type { EntityName, Models } from '../registry/model.js'
import type { FieldSource } from './field-source.js'
import type { Correlated, Over } from './over.js'
import type { CorrelatedTo, FieldsOf, Query, RowQuery } from './query.js'
import type { SelectDescriptor } from './descriptor.js'
import { withOrigin } from './source.js'
import type { Origin } from './source.js'

/**
 * A query of rows under a name: its fields are selected, joined and compared like attributes.
 *
 * @example
 * const totals = subquery('totals', pipe(select({ id: Order.customerId, n: count(Order.id) }), groupBy(Order.customerId)))
 * pipe(select({ name: Customer.name, n: totals.n }), where(eq(Customer.id, totals.id)))
 *
 * A query of objects has no fields to name, but an alias of their entity can be read from it:
 * const newest = alias(Order, subquery('newest', pipe(select(Order), orderBy(desc(Order.placedAt)), limit(10))))
 */
export function subquery<const A extends string, R, Src extends string, Outer extends string>(
  name: A,
  query: RowQuery<R, Src, Outer, never>,
): FieldsOf<A, R, Outer>
export function subquery<const A extends string, M extends Models<M>, N extends EntityName<M>, S, Src extends string>(name: A, query: Query<M, N, S, Src, never>): FieldSource<A>
export function subquery(name: string, query: SelectDescriptor): object {
  return fieldsOf(name, query, { source: Object.freeze({ _tag: 'subquery', select: query, source: name }) })
}

/**
 * A subquery that is evaluated for each row of what it is joined to, which it may refer to (`correlate`).
 *
 * @example
 * const latest = lateral('latest', pipe(select({ at: Order.placedAt }), correlate(Customer), where(eq(Order.customerId, Customer.id)), orderBy(desc(Order.placedAt)), limit(1)))
 * pipe(select({ name: Customer.name, at: latest.at }), leftJoin(latest, literal(true)))
 */
export function lateral<const A extends string, R, Src extends string, Outer extends string, Free extends string>(
  name: A,
  query: RowQuery<R, Src, Outer, Free>,
): FieldsOf<A, R, Outer, Free>
export function lateral(name: string, query: SelectDescriptor): object {
  return fieldsOf(name, query, { source: Object.freeze({ _tag: 'subquery', select: query, source: name, lateral: true }) })
}

/** Lets a query refer to a source of the query that it stands in. `correlate(Customer)` */
export function correlate<A extends string>(handle: HandleOf<unknown, unknown, A>): <Q extends Over<never>>(query: Q) => CorrelatedTo<Q, A>
export function correlate(handle: AnyHandle): unknown {
  const { source } = handleOf(handle)
  return retyping((query) => ({ from: query.from.filter((each) => each.source !== source), correlate: [...query.correlate, source] }))
}

/** There is a row. `where(exists(pipe(select({ id: Order.id }), correlate(Customer), where(eq(Order.customerId, Customer.id)))))` */
export const exists = <Free extends string>(query: SelectDescriptor & Correlated<Free>): Condition<Free> => expr({ _tag: 'exists', select: query })

/** The only field of the only row, null if there is none. */
export const scalar = <R extends Readonly<Record<string, AnyExpr>>, Src extends string, Outer extends string, Free extends string>(
  query: RowQuery<R, Src, Outer, Free>,
): Expr<OnlyField<R> | null, Free> => expr({ _tag: 'scalarSubquery', select: query })

type OnlyField<R> = R[keyof R] extends Expr<infer A, string, string> ? A : never

/** Is one of the values of the only field of a query. `inSubquery(User.id, select({ id: Order.userId }))` */
export const inSubquery = <A, F extends string, B extends A | null, Free extends string>(
  x: Expr<A, F, string>,
  query: RowQuery<Readonly<Record<string, Expr<B, string, string>>>, never, string, Free>,
): Condition<F | Free> => expr({ _tag: 'inSubquery', negated: false, arg: nodeOf(x), select: query })

/** Is none of the values of the only field of a query. */
export const notInSubquery = <A, F extends string, B extends A | null, Free extends string>(
  x: Expr<A, F, string>,
  query: RowQuery<Readonly<Record<string, Expr<B, string, string>>>, never, string, Free>,
): Condition<F | Free> => expr({ _tag: 'inSubquery', negated: true, arg: nodeOf(x), select: query })

/** The fields that a query gives, by name, as fields of a source: of an entity's objects, there are none to name. */
export const fieldsOf = (name: string, query: SelectDescriptor, origin: Origin): object => {
  const fields = query.result._tag === 'fields' ? Object.keys(query.result.fields) : []
  return Object.freeze(
    withOrigin({ ...record(fields.map((field) => [field, expr(withOrigin({ _tag: 'field', source: name, name: field }, origin))] as const)) }, origin),
  )
}

