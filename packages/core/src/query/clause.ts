// The clauses of a query after its sources: where, group by, having, order by, limit, offset, distinct.

import { nodeOf } from '../expression/expr.js'
import type { AnyExpr, Condition } from '../expression/expr.js'
import type { OperandSources } from '../expression/operand.js'
import { orderingOf } from '../expression/ordering.js'
import type { OrderItem, OrderSources } from '../expression/ordering.js'
import { extended, step } from './build.js'
import type { SelectDescriptor } from './descriptor.js'
import type { Over } from './over.js'
import type { DeleteDescriptor, UpdateDescriptor } from './write-descriptor.js'

/** Only what the conditions hold for; several calls add up. Also of `update` and `deleteFrom`. `where(eq(User.name, 'ed'))` */
export function where<F extends string>(condition: Condition<F>, ...more: readonly Condition<F>[]): <Q extends Over<F>>(query: Q) => Q
export function where(...conditions: readonly Condition<string>[]): unknown {
  const added = conditions.map(nodeOf)
  return (query: SelectDescriptor | UpdateDescriptor | DeleteDescriptor) => {
    const all = [...query.where, ...added]
    return query._tag === 'select' ? extended(query, { where: all }) : Object.freeze({ ...query, where: Object.freeze(all) })
  }
}

/** One row for each combination of values. `groupBy(Customer.city)` */
export const groupBy = <const Xs extends readonly AnyExpr[]>(...expressions: Xs): (<Q extends Over<OperandSources<Xs[number]>>>(query: Q) => Q) =>
  step((query) => ({ groupBy: [...query.groupBy, ...expressions.map(nodeOf)] }))

/** Only groups that the condition holds for. `having(gt(count(Order.id), 1))` */
export const having = <F extends string>(condition: Condition<F>): (<Q extends Over<F>>(query: Q) => Q) =>
  step((query) => ({ having: [...query.having, nodeOf(condition)] }))

/** The order of the results; several calls add up. `orderBy(desc(Order.placedAt), Order.id)` */
export const orderBy = <const Xs extends readonly OrderItem[]>(...items: Xs): (<Q extends Over<OrderSources<Xs[number]>>>(query: Q) => Q) =>
  step((query) => ({ orderBy: [...query.orderBy, ...items.map(orderingOf)] }))

/** At most `n` results. */
export const limit = (n: number): (<Q extends Over<never>>(query: Q) => Q) => step(() => ({ limit: n }))

/** Without the first `n` results. */
export const offset = (n: number): (<Q extends Over<never>>(query: Q) => Q) => step(() => ({ offset: n }))

/** Each result once. */
export const distinct: <Q extends Over<never>>(query: Q) => Q = step(() => ({ distinct: true }))
