// is: which entity an object is of.

import type { AnyHandle, EntityName, HandleOf, Instance as InstanceOf, Models } from '@relata/core'
import { handleOf } from '@relata/core'
import { Instance } from '../state/instance.js'
import { isOf } from '../state/state-of.js'

/**
 * Is an object of this entity, or of one that inherits it?
 *
 * @example
 * payments.filter(is(Card)).map((card) => card.last4)
 */
export function is<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>): (object: unknown) => object is InstanceOf<M, N>
export function is(handle: AnyHandle): (object: unknown) => boolean {
  const { entity } = handleOf(handle)
  return (object) => Instance.is(object) && isOf(object, entity)
}
