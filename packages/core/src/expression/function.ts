// Functions: aggregates and scalars by their SQL names, and any other by `fn`.

import { expr, operand } from './expr.js'
import type { AnyExpr, Expr } from './expr.js'
import type { Operand, OperandNulls, OperandSources } from './operand.js'

/** A function's value, which `over` takes. */
export interface FunctionExpr<A, F extends string = never, G extends string = F> extends Expr<A, F, G> {
  readonly _tag: 'function'
}

interface DistinctOption {
  readonly distinct?: boolean
}

/** The number of rows, or of those where `x` is not null: zero, not null, where there are none. `count(Order.id)` */
export const count = <F extends string = never>(x?: Expr<unknown, F, string>, options: DistinctOption = {}): FunctionExpr<number, F, never> =>
  call('count', x === undefined ? [] : [x], options.distinct)

/** The sum; null of no rows. */
export const sum = <A, F extends string>(x: Expr<A, F, string>, options: DistinctOption = {}): FunctionExpr<A | null, F> => call('sum', [x], options.distinct)
/** The least; null of no rows. */
export const min = <A, F extends string>(x: Expr<A, F, string>): FunctionExpr<A | null, F> => call('min', [x])
/** The greatest; null of no rows. */
export const max = <A, F extends string>(x: Expr<A, F, string>): FunctionExpr<A | null, F> => call('max', [x])
/** The mean; null of no rows. */
export const avg = <A, F extends string>(x: Expr<A, F, string>, options: DistinctOption = {}): FunctionExpr<A | null, F> => call('avg', [x], options.distinct)

/** The first of the two that is not null. `coalesce(sum(Line.quantity), 0)` */
export const coalesce = <A, F extends string, const B extends Expr<NonNullable<A>, string, string> | NonNullable<A>>(
  a: Expr<A, F, string>,
  b: B,
): FunctionExpr<NonNullable<A>, F | OperandSources<B>, OperandNulls<B>> => call('coalesce', [a, b])

/** Null where the two are equal, else the first. */
export const nullif = <A, F extends string, const B extends Operand<A>>(a: Expr<A, F, string>, b: B): FunctionExpr<A | null, F | OperandSources<B>> =>
  call('nullif', [a, b])

/** In small letters. */
export const lower = <A extends string | null, F extends string, G extends string>(x: Expr<A, F, G>): FunctionExpr<A, F, G> => call('lower', [x])
/** In capital letters. */
export const upper = <A extends string | null, F extends string, G extends string>(x: Expr<A, F, G>): FunctionExpr<A, F, G> => call('upper', [x])
/** Without white space at both ends. */
export const trim = <A extends string | null, F extends string, G extends string>(x: Expr<A, F, G>): FunctionExpr<A, F, G> => call('trim', [x])
/** The number of characters. */
export const length = <F extends string, G extends string>(x: Expr<string | null, F, G>): FunctionExpr<number, F, G> => call('length', [x])
/** Without its sign. */
export const abs = <A, F extends string, G extends string>(x: Expr<A, F, G>): FunctionExpr<A, F, G> => call('abs', [x])

/**
 * Any function of the database's by its name, with the type that it is said to have. A name that is not made of words, with dots between, throws.
 *
 * @example
 * fn<number>()('extract_year', Order.placedAt)
 */
export const fn = <A = unknown>() => <const Xs extends readonly unknown[]>(name: string, ...args: Xs): FunctionExpr<A, OperandSources<Xs[number]>> => call(functionName(name), args)

// It goes into the statement as it is.
const functionName = (name: string): string => {
  if (!/^[\p{L}_][\p{L}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{N}_$]*)*$/u.test(name)) throw new TypeError(`fn: ${JSON.stringify(name)} is no name of a function`)
  return name
}

/** A call of a function, for constructors of this package. */
export function call<A, F extends string, G extends string = F>(name: string, args: readonly unknown[], distinct?: boolean): FunctionExpr<A, F, G>
export function call(name: string, args: readonly unknown[], distinct?: boolean): AnyExpr {
  return expr({ _tag: 'function', name, args: Object.freeze(args.map(operand)), ...(distinct === true ? { distinct } : {}) })
}
