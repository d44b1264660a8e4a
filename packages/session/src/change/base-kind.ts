// Whether a value can be one of a column at all: its JavaScript type against what the database stores. Cheap enough for every value;
// the length of a text or the form of a date is the database's to judge.

import type { ColumnType, DatabaseTypeKind } from '@relata/core'

/** What a column takes, in words, where a value is nothing of the kind; undefined where it may be, and for null. */
export const wrongKind = (type: ColumnType<unknown>, value: unknown): string | undefined =>
  value === null || !type.plain || isOfKind(type.database.kind, value) ? undefined : inWords(type.database.kind)

const isOfKind = (kind: DatabaseTypeKind, value: unknown): boolean => {
  switch (kind) {
    case 'integer': case 'real': return typeof value === 'number'
    case 'bigint': return typeof value === 'bigint'
    case 'numeric': case 'text': case 'varchar': case 'date': case 'uuid': case 'enumeration': return typeof value === 'string'
    case 'boolean': return typeof value === 'boolean'
    case 'timestamp': return value instanceof Date
    case 'bytes': return value instanceof Uint8Array
    case 'json': case 'custom': return true
    default: return kind satisfies never
  }
}

const inWords = (kind: DatabaseTypeKind): string => {
  switch (kind) {
    case 'integer': case 'real': return 'a number'
    case 'bigint': return 'a bigint'
    case 'numeric': case 'date': case 'uuid': return `text that is a ${kind}`
    case 'timestamp': return 'a Date'
    case 'boolean': return 'true or false'
    case 'bytes': return 'a Uint8Array'
    case 'text': case 'varchar': case 'enumeration': return 'a string'
    case 'json': case 'custom': return 'any value'
    default: return kind satisfies never
  }
}
