// Registries of the tests: configured, or what is wrong with them.

import * as E from 'fp-ts/lib/Either.js'
import { configure, dynamicRegistry } from '@relata/core'
import type { AnyEntity, ColumnPair, ColumnRef, MappedRelationship, Mapping, MappingError, RegistryDescriptor } from '@relata/core'

export type Entities = Readonly<Record<string, AnyEntity>>

export const mappingOf = (entities: Entities): Mapping => {
  const configured = configure(dynamicRegistry(entities))
  if (E.isLeft(configured)) throw new Error(configured.left.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return configured.right
}

export const errorsOf = (entities: Entities): readonly MappingError[] => errorsIn(dynamicRegistry(entities))

export const errorsIn = (registry: RegistryDescriptor): readonly MappingError[] => {
  const configured = configure(registry)
  return E.isLeft(configured) ? configured.left : []
}

export const codesOf = (entities: Entities): readonly string[] => errorsOf(entities).map(({ code }) => code)

export const warningsOf = (entities: Entities): readonly string[] => mappingOf(entities).warnings.map(({ code }) => code)

/** A relationship by its key, as 'User.addresses'. */
export const relationshipOf = (entities: Entities, key: string): MappedRelationship => {
  const [entity = '', name = ''] = key.split('.')
  const found = mappingOf(entities).entities[entity]?.relationship[name]
  if (found === undefined) throw new Error(`no ${key}`)
  return found
}

export const text = ({ table, column }: ColumnRef): string => `${table}.${column}`
export const texts = (refs: readonly ColumnRef[]): readonly string[] => refs.map(text)
export const couples = (pairs: readonly (readonly [ColumnRef, ColumnRef])[]): readonly string[] => pairs.map(([a, b]) => `${text(a)} ${text(b)}`)
export const copies = (pairs: readonly ColumnPair[]): readonly string[] => pairs.map(({ source, destination }) => `${text(source)} → ${text(destination)}`)
