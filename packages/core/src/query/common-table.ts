// Common table expressions: queries named before the one that uses them, which may refer to themselves.

import type { FieldsOf, RowQuery } from './query.js'
import type { CommonTable, SelectDescriptor } from './descriptor.js'
import type { Origin } from './source.js'
import { fieldsOf } from './subquery.js'

/**
 * A query of rows that is written once, before the query, and read from any number of times.
 *
 * @example
 * const big = cte('big', pipe(select({ id: Order.id }), where(gt(Order.total, 100))))
 * pipe(select({ id: big.id }))
 */
export function cte<const A extends string, R, Src extends string, Outer extends string>(name: A, query: RowQuery<R, Src, Outer, never>): FieldsOf<A, R, Outer>
export function cte(name: string, select: SelectDescriptor): object {
  return fieldsOf(name, select, originOf({ name, recursive: false, select }))
}

/**
 * A common table that refers to itself: the rows of `start`, and those that `next` finds from rows already found, until it finds
 * no more. Rows are kept once, or, with `{ all: true }`, as often as they are found.
 *
 * @example
 * const below = recursive('below', pipe(select({ id: Folder.id }), where(eq(Folder.id, 1))), (self) =>
 *   pipe(select({ id: Folder.id }), join(self, eq(Folder.parentId, self.id))))
 */
export function recursive<const A extends string, R, Src extends string, Outer extends string, R2, Src2 extends string>(
  name: A,
  start: RowQuery<R, Src, Outer, never>,
  next: (self: FieldsOf<A, R, Outer>) => RowQuery<R2, Src2, string, never>,
  options?: { readonly all?: boolean },
): FieldsOf<A, R, Outer>
export function recursive(name: string, start: SelectDescriptor, next: (self: never) => SelectDescriptor, options: { readonly all?: boolean } = {}): object {
  const self = fieldsOf(name, start, { source: { _tag: 'cte', name, source: name } })
  const union = next(self as never) // the fields of `start`, as the signature says
  return fieldsOf(name, start, originOf({ name, recursive: true, select: start, union, unionAll: options.all ?? false }))
}

function originOf(commonTable: CommonTable): Origin {
  return { source: Object.freeze({ _tag: 'cte', name: commonTable.name, source: commonTable.name }), commonTable: Object.freeze(commonTable) }
}
