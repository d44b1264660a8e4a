// How many rows a statement is printed for, and how many it may carry.

import type { Dialect } from '../dialect/dialect.js'
import type { SqlDeleteRows, SqlInsert, SqlUpdateRows, SqlWrite } from '../lower/lower-write.js'
import type { SqlSelect } from '../lower/sql-tree.js'
import { paddedLength } from './print-list.js'

type Lowered = (SqlSelect & { readonly _tag?: undefined }) | SqlWrite

/** How many values a row of the write has; 0 where it has no rows of values. */
export const widthOf = (lowered: Lowered): number =>
  lowered._tag === 'insert' || lowered._tag === 'updateRows' || lowered._tag === 'deleteRows' ? lowered.width : 0

/** The rows that a text is printed for: where they are arrays one text serves all, and a delete may name a row twice. */
export const printedRows = (dialect: Dialect, lowered: SqlWrite, rows: number): number => {
  switch (lowered._tag) {
    case 'insert':
    case 'updateRows':
      return sendsArrays(dialect, lowered) ? Math.min(rows, 2) : rows
    case 'deleteRows': return sendsArrays(dialect, lowered) ? Math.min(rows, 2) : paddedLength(rows, Math.max(rows, dialect.write.maxRows.delete))
    case 'updateWhere':
    case 'deleteWhere':
      return 1
    default: {
      const impossible: never = lowered
      return impossible
    }
  }
}

/** The most rows: what the dialect does well, within what its parameters allow. `count` tells the parameters of a text. */
export const mostRows = (dialect: Dialect, lowered: Lowered, ofOne: number, count: (rows: number) => number): number => {
  switch (lowered._tag) {
    case undefined:
    case 'updateWhere':
    case 'deleteWhere':
      return 1
    case 'insert':
      if (lowered.columns.length === 0 && !sendsArrays(dialect, lowered) && dialect.write.insertNothing === 'default values') return 1
      return sendsArrays(dialect, lowered) ? dialect.write.maxRows.insert : withinLimit(dialect, dialect.write.maxRows.insert, ofOne, count(2))
    case 'updateRows': {
      // Where SET sees what it has set, the second column of a changed key would no longer find its row.
      const keys = new Set(lowered.key.map(({ name }) => name))
      if (usesCases(dialect, lowered) && dialect.write.assignsInOrder && lowered.set.filter(({ name }) => keys.has(name)).length > 1) return 1
      return sendsArrays(dialect, lowered) ? dialect.write.maxRows.update : withinLimit(dialect, dialect.write.maxRows.update, ofOne, count(2))
    }
    case 'deleteRows':
      return sendsArrays(dialect, lowered) ? dialect.write.maxRows.delete : withinLimit(dialect, dialect.write.maxRows.delete, ofOne, count(2))
    default: {
      const impossible: never = lowered
      return impossible
    }
  }
}

const sendsArrays = (dialect: Dialect, lowered: SqlInsert | SqlUpdateRows | SqlDeleteRows): boolean => {
  switch (lowered._tag) {
    case 'insert': return dialect.write.insertRows === 'unnest' && lowered.unnestable
    case 'updateRows': return dialect.write.updateRows === 'unnest' && lowered.unnestable
    case 'deleteRows': return dialect.write.deleteRows === 'unnest' && lowered.unnestable
    default: {
      const impossible: never = lowered
      return impossible
    }
  }
}

const usesCases = (dialect: Dialect, lowered: SqlUpdateRows): boolean =>
  dialect.write.updateRows === 'case' || (dialect.write.updateRows === 'unnest' && !lowered.unnestable)

const withinLimit = (dialect: Dialect, most: number, ofOne: number, ofTwo: number): number => {
  // A row may have more parameters beside others (CASE names its key for every column) than alone.
  const perRow = Math.max(ofTwo - ofOne, Math.ceil(ofTwo / 2), 1)
  return Math.max(1, Math.min(most, Math.floor(dialect.parameter.max / perRow)))
}
