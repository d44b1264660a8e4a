// create: an object that no session knows yet.

import type { AnyHandle, Created, Creation, EntityName, HandleOf, MappedEntity, Models } from '@relata/core'
import { assign } from '../change/assign.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { fail } from '../relata-error.js'
import { newInstance } from '../state/instance-class.js'
import { stateOf } from '../state/state-of.js'

/**
 * Makes a transient object of an entity with the values given, columns first, set in their order; both sides of every relationship are in step.
 * What is not given shows null or empty and counts as not set, unless its relationship has a `defaultFactory`; a discriminator is its entity's identity. A column may be given an expression that reads no
 * row: the database computes it when the flush inserts it. Throws `ChangeRefused` where a value does not fit.
 *
 * @example
 * const ed = create(User, { name: 'ed', addresses: [create(Address, { email: 'ed@x.org' })] })
 * create(User, { name: 'ed', nick: upper(literal('eddie')) })
 */
export function create<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Creation<M, N>): Created<M, N>
export function create(handle: AnyHandle, values: Readonly<Record<string, unknown>>): unknown {
  const { mapping, entity } = entityOfHandle(handle)
  const instance = newInstance(mapping, entity)
  assign(mapping, stateOf(instance), withIdentity(entity, withFactories(entity, values)), 'create')
  return instance
}

/** An object of a line of entities is given what tells them apart. */
const withIdentity = ({ inheritance: { polymorphicOn, identity }, attribute }: MappedEntity, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  polymorphicOn === undefined || identity === undefined || attribute[polymorphicOn] === undefined || values[polymorphicOn] !== undefined ? values : { ...values, [polymorphicOn]: identity }

/** Relationships that take no part in creation are refused; those with a factory that are not given hold what it makes. */
const withFactories = (entity: MappedEntity, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  let given = values
  for (const { name, key, init, defaultFactory } of entity.relationships) {
    if (init === false && values[name] !== undefined) fail({ _tag: 'ChangeRefused', code: 'argument', message: `create: ${key} takes no part in creation`, hint: 'set it afterwards' })
    if (defaultFactory !== undefined && values[name] === undefined) given = { ...given, [name]: defaultFactory() }
  }
  return given
}
