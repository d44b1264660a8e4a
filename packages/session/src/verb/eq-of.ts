// eqOf: when two objects of an entity are alike.

import type { AnyHandle, EntityName, EntityObject, HandleOf, Models } from '@relata/core'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { sameValue } from '../change/same-value.js'
import { isHandle } from '../change/relationship-change.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { Instance, values } from '../state/instance.js'
import { entityOf, instanceFrom } from '../state/state-of.js'

/**
 * Equality of objects of an entity by what they show: columns by their types, then relationships, but those with `compare: false`.
 * Objects of different entities differ; a circle is equal where its objects are.
 *
 * @example
 * eqOf(User).equals(create(User, { name: 'ed' }), create(User, { name: 'ed' })) // true
 */
export function eqOf<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>): Eq<EntityObject<M, N>>
export function eqOf(_handle: AnyHandle): Eq<unknown> {
  return { equals: (a, b) => alike(instanceFrom(a, 'eqOf'), instanceFrom(b, 'eqOf'), new Map()) }
}

/** Pairs under comparison count as equal: what makes them differ is found elsewhere. */
const alike = (a: Instance, b: Instance, met: Map<Instance, Set<Instance>>): boolean => {
  if (a === b || met.get(a)?.has(b) === true) return true
  const entity = entityOf(a)
  if (entityOf(b) !== entity) return false
  met.set(a, (met.get(a) ?? new Set()).add(b))
  const [ours, theirs] = [values(a), values(b)]
  for (const attribute of entity.attributes) if (!sameValue(attribute, ours[attribute.name] ?? null, theirs[attribute.name] ?? null)) return false
  for (const relationship of entity.relationships) {
    if (relationship.compare === false || isHandle(relationship)) continue
    const [left, right] = [membersOf(ours[relationship.name], relationship), membersOf(theirs[relationship.name], relationship)]
    if (left.length !== right.length || !left.every((member, index) => alike(member, right[index] ?? member, met))) return false
  }
  return true
}

const membersOf = (shown: unknown, relationship: Parameters<typeof collectionOf>[0]): readonly Instance[] => {
  if (shown === null || shown === undefined) return []
  return Instance.is(shown) ? [shown] : [...collectionOf(relationship).members(shown as Collection /* a slot holds an object or a collection */)]
}
