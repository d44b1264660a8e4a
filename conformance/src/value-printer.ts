// Prints what steps give in the form of the cases: objects by entity and label, collections sorted, everything else as it is.

import { recordedJson, sortedByJson } from './sorted.js'

/** What is asked about objects while they print. */
export interface Objects {
  /** Is it an object of an entity? */
  is(value: unknown): value is object
  entityOf(object: object): string
  /** The value of the `label` column, read uncounted where it is not loaded; undefined where there is none. */
  labelOf(object: object): Promise<unknown>
  keyOf(object: object): readonly unknown[]
  nameOf(object: object): string | undefined
}

export const printObject = async (objects: Objects, object: object): Promise<unknown> => {
  const entity = objects.entityOf(object)
  const label = await objects.labelOf(object)
  if (label !== null && label !== undefined) return { entity, label }
  const key = objects.keyOf(object)
  if (key.length > 0 && key.every((part) => part !== null && part !== undefined)) return { entity, key }
  return { entity, name: objects.nameOf(object) }
}

/** A value, an object, or a collection: sorted by what its members print, unless it is to keep its order. */
export const printValue = async (objects: Objects, value: unknown, ordered = false, print: (object: object) => Promise<unknown> = (object) => printObject(objects, object)): Promise<unknown> => {
  if (value === null || value === undefined) return null
  if (objects.is(value)) return print(value)
  if (value instanceof Map) {
    const keyed: Record<string, unknown> = {}
    for (const [key, member] of value) keyed[String(key)] = await printValue(objects, member, ordered, print)
    return { keyed }
  }
  if (Array.isArray(value) || value instanceof Set) {
    const printed: unknown[] = []
    for (const member of value) printed.push(await printValue(objects, member, ordered, print))
    return ordered && Array.isArray(value) ? printed : sortedByJson(printed, (member) => member)
  }
  return value
}

/** The members of a collection in the order in which it prints. */
export const inPrintedOrder = async (objects: Objects, members: Iterable<unknown>): Promise<readonly unknown[]> => {
  const printed: { readonly member: unknown; readonly json: string }[] = []
  for (const member of members) printed.push({ member, json: recordedJson(await printValue(objects, member)) })
  return printed.toSorted((a, b) => (a.json < b.json ? -1 : a.json > b.json ? 1 : 0)).map(({ member }) => member)
}
