// Fifth pass: rows of entities as steps. Of every batch first the updates, those that let go of a key before those that take one, then
// the inserts; a joined entity's base tables come first, and last when it is deleted.

import { deleteRow } from './delete-row.js'
import type { Fate, Flushing } from './fate.js'
import { insertRow } from './insert-row.js'
import type { Batch } from './order.js'
import { plainUpdate } from './plain-update.js'
import { rowValues, type StepBuilder } from './step-builder.js'
import { updateRow } from './update-row.js'
import { askIfExpired } from './value.js'

export const writeBatch = (flushing: Flushing, batch: Batch, steps: StepBuilder): void => {
  const row = rowValues()
  // Mostly all of them are one or the other.
  const inserts = batch.every(isInserted) ? batch : batch.filter(isInserted)
  const updates = inserts.length === batch.length ? [] : inserts.length === 0 ? batch : batch.filter((fate) => !isInserted(fate))
  const depth = depthOf(batch)
  for (let at = 0; at < depth; at++) {
    steps.nextLevel()
    const last: (() => void)[] = []
    for (const fate of updates) {
      const table = fate.shape.tables[at]
      if (table !== undefined && !plainUpdate(fate, table, steps, row)) updateRow(flushing, fate, table, steps, last)
    }
    if (last.length > 0) {
      steps.nextLevel()
      for (const write of last) write()
    }
    steps.nextLevel()
    for (const fate of inserts) {
      const table = fate.shape.tables[at]
      if (table !== undefined) insertRow(flushing, fate, table, steps, row)
    }
  }
}

const isInserted = ({ object, switched }: Fate): boolean => object.key === undefined && switched === undefined

/** Over how many tables the objects of a batch reach at most. */
const depthOf = (batch: Batch): number => {
  let depth = 0
  for (const { shape } of batch) if (shape.tables.length > depth) depth = shape.tables.length
  return depth
}

export const deleteBatch = (flushing: Flushing, batch: Batch, steps: StepBuilder): void => {
  const row = rowValues()
  const depth = depthOf(batch)
  for (const fate of batch) askIfExpired(flushing, fate)
  for (let at = depth - 1; at >= 0; at--) {
    steps.nextLevel()
    for (const fate of batch) {
      const table = fate.shape.tables[at]
      if (table !== undefined) deleteRow(fate, table, steps, row)
    }
  }
}
