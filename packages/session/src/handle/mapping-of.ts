// From handles to the configured mapping. A registry is configured by the first verb that needs it, once.

import { configure, handleOf, type AnyHandle, type AnyRel, type MappedEntity, type MappedRelationship, type Mapping, type MappingError, type RegistryDescriptor } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { fail } from '../relata-error.js'

/** By the record of descriptors, which a registry and what is made of it share. */
const mappings = new WeakMap<RegistryDescriptor['descriptors'], Mapping>()

/** The mapping of a registry; a registry that does not configure is refused with all its errors. */
export const mappingOf = (registry: RegistryDescriptor): Mapping => {
  const configuredBefore = mappings.get(registry.descriptors)
  if (configuredBefore !== undefined) return configuredBefore
  const configured = configure(registry)
  if (E.isLeft(configured)) return fail({ _tag: 'MappingFailed', code: 'invalid-request', ...inWords(configured.left), errors: configured.left })
  mappings.set(registry.descriptors, configured.right)
  return configured.right
}

/** All of the errors, as who starts the program sees them. */
const inWords = (errors: NonEmptyArray<MappingError>): { readonly message: string; readonly hint?: string } => {
  const [{ message, hint }] = errors
  if (errors.length === 1) return { message, hint }
  return { message: [`the registry has ${errors.length} errors:`, ...errors.map((error) => `- ${error.message}\n  ${error.hint}`)].join('\n') }
}

interface OfHandle { readonly mapping: Mapping; readonly entity: MappedEntity }

const known = new WeakMap<AnyHandle, OfHandle>()

/** The mapping and the entity that a handle stands for. */
export const entityOfHandle = (handle: AnyHandle): OfHandle => {
  let found = known.get(handle)
  if (found === undefined) known.set(handle, found = lookedUp(handle))
  return found
}

const lookedUp = (handle: AnyHandle): OfHandle => {
  const { registry, entity: name } = handleOf(handle)
  const mapping = mappingOf(registry)
  const entity = mapping.entities[name]
  if (entity === undefined) return fail({ _tag: 'ChangeRefused', code: 'argument', message: `no entity '${name}' in this registry` })
  return { mapping, entity }
}

/** The relationship that a relationship of a handle stands for. */
export const relationshipOfHandle = (rel: AnyRel): MappedRelationship => {
  const { entity } = entityOfHandle(rel)
  const name = String(rel.name)
  return entity.relationship[name] ?? fail({ _tag: 'ChangeRefused', code: 'argument', message: `no relationship '${name}' on ${entity.name}` })
}
