// The update of an object's row in one of its tables: what the program changed, what relationships write, versions and defaults.

import { copyInto, textOf, type Fate, type Flushing, type Resolved } from './fate.js'
import type { MappedAttribute } from '../../configure/mapping.js'
import { refuse } from './flush-error.js'
import type { PlannedColumn } from './flush-plan.js'
import type { ShapeColumn, TableShape } from './mapping-shape.js'
import { nullKey } from './null-key.js'
import { reasonText } from './reason.js'
import { addReason, addRow, pushValue, rowValues, type StepBuilder } from './step-builder.js'
import { askIfExpired, committedOf, resolve, sameValue } from './value.js'

interface Change { readonly column: ShapeColumn; readonly to: Resolved; readonly because: string }

export const updateRow = (flushing: Flushing, fate: Fate, table: TableShape, steps: StepBuilder, last: (() => void)[]): void => {
  const set: Change[] = []
  for (const column of table.columns) {
    const change = changeOf(flushing, fate, column)
    if (change !== undefined) set.push(change)
  }
  if (set.length === 0 && (table.version === undefined || !changesElsewhere(flushing, fate, table))) return
  // A row that takes a unique value may need it to be given up by another first.
  const takes = set.some(({ column, to }) => column.unique && !column.primaryKey && (to.symbol !== undefined || (to.value !== null && to.value !== undefined)))
  if (takes) last.push(() => emitUpdate(flushing, fate, table, set, steps, false))
  else emitUpdate(flushing, fate, table, set, steps, false)
}

const changeOf = (flushing: Flushing, fate: Fate, column: ShapeColumn): Change | undefined => {
  const { attribute } = column
  const { columns, key } = fate.object
  const { name } = attribute
  const written = copyInto(fate.written, name)
  if (attribute.generated === 'always' || (written === undefined && copyInto(fate.postponed, name) !== undefined && !(name in columns.was))) return undefined
  if (fate.cascaded?.has(name) === true && column.primaryKey) return undefined
  const expression = columns.expressions?.[name]
  if (expression !== undefined && written === undefined) return { column, to: { value: undefined, symbol: { _tag: 'expression', expr: expression } }, because: column.changed }
  if (key === undefined) {
    // A row switch: what the new object was given, over a row that has its key.
    if (column.primaryKey || (written === undefined && !(name in columns.now))) return undefined
    return { column, to: resolve(flushing, fate, attribute), because: `takes over the row of ${fate.switched === undefined ? '' : textOf(fate.switched)}` }
  }
  if (written === undefined) {
    if (!(name in columns.was) && !columns.unknown.includes(name)) return undefined
    const now = columns.now[name]
    if (!columns.unknown.includes(name) && sameValue(attribute, now, columns.was[name])) return undefined
    if (column.primaryKey && (now ?? null) === null) refuse({
      code: 'blank-out-primary-key', message: `${fate.object.entity}.${name} of ${textOf(fate)} was set to null, and it is part of the primary key`,
      hint: `give it a value; to delete the row, destroy the ${fate.object.entity} object`, objects: [fate.object.id], column: name,
    })
    return { column, to: { value: now ?? null, symbol: undefined }, because: column.changed }
  }
  const to = resolve(flushing, fate, attribute)
  if (to.symbol === undefined && sameAsCommitted(fate, attribute, to.value)) return undefined
  return { column, to, because: `${to.symbol === undefined && (to.value ?? null) === null ? 'null out' : 'set'} ${attribute.table}.${column.planned.name}: ${reasonText(written.by, written.because)}` }
}

const sameAsCommitted = (fate: Fate, attribute: MappedAttribute, value: unknown): boolean => {
  if (fate.object.expired !== undefined) return false
  const was = committedOf(fate, attribute)
  return was !== undefined && sameValue(attribute, was, value)
}

/** The version is raised by a change in any table of the object. */
const changesElsewhere = (flushing: Flushing, fate: Fate, table: TableShape): boolean =>
  fate.shape.tables.some((other) => other !== table && other.columns.some((column) => changeOf(flushing, fate, column) !== undefined))

