// Values, conversions, branches and text of the database's own as expressions.

import { columnType } from '../schema/column-type.js'
import type { ColumnType } from '../schema/column-type.js'
import { expr, nodeOf, operand } from './expr.js'
import type { AnyExpr, Expr } from './expr.js'
import type { OperandSources } from './operand.js'

/** A value as an expression, always sent as a parameter. `literal(1)`, `literal(id, bigint)` */
export const literal = <const A>(value: A, type?: ColumnType<A>): Expr<A, never> =>
  value === null
    ? expr({ _tag: 'null' })
    : expr(type === undefined ? { _tag: 'literal', value } : { _tag: 'literal', value: type.codec.encode(value), type: type.database })

/** A value converted by the database. `cast(Order.code, integer)` */
export const cast = <A, B, F extends string, G extends string>(x: Expr<A, F, G>, type: ColumnType<B>): Expr<null extends A ? B | null : B, F, G> =>
  expr({ _tag: 'cast', arg: nodeOf(x), type: columnType(type).database })

/**
 * The result of the first branch whose condition holds; null without `otherwise` where none does.
 *
 * @example
 * case_([{ when: gt(Order.total, 100), result: 'large' }], 'small')
 */
export function case_<const W extends AnyExpr, const R, const D>(
  branches: readonly Branch<W, R>[],
  otherwise: D,
): Expr<ValueIn<R> | ValueIn<D>, OperandSources<W> | OperandSources<R> | OperandSources<D>>
export function case_<const W extends AnyExpr, const R>(branches: readonly Branch<W, R>[]): Expr<ValueIn<R> | null, OperandSources<W> | OperandSources<R>>
export function case_(branches: readonly Branch<AnyExpr, unknown>[], ...otherwise: readonly unknown[]): AnyExpr {
  return expr({
    _tag: 'case',
    branches: Object.freeze(branches.map((branch) => Object.freeze({ when: nodeOf(branch.when), result: operand(branch.result) }))),
    ...(otherwise.length === 0 ? {} : { otherwise: operand(otherwise[0]) }),
  })
}

interface Branch<W, R> {
  readonly when: W
  readonly result: R
}

type ValueIn<R> = R extends Expr<infer A, string, string> ? A : R

/**
 * Text of the database's own, with expressions and values between: values are parameters, whatever they hold.
 *
 * @example
 * sql<number>()`extract(year from ${Order.placedAt})`
 */
export const sql = <A = unknown>() => <const Xs extends readonly unknown[]>(parts: TemplateStringsArray, ...args: Xs): Expr<A, OperandSources<Xs[number]>> =>
  expr({ _tag: 'fragment', parts: Object.freeze([...parts]), args: Object.freeze(args.map(operand)) })

/** Several values as one, for comparison with others. `tuple(Line.orderId, Line.productId)` */
export const tuple = <const Xs extends readonly AnyExpr[]>(...items: Xs): Expr<readonly unknown[], OperandSources<Xs[number]>> =>
  expr({ _tag: 'tuple', items: Object.freeze(items.map(nodeOf)) })
