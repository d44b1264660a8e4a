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

/** A select with some of its parts replaced. */
export const extended = (query: SelectDescriptor, change: Partial<SelectDescriptor>): SelectDescriptor => Object.freeze({ ...query, ...change })
