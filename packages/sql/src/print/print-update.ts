// UPDATE: rows of one shape by their keys, or what a condition finds.

import type { SqlUpdateRows, SqlUpdateWhere, SqlWriteColumn } from '../lower/lower-write.js'
import type { SqlNode } from '../lower/sql-tree.js'
import { printExpression } from './print-expression.js'
import { cellParameter, printKey, printKeyMembership, printReturning, printUnnestedRows, rowsAlias, rowsColumn } from './print-rows.js'
import { nested } from './print-select.js'
import { clause, separated, write, writeColumn, writeName, writeParameter, writeTable } from './writer.js'
import type { Writer } from './writer.js'

export const printUpdateRows = (to: Writer, update: SqlUpdateRows): void => {
  const form = to.dialect.write.updateRows
  if (to.sizes.rows === 1) return printOneRow(to, update)
  return form === 'case' || (form === 'unnest' && !update.unnestable) ? printCases(to, update) : printJoined(to, update, form)
}

const printOneRow = (to: Writer, update: SqlUpdateRows): void => {
  printSet(to, update, (column) => writeParameter(to, cellParameter(0, column)))
  clause(to, 'where ')
  printKeyMembership(to, update.key)
  printReturning(to, update.returning)
}

/** The table joined with the rows given: each row of the table is met at most once, so that those matched are counted. */
const printJoined = (to: Writer, update: SqlUpdateRows, form: 'unnest' | 'values'): void => {
  const alias = rowsAlias(update.table)
  printSet(to, update, ({ cell }) => writeColumn(to, alias, rowsColumn(cell)))
  clause(to, 'from ')
  if (form === 'unnest') {
    const cells = [...update.set.flatMap((column) => column._tag === 'cell' ? [column] : []), ...update.key]
    printUnnestedRows(to, update.table, cells)
  } else {
    write(to, '(values ')
    separated(to, Array.from({ length: to.sizes.rows }), (_, row) => {
      write(to, '(')
      const cells = [...update.set.flatMap((column) => column._tag === 'cell' ? [column] : []), ...update.key]
      separated(to, cells, (column) => writeParameter(to, cellParameter(row, column)))
      write(to, ')')
    })
    write(to, ') as ')
    writeName(to, alias)
  }
  clause(to, 'where ')
  printKey(to, update.table, update.key, ({ cell }) => writeColumn(to, alias, rowsColumn(cell)))
  printReturning(to, update.returning, update.table)
}

/** Each column a CASE over the keys, where rows cannot be joined: for some tens of rows the comparisons cost nothing. */
const printCases = (to: Writer, update: SqlUpdateRows): void => {
  const [only] = update.key
  const simple = update.key.length === 1 && only !== undefined && !only.nullable ? only : undefined
  printSet(to, update, (column) => {
    write(to, 'case')
    if (simple !== undefined) { write(to, ' '); writeName(to, simple.name) }
    for (let row = 0; row < to.sizes.rows; row += 1) {
      write(to, ' when ')
      if (simple === undefined) printKey(to, undefined, update.key, (key) => writeParameter(to, cellParameter(row, key)))
      else writeParameter(to, cellParameter(row, simple))
      write(to, ' then ')
      writeParameter(to, cellParameter(row, column))
    }
    write(to, ' else ')
    writeName(to, column.name)
    write(to, ' end')
  })
  clause(to, 'where ')
  printKeyMembership(to, update.key)
  printReturning(to, update.returning)
}

const printSet = (to: Writer, update: SqlUpdateRows, value: (column: SqlWriteColumn & { readonly _tag: 'cell' }) => void): void => {
  write(to, 'update ')
  writeTable(to, update)
  clause(to, 'set ')
  separated(to, update.set, (column) => {
    writeName(to, column.name)
    write(to, ' = ')
    if (column._tag === 'cell') value(column)
    else printExpression(to, nested, column.expr)
  })
}

export const printUpdateWhere = (to: Writer, update: SqlUpdateWhere): void => {
  const print = (node: SqlNode): void => printExpression(to, nested, node)
  write(to, 'update ')
  writeTable(to, update)
  if (update.alias !== update.table) {
    write(to, ' as ')
    writeName(to, update.alias)
  }
  clause(to, 'set ')
  separated(to, update.set, ({ name, expr }) => {
    writeName(to, name)
    write(to, ' = ')
    print(expr)
  })
  if (update.where !== undefined) {
    clause(to, 'where ')
    print(update.where)
  }
  printReturning(to, update.returning)
}
