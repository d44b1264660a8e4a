// Fourth pass: which columns of the condition belong to the side that is led to.

import { columnKey, columnText, distinctColumns, sameColumn } from '../column-ref.js'
import { sourcesOf } from './selectable.js'
import { detailOf } from '../declaration.js'
import type { ColumnRef } from '../mapping.js'
import { mappingWarning } from '../mapping-error.js'
import type { MappingWarning } from '../mapping-error.js'
import { columnsOf, isCompound, isColumn, mapColumnPairs, mapColumns, operationsOf } from './condition.js'
import type { Condition, ConditionColumn } from './condition.js'
import type { ForeignMarked } from './mark-foreign.js'
import { markedColumns } from './mark-foreign.js'

export interface RemoteMarked extends ForeignMarked {
  readonly remoteColumns: readonly ColumnRef[]
  readonly warnings: readonly MappingWarning[]
}

/** By remote() marks; else the secondary's columns; else `remoteSide`; else by the tables of the two sides. */
export const markRemote = (relationship: ForeignMarked): RemoteMarked => {
  const { primaryjoin, secondaryjoin, marksGiven, secondary, givenRemoteSide, entity, targetEntity } = relationship
  const done = (marked: Condition, markedSecondary = secondaryjoin, warnings: readonly MappingWarning[] = []): RemoteMarked => {
    const joins = { primaryjoin: marked, ...markedSecondary === undefined ? {} : { secondaryjoin: markedSecondary } }
    return { ...relationship, ...joins, remoteColumns: markedColumns(joins, (column) => column.remote), warnings }
  }
  if (marksGiven.remote) return done(primaryjoin)
  if (secondary !== undefined) {
    const names = new Set(sourcesOf(secondary).map(({ alias }) => alias))
    const mark = (condition: Condition): Condition => markWhere(condition, (column) => names.has(column.table))
    return done(mark(primaryjoin), secondaryjoin === undefined ? undefined : mark(secondaryjoin))
  }
  const shared = (column: ColumnRef): boolean => entity.tableSet.has(column.table) && targetEntity.tableSet.has(column.table)
  const selfReferring = operationsOf(primaryjoin).some((operation) => (operation._tag === 'binary' || operation._tag === 'custom') && isColumn(operation.left) && isColumn(operation.right) && shared(operation.left) && shared(operation.right))
  if (givenRemoteSide.length > 0) {
    const listed = new Set(givenRemoteSide.map(columnKey))
    const isListed = (column: ConditionColumn): boolean => listed.has(columnKey(column))
    return done(selfReferring ? markPairs(primaryjoin, isListed) : markWhere(primaryjoin, isListed))
  }
  // Where both sides are one table, the foreign columns are taken to be on the far side: one to many.
  if (selfReferring) return done(markPairs(primaryjoin, (column) => column.foreign), undefined, unclear(relationship))
  if (entity.tables.some((table) => targetEntity.tableSet.has(table))) {
    return done(mapColumnPairs(primaryjoin, (left, right) => [
      targetEntity.tableSet.has(left.table) && entity.tableSet.has(right.table) ? { ...left, remote: true } : left,
      targetEntity.tableSet.has(right.table) && entity.tableSet.has(left.table) ? { ...right, remote: true } : right,
    ]), undefined, unclear(relationship))
  }
  return done(markWhere(primaryjoin, (column) => targetEntity.tableSet.has(column.table) && (entity.table !== column.table || targetEntity.table === column.table)))
}

const markWhere = (condition: Condition, test: (column: ConditionColumn) => boolean): Condition =>
  mapColumns(condition, (column) => (test(column) ? { ...column, remote: true } : column))

/** Only in comparisons of two plain columns; of a column compared with itself, one side only. */
const markPairs = (condition: Condition, test: (column: ConditionColumn) => boolean): Condition =>
  mapColumnPairs(condition, (left, right) => [
    test(left) ? { ...left, remote: true } : left,
    test(right) && !sameColumn(left, right) ? { ...right, remote: true } : right,
  ])

const unclear = (relationship: ForeignMarked): readonly MappingWarning[] => {
  const { key, primaryjoin } = relationship
  if (!operationsOf(primaryjoin).some(isCompound)) return []
  const columns = distinctColumns(columnsOf(primaryjoin))
  const far = columnsOf(primaryjoin).find((column) => column.foreign) ?? columns[0]
  return [mappingWarning(
    'self-referential-expression',
    `${key} leads to the tables that it comes from, and its condition compares more than plain columns (${columns.map(columnText).join(', ')}): which of them belong to the far side is not certain.`,
    { ...detailOf(relationship), columns: columns.map(columnText) },
    `Mark each mention of the far side, as in remote(${far === undefined ? '…' : `${far.table}.c.${far.column}`}).`,
  )]
}
