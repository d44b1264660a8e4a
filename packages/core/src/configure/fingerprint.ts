// The fingerprint of a mapping: sixteen digits that change with anything a plan depends on.

import type { MappedAttribute, MappedEntity, MappedRelationship, MappedTable, Mapping } from './mapping.js'
import type { CollectionClass } from '../mapping/relationship-descriptor.js'

/** The same for the same tables, entities and relationships, whenever and wherever it is computed. */
export const fingerprintOf = (tables: Mapping['tables'], entities: Readonly<Record<string, MappedEntity>>): string =>
  // Lists in a fixed order, so that the text does not depend on how a record was put together.
  hash(JSON.stringify([Object.values(tables).map(tableFacts), Object.values(entities).map(entityFacts)]))

const tableFacts = ({ name, schema, columns, primaryKey, foreignKeys, derived }: MappedTable): readonly unknown[] => [
  name, schema, primaryKey, derived,
  foreignKeys.map((key) => [key.columns, key.table, key.references, key.onDelete, key.onUpdate, key.deferrable]),
  Object.entries(columns).map(([property, { type, options }]) =>
    [property, options.name, type.database, type.plain, options.nullable, options.generated, options.serverDefault, options.autoincrement]),
]

const entityFacts = ({ name, tables, readFrom, attributes, primaryKey, relationships, version, confirmDeletedRows, passiveUpdates, inheritance }: MappedEntity): readonly unknown[] => [
  name, tables, readFrom, primaryKey, version?.attribute, typeof version?.next === 'function' ? 'function' : version?.next, confirmDeletedRows, passiveUpdates, inheritance,
  attributes.map(attributeFacts),
  // An inherited relationship is told where it is declared.
  relationships.map((relationship) => (relationship.entity === name ? relationshipFacts(relationship) : relationship.key)),
]

const attributeFacts = ({ name, table, column, databaseName, nullable, generated, also, deferred, deferredGroup, declaredBy }: MappedAttribute): readonly unknown[] =>
  [name, table, column, databaseName, nullable, generated, also, deferred, deferredGroup, declaredBy]

/** What is only carried along for the program to read is no fact of a plan; what follows from the conditions is said by them. */
const relationshipFacts = (of: MappedRelationship): readonly unknown[] => [
  of.key, of.target, of.alias, of.direction, of.uselist, of.primaryjoin, of.secondaryjoin, of.secondary, of.useGet, of.omitJoin,
  of.backPopulates, of.backrefOf, of.reverse, of.mirrored, of.syncBackref, of.cascade, of.viewonly,
  of.lazy, of.orderBy, collectionFacts(of.collectionClass), of.joinDepth, of.innerjoin, of.distinctTargetKey, of.loadOnPending,
  of.postUpdate, of.passiveDeletes, of.passiveUpdates, of.activeHistory, of.enableTypechecks, of.singleParent,
]

const collectionFacts = (collection: CollectionClass): readonly unknown[] => (typeof collection === 'string' ? [collection]
  : 'empty' in collection ? ['custom']
  : ['keyed', typeof collection.keyedBy === 'function' ? 'function' : collection.keyedBy, collection.ignoreUnpopulated])

/** 64 bits, by two 32-bit multiplicative hashes over the code units; it guards against mistakes, not against forgery. */
export const hash = (text: string): string => {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [b, a].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
