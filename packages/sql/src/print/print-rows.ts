// What writes of many rows share: the name of the rows, finding them by key, and what comes back.

import type { SqlKeyColumn } from '../lower/lower-write.js'
import type { Parameter } from '../lower/sql-tree.js'
import { clause, separated, write, writeColumn, writeName, writeParameter } from './writer.js'
import type { Writer } from './writer.js'

/** The name of the rows beside the table, which may bear that name itself. */
export const rowsAlias = (table: string): string => table === 'given' ? 'given_rows' : 'given'

/** The name of the n-th value of a row: as VALUES names them where they can be given no other. */
export const rowsColumn = (cell: number): string => `column${cell + 1}`

export const cellParameter = (row: number, { cell, type }: Pick<SqlKeyColumn, 'cell' | 'type'>): Parameter =>
  ({ _tag: 'parameter', source: { _tag: 'cell', row, column: cell }, type })

/** `key = value` for every column of the key, null-safely where it may be null. */
export const printKey = (to: Writer, table: string | undefined, key: readonly SqlKeyColumn[], value: (column: SqlKeyColumn) => void): void => {
  separated(to, key, (column) => {
    writeColumn(to, table ?? '', column.name)
    write(to, ` ${column.nullable ? to.dialect.expression.nullSafe.same : '='} `)
    value(column)
  }, ' and ')
}

/** The rows of a write as arrays, side by side. */
export const printUnnestedRows = (to: Writer, table: string, cells: readonly Pick<SqlKeyColumn, 'cell' | 'type'>[]): void => {
  write(to, 'unnest(')
  separated(to, cells, ({ cell, type }) => writeParameter(to, {
    _tag: 'parameter', source: { _tag: 'rowColumn', column: cell }, type: { kind: 'array', of: type }, cast: type,
  }))
  write(to, ') as ')
  writeName(to, rowsAlias(table))
  write(to, ' (')
  separated(to, cells, ({ cell }) => writeName(to, rowsColumn(cell)))
  write(to, ')')
}

/** The rows whose keys are given, in the form that the dialect searches an index by. */
export const printKeyMembership = (to: Writer, key: readonly SqlKeyColumn[]): void => {
  const rows = Array.from({ length: to.sizes.rows }, (_, row) => row)
  const [first] = key
  const { tupleIn } = to.dialect.expression
  if (rows.length === 1) return printKey(to, undefined, key, (column) => writeParameter(to, cellParameter(0, column)))
  if (key.some(({ nullable }) => nullable) || (key.length > 1 && tupleIn === 'or')) {
    return separated(to, rows, (row) => printKey(to, undefined, key, (column) => writeParameter(to, cellParameter(row, column))), ' or ')
  }
  if (key.length === 1 && first !== undefined) {
    writeName(to, first.name)
    write(to, ' in (')
    separated(to, rows, (row) => writeParameter(to, cellParameter(row, first)))
    return write(to, ')')
  }
  write(to, '(')
  separated(to, key, ({ name }) => writeName(to, name))
  write(to, tupleIn === 'values' ? ') in (values ' : ') in (')
  separated(to, rows, (row) => {
    write(to, '(')
    separated(to, key, (column) => writeParameter(to, cellParameter(row, column)))
    write(to, ')')
  })
  write(to, ')')
}

/** The columns that come back; of `table` where another source is beside it. */
export const printReturning = (to: Writer, returning: readonly string[], table = ''): void => {
  if (returning.length === 0) return
  clause(to, 'returning ')
  separated(to, returning, (name) => writeColumn(to, table, name))
}
