// The delete of an object's row in one of its tables.

import type { Fate } from './fate.js'
import type { TableShape } from './mapping-shape.js'
import { nullKey } from './null-key.js'
import { addReason, addRow, emptyRow, pushValue, type RowValues, type StepBuilder } from './step-builder.js'
import { committedOf } from './value.js'

export const deleteRow = (fate: Fate, table: TableShape, steps: StepBuilder, row: RowValues): void => {
  emptyRow(row)
  for (const column of table.key) {
    const value = committedOf(fate, column.attribute)
    if (value === null || value === undefined) nullKey(fate, table, column, 'delete')
    pushValue(row, value, undefined)
  }
  if (table.version !== undefined) {
    const { value, symbol } = fate.raised ?? { value: committedOf(fate, table.version.attribute) ?? null, symbol: undefined }
    pushValue(row, value, symbol)
  }
  const step = steps.open(table.deleteShape) ?? steps.begin(table.deleteShape, { _tag: 'delete', table: table.table, key: table.found, missing: table.missing })
  addRow(step, fate.object.id, row)
  addReason(step, fate.orphan ? orphaned(fate) : table.gone)
}

const orphaned = ({ shape, object }: Fate): string => `orphan: ${shape.orphanedBy.find((relationship) => object.parents[relationship] === 'let go') ?? 'its parent'} let it go`
