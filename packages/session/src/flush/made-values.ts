// What the database and the defaults make while a flush is written: by attribute, then by number of the object, so that rows which
// take over a generated key find it without a search.

import type { ObjectId } from '@relata/core'

export interface MadeValues {
  /** How many objects the flush knows. */
  readonly size: number
  readonly columns: Map<string, unknown[]>
}

export const madeValues = (size: number): MadeValues => ({ size, columns: new Map() })

/** The values made for one attribute, to read and to add to. */
export const madeColumn = ({ size, columns }: MadeValues, attribute: string): unknown[] => {
  let column = columns.get(attribute)
  if (column === undefined) columns.set(attribute, column = Array<unknown>(size))
  return column
}

/** The value made for an attribute of an object; undefined where none was. */
export const madeValue = ({ columns }: MadeValues, object: ObjectId, attribute: string): unknown => columns.get(attribute)?.[object]

/** Keeps a value made; what is made is never undefined. */
export const keepMadeValue = (made: MadeValues, object: ObjectId, attribute: string, value: unknown): void => {
  madeColumn(made, attribute)[object] = value ?? null
}
