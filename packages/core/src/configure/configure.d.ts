import type { Either } from 'fp-ts/lib/Either.js';
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js';
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js';
import type { Mapping } from './mapping.js';
import type { MappingError } from './mapping-error.js';
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
export declare const configure: (registry: RegistryDescriptor) => Either<NonEmptyArray<MappingError>, Mapping>;
