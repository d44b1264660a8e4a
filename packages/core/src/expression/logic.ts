// Conditions made of conditions.

import { expr, nodeOf } from './expr.js'
import type { AnyExpr, Condition, Expr } from './expr.js'
import type { OperandSources } from './operand.js'

type AnyCondition = Expr<boolean | null, string, string>

/** All of them hold; of none, true. `and(eq(User.name, 'ed'), gt(User.id, 3))` */
export const and = <const Cs extends readonly AnyCondition[]>(...conditions: Cs): Condition<OperandSources<Cs[number]>> => logical('and', conditions)

/** At least one of them holds; of none, false. */
export const or = <const Cs extends readonly AnyCondition[]>(...conditions: Cs): Condition<OperandSources<Cs[number]>> => logical('or', conditions)

/** It does not hold. `not(any(User.addresses))` */
export const not = <F extends string>(condition: Condition<F>): Condition<F> => expr({ _tag: 'not', arg: nodeOf(condition) })

function logical<F extends string>(operator: 'and' | 'or', conditions: readonly AnyExpr[]): Condition<F> {
  return expr({ _tag: 'logical', operator, args: Object.freeze(conditions.map(nodeOf)) })
}
