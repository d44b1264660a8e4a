// From a column to the attribute of an entity that holds it.

import type { ColumnRef, MappedEntity } from './mapping.js'
import { columnKey } from './column-ref.js'

const indexes = new WeakMap<MappedEntity, ReadonlyMap<string, string>>()

/**
 * The name of the attribute under which an entity has a column, or undefined where it does not map it. Columns of joined
 * tables that the inherit condition equates count as one.
 *
 * @example
 * attributeOf(mapping.entities.Address, { table: 'addresses', column: 'userId' }) // 'userId'
 */
export const attributeOf = (entity: MappedEntity, ref: ColumnRef): string | undefined => {
  let index = indexes.get(entity)
  if (index === undefined) indexes.set(entity, index = indexOf(entity))
  return index.get(columnKey(ref))
}

const indexOf = (entity: MappedEntity): ReadonlyMap<string, string> => {
  const index = new Map(entity.attributes.flatMap((attribute) => [attribute, ...attribute.also].map((ref) => [columnKey(ref), attribute.name] as const)))
  for (const [own, parents] of entity.inheritance.inheritPairs) {
    const [of, above] = [index.get(columnKey(own)), index.get(columnKey(parents))]
    if (of === undefined && above !== undefined) index.set(columnKey(own), above)
    if (above === undefined && of !== undefined) index.set(columnKey(parents), of)
  }
  return index
}
