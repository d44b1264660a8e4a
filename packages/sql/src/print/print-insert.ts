// INSERT of rows of one shape.

import type { SqlInsert, SqlWriteColumn } from '../lower/lower-write.js'
import type { Parameter } from '../lower/sql-tree.js'
import { printExpression } from './print-expression.js'
import { nested } from './print-select.js'
import { printReturning, rowsAlias, rowsColumn } from './print-rows.js'
import { clause, separated, write, writeColumn, writeName, writeParameter, writeTable } from './writer.js'
import type { Writer } from './writer.js'

export const printInsert = (to: Writer, insert: SqlInsert): void => {
  const { insertRows, insertNothing, upsert } = to.dialect.write
  const { rows } = to.sizes
  const many = insertRows === 'unnest' && insert.unnestable && rows > 1
  write(to, 'insert into ')
  writeTable(to, insert)
  if (insert.columns.length > 0) {
    write(to, ' (')
    separated(to, insert.columns, ({ name }) => writeName(to, name))
    write(to, ')')
  }
  if (many && insert.width === 0) printSeries(to, insert)
  else if (many) printUnnest(to, insert)
  else if (insert.columns.length === 0) {
    if (insertNothing === 'default values') clause(to, 'default values')
    else {
      write(to, ' ()')
      clause(to, 'values ')
      separated(to, Array.from({ length: rows }), () => write(to, '()'))
    }
  } else printValues(to, insert)

  if (insert.onConflict !== undefined) {
    if (upsert === 'on conflict') printOnConflict(to, insert.onConflict)
    else printOnDuplicateKey(to, insert, insert.onConflict, upsert)
  }
  printReturning(to, insert.returning)
}

const printValues = (to: Writer, insert: SqlInsert): void => {
  const print = printCell(to)
  clause(to, 'values ')
  separated(to, Array.from({ length: to.sizes.rows }), (_, row) => {
    write(to, '(')
    separated(to, insert.columns, (column) => print(column, row))
    write(to, ')')
  })
}

/** The value of a column in a row: a parameter, or its expression once more. */
const printCell = (to: Writer) => (column: SqlWriteColumn, row: number): void => {
  if (column._tag === 'cell') writeParameter(to, { _tag: 'parameter', source: { _tag: 'cell', row, column: column.cell }, type: column.type })
  else if (column.expr._tag === 'parameter') writeParameter(to, column.expr)
  else {
    write(to, '(')
    printExpression(to, nested, column.expr)
    write(to, ')')
  }
}

/** One text for any number of rows, which go in in their order. */
const printUnnest = (to: Writer, insert: SqlInsert): void => {
  const alias = rowsAlias(insert.table)
  const cells = insert.columns.flatMap((column) => column._tag === 'cell' ? [column] : [])
  clause(to, 'select ')
  separated(to, insert.columns, (column) => {
    if (column._tag === 'cell') writeColumn(to, alias, rowsColumn(column.cell))
    else printExpression(to, nested, column.expr)
  })
  clause(to, 'from unnest(')
  separated(to, cells, ({ cell, type }) => writeParameter(to, {
    _tag: 'parameter', source: { _tag: 'rowColumn', column: cell }, type: { kind: 'array', of: type }, cast: type,
  }))
  write(to, ') with ordinality as ')
  writeName(to, alias)
  write(to, ' (')
  separated(to, cells, ({ cell }) => writeName(to, rowsColumn(cell)))
  write(to, ', "nth")')
  clause(to, 'order by ')
  writeColumn(to, alias, 'nth')
}

/** Rows that give no value of their own. */
const printSeries = (to: Writer, insert: SqlInsert): void => {
  const count: Parameter = { _tag: 'parameter', source: { _tag: 'rowCount' }, type: { kind: 'integer' }, cast: { kind: 'integer' } }
  clause(to, insert.columns.length > 0 ? 'select ' : 'select')
  separated(to, insert.columns, (column) => { if (column._tag === 'expression') printExpression(to, nested, column.expr) })
  clause(to, 'from generate_series(1, ')
  writeParameter(to, count)
  write(to, ')')
}

type OnConflict = NonNullable<SqlInsert['onConflict']>

const printOnConflict = (to: Writer, { columns, update }: OnConflict): void => {
  clause(to, 'on conflict')
  if (columns.length > 0) {
    write(to, ' (')
    separated(to, columns, (name) => writeName(to, name))
    write(to, ')')
  }
  if (update.length === 0) return write(to, ' do nothing')
  write(to, ' do update set ')
  separated(to, update, ({ name, expr }) => {
    writeName(to, name)
    write(to, ' = ')
    printExpression(to, nested, expr)
  })
}

/** Where nothing is to be updated, a column is set to itself. */
const printOnDuplicateKey = (to: Writer, insert: SqlInsert, { columns, update }: OnConflict, form: 'row alias' | 'values function'): void => {
  if (form === 'row alias') {
    clause(to, 'as ')
    writeName(to, 'excluded')
  }
  clause(to, 'on duplicate key update ')
  const unchanged = columns[0] ?? insert.columns[0]?.name
  if (update.length === 0 && unchanged !== undefined) {
    writeName(to, unchanged)
    write(to, ' = ')
    return writeColumn(to, insert.table, unchanged)
  }
  separated(to, update, ({ name, expr }) => {
    writeName(to, name)
    write(to, ' = ')
    printExpression(to, nested, expr)
  })
}
