// Further names of attributes: each of one that the entity has, and no name that is taken.

import type { EntityDescriptor } from '../../mapping/entity-descriptor.js'
import type { MappedAttribute } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { recordOf } from '../record.js'
import { didYouMean } from '../suggest.js'
import { reservedName, reservedNames } from './read-registry.js'

export interface Synonyms { readonly synonyms: Readonly<Record<string, string>>; readonly errors: readonly MappingError[] }

/** The synonyms of an entity and of those above it. */
export const laySynonyms = (entity: string, { options, relationships }: EntityDescriptor, attribute: Readonly<Record<string, MappedAttribute>>, above: Readonly<Record<string, string>>): Synonyms => {
  const errors: MappingError[] = []
  const given = Object.entries(options.synonyms ?? {})
  for (const [name, of] of given) {
    const fault = (message: string, hint: string): void => { errors.push(mappingError('argument', message, { entity, attribute: name }, hint)) }
    if (reservedNames.has(name)) errors.push(reservedName(entity, name))
    if (attribute[name] !== undefined || Object.hasOwn(relationships, name)) fault(
      `The synonym '${name}' of ${entity} has the name of ${attribute[name] === undefined ? 'a relationship' : 'a column'} of it.`,
      `Give it another name, or call the column something else: { attributes: { ${name}Column: '${name}' } }.`,
    )
    if (attribute[of] === undefined) fault(
      `The synonym '${name}' of ${entity} stands for '${of}', which is not an attribute of it.`,
      `Write { synonyms: { ${name}: '<attribute>' } }. ${didYouMean(of, Object.keys(attribute))}`,
    )
  }
  return { synonyms: recordOf([...Object.entries(above), ...given]), errors }
}
