// The order in which a flush looks at its objects: a plan depends on what they are, and not on the order in which they were told.

import type { FlushObject } from './flush-input.js'
import type { MappingShape } from './mapping-shape.js'
import { keyPart } from './row-switch.js'

/** New objects in order of adding, the others by entity and key: so a plan does not depend on the order of its input. */
export const canonical = (shape: MappingShape, objects: readonly FlushObject[]): readonly FlushObject[] => {
  const compare = comparison(shape)
  // They mostly come in order already: then they are only looked at.
  for (let at = 1; at < objects.length; at++) {
    if (compare(objects[at - 1] as FlushObject, objects[at] as FlushObject) > 0) return objects.toSorted(compare) // both are within the list
  }
  return objects
}

const comparison = ({ entities }: MappingShape) => (a: FlushObject, b: FlushObject): number => {
  if (a.key === undefined) return b.key === undefined ? a.order - b.order || compareIds(a, b) : -1
  if (b.key === undefined) return 1
  return a.entity === b.entity ? byKey(a, b) : (entities[a.entity]?.order ?? 0) - (entities[b.entity]?.order ?? 0)
}

const byKey = (a: FlushObject, b: FlushObject): number => {
  const first = a.key?.[0]
  const second = b.key?.[0]
  if (typeof first === 'number' && typeof second === 'number' && first !== second) return first - second
  return compareKeys(a.key ?? [], b.key ?? []) || compareIds(a, b)
}

const compareIds = (a: FlushObject, b: FlushObject): number => a.id - b.id

const compareKeys = (a: readonly unknown[], b: readonly unknown[]): number => {
  for (let at = 0; at < a.length; at++) {
    const left = keyPart(a[at])
    const right = keyPart(b[at])
    if (left === right) continue
    if (typeof left === typeof right && left !== null && right !== null) return left < right ? -1 : 1
    return String(left) < String(right) ? -1 : 1
  }
  return 0
}
