// The identity map: one object a row in a session, by root entity and key.

import type { MappedEntity } from '@relata/core'
import type { IdentityKey, IdentityMap, Instance } from './model.js'

export type { IdentityMap } from './model.js'

/** The map of an entity's root: looked up once a statement, not once a row. */
export const identitiesOf = (map: IdentityMap, entity: MappedEntity): Map<IdentityKey, Instance> => {
  const root = entity.inheritance.root
  let found = map.get(root)
  if (found === undefined) map.set(root, found = new Map())
  return found
}

/**
 * The identity of a row by the values of its primary key in key order, or undefined where one of them is null or missing.
 * A composite key is a text in which no two different keys meet: each part bears its kind and length.
 */
export const identityKey = (keyValues: readonly unknown[]): IdentityKey | undefined => {
  if (keyValues.length === 1) return partOf(keyValues[0])
  let text = ''
  for (const value of keyValues) {
    const part = partOf(value)
    if (part === undefined) return undefined
    const written = String(part)
    text += `${typeof part === 'string' ? 's' : typeof part === 'boolean' ? 'b' : 'n'}${written.length}:${written}`
  }
  return text
}

/** Integers of both kinds meet; a date is its time, bytes are their digits. */
const partOf = (value: unknown): IdentityKey | undefined => {
  switch (typeof value) {
    case 'number': case 'string': case 'boolean': return value
    case 'bigint': return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
    case 'object':
      if (value === null) return undefined
      if (value instanceof Date) return value.getTime()
      if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
      return JSON.stringify(value)
    default: return undefined
  }
}
