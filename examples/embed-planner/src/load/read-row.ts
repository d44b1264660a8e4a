// Rows of a statement as records, as the plan says: which offsets are which attribute of which entity.

import type { EntityRead, Mapping } from '@relata/core'
import type { LoadedRecord, RecordMap } from './record.js'

/** The record that a row holds for a read, or null where an outer join found none. Related records of the same row are filled in. */
export const readRow = (mapping: Mapping, records: RecordMap, read: EntityRead, row: readonly unknown[]): LoadedRecord | null => {
  const key = read.key.map((offset) => row[offset])
  if (key.some((value) => value === null)) return null
  const { record, isNew } = records.of(read.entity, key)
  if (isNew) for (const { attribute, offset } of read.kinds[0]?.columns ?? []) record[attribute] = row[offset]
  for (const { of, name } of read.empty) record[name] ??= isList(mapping, of, name) ? [] : null
  for (const { of, name, read: inner } of read.related) {
    const related = readRow(mapping, records, inner, row)
    if (isList(mapping, of, name)) addMember((record[name] ??= []) as LoadedRecord[], related)
    else record[name] ??= related
  }
  return record
}

export const isList = (mapping: Mapping, entity: string, name: string): boolean => mapping.entities[entity]?.relationship[name]?.uselist ?? false

/** Rows of several joined lists repeat their members. */
const addMember = (members: LoadedRecord[], member: LoadedRecord | null): void => {
  if (member !== null && !members.includes(member)) members.push(member)
}
