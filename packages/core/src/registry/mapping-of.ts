// The mapping of a registry: configured once, when it is first asked for; what was wrong then stays wrong.

import type { Either } from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { configure } from '../configure/configure.js'
import type { MappingError } from '../configure/mapping-error.js'
import type { Mapping } from '../configure/mapping.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'

const configured = new WeakMap<RegistryDescriptor['descriptors'], Either<NonEmptyArray<MappingError>, Mapping>>()

/**
 * The mapping of a registry, or every error in it: the same answer each time.
 *
 * @example
 * pipe(mappingOf(blog), E.map((mapping) => mapping.warnings))
 */
export const mappingOf = (registry: RegistryDescriptor): Either<NonEmptyArray<MappingError>, Mapping> => {
  const known = configured.get(registry.descriptors)
  if (known !== undefined) return known
  const answer = configure(registry)
  configured.set(registry.descriptors, answer)
  return answer
}
