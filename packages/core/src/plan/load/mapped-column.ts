// From columns to the attributes of an entity that are mapped to them.

import type { ColumnRef, MappedAttribute, MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js'
import { refuse } from './query-error.js'

/** The attribute that a column is mapped to, directly or because joined tables share it. */
export const attributeOfColumn = (entity: MappedEntity, { table, column }: ColumnRef): MappedAttribute | undefined =>
  entity.attributes.find((each) => each.table === table && each.column === column)
  ?? entity.attributes.find((each) => each.also.some((also) => also.table === table && also.column === column))

/** An entity by name; a name that the mapping does not have is refused. */
export const entityNamed = (mapping: Mapping, name: string): MappedEntity =>
  mapping.entities[name] ?? refuse('argument', `there is no entity '${name}' in this registry`, `entities are ${Object.keys(mapping.entities).join(', ')}`)

/** A relationship by entity and name. */
export const relationshipNamed = (mapping: Mapping, entity: string, name: string): MappedRelationship => {
  const found = entityNamed(mapping, entity)
  return found.relationship[name]
    ?? refuse('argument', `'${entity}' has no relationship '${name}'`, `its relationships are ${found.relationships.map((each) => each.name).join(', ') || 'none'}`)
}

/** Is the first entity the second, or below it? */
export const isA = (mapping: Mapping, entity: string, of: string): boolean =>
  entity === of || (mapping.entities[entity]?.inheritance.line.includes(of) ?? false)
