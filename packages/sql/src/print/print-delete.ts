// DELETE: rows by their keys, or what a condition finds.

import type { SqlDeleteRows, SqlDeleteWhere } from '../lower/lower-write.js'
import { printExpression } from './print-expression.js'
import { printKey, printKeyMembership, printReturning, printUnnestedRows, rowsAlias, rowsColumn } from './print-rows.js'
import { nested } from './print-select.js'
import { clause, write, writeColumn, writeName, writeParameter, writeTable } from './writer.js'
import type { Writer } from './writer.js'

export const printDeleteRows = (to: Writer, statement: SqlDeleteRows): void => {
  const [only] = statement.key
  const arrays = to.dialect.write.deleteRows === 'unnest' && statement.unnestable && to.sizes.rows > 1
  write(to, 'delete from ')
  writeTable(to, statement)
  if (arrays && statement.key.length > 1 || arrays && only?.nullable === true) {
    const alias = rowsAlias(statement.table)
    clause(to, 'using ')
    printUnnestedRows(to, statement.table, statement.key)
    clause(to, 'where ')
    return printKey(to, statement.table, statement.key, ({ cell }) => writeColumn(to, alias, rowsColumn(cell)))
  }
  clause(to, 'where ')
  if (!arrays || only === undefined) return printKeyMembership(to, statement.key)
  writeName(to, only.name)
  write(to, ' = any(')
  writeParameter(to, { _tag: 'parameter', source: { _tag: 'rowColumn', column: only.cell }, type: { kind: 'array', of: only.type } })
  return write(to, ')')
}

export const printDeleteWhere = (to: Writer, statement: SqlDeleteWhere): void => {
  const { alias, table } = statement
  const renamed = alias !== table
  write(to, 'delete from ')
  writeTable(to, statement)
  // A source inside that bears the table's name makes room for it.
  if (renamed && !to.dialect.supports.deleteAlias) to.renames = new Map([[table, `${table}_1`], [alias, table]])
  else if (renamed) {
    write(to, ' as ')
    writeName(to, statement.alias)
  }
  if (statement.where !== undefined) {
    clause(to, 'where ')
    printExpression(to, nested, statement.where)
  }
  printReturning(to, statement.returning)
}
