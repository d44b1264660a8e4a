// A step of a flush plan as a statement.

import { plannedColumns, type DatabaseType, type FlushStep, type PlannedColumn, type PlannedSymbol, type TableDescriptor } from '@relata/core'
import type { Dialect } from './dialect/dialect.js'
import type { Statement, WriteColumn } from './statement.js'

/**
 * The statement of a step of a flush plan, for one row, returning what the dialect can return. Throws where the table has no column of
 * the step: a plan goes with the mapping that it was made from.
 *
 * @example
 * pipe(compile(postgres, stepStatement(postgres, mapping.tables[step.table], step)), E.map(({ sql }) => sql))
 */
export const stepStatement = (dialect: Dialect, table: TableDescriptor, step: FlushStep): Statement => {
  const expressions = expressionsOf(step)
  const typed = ({ column, name }: PlannedColumn) => ({ name, type: typeOf(table, column) })
  const written = (column: PlannedColumn, place: number): WriteColumn => {
    const expression = expressions[place]
    return { ...typed(column), write: expression?._tag === 'expression' ? { _tag: 'expression', expr: expression.expr } : { _tag: 'value' } }
  }
  const at = { table: table.name, ...(table.schema === undefined ? {} : { schema: table.schema }), rows: 1 }
  switch (step._tag) {
    case 'insert': return { _tag: 'insert', ...at, columns: step.columns.map(written), returning: dialect.supports.returning.insert ? step.returning.map(typed) : [] }
    case 'update': return { _tag: 'updateRows', ...at, set: step.set.map(written), key: step.key.map(typed), returning: dialect.supports.returning.update ? step.returning.map(typed) : [] }
    case 'delete': return { _tag: 'deleteRows', ...at, key: step.key.map(typed) }
    default: return step satisfies never
  }
}

/** The expressions of a step, the same in each of its rows, by place. */
export const expressionsOf = (step: FlushStep): readonly (PlannedSymbol | undefined)[] => {
  const { symbols } = step.rows
  if (symbols === undefined) return []
  return plannedColumns(step).map((_, place) => symbols[place]?._tag === 'expression' ? symbols[place] : undefined)
}

const typeOf = (table: TableDescriptor, column: string): DatabaseType => {
  const type = table.columns[column]?.type
  if (type === undefined) throw new Error(`table ${table.name} has no column '${column}'`)
  return type.database
}
