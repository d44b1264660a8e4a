// Runs a load plan through Kysely: the statement, and after it one for each relationship that asks for a further one.

import { attributeOf } from '@relata/core'
import type { ColumnRef, EntityRead, LoadPlan, Mapping, Planned, RelatedLoad, SlotValue } from '@relata/core'
import type { Kysely } from 'kysely'
import { renderSelect } from '../kysely/render-select.js'
import type { Tables } from '../kysely/render-select.js'
import type { Slots } from '../kysely/values.js'
import { isList, readRow } from './read-row.js'
import { recordMap } from './record.js'
import type { LoadedRecord, RecordMap } from './record.js'

interface Loading { readonly db: Kysely<Tables>; readonly mapping: Mapping; readonly records: RecordMap; readonly slots: Slots }

/** The records of a query of objects: each once, with the relationships that the plan loads. */
export const runLoad = async (db: Kysely<Tables>, mapping: Mapping, { plan, values }: Planned<LoadPlan>): Promise<readonly LoadedRecord[]> => {
  const loading: Loading = { db, mapping, records: recordMap(), slots: new Map(values.map((value, index) => [index, given(value)])) }
  return [...recordsOf(await loaded(loading, plan))]
}

const loaded = async (loading: Loading, plan: LoadPlan) => {
  const read = plan.result
  if (read._tag !== 'entity') throw new Error('this example loads objects: a query of fields is a statement and nothing more')
  const names = plan.statement.columns.map(({ name }) => name)
  const rows = (await renderSelect(loading.db, plan.statement, loading.slots).execute()).map((row) => names.map((name) => row[name]))
  const found = rows.map((row) => ({ row, record: readRow(loading.mapping, loading.records, read, row) }))
  await followUps(loading, read, recordsOf(found))
  return found
}

/** Below joined records there may be further statements too. */
const followUps = async (loading: Loading, read: EntityRead, records: ReadonlySet<LoadedRecord>): Promise<void> => {
  for (const { of, name, load } of read.followUps) if (load !== undefined) await fill(loading, of, name, load, [...records])
  for (const { name, read: inner } of read.related) await followUps(loading, inner, new Set([...records].flatMap((record) => (record[name] ?? []) as LoadedRecord | readonly LoadedRecord[])))
}

const recordsOf = (found: readonly { readonly record: LoadedRecord | null }[]): ReadonlySet<LoadedRecord> =>
  new Set(found.map(({ record }) => record).filter((record) => record !== null))

const fill = async (loading: Loading, entity: string, name: string, { keys, group, plan }: RelatedLoad, parents: readonly LoadedRecord[]): Promise<void> => {
  if (keys._tag !== 'list') throw new Error(`this example loads further records by lists of keys: ask for ${entity}.${name} with selectinload or joinedload`)
  const list = isList(loading.mapping, entity, name)
  const keyOf = new Map(parents.map((parent) => [parent, keys.columns.map((column) => parent[attribute(loading.mapping, entity, column)])]))
  const wanted = new Map([...keyOf.values()].filter((key) => !key.includes(null)).map((key) => [JSON.stringify(key), key]))

  const members = new Map<string, LoadedRecord[]>()
  if (wanted.size > 0) {
    const values = [...wanted.values()].map((key) => (key.length === 1 ? key[0] : key))
    for (const { row, record } of await loaded({ ...loading, slots: new Map([...loading.slots, [keys.slot, values]]) }, plan)) {
      const key = JSON.stringify(group.map((offset) => row[offset]))
      if (record !== null) members.set(key, [...(members.get(key) ?? []), record])
    }
  }
  for (const [parent, key] of keyOf) {
    const found = members.get(JSON.stringify(key)) ?? []
    parent[name] = list ? [...new Set(found)] : (found[0] ?? null)
  }
}

const attribute = (mapping: Mapping, entity: string, column: ColumnRef): string => {
  const found = mapping.entities[entity] && attributeOf(mapping.entities[entity], column)
  if (found === undefined) throw new Error(`${entity} does not map ${column.table}.${column.column}`)
  return found
}

const given = (value: SlotValue): unknown => {
  switch (value._tag) {
    case 'value':
      return value.value
    case 'list':
      return value.values
    case 'columnOf':
      throw new Error('this example has no objects whose keys a condition could read')
    default:
      return value satisfies never
  }
}
