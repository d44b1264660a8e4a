// Comparisons: of attributes with values or expressions, and of relationships with objects.

import type { QueryNode } from '../query/descriptor.js'
import type { BinaryOperator } from './node.js'
import { expr, given, isExpr, nodeOf, operand } from './expr.js'
import type { AnyExpr, Condition, Expr } from './expr.js'
import { isRelationship, ownOperator, relationshipRef } from './operand.js'
import type { AnyRelationshipOperand, Comparable, Operand, OperandOf, OperandSources } from './operand.js'

type Compare = <X extends AnyExpr, const B extends OperandOf<X>>(a: X, b: B) => Condition<OperandSources<X> | OperandSources<B>>
type Matching = <X extends Expr<string | null, string, string>, const B extends Operand<string>>(a: X, pattern: B) => Condition<OperandSources<X> | OperandSources<B>>

/**
 * Equal. Of an attribute: `eq(User.name, 'ed')`, `eq(Address.userId, User.id)`; a null that plain JavaScript gives is `isNull`. Undefined throws.
 * Of a scalar relationship: `eq(Address.user, ed)` compares keys, read when the query runs, after the autoflush.
 */
export const eq = <X extends Comparable, const B extends OperandOf<X>>(a: X, b: B): Condition<OperandSources<X> | OperandSources<B>> =>
  isRelationship(a) ? relatedTo('eq', a, b) : binary('eq', a, b)

/** Not equal: of attributes `ne(User.name, 'ed')`, of a scalar relationship and an object `ne(Address.user, ed)` (true where there is none). */
export const ne = <X extends Comparable, const B extends OperandOf<X>>(a: X, b: B): Condition<OperandSources<X> | OperandSources<B>> =>
  isRelationship(a) ? relatedTo('ne', a, b) : binary('ne', a, b)

/** Less than. `lt(Order.total, 10)` */
export const lt: Compare = (a, b) => binary('lt', a, b)
/** Less than or equal. `le(Order.total, 10)` */
export const le: Compare = (a, b) => binary('le', a, b)
/** Greater than. `gt(Order.total, 10)` */
export const gt: Compare = (a, b) => binary('gt', a, b)
/** Greater than or equal. `ge(Order.total, 10)` */
export const ge: Compare = (a, b) => binary('ge', a, b)
/** Not equal, where null equals null and nothing else: never null itself. */
export const isDistinctFrom: Compare = (a, b) => binary('isDistinctFrom', a, b)
/** Equal, where null equals null and nothing else: never null itself. */
export const isNotDistinctFrom: Compare = (a, b) => binary('isNotDistinctFrom', a, b)

/** Matches a pattern of `%` and `_`. `like(User.name, 'e%')` */
export const like: Matching = (a, pattern) => binary('like', a, pattern)
/** Does not match a pattern of `%` and `_`. */
export const notLike: Matching = (a, pattern) => binary('notLike', a, pattern)

/** Is null; of a relationship: there is none (`isNull(Address.user)`), or it is empty (`isNull(User.addresses)`). */
export const isNull = <X extends Comparable>(a: X): Condition<OperandSources<X>> => nullTest(a, false)
/** Is not null; of a relationship: there is one. */
export const isNotNull = <X extends Comparable>(a: X): Condition<OperandSources<X>> => nullTest(a, true)

/** Is one of the values: one parameter, whatever the length. `inList(User.id, [1, 2, 3])`; of no value at all it is false. */
export const inList = <A, F extends string>(a: Expr<A, F, string>, values: readonly NonNullable<NoInfer<A>>[]): Condition<F> =>
  membership(a, values, false)
/** Is none of the values. */
export const notInList = <A, F extends string>(a: Expr<A, F, string>, values: readonly NonNullable<NoInfer<A>>[]): Condition<F> =>
  membership(a, values, true)

/** Between two values, both included. `between(Order.total, 10, 20)` */
export const between = <X extends AnyExpr, const B extends OperandOf<X>, const C extends OperandOf<X>>(
  a: X,
  low: B,
  high: C,
): Condition<OperandSources<X> | OperandSources<B> | OperandSources<C>> => expr({ _tag: 'between', arg: nodeOf(a), low: operand(low), high: operand(high) })

/**
 * Any other infix operator of the database's, taken as it is: never give it text from outside.
 * With `{ comparison: true }`, the default, it yields a truth value and may join tables in a relationship.
 *
 * @example
 * op('@>', Folder.path, Item.path)
 */
export function op<X extends AnyExpr, const B>(symbol: string, a: X, b: B, options?: { readonly comparison?: true }): Condition<OperandSources<X> | OperandSources<B>>
export function op<A, X extends AnyExpr = AnyExpr, const B = unknown>(
  symbol: string,
  a: X,
  b: B,
  options: { readonly comparison: false },
): Expr<A, OperandSources<X> | OperandSources<B>>
export function op(symbol: string, a: AnyExpr, b: unknown, options: { readonly comparison?: boolean } = {}): AnyExpr {
  return expr({ _tag: 'custom', symbol, comparison: options.comparison ?? true, left: nodeOf(a), right: operand(b) })
}

function binary<F extends string>(operator: BinaryOperator, a: AnyExpr, b: unknown): Condition<F> {
  comparable(a)
  if (b === null && (operator === 'eq' || operator === 'ne')) return nullTest(a, operator === 'ne')
  return expr({ _tag: 'binary', operator, left: nodeOf(a), right: operand(b) })
}

function relatedTo<F extends string>(operator: 'eq' | 'ne', relationship: AnyRelationshipOperand, object: unknown): Condition<F> {
  given(object)
  const own = ownOperator(relationship, operator)
  if (own !== undefined) return expr(nodeOf(own(object)))
  return expr(
    object === null || object === undefined
      ? { _tag: 'relatedNull', negated: operator === 'ne', relationship: relationshipRef(relationship) }
      : { _tag: 'relatedTo', operator, relationship: relationshipRef(relationship), object },
  )
}

function nullTest<F extends string>(a: Comparable, negated: boolean): Condition<F> {
  const own = isRelationship(a) ? ownOperator(a, negated ? 'isNotNull' : 'isNull') : undefined
  if (own !== undefined) return expr(nodeOf(own()))
  return expr<boolean, F>(
    isRelationship(a) ? { _tag: 'relatedNull', negated, relationship: relationshipRef(a) } : { _tag: 'nullTest', negated, arg: nodeOf(a) },
  )
}

function membership<F extends string>(a: AnyExpr, values: readonly unknown[], negated: boolean): Condition<F> {
  comparable(a)
  const items: readonly QueryNode[] = values.some(isExpr)
    ? values.map(operand)
    : [{ _tag: 'list', values: Object.freeze([...values]) }]
  return expr({ _tag: 'in', negated, arg: nodeOf(a), items })
}

/** What callers that no compiler checked compare: a relationship has no value of its own. */
function comparable(a: unknown): void {
  if (isRelationship(given(a))) throw new TypeError('a relationship is compared by eq, ne and contains, with an object: for its key, compare the column')
}
