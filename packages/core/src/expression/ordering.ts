// Orderings: what a query or a relationship is ordered by.

import type { Ordering } from './node.js'
import type { QueryNode } from '../query/descriptor.js'
import { isExpr, nodeOf } from './expr.js'
import { oneOf } from './one-of.js'
import type { AnyExpr, Expr } from './expr.js'

declare const ordered: unique symbol

/** An expression with a direction. */
export interface Order<F extends string> {
  readonly arg: Expr<unknown, F, string>
  readonly direction: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
  readonly [ordered]: F
}

/** An expression (ascending) or an ordering. */
export type OrderItem = AnyExpr | Order<string>

export type OrderSources<X> = X extends Order<infer F> ? F : X extends Expr<unknown, infer F, string> ? F : never

interface NullsOption { readonly nulls?: 'first' | 'last' }

/** From the least. `orderBy(asc(User.name))` */
export const asc = <F extends string>(x: Expr<unknown, F, string>, options: NullsOption = {}): Order<F> => order(x, 'asc', options)
/** From the greatest. `orderBy(desc(Order.placedAt, { nulls: 'last' }))` */
export const desc = <F extends string>(x: Expr<unknown, F, string>, options: NullsOption = {}): Order<F> => order(x, 'desc', options)

/** An order item as descriptors hold it; a direction, or a place of nulls, that is none of the words throws. */
export const orderingOf = (item: OrderItem): Ordering<QueryNode> =>
  isOrder(item)
    ? Object.freeze({ arg: nodeOf(item.arg), direction: oneOf('a direction', directions, item.direction), ...nullsOf(item) })
    : Object.freeze({ arg: nodeOf(item), direction: 'asc' })

const directions = ['asc', 'desc'] as const
const nullPlaces = ['first', 'last'] as const

/** Is it an expression with a direction? */
export const isOrder = (item: unknown): item is Order<string> =>
  typeof item === 'object' && item !== null && 'direction' in item && 'arg' in item && isExpr(item.arg)

function order<F extends string>(x: Expr<unknown, F, string>, direction: 'asc' | 'desc', options: NullsOption): Order<F>
function order(arg: AnyExpr, direction: 'asc' | 'desc', options: NullsOption): Omit<Order<string>, typeof ordered> {
  return Object.freeze({ arg, direction, ...nullsOf(options) })
}

function nullsOf(options: NullsOption): NullsOption {
  return options.nulls === undefined ? {} : { nulls: oneOf('the place of nulls', nullPlaces, options.nulls) }
}
