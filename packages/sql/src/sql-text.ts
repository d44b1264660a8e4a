// The statements of a plan as the text of a dialect, for people.

import { isLeft } from 'fp-ts/lib/Either.js'
import type { FlushStep, Mapping, SelectAst } from '@relata/core'
import type { Dialect } from './dialect/dialect.js'
import { compile } from './print/compile.js'
import type { Statement } from './statement.js'
import { stepStatement } from './step-statement.js'

/**
 * What `explain` shows statements with: a dialect and the mapping of the plan go in; a function of a statement to its text comes out,
 * for one row and lists of one value, or to why the dialect cannot say it.
 *
 * @example
 * explain(plan, { sql: sqlText(postgres, mapping) })
 */
export const sqlText = (dialect: Dialect, mapping: Mapping) => (what: SelectAst | FlushStep): string => {
  const compiled = compile(dialect, statementOf(dialect, mapping, what), { pretty: true })
  return isLeft(compiled) ? compiled.left.message : compiled.right.sql
}

const statementOf = (dialect: Dialect, mapping: Mapping, what: SelectAst | FlushStep): Statement => {
  if (what._tag === 'selectAst') return { _tag: 'select', select: what }
  const table = mapping.tables[what.table]
  if (table === undefined) throw new Error(`the mapping has no table '${what.table}': a plan goes with the mapping that it was made from`)
  return stepStatement(dialect, table, what)
}
