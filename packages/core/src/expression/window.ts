// Window functions: a function over the rows that stand in some relation to the current one.

import { expr, nodeOf } from './expr.js'
import type { AnyExpr, Expr } from './expr.js'
import { call } from './function.js'
import type { FunctionExpr } from './function.js'
import { orderingOf } from './ordering.js'
import type { OperandSources } from './operand.js'
import type { OrderItem, OrderSources } from './ordering.js'

/**
 * A function over a window of rows.
 *
 * @example
 * over(sum(Line.quantity), { partitionBy: [Line.orderId], orderBy: [asc(Line.id)] })
 */
export const over = <A, F extends string, G extends string, const P extends readonly AnyExpr[] = readonly [], const O extends readonly OrderItem[] = readonly []>(
  x: FunctionExpr<A, F, G>,
  window: { readonly partitionBy?: P; readonly orderBy?: O } = {},
): Expr<A, F | OperandSources<P[number]> | OrderSources<O[number]>, G> => {
  const node = nodeOf(x)
  const spec = Object.freeze({ partitionBy: Object.freeze((window.partitionBy ?? []).map(nodeOf)), orderBy: Object.freeze((window.orderBy ?? []).map(orderingOf)) })
  return expr(node._tag === 'function' ? { ...node, over: spec } : node)
}

/** The number of the row in its window, from one. `over(rowNumber(), { orderBy: [User.id] })` */
export const rowNumber = (): FunctionExpr<number, never> => call('row_number', [])
/** As `rowNumber`, equal rows bearing the number of the first of them. */
export const rank = (): FunctionExpr<number, never> => call('rank', [])
/** As `rank`, without gaps. */
export const denseRank = (): FunctionExpr<number, never> => call('dense_rank', [])
/** The value in the row before in its window. */
export const lag = <A, F extends string>(x: Expr<A, F, string>): FunctionExpr<A | null, F> => call('lag', [x])
/** The value in the row after in its window. */
export const lead = <A, F extends string>(x: Expr<A, F, string>): FunctionExpr<A | null, F> => call('lead', [x])