const emitUpdate = (flushing: Flushing, fate: Fate, table: TableShape, set: Change[], steps: StepBuilder, postponed: boolean): void => {
  const { entity } = fate.shape
  const returning: PlannedColumn[] = []
  if (set.length === 0 && (postponed || table.version === undefined)) return
  askIfExpired(flushing, fate)
  const version = table.version
  let versionWas: unknown
  if (version !== undefined && entity.version !== undefined) {
    versionWas = postponed && fate.object.key === undefined ? 1 : committedOf(fate.switched ?? fate, version.attribute)
    const already = set.some(({ column }) => column === version)
    const { next } = entity.version
    if (next === 'server') returning.push(version.planned)
    else if (next === 'count') set = [...set.filter(({ column }) => column !== version), { column: version, to: { value: Number(versionWas) + 1, symbol: undefined }, because: '' }]
    else if (next === 'given') { if (!already && set.length === 0) set = [{ column: version, to: { value: versionWas, symbol: undefined }, because: '' }] }
    else if (!already) set = [...set, { column: version, to: { value: undefined, symbol: { _tag: 'nextVersion', entity: entity.name, current: versionWas } }, because: '' }]
  }
  for (const column of table.columns) {
    if (column.attribute.descriptor.options.onUpdateValue === undefined || column.follows || set.some((change) => change.column === column)) continue
    set = [...set, { column, to: { value: undefined, symbol: { _tag: 'default', on: 'update' } }, because: '' }]
  }
  returning.push(...table.computed)
  const row = rowValues()
  let shape = `${postponed ? 'post ' : ''}${table.table}|${entity.version === undefined ? '' : 'v'}`
  for (const { column, to } of set) {
    shape += `|${column.planned.column}`
    if (to.symbol?._tag === 'expression') { shape += `=${JSON.stringify(to.symbol.expr)}`; returning.push(column.planned) }
    pushValue(row, to.value, to.symbol)
  }
  const key: PlannedColumn[] = []
  for (const column of table.key) {
    const at = keyValue(flushing, fate, column)
    if (at.symbol === undefined && (at.value === null || at.value === undefined)) nullKey(fate, table, column, 'update')
    key.push(column.planned)
    pushValue(row, at.value, at.symbol)
  }
  if (version !== undefined) {
    key.push(version.planned)
    pushValue(row, versionWas ?? null, undefined)
  }
  const step = steps.open(shape) ?? steps.begin(shape, {
    _tag: 'update', table: table.table, set: set.map(({ column }) => column.planned), key, returning, sequential: set.some(({ column }) => column.unique),
  })
  addRow(step, fate.object.id, row)
  for (const { because } of set) if (because !== '') addReason(step, because)
  if (version !== undefined && fate.doomed) fate.raised = raisedTo(fate, version, set)
}

/** The version that a row has after an update: counted or given, or known once it is made. */
const raisedTo = (fate: Fate, version: ShapeColumn, set: readonly Change[]): Resolved => {
  const to = set.find(({ column }) => column === version)?.to
  return to !== undefined && to.symbol === undefined ? to : { value: undefined, symbol: { _tag: 'keyOf', row: fate.object.id, attribute: version.attribute.name } }
}

/** The value by which a row is found: the committed key, or what the database has made of it, or that of the row taken over. */
const keyValue = (flushing: Flushing, fate: Fate, column: ShapeColumn): Resolved => {
  const { attribute } = column
  if (fate.switched !== undefined) return { value: committedOf(fate.switched, fate.switched.shape.entity.attribute[attribute.name] ?? attribute), symbol: undefined }
  if (fate.object.key === undefined || fate.cascaded?.has(attribute.name) === true) return resolve(flushing, fate, attribute)
  // A joined table's key follows the base's by ON UPDATE CASCADE: the base row was written before.
  if (column.follows && fate.shape.entity.passiveUpdates) return resolve(flushing, fate, attribute)
  return { value: committedOf(fate, attribute), symbol: undefined }
}

/** The UPDATE of a relationship with postUpdate: its columns alone. */
export const postponedRow = (flushing: Flushing, fate: Fate, table: TableShape, steps: StepBuilder): void => {
  const postponed = fate.postponed
  if (postponed === undefined) return
  const set: Change[] = []
  for (const column of table.columns) {
    const copy = copyInto(postponed, column.attribute.name)
    // The row is found by its key: that is written with the row itself.
    if (copy === undefined || column.follows || column.attribute.primaryKey) continue
    // Its own row was written with it already.
    if (copy.from === null && copyInto(fate.written, column.attribute.name)?.from === null) continue
    const to = resolve(flushing, fate, column.attribute)
    if (fate.object.key !== undefined && to.symbol === undefined && sameAsCommitted(fate, column.attribute, to.value)) continue
    if (fate.object.key === undefined && copy.from === null && fate.object.columns.now[column.attribute.name] === undefined) continue
    set.push({ column, to, because: `${column.planned.name}: ${reasonText(copy.by, copy.because)}` })
  }
  emitUpdate(flushing, fate, table, set, steps, true)
}
