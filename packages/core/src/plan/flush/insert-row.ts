// The row of a new object in one of its tables.

import type { MappedAttribute } from '../../configure/mapping.js'
import { copyInto, type Fate, type Flushing, type Resolved } from './fate.js'
import type { PlannedColumn } from './flush-plan.js'
import type { ShapeColumn, TableShape } from './mapping-shape.js'
import { nullKey } from './null-key.js'
import { addReason, addRow, emptyRow, pushValue, type RowValues, type StepBuilder } from './step-builder.js'
import { isMade, resolve } from './value.js'

export const insertRow = (flushing: Flushing, fate: Fate, table: TableShape, steps: StepBuilder, row: RowValues): void => {
  emptyRow(row)
  const { now, expressions } = fate.object.columns
  const { written } = fate
  const simple = fate.postponed === undefined && expressions === undefined
  // Which columns the database is left to make: rows that agree on that have one shape.
  let made = 0
  let further = ''
  for (let at = 0; at < table.columns.length; at++) {
    const column = table.columns[at] as ShapeColumn // within the list
    if (simple && column.plain && (written === undefined || copyInto(written, column.attribute.name) === undefined)) {
      pushValue(row, now[column.attribute.name] ?? null, undefined)
      continue
    }
    const to = column.counted && simple && (written === undefined || copyInto(written, column.attribute.name) === undefined) && now[column.attribute.name] === undefined ? 'made' : insertedValue(flushing, fate, column)
    if (to === 'made') {
      if (at < 30) made |= 1 << at
      else further += `|${at}`
      continue
    }
    if (to.symbol?._tag === 'expression') further += `|${at}=${JSON.stringify(to.symbol.expr)}`
    pushValue(row, to.value, to.symbol)
    if (column.primaryKey && to.symbol === undefined && (to.value === null || to.value === undefined)) nullKey(fate, table, column, 'insert')
  }
  const shape = insertShape(table, made, further)
  const step = steps.open(shape) ?? steps.begin(shape, { _tag: 'insert', table: table.table, ...insertedColumns(table, made, further, row) })
  addRow(step, fate.object.id, row)
  addReason(step, table.because)
}

/** The columns that rows like this one give, and those that come back. */
const insertedColumns = (table: TableShape, made: number, further: string, row: RowValues): { readonly columns: readonly PlannedColumn[]; readonly returning: readonly PlannedColumn[] } => {
  const isMadeAt = (at: number): boolean => (at < 30 ? (made & (1 << at)) !== 0 : further.includes(`|${at}|`) || further.endsWith(`|${at}`))
  let place = 0
  return {
    columns: table.columns.flatMap((column, at) => isMadeAt(at) ? [] : [column.planned]),
    returning: table.columns.flatMap((column, at) => isMadeAt(at) || row.symbols[place++]?._tag === 'expression' ? [column.planned] : []),
  }
}

/** The name of a shape; the same text for rows of the same table, columns and expressions. */
const insertShape = (table: TableShape, made: number, further: string): string => {
  if (further !== '') return `${table.signature}|${made}${further}`
  let known = table.insertShapes.get(made)
  if (known === undefined) table.insertShapes.set(made, known = `${table.signature}|${made}`)
  return known
}

/** What an INSERT gives a column, or `made` where the database makes it. Null does not stand in the way of a default. */
const insertedValue = (flushing: Flushing, fate: Fate, column: ShapeColumn): Resolved | 'made' => {
  const { attribute } = column
  const entity = fate.shape.entity
  if (attribute.generated === 'always') return 'made'
  if (entity.version?.attribute === attribute.name && !column.follows) {
    const { next } = entity.version
    if (next === 'server') return 'made'
    if (next === 'count') return { value: 1, symbol: undefined }
    if (next !== 'given') return { value: undefined, symbol: { _tag: 'nextVersion', entity: entity.name, current: null } }
  }
  const expression = fate.object.columns.expressions?.[attribute.name]
  if (expression !== undefined && !column.follows) return { value: undefined, symbol: { _tag: 'expression', expr: expression } }
  if (copyInto(fate.postponed, attribute.name) !== undefined && copyInto(fate.written, attribute.name) === undefined) return given(fate, attribute)
  const equated = fate.shape.equated.has(attribute.name)
  const to = fate.written === undefined && !equated ? given(fate, attribute) : resolve(flushing, fate, attribute)
  const own = !equated && to.symbol?._tag === 'keyOf' && to.symbol.row === fate.object.id
  if (!own && (to.symbol !== undefined || (to.value !== null && to.value !== undefined))) return to
  if (column.follows) return isMade(attribute) ? { value: undefined, symbol: { _tag: 'keyOf', row: fate.object.id, attribute: attribute.name } } : to
  if (entity.inheritance.polymorphicOn === attribute.name && entity.inheritance.identity !== undefined) return { value: entity.inheritance.identity, symbol: undefined }
  if (attribute.descriptor.options.default !== undefined) return { value: undefined, symbol: { _tag: 'default', on: 'insert' } }
  return attribute.generated === 'none' ? to : 'made'
}

const given = (fate: Fate, attribute: MappedAttribute): Resolved => ({ value: fate.object.columns.now[attribute.name] ?? null, symbol: undefined })
