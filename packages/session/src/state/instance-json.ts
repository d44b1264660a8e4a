// An instance as JSON: what it shows, values by their codec. Below one instance each object stands once, and after that as its key,
// so that graphs with circles end.

import type { MappedAttribute, MappedEntity } from '@relata/core'
import { collectionOf, type Collection } from './collection.js'
import { Instance, values } from './instance.js'
import { entityOf } from './state-of.js'

type JsonRecord = Readonly<Record<string, unknown>>

/** What `JSON.stringify` writes for an instance; what it holds is written already, and asked for nothing more. */
export const jsonOf = (instance: Instance): JsonRecord => written(instance, new Set())

const written = (instance: Instance, seen: Set<Instance>): JsonRecord => {
  const entity = entityOf(instance)
  const shown = values(instance)
  if (seen.has(instance)) return keyOf(entity, shown)
  seen.add(instance)
  const record: Record<string, unknown> = {}
  const put = (name: string, value: unknown): void => {
    // Not an assignment: an attribute may have a name that objects give a meaning.
    Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true })
  }
  for (const attribute of entity.attributes) if (Object.hasOwn(instance, attribute.name)) put(attribute.name, columnValue(attribute, shown[attribute.name]))
  for (const relationship of entity.relationships) {
    const { name } = relationship
    if (!Object.hasOwn(instance, name) || relationship.lazy === 'write_only' || relationship.lazy === 'dynamic') continue
    const value = shown[name]
    if (!relationship.uselist) put(name, Instance.is(value) ? written(value, seen) : null)
    else if (value instanceof Map) put(name, Object.fromEntries(Array.from(value, ([key, member]) => [String(key), Instance.is(member) ? written(member, seen) : null])))
    else put(name, Array.from(collectionOf(relationship).members(value as Collection /* a collection's slot holds nothing else */), (member) => written(member, seen)))
  }
  return record
}

const keyOf = (entity: MappedEntity, shown: JsonRecord): JsonRecord => {
  const key: Record<string, unknown> = {}
  for (const name of entity.primaryKey) {
    const attribute = entity.attribute[name]
    if (attribute !== undefined) key[name] = columnValue(attribute, shown[name])
  }
  return key
}

/** JSON has no integers beyond doubles and no bytes: both are text. */
const columnValue = ({ descriptor: { type } }: MappedAttribute, value: unknown): unknown => {
  const encoded: unknown = type.plain || value === null || value === undefined ? value : type.codec.encode(value)
  if (typeof encoded === 'bigint') return String(encoded)
  if (encoded instanceof Uint8Array) return Array.from(encoded, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return encoded
}
