// From a registry as described to a mapping with every decision taken, or to everything that is wrong with it.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import { assemble } from './assemble.js'
import { configureRelationships } from './configure-relationships.js'
import { layOut } from './entity/lay-out.js'
import { fingerprintOf } from './fingerprint.js'
import type { Mapping } from './mapping.js'
import type { MappingError } from './mapping-error.js'

/**
 * Decides what every relationship of a registry means: its join, direction, pairs of columns, other side and loading facts.
 * Gives the mapping that planner and session read, or every error of the registry, each with what to type; warnings are
 * data of the mapping. It does no I/O and never throws: the same registry always gives the same answer.
 *
 * @example
 * const configured = configure(registry({ User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses) }))
 * if (E.isLeft(configured)) for (const { message, hint } of configured.left) console.error(message, hint)
 * else configured.right.entities.User?.relationship.addresses?.direction // 'one-to-many'
 */
export const configure = (registry: RegistryDescriptor): Either<NonEmptyArray<MappingError>, Mapping> => {
  const laid = layOut(registry)
  const configured = configureRelationships(laid.layout)
  const [first, ...rest] = [...laid.errors, ...configured.errors]
  if (first !== undefined) return E.left([first, ...rest])
  const entities = assemble(laid.layout, configured.relationships)
  const { tables } = laid.layout
  return E.right(Object.freeze({
    _tag: 'Mapping', fingerprint: fingerprintOf(tables, entities), tables, entities,
    warnings: [...laid.warnings, ...configured.warnings],
  }))
}
