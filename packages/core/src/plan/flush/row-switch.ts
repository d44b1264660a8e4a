// Third pass: a new object with the key of a deleted one takes over its row, so that one UPDATE does for both.

import type { Fate, Flushing } from './fate.js'
import { resolve } from './value.js'

export const switchRows = (flushing: Flushing, saved: readonly Fate[], doomed: readonly Fate[]): readonly (readonly [Fate, Fate])[] => {
  if (doomed.length === 0 || saved.length === 0) return []
  const leaving = new Map<string, Fate>()
  for (const fate of doomed) if (fate.object.key !== undefined) leaving.set(keyText(fate, fate.object.key), fate)
  if (leaving.size === 0) return []
  const switches: (readonly [Fate, Fate])[] = []
  for (const fate of saved) {
    if (fate.object.state !== 'new') continue
    const key = keyOfNew(flushing, fate)
    if (key === undefined) continue
    const text = keyText(fate, key)
    const old = leaving.get(text)
    if (old === undefined) continue
    leaving.delete(text)
    fate.switched = old
    switches.push([fate, old])
  }
  return switches
}

const keyOfNew = (flushing: Flushing, fate: Fate): readonly unknown[] | undefined => {
  const key: unknown[] = []
  for (const name of fate.shape.entity.primaryKey) {
    const attribute = fate.shape.entity.attribute[name]
    if (attribute === undefined) return undefined
    const { value, symbol } = resolve(flushing, fate, attribute)
    if (symbol !== undefined || value === null || value === undefined) return undefined
    key.push(value)
  }
  return key
}

/** Keys of one line of entities meet in one text if and only if they are equal. */
const keyText = (fate: Fate, key: readonly unknown[]): string => JSON.stringify([fate.shape.entity.inheritance.root, ...key.map(keyPart)])

export const keyPart = (value: unknown): string | number | boolean | null => {
  switch (typeof value) {
    case 'number': case 'string': case 'boolean': return value
    case 'bigint': return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)
    case 'object':
      if (value === null) return null
      return value instanceof Date ? value.getTime() : value instanceof Uint8Array ? value.join() : JSON.stringify(value)
    default: return null
  }
}
