// Functions: aggregates and scalars by their SQL names, and any other by `fn`.

import { expr, operand } from './expr.js'
import type { Expr } from './expr.js'
import type { Operand, OperandSources } from './operand.js'

/** The number of rows, or of those where `x` is not null: zero, not null, where there are none. `count(Order.id)` */
export const count = <F extends string = never>(x?: Expr<unknown, F, string>, options: { readonly distinct?: boolean } = {}): Expr<number, F, never> =>
  call('count', x === undefined ? [] : [x], options.distinct)

/** The sum; null of no rows. */
export const sum = <A, F extends string>(x: Expr<A, F, string>, options: { readonly distinct?: boolean } = {}): Expr<A | null, F> => call('sum', [x], options.distinct)
/** The least; null of no rows. */
export const min = <A, F extends string>(x: Expr<A, F, string>): Expr<A | null, F> => call('min', [x])
/** The greatest; null of no rows. */
export const max = <A, F extends string>(x: Expr<A, F, string>): Expr<A | null, F> => call('max', [x])
/** The mean; null of no rows. */
export const avg = <A, F extends string>(x: Expr<A, F, string>, options: { readonly distinct?: boolean } = {}): Expr<A | null, F> => call('avg', [x], options.distinct)

/** The first of the two that is not null. `coalesce(sum(Line.quantity), 0)` */
export const coalesce = <A, F extends string, const B extends Expr<NonNullable<A>, string, string> | NonNullable<A>>(
  a: Expr<A, F, string>,
  b: B,
): Expr<NonNullable<A>, F | OperandSources<B>, never> => call('coalesce', [a, b])

/** Null where the two are equal, else the first. */
export const nullif = <A, F extends string, const B extends Operand<A>>(a: Expr<A, F, string>, b: B): Expr<A | null, F | OperandSources<B>> => call('nullif', [a, b])

/** In small letters. */
export const lower = <A extends string | null, F extends string, G extends string>(x: Expr<A, F, G>): Expr<A, F, G> => call('lower', [x])
/** In capital letters. */
export const upper = <A extends string | null, F extends string, G extends string>(x: Expr<A, F, G>): Expr<A, F, G> => call('upper', [x])
/** Without white space at both ends. */
export const trim = <A extends string | null, F extends string, G extends string>(x: Expr<A, F, G>): Expr<A, F, G> => call('trim', [x])
/** The number of characters. */
export const length = <F extends string, G extends string>(x: Expr<string | null, F, G>): Expr<number, F, G> => call('length', [x])
/** Without its sign. */
export const abs = <A, F extends string, G extends string>(x: Expr<A, F, G>): Expr<A, F, G> => call('abs', [x])

/**
 * Any function of the database's by its name, with the type that it is said to have.
 *
 * @example
 * fn<number>()('extract_year', Order.placedAt)
 */
export const fn = <A = unknown>() => <const Xs extends readonly unknown[]>(name: string, ...args: Xs): Expr<A, OperandSources<Xs[number]>> => call(name, args)

function call<A, F extends string, G extends string>(name: string, args: readonly unknown[], distinct?: boolean): Expr<A, F, G> {
  return expr({ _tag: 'function', name, args: Object.freeze(args.map(operand)), ...(distinct === true ? { distinct } : {}) })
}

