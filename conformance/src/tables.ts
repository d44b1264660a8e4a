// Prints the rows of a case's tables: rows by their label where they have one, so that generated keys do not matter.

import type { TableDescriptor } from '@relata/core'
import type { TableRow } from './database.js'
import { sortedByJson } from './sorted.js'

type Tables = Readonly<Record<string, TableDescriptor>>
type Rows = Readonly<Record<string, readonly TableRow[]>>

/**
 * Every row: where a table has one primary key and a `label`, the key is left out and a column that refers to it prints as
 * `{row: LABEL}`.
 */
export const printTables = (tables: Tables, rows: Rows): Readonly<Record<string, readonly unknown[]>> => {
  const labelled = new Map(Object.entries(tables).filter(([, table]) => isLabelled(table)).map(([name, table]) => [name, labelsOf(table, rows[name] ?? [])]))
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => {
    const left = labelled.has(name) ? table.primaryKey[0] : undefined
    const refersTo = referencesOf(table, labelled)
    const printed = (rows[name] ?? []).map((row) => Object.fromEntries(
      Object.entries(row).filter(([column]) => column !== left).map(([column, value]) => {
        const label = value === null ? undefined : refersTo.get(column)?.get(keyText(value))
        return [column, label === undefined ? value : { row: label }]
      }),
    ))
    return [name, sortedByJson(printed, (row) => row)]
  }))
}

const isLabelled = (table: TableDescriptor): boolean => table.primaryKey.length === 1 && table.columns['label'] !== undefined

const labelsOf = (table: TableDescriptor, rows: readonly TableRow[]): ReadonlyMap<string, unknown> =>
  new Map(rows.filter((row) => row['label'] !== null).map((row) => [keyText(row[table.primaryKey[0] ?? '']), row['label']]))

/** Columns that refer to the primary key of a labelled table. */
const referencesOf = (table: TableDescriptor, labelled: ReadonlyMap<string, ReadonlyMap<string, unknown>>): ReadonlyMap<string, ReadonlyMap<string, unknown>> =>
  new Map(table.foreignKeys.flatMap((key) => {
    const labels = labelled.get(key.table)
    const [column] = key.columns
    return key.columns.length === 1 && labels !== undefined && column !== undefined ? [[column, labels] as const] : []
  }))

/** A key as a text, the same for an integer that a driver gives as a number or as a bigint. */
const keyText = (value: unknown): string => (typeof value === 'bigint' ? value.toString() : JSON.stringify(value))
