// The entity that a relationship leads to, as its registry's descriptors say, and the name that its columns bear in a query.

import { nameFrom, shapeOf } from './handle-shape.js'
import type { Target } from './handle-shape.js'
import { handleOf } from './handle.js'
import type { AnyRel } from './handle.js'

/** The name of a relationship's target; the entity that it is narrowed to by `ofType`, if any, is in its `ofType`. */
export const targetOf = (relationship: AnyRel): string => nameFrom(declaredTarget(relationship))

/** The name by which a query knows the target where nothing else is said: the alias's that the relationship leads to, else the entity's. */
export const targetSource = (relationship: AnyRel): string => {
  const target = declaredTarget(relationship)
  return typeof target === 'object' ? target.alias : nameFrom(target)
}

const declaredTarget = (relationship: AnyRel): Target => {
  const { registry, entity } = handleOf(relationship)
  const target = shapeOf(registry, entity).relationships.get(String(relationship.name))
  if (target === undefined) throw new TypeError(`no relationship '${String(relationship.name)}' on ${entity}`)
  return target.target
}
