// Sixth pass: association rows as steps, one a table and set of columns.

import type { ColumnPair } from '../../configure/mapping.js'
import { databaseName } from '../../schema/table-descriptor.js'
import type { Fate, Flushing } from './fate.js'
import { refuse } from './flush-error.js'
import type { PlannedColumn } from './flush-plan.js'
import { attributeOf } from './mapping-shape.js'
import { reasonText } from './reason.js'
import { addReason, addRow, pushValue, rowValues, type RowValues, type StepBuilder, type StepSort } from './step-builder.js'
import type { AssociationRow } from './synchronise.js'
import { committedOf, resolve } from './value.js'

export const writeAssociations = (flushing: Flushing, rows: readonly AssociationRow[], steps: StepBuilder): void => {
  for (const verb of ['delete', 'update', 'insert'] as const) {
    steps.nextLevel()
    for (const row of rows) if (row.verb === verb) writeAssociation(flushing, row, steps)
  }
}

const writeAssociation = (flushing: Flushing, row: AssociationRow, steps: StepBuilder): void => {
  const { synchronizePairs, secondarySynchronizePairs } = row.relationship
  const table = (synchronizePairs[0] ?? secondarySynchronizePairs[0])?.destination.table ?? ''
  const descriptor = flushing.shape.mapping.tables[table]
  const columns: PlannedColumn[] = []
  const now = rowValues()
  const was = rowValues()
  const ends: readonly (readonly [Fate, readonly ColumnPair[]])[] = [[row.parent, synchronizePairs], [row.member, secondarySynchronizePairs]]
  for (const [fate, pairs] of ends) {
    for (const { source, destination } of pairs) {
      const attribute = attributeOf(fate.shape, source)
      if (attribute === undefined) {
        refuse({
          code: 'flush', message: `${row.relationship.key} copies ${source.table}.${source.column}, and ${fate.object.entity} does not map it`,
          hint: 'map the column', objects: [fate.object.id], relationship: row.relationship.key,
        })
        continue
      }
      columns.push({ column: destination.column, name: descriptor === undefined ? destination.column : databaseName(descriptor, destination.column) })
      const to = resolve(flushing, fate, attribute)
      pushValue(now, to.value, to.symbol)
      const committed = fate.object.key === undefined ? undefined : committedOf(fate, attribute)
      pushValue(was, committed ?? to.value, committed === undefined ? to.symbol : undefined)
    }
  }
  // Further columns of the table are left to their defaults.
  if (row.verb === 'insert') {
    for (const [column, { options }] of Object.entries(descriptor?.columns ?? {})) {
      if (options.default === undefined || columns.some((known) => known.column === column)) continue
      columns.push({ column, name: options.name ?? column })
      pushValue(now, undefined, { _tag: 'default', on: 'insert' })
    }
  }
  emit(row, table, columns, now, was, steps)
}

const emit = (row: AssociationRow, table: string, columns: readonly PlannedColumn[], now: RowValues, was: RowValues, steps: StepBuilder): void => {
  const shape = `${table}|${columns.map(({ column }) => column).join('|')}`
  const step = steps.open(shape) ?? steps.begin(shape, sortOf(row, table, columns))
  if (row.verb === 'update') for (let at = 0; at < was.size; at++) pushValue(now, was.values[at], was.symbols[at])
  // Rows deleted because a parent goes hold the committed keys, and so do those that a kept parent lets go.
  addRow(step, undefined, row.verb === 'delete' ? was : now)
  addReason(step, reasonText(row.relationship, row.because))
}

const sortOf = ({ verb }: AssociationRow, table: string, columns: readonly PlannedColumn[]): StepSort => {
  switch (verb) {
    case 'insert': return { _tag: 'insert', table, columns, returning: [] }
    case 'update': return { _tag: 'update', table, set: columns, key: columns, returning: [], sequential: true }
    case 'delete': return { _tag: 'delete', table, key: columns, missing: 'fail' }
    default: return verb satisfies never
  }
}
