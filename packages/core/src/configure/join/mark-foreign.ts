// Third pass: which columns of the condition are foreign, that is, hold a copy of the other side's value.

import { columnKey, distinctColumns, sameColumn } from '../column-ref.js'
import { sourcesOf } from './selectable.js'
import type { Layout } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import { columnsOf, mapColumnPairs, mapColumns, mapLoneColumns } from './condition.js'
import type { Condition, ConditionColumn } from './condition.js'
import type { Joined } from './find-join.js'

export interface ForeignMarked extends Joined {
  readonly foreignColumns: readonly ColumnRef[]
}

/** By foreign() marks; else those of `foreignKeys`; else by declared foreign keys and, with a secondary, its columns. */
export const markForeign = (layout: Layout) => (relationship: Joined): ForeignMarked => {
  const { primaryjoin, secondaryjoin, marksGiven, givenForeignKeys } = relationship
  const mark = marksGiven.foreign ? same : givenForeignKeys.length > 0 ? markListed(givenForeignKeys) : markReferring(layout, relationship)
  const marked = { primaryjoin: mark(primaryjoin), ...secondaryjoin === undefined ? {} : { secondaryjoin: mark(secondaryjoin) } }
  return { ...relationship, ...marked, foreignColumns: markedColumns(marked, (column) => column.foreign) }
}

/** The columns of both conditions that a test picks, each once. */
export const markedColumns = (joins: { readonly primaryjoin: Condition; readonly secondaryjoin?: Condition }, test: (column: ConditionColumn) => boolean): readonly ColumnRef[] =>
  distinctColumns([...columnsOf(joins.primaryjoin), ...joins.secondaryjoin === undefined ? [] : columnsOf(joins.secondaryjoin)].filter(test))

const same = (condition: Condition): Condition => condition

const markListed = (listed: readonly ColumnRef[]): ((condition: Condition) => Condition) => {
  const keys = new Set(listed.map(columnKey))
  return (condition) => mapColumns(condition, (column) => (keys.has(columnKey(column)) ? { ...column, foreign: true } : column))
}

const markReferring = (layout: Layout, { secondary }: Joined): ((condition: Condition) => Condition) => {
  const sources = new Map((secondary === undefined ? [] : sourcesOf(secondary)).map(({ table, alias }) => [alias, table]))
  const tableOf = (column: ConditionColumn): string => sources.get(column.table) ?? column.table
  const refers = (a: ConditionColumn, b: ConditionColumn): boolean =>
    (layout.foreignKeys.get(tableOf(a)) ?? []).some((key) => key.columns.some((column, index) => column.column === a.column && sameColumn(key.references[index] ?? column, { table: tableOf(b), column: b.column })))
  const foreign = (column: ConditionColumn): ConditionColumn => ({ ...column, foreign: true })
  const pairs = (condition: Condition): Condition => mapColumnPairs(condition, (left, right) => {
    if (left.foreign || right.foreign) return [left, right]
    if (refers(left, right)) return [foreign(left), right]
    if (refers(right, left)) return [left, foreign(right)]
    // What stands in the secondary is there to refer to the sides, declared or not.
    const [leftBetween, rightBetween] = [sources.has(left.table), sources.has(right.table)]
    if (leftBetween && !rightBetween) return [foreign(left), right]
    return rightBetween && !leftBetween ? [left, foreign(right)] : [left, right]
  })
  return sources.size === 0 ? pairs : (condition) => mapLoneColumns(pairs(condition), (column) => (sources.has(column.table) ? foreign(column) : column))
}
