// Fifth pass: rows of entities as steps. Of every batch first the updates, those that let go of a key before those that take one, then
// the inserts; a joined entity's base tables come first, and last when it is deleted.

import type { MappedAttribute } from '../../configure/mapping.js'
import { copyInto, textOf, type Fate, type Flushing, type Resolved } from './fate.js'
import { refuse } from './flush-error.js'
import type { PlannedColumn } from './flush-plan.js'
import type { ShapeColumn, TableShape } from './mapping-shape.js'
import type { Batch } from './order.js'
import { reasonText } from './reason.js'
import { addReason, addRow, emptyRow, pushValue, rowValues, type RowValues, type StepBuilder } from './step-builder.js'
import { askIfExpired, committedOf, isMade, resolve, sameValue } from './value.js'

export const writeBatch = (flushing: Flushing, batch: Batch, steps: StepBuilder): void => {
  const inserts: Fate[] = []
  const updates: Fate[] = []
  const row = rowValues()
  for (const fate of batch) (fate.object.key === undefined && fate.switched === undefined ? inserts : updates).push(fate)
  const depth = depthOf(batch)
  for (let at = 0; at < depth; at++) {
    steps.nextLevel()
    const last: (() => void)[] = []
    for (const fate of updates) {
      const table = fate.shape.tables[at]
      if (table !== undefined) updateRow(flushing, fate, table, steps, last)
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

/** The UPDATE of a relationship with postUpdate: its columns alone. */
export const postponedRow = (flushing: Flushing, fate: Fate, table: TableShape, steps: StepBuilder): void => {
  const postponed = fate.postponed
  if (postponed === undefined) return
  const set: Change[] = []
  for (const column of table.columns) {
    const copy = copyInto(postponed, column.attribute.name)
    if (copy === undefined || column.follows) continue
    const to = resolve(flushing, fate, column.attribute)
    if (fate.object.key !== undefined && to.symbol === undefined && sameAsCommitted(fate, column.attribute, to.value)) continue
    if (fate.object.key === undefined && copy.from === null && fate.object.columns.now[column.attribute.name] === undefined) continue
    set.push({ column, to, because: `${column.planned.name}: ${copy.because}` })
  }
  emitUpdate(flushing, fate, table, set, steps, true)
}

interface Change { readonly column: ShapeColumn; readonly to: Resolved; readonly because: string }

// ---------- insert

const insertRow = (flushing: Flushing, fate: Fate, table: TableShape, steps: StepBuilder, row: RowValues): void => {
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
      row.values.push(now[column.attribute.name] ?? null)
      continue
    }
    const to = column.counted && simple && written === undefined && now[column.attribute.name] === undefined ? 'made' : insertedValue(flushing, fate, column)
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
  const to = fate.written === undefined ? given(fate, attribute) : resolve(flushing, fate, attribute)
  const own = to.symbol?._tag === 'keyOf' && to.symbol.row === fate.object.id
  if (!own && (to.symbol !== undefined || (to.value !== null && to.value !== undefined))) return to
  if (column.follows) return isMade(attribute) ? { value: undefined, symbol: { _tag: 'keyOf', row: fate.object.id, attribute: attribute.name } } : to
  if (entity.inheritance.polymorphicOn === attribute.name && entity.inheritance.identity !== undefined) return { value: entity.inheritance.identity, symbol: undefined }
  if (attribute.descriptor.options.default !== undefined) return { value: undefined, symbol: { _tag: 'default', on: 'insert' } }
  return attribute.generated === 'none' ? to : 'made'
}

const given = (fate: Fate, attribute: MappedAttribute): Resolved => ({ value: fate.object.columns.now[attribute.name] ?? null, symbol: undefined })

// ---------- update

const updateRow = (flushing: Flushing, fate: Fate, table: TableShape, steps: StepBuilder, last: (() => void)[]): void => {
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

// ---------- delete

const deleteRow = (fate: Fate, table: TableShape, steps: StepBuilder, row: RowValues): void => {
  emptyRow(row)
  for (const column of table.key) {
    const value = committedOf(fate, column.attribute)
    if (value === null || value === undefined) nullKey(fate, table, column, 'delete')
    row.values.push(value)
  }
  if (table.version !== undefined) row.values.push(committedOf(fate, table.version.attribute) ?? null)
  const step = steps.open(table.deleteShape) ?? steps.begin(table.deleteShape, { _tag: 'delete', table: table.table, key: table.found, missing: table.missing })
  addRow(step, fate.object.id, row)
  addReason(step, fate.orphan ? orphaned(fate) : table.gone)
}

const orphaned = ({ shape, object }: Fate): string => `orphan: ${shape.orphanedBy.find((relationship) => object.parents[relationship] === 'let go') ?? 'its parent'} let it go`

const nullKey = (fate: Fate, table: TableShape, column: ShapeColumn, verb: string): never => refuse({
  code: 'null-identity', message: `cannot ${verb} a row of ${table.table}: its primary key column ${column.planned.column} is null (${textOf(fate)})`,
  hint: 'give the key a value, or let the database or a default make it', objects: [fate.object.id], column: column.planned.column,
})

