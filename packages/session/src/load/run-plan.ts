// A plan at work: its statement is sent, its rows become objects, and its follow-ups load what the rows did not bring.

import type { EntityRead, FieldsRead, LoadPlan, MappedEntity } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { compiledRead } from './compile-read.js'
import { compiledSelect } from './compiled-select.js'
import { startReader, type Hydration, type Reader, type Row } from './hydrate.js'
import { tellRead } from './noted-reads.js'
import { decoded } from './slot-values.js'

/** The rows that a plan's statement gives for these values, in slot order. */
export const rowsOf = async (session: SessionState, plan: LoadPlan, values: readonly unknown[]): Promise<readonly Row[]> => {
  const { dialect } = session.executor.connected ?? await session.executor.connect()
  const result = await session.executor.execute(compiledSelect(dialect, plan.statement).query(values))
  return result.rows
}

/** The result of a plan for objects; anything else is a fault of the caller. */
export const entityRead = (plan: LoadPlan): EntityRead => {
  if (plan.result._tag !== 'entity') throw new Error('the plan gives plain rows, not objects')
  return plan.result
}

/** The result of a plan for plain rows, as records. */
export const fieldRows = (session: SessionState, { fields }: FieldsRead, rows: readonly Row[]): readonly Readonly<Record<string, unknown>>[] => {
  const types = fields.map(({ attribute }) => {
    const type = attribute === undefined ? undefined : session.mapping.entities[attribute.entity]?.attribute[attribute.name]?.descriptor.type
    return type === undefined || type.plain ? undefined : type
  })
  return rows.map((row) => {
    const record: Record<string, unknown> = {}
    fields.forEach(({ name, offset }, index) => {
      const type = types[index]
      const value = row[offset]
      Object.defineProperty(record, name, { value: type === undefined ? value : decoded(type, value, name), enumerable: true, writable: true, configurable: true })
    })
    return record
  })
}

/** Reads rows into objects. `each` sees every row with its object, for those who group them. */
export const hydrateRows = (hydration: Hydration, read: EntityRead, rows: readonly Row[], each?: (row: Row, instance: Instance) => void): Reader => {
  const reader = startReader(hydration, compiledRead(hydration.session.mapping, read), rows.length)
  for (const row of rows) {
    const instance = reader.read(row)
    if (instance !== null && each !== undefined) each(row, instance)
  }
  reader.finish()
  tellRead(hydration.session, reader)
  return reader
}

/** Every reader with objects that a follow-up may ask for, the outermost first. */
export const readersOf = function* (reader: Reader): Generator<Reader> {
  yield reader
  for (const each of reader.related) yield* readersOf(each)
}

/** Has an entity what is declared by `of`? */
export const isOfEntity = (entity: MappedEntity, of: string): boolean => entity.name === of || entity.inheritance.line.includes(of)
