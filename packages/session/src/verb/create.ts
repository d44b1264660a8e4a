// create: an object that no session knows yet.

import type { AnyHandle, Created, EntityName, HandleOf, Input, Models } from '@relata/core'
import { assign } from '../change/assign.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { newInstance } from '../state/instance-class.js'
import { stateOf } from '../state/state-of.js'

/**
 * Makes a transient object of an entity with the values given, set in their order; both sides of every relationship are in step.
 * What is not given shows null or empty and counts as not set. Throws `ChangeRefused` where a value does not fit.
 *
 * @example
 * const ed = create(User, { name: 'ed', addresses: [create(Address, { email: 'ed@x.org' })] })
 */
export function create<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Input<M, N>): Created<M, N>
export function create(handle: AnyHandle, values: Readonly<Record<string, unknown>>): unknown {
  const { mapping, entity } = entityOfHandle(handle)
  const instance = newInstance(mapping, entity)
  assign(stateOf(instance), values, 'create')
  return instance
}
