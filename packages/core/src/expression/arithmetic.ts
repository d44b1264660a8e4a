// Arithmetic and text operators that every dialect has.

import type { BinaryOperator } from './node.js'
import { expr, nodeOf, operand } from './expr.js'
import type { AnyExpr, Expr } from './expr.js'
import type { OperandNull, OperandNulls, OperandSources } from './operand.js'

/** With a number, or with a value or an expression of its own type; the type of the first is the type of the result. */
type Arithmetic = <A, F extends string, G extends string, const B extends Expr<A | number | bigint | null, string, string> | number | bigint | NonNullable<A>>(
  a: Expr<A, F, G>,
  b: B,
) => Expr<A | OperandNull<B>, F | OperandSources<B>, G | OperandNulls<B>>

/** The sum. `add(Order.total, 1)` */
export const add: Arithmetic = (a, b) => binary('add', a, b)
/** The difference. */
export const sub: Arithmetic = (a, b) => binary('sub', a, b)
/** The product. `mul(Product.price, 1.1)` */
export const mul: Arithmetic = (a, b) => binary('mul', a, b)
/** The quotient. */
export const div: Arithmetic = (a, b) => binary('div', a, b)
/** The remainder. */
export const mod: Arithmetic = (a, b) => binary('mod', a, b)

type Text = Expr<string | null, string, string>

/** Texts one after the other; null if one of them is. `concat(User.first, ' ', User.last)` */
export const concat = <A extends string | null, F extends string, const Bs extends readonly (Text | string)[]>(
  first: Expr<A, F, string>,
  ...rest: Bs
): Expr<A | OperandNull<Bs[number]>, F | OperandSources<Bs[number]>> =>
  expr(rest.map(operand).reduce((left, right) => ({ _tag: 'binary', operator: 'concat', left, right }), nodeOf(first)))

function binary<A, F extends string, G extends string>(operator: BinaryOperator, a: AnyExpr, b: unknown): Expr<A, F, G> {
  return expr({ _tag: 'binary', operator, left: nodeOf(a), right: operand(b) })
}
