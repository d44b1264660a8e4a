// What the answer of a statement tells of its rows: generated keys, computed columns, server defaults.

import type { FlushStep, InsertStep, MappedEntity } from '@relata/core'
import type { Result } from '@relata/sql/driver'
import { fail } from '../relata-error.js'
import { attributeAt } from '../state/entity-index.js'
import type { Connected } from '../state/executor.js'
import { entityOf } from '../state/state-of.js'
import type { CompiledStep } from './compiled-step.js'
import type { Encoding } from './encode-rows.js'
import { madeColumn } from './made-values.js'

export interface Learning extends Encoding { readonly connected: Connected }

/** Learns from the answer to an insert of `count` rows from the row `first` on. */
export const learnInserted = (learning: Learning, step: InsertStep, compiled: CompiledStep, first: number, count: number, result: Result): void => {
  if (step.returning.length === 0) return
  if (compiled.returning.length === 0 || (result.rows.length === 0 && result.insertId !== undefined)) {
    learnKeys(learning, step, first, count, result)
    return
  }
  if (result.rows.length !== count) {
    fail({ _tag: 'FlushFailed', code: 'flush', message: `inserting ${count} rows into ${step.table} gave ${result.rows.length} back`, hint: 'look for a trigger or rule that keeps rows from being inserted' })
  }
  learnRows(learning, step, compiled, first, inOrderOfRows(compiled, result.rows))
}

/** Learns what came back for rows from the row `first` on. */
export const learnRows = ({ instances, made }: Learning, step: FlushStep, compiled: CompiledStep, first: number, answers: Result['rows']): void => {
  let entity: MappedEntity | undefined
  let columns: readonly (unknown[] | undefined)[] = []
  for (let row = 0; row < answers.length; row++) {
    const object = step.rows.objects[first + row]
    const instance = object === undefined ? undefined : instances[object]
    const answer = answers[row]
    if (object === undefined || instance === undefined || answer === undefined) continue
    // Rows of one step are mostly of one entity.
    const own = entityOf(instance)
    if (own !== entity) {
      entity = own
      columns = returnedNames(compiled, step, own).map((name) => name === undefined ? undefined : madeColumn(made, name))
    }
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place]
      const codec = compiled.returning[place]
      if (column !== undefined && codec !== undefined) column[object] = (codec.plain ? answer[place] : codec.decode(answer[place])) ?? null
    }
  }
}

/** Keys are made in the order of the rows, whatever order they are answered in. */
const inOrderOfRows = (compiled: CompiledStep, answers: Result['rows']): Result['rows'] => {
  const place = countedPlace(compiled)
  if (place === undefined || answers.length < 2) return answers
  for (let at = 1; at < answers.length; at++) {
    if (Number(answers[at - 1]?.[place]) > Number(answers[at]?.[place])) return answers.toSorted((a, b) => Number(a[place]) - Number(b[place]))
  }
  return answers
}

/** The place, in what is returned, of a key that the database counts up. */
export const countedPlace = (compiled: CompiledStep): number | undefined => {
  const place = compiled.returning.findIndex(({ database }) => database.kind === 'integer' || database.kind === 'bigint')
  return place === -1 ? undefined : place
}

/** Without RETURNING the database says one key of the statement, and the others follow it. */
const learnKeys = ({ session, connected, instances, made }: Learning, step: InsertStep, first: number, count: number, result: Result): void => {
  const table = session.mapping.tables[step.table]
  const key = step.returning.find(({ column }) => table?.primaryKey.includes(column))
  const { insertId } = result
  if (key === undefined || insertId === undefined) return
  const before = connected.capabilities.insertId === 'last' ? count - 1 : 0
  const isBigint = table?.columns[key.column]?.type.database.kind === 'bigint'
  const start = isBigint ? BigInt(insertId) - BigInt(before) : Number(insertId) - before
  let entity: MappedEntity | undefined
  let column: unknown[] | undefined
  for (let row = 0; row < count; row++) {
    const object = step.rows.objects[first + row]
    const instance = object === undefined ? undefined : instances[object]
    if (object === undefined || instance === undefined) continue
    const own = entityOf(instance)
    if (own !== entity) {
      entity = own
      const attribute = attributeAt(own, { table: step.table, column: key.column })?.name
      column = attribute === undefined ? undefined : madeColumn(made, attribute)
    }
    if (column !== undefined) column[object] = typeof start === 'bigint' ? start + BigInt(row) : start + row
  }
}

/** The attributes that what comes back goes into, for one entity: worked out once a statement and not once a row. */
const returnedNames = (compiled: CompiledStep, step: FlushStep, entity: MappedEntity): readonly (string | undefined)[] => {
  let names = compiled.returnedNames.get(entity)
  if (names === undefined) compiled.returnedNames.set(entity, names = compiled.returning.map(({ column }) => attributeAt(entity, { table: step.table, column })?.name))
  return names
}
