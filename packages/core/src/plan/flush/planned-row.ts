// The rows of a step one by one, for whoever reads a plan and does not execute it.

import type { ObjectId } from './flush-input.js'
import type { FlushStep, PlannedColumn, PlannedObjects, PlannedSymbol } from './flush-plan.js'

/** One row of a step: values in the order of the step's columns; where `symbols` has something, it stands for the value. */
export interface PlannedRow {
  /** Undefined for rows of an association table. */
  readonly object: ObjectId | undefined
  readonly values: readonly unknown[]
  readonly symbols: readonly (PlannedSymbol | undefined)[]
}

/** The columns of a step in the order of a row's values: of an update those to set, then those of the key. */
export const plannedColumns = (step: FlushStep): readonly PlannedColumn[] => {
  switch (step._tag) {
    case 'insert': return step.columns
    case 'update': return [...step.set, ...step.key]
    case 'delete': return step.key
    default: return step satisfies never
  }
}

/**
 * The rows of a step of a flush plan, one by one, the first `most` of them: a step goes in; for each row its object, its values, and
 * what stands for those that are not known yet come out.
 *
 * @example
 * plan.steps.flatMap(plannedRows).map(({ values }) => values) // [['ed', null], …]
 */
export const plannedRows = (step: FlushStep, most = Infinity): readonly PlannedRow[] => {
  const { count, objects, values, symbols } = step.rows
  const width = plannedColumns(step).length
  return Array.from({ length: Math.min(count, most) }, (_, row) => ({
    object: objects[row],
    values: values.slice(row * width, (row + 1) * width),
    symbols: Array.from({ length: width }, (_column, at) => symbols?.[row * width + at]),
  }))
}

/** How a person names an object: `User 5`, or `new User #3` where it has no row yet. */
export const objectText = (id: ObjectId, entity: string, key: readonly unknown[] | null | undefined): string =>
  key === undefined || key === null ? `new ${entity} #${id}` : `${entity} ${key.map(String).join(', ')}`

/** The name of an object of a plan. */
export const plannedName = ({ entities, keys }: PlannedObjects, id: ObjectId): string => objectText(id, entities[id] ?? 'object', keys[id])
