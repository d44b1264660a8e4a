// The attributes of an unchanged row that a planner may ask for: its key, its version, and what relationships copy from it or into it.

import type { ColumnRef, MappedAttribute, MappedEntity, Mapping } from '@relata/core'

const known = new WeakMap<Mapping, ReadonlyMap<string, readonly MappedAttribute[]>>()

export const referredAttributes = (mapping: Mapping, entity: MappedEntity): readonly MappedAttribute[] => {
  let entities = known.get(mapping)
  if (entities === undefined) known.set(mapping, entities = referred(mapping))
  return entities.get(entity.name) ?? []
}

const referred = (mapping: Mapping): ReadonlyMap<string, readonly MappedAttribute[]> => {
  const columns = new Set<string>()
  const entities = Object.values(mapping.entities)
  for (const { relationships } of entities) {
    for (const { synchronizePairs, secondarySynchronizePairs } of relationships) {
      for (const { source, destination } of [...synchronizePairs, ...secondarySynchronizePairs]) {
        columns.add(columnKey(source))
        columns.add(columnKey(destination))
      }
    }
  }
  return new Map(entities.map((entity) => [entity.name, entity.attributes.filter((attribute) =>
    attribute.primaryKey || entity.version?.attribute === attribute.name || [attribute, ...attribute.also].some((column) => columns.has(columnKey(column))))]))
}

const copied = new WeakMap<Mapping, Map<string, ReadonlySet<string>>>()

/** Names of the attributes that an entity's own relationships copy into rows of others. */
export const copiedAttributes = (mapping: Mapping, entity: MappedEntity): ReadonlySet<string> => {
  let entities = copied.get(mapping)
  if (entities === undefined) copied.set(mapping, entities = new Map<string, ReadonlySet<string>>())
  let names = entities.get(entity.name)
  if (names === undefined) {
    const sources = new Set(entity.relationships.flatMap(({ synchronizePairs }) => synchronizePairs.map(({ source }) => columnKey(source))))
    names = new Set(entity.attributes.filter((attribute) => [attribute, ...attribute.also].some((column) => sources.has(columnKey(column)))).map(({ name }) => name))
    entities.set(entity.name, names)
  }
  return names
}

const columnKey = ({ table, column }: ColumnRef): string => JSON.stringify([table, column])
