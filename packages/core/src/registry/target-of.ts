// The entity that a relationship leads to, by name, as its registry's descriptors say.

import { nameFrom, shapeOf } from './handle-shape.js'
import { handleOf } from './handle.js'
import type { AnyRel } from './handle.js'

/** The name of a relationship's target; the entity that it is narrowed to by `ofType`, if any, is in its `ofType`. */
export const targetOf = (relationship: AnyRel): string => {
  const { registry, entity } = handleOf(relationship)
  const target = shapeOf(registry, entity).relationships.get(String(relationship.name))
  if (target === undefined) throw new TypeError(`no relationship '${String(relationship.name)}' on ${entity}`)
  return nameFrom(target)
}
