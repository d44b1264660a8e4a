// The update of a row of which the program changed columns and nothing else happens: what most updates are, with nothing made on the
// way but the row itself.

import type { Fate } from './fate.js'
import type { TableShape } from './mapping-shape.js'
import { addReason, addRow, emptyRow, pushValue, type RowValues, type StepBuilder } from './step-builder.js'
import { sameValue } from './value.js'

/** Adds the row to its step, or nothing where nothing changed; false where there is more to it. */
export const plainUpdate = (fate: Fate, table: TableShape, steps: StepBuilder, row: RowValues): boolean => {
  const { columns, key, expired } = fate.object
  if (!table.quiet || key === undefined || expired !== undefined || columns.expressions !== undefined || columns.unknown.length > 0) return false
  if (fate.written !== undefined || fate.postponed !== undefined || fate.cascaded !== undefined || fate.switched !== undefined) return false
  emptyRow(row)
  let changed = 0
  for (let at = 0; at < table.columns.length; at++) {
    const column = table.columns[at]
    if (column === undefined || !(column.attribute.name in columns.was)) continue
    const now = columns.now[column.attribute.name]
    if (sameValue(column.attribute, now, columns.was[column.attribute.name])) continue
    // What is unique may have to be given up by another row first.
    if (column.unique || at >= mostMarked) return false
    changed |= 1 << at
    pushValue(row, now ?? null, undefined)
  }
  if (changed === 0) return true
  for (const place of table.keyPlaces) pushValue(row, key[place], undefined)
  const shape = shapeOf(table, changed)
  const step = steps.open(shape) ?? steps.begin(shape, { _tag: 'update', table: table.table, set: changedColumns(table, changed).map(({ planned }) => planned), key: table.found, returning: [], sequential: false })
  // Rows of one shape have the same reasons; others may have come between.
  if (step.reasons.size === 0 || changed !== step.lastChanged) for (const column of changedColumns(table, changed)) addReason(step, column.changed)
  step.lastChanged = changed
  addRow(step, fate.object.id, row)
  return true
}

/** Columns that fit into the bits of a number. */
const mostMarked = 30

const changedColumns = ({ columns }: TableShape, changed: number) => columns.filter((_, at) => at < mostMarked && (changed & (1 << at)) !== 0)

/** The name of a shape, as `updateRow` makes it. */
const shapeOf = (table: TableShape, changed: number): string => {
  let known = table.updateShapes.get(changed)
  if (known === undefined) table.updateShapes.set(changed, known = `${table.table}|${changedColumns(table, changed).map(({ planned }) => `|${planned.column}`).join('')}`)
  return known
}
