// Columns by table and property name, as keys of maps and as text for people.

import type { ColumnRef } from './mapping.js'

/** The same text for the same column and for no other, whatever characters names have. */
export const columnKey = (ref: ColumnRef): string => `${ref.table}\u0000${ref.column}`

export const columnText = (ref: ColumnRef): string => `${ref.table}.${ref.column}`

export const columnRef = ({ table, column }: ColumnRef): ColumnRef => ({ table, column })

export const sameColumn = (a: ColumnRef, b: ColumnRef): boolean => a.table === b.table && a.column === b.column

/** Each column once, in the order in which it first occurs. */
export const distinctColumns = (refs: readonly ColumnRef[]): readonly ColumnRef[] => {
  const seen = new Map<string, ColumnRef>()
  for (const ref of refs) if (!seen.has(columnKey(ref))) seen.set(columnKey(ref), columnRef(ref))
  return [...seen.values()]
}
