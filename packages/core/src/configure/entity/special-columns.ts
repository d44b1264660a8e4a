// Columns of an entity that have a part to play: the one that counts versions, and the one that says which entity a row is.

import type { EntityOptions } from '../../mapping/entity-descriptor.js'
import type { MappedEntity } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { didYouMean } from '../suggest.js'
import type { EntityLayout } from './layout.js'

/** The column that counts versions: of the options, else of the entity above. */
export const versionOf = (entity: string, options: EntityOptions, above: EntityLayout | undefined, attribute: EntityLayout['attribute']): { readonly version?: NonNullable<MappedEntity['version']>; readonly errors: readonly MappingError[] } => {
  const given = options.version
  if (given === undefined) return above?.version === undefined ? { errors: [] } : { version: above.version, errors: [] }
  const column: unknown = typeof given === 'string' ? given : given.attribute
  const name = typeof column === 'string' ? attributeNamed(attribute, column) : undefined
  if (name === undefined) return { errors: [mappingError(
    'argument',
    `{ version } of ${entity} names '${String(column)}', which is not an attribute of it.`,
    { entity },
    `Write { version: '<attribute>' } with an integer column. ${didYouMean(String(column), Object.keys(attribute))}`,
  )] }
  const next = typeof given === 'string' ? 'count' : given.next === false ? 'given' : given.next
  return { version: { attribute: name, next }, errors: [] }
}

/** The column that says which entity a row is: of the options, else of the entity above. */
export const discriminatorOf = (entity: string, options: EntityOptions, above: EntityLayout | undefined, attribute: EntityLayout['attribute']): { readonly attribute?: string; readonly errors: readonly MappingError[] } => {
  const given = options.polymorphicOn
  if (given === undefined) return above?.inheritance.polymorphicOn === undefined ? { errors: [] } : { attribute: above.inheritance.polymorphicOn, errors: [] }
  const name = attributeNamed(attribute, given)
  return name !== undefined ? { attribute: name, errors: [] } : { errors: [mappingError(
    'argument',
    `{ polymorphicOn } of ${entity} names '${given}', which is not an attribute of it.`,
    { entity, attribute: given },
    `Write { polymorphicOn: '<attribute>' } with the column that says which entity a row is. ${didYouMean(given, Object.keys(attribute))}`,
  )] }
}

/** `name` is an attribute or the column of one. */
const attributeNamed = (attribute: EntityLayout['attribute'], name: string): string | undefined =>
  attribute[name]?.name ?? Object.values(attribute).find((each) => each.column === name)?.name
