// UNION and the like: queries of the same fields as one.

import type { Expr } from '../expression/expr.js'
import { step } from './build.js'
import type { AnyRowQuery, RowQuery } from './query.js'
import type { SelectDescriptor } from './descriptor.js'

type SameFields<R> = { readonly [K in keyof R]: R[K] extends Expr<infer A, string, string> ? Expr<A, string, string> : never }

type SetOperation = <R, Src extends string, Outer extends string>(
  other: RowQuery<R, Src, Outer, never>,
) => <Q extends AnyRowQuery<SameFields<R>>>(query: Q) => Q

/** The rows of both, each once. `pipe(select({ name: User.name }), union(select({ name: Customer.name })))` */
export const union: SetOperation = operation('union')
/** The rows of both, as often as they are there. */
export const unionAll: SetOperation = operation('union all')
/** The rows that are in both. */
export const intersect: SetOperation = operation('intersect')
/** The rows that are not in the other. */
export const except: SetOperation = operation('except')

function operation(operator: SelectDescriptor['setOperations'][number]['operator']): SetOperation {
  return (other) => step((query) => ({ setOperations: [...query.setOperations, Object.freeze({ operator, select: other })] }))
}
