// Steps that build selects: each takes a query and gives another, frozen; the one given stays as it is.

import type { SelectDescriptor } from './descriptor.js'
import { commonTables } from './source.js'
import type { Origin } from './source.js'

const none: readonly never[] = Object.freeze([])

/** A select with nothing said but what it gives and where that comes from. */
export const emptySelect = (result: SelectDescriptor['result'], from: readonly Origin[]): SelectDescriptor =>
  Object.freeze({
    _tag: 'select',
    result: Object.freeze(result),
    from: Object.freeze(from.map((origin) => origin.source)),
    joins: none,
    where: none,
    groupBy: none,
    having: none,
    orderBy: none,
    distinct: false,
    correlate: none,
    ctes: commonTables(none, from),
    setOperations: none,
    options: none,
    populateExisting: false,
  })

/** A step that says more of a query; `Q` is what its callers say the query becomes. */
export function step(change: (query: SelectDescriptor) => Partial<SelectDescriptor>): <Q>(query: Q) => Q
export function step(change: (query: SelectDescriptor) => Partial<SelectDescriptor>): unknown {
  return (query: SelectDescriptor) => extended(query, change(query))
}

/** A step whose public signature says how the query's type differs after it. */
export const retyping = (change: (query: SelectDescriptor) => Partial<SelectDescriptor>) => (query: SelectDescriptor): SelectDescriptor =>
  extended(query, change(query))

/** A select with some of its parts replaced. Part by part: to spread a frozen record is ten times as slow. */
export const extended = (query: SelectDescriptor, change: Partial<SelectDescriptor>): SelectDescriptor => {
  const next: { -readonly [K in keyof SelectDescriptor]: SelectDescriptor[K] } = {
    _tag: 'select',
    result: change.result ?? query.result,
    from: frozen(change.from) ?? query.from,
    joins: frozen(change.joins) ?? query.joins,
    where: frozen(change.where) ?? query.where,
    groupBy: frozen(change.groupBy) ?? query.groupBy,
    having: frozen(change.having) ?? query.having,
    orderBy: frozen(change.orderBy) ?? query.orderBy,
    distinct: change.distinct ?? query.distinct,
    correlate: frozen(change.correlate) ?? query.correlate,
    ctes: frozen(change.ctes) ?? query.ctes,
    setOperations: frozen(change.setOperations) ?? query.setOperations,
    options: frozen(change.options) ?? query.options,
    populateExisting: change.populateExisting ?? query.populateExisting,
  }
  const limit = change.limit ?? query.limit
  if (limit !== undefined) next.limit = limit
  const offset = change.offset ?? query.offset
  if (offset !== undefined) next.offset = offset
  const lock = change.lock ?? query.lock
  if (lock !== undefined) next.lock = lock
  const autoflush = change.autoflush ?? query.autoflush
  if (autoflush !== undefined) next.autoflush = autoflush
  return Object.freeze(next)
}

function frozen<A>(list: readonly A[] | undefined): readonly A[] | undefined {
  return list === undefined ? undefined : Object.freeze(list)
}
