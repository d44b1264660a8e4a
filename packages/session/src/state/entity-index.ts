// What the verbs look up of an entity more than once: its attributes by column, its mapping, the relationships that orphan it.

import type { ColumnRef, MappedAttribute, MappedEntity, MappedRelationship, Mapping } from '@relata/core'

/** By table, then by column: a text of both would be made anew for each row. */
type ColumnIndex = ReadonlyMap<string, ReadonlyMap<string, MappedAttribute>>

const byColumn = new WeakMap<MappedEntity, ColumnIndex>()
const homes = new WeakMap<MappedEntity, Mapping>()
const orphaning = new WeakMap<MappedEntity, readonly MappedRelationship[]>()
const mirrors = new WeakMap<MappedRelationship, readonly string[]>()

/** The attribute of an entity that holds a column of one of its tables. */
export const attributeAt = (entity: MappedEntity, column: ColumnRef): MappedAttribute | undefined => {
  let index = byColumn.get(entity)
  if (index === undefined) byColumn.set(entity, index = columnIndex(entity))
  return index.get(column.table)?.get(column.column)
}

/** Notes which mapping an entity belongs to; done once, when its class is made. */
export const settle = (mapping: Mapping, entity: MappedEntity): void => {
  homes.set(entity, mapping)
}

/** The relationships that delete an object of this entity when they let it go: those with delete-orphan to it or to an entity above it. */
export const orphaningRelationships = (entity: MappedEntity): readonly MappedRelationship[] => {
  let known = orphaning.get(entity)
  if (known === undefined) {
    const found = new Map<string, MappedRelationship>()
    const mapping = homes.get(entity)
    if (mapping !== undefined) {
      for (const owner of Object.values(mapping.entities)) {
        for (const relationship of owner.relationships) {
          if (relationship.cascade.deleteOrphan && entity.inheritance.line.includes(relationship.target)) found.set(relationship.key, relationship)
        }
      }
    }
    orphaning.set(entity, known = [...found.values()])
  }
  return known
}

/** The names, on the target, of the relationships that a change of this one is mirrored to. */
export const mirroredNames = (relationship: MappedRelationship): readonly string[] => {
  let known = mirrors.get(relationship)
  if (known === undefined) mirrors.set(relationship, known = relationship.mirrored.map((key) => key.slice(key.lastIndexOf('.') + 1)))
  return known
}

const columnIndex = (entity: MappedEntity): ColumnIndex => {
  const index = new Map<string, Map<string, MappedAttribute>>()
  const note = ({ table, column }: ColumnRef, attribute: MappedAttribute): void => {
    let columns = index.get(table)
    if (columns === undefined) index.set(table, columns = new Map<string, MappedAttribute>())
    columns.set(column, attribute)
  }
  for (const attribute of entity.attributes) {
    for (const also of attribute.also) note(also, attribute)
    note(attribute, attribute)
  }
  return index
}
