// The fingerprint of a mapping: sixteen digits that change with anything a plan depends on.

import type { MappedAttribute, MappedEntity, MappedRelationship } from './mapping.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'
import { stableJson } from './stable-json.js'

/** The same for the same tables, entities and relationships, whenever and wherever it is computed. */
export const fingerprintOf = (tables: Readonly<Record<string, TableDescriptor>>, entities: Readonly<Record<string, MappedEntity>>): string =>
  hash(stableJson([Object.values(tables).map(tableFacts), Object.values(entities).map(entityFacts)]))

const tableFacts = ({ name, schema, columns, primaryKey, foreignKeys }: TableDescriptor): unknown => ({
  name, schema, primaryKey, foreignKeys,
  columns: Object.entries(columns).map(([property, { type, options }]) => [property, options.name, type.database, type.plain, options.nullable, options.generated, options.serverDefault, options.autoincrement]),
})

const entityFacts = ({ name, tables, attributes, primaryKey, relationships, version, confirmDeletedRows, passiveUpdates, inheritance }: MappedEntity): unknown => ({
  name, tables, primaryKey, version, confirmDeletedRows, passiveUpdates, inheritance,
  attributes: attributes.map(attributeFacts),
  // An inherited relationship is told where it is declared.
  relationships: relationships.map((relationship) => (relationship.entity === name ? relationshipFacts(relationship) : relationship.key)),
})

const attributeFacts = ({ descriptor: _descriptor, ...facts }: MappedAttribute): unknown => facts

/** What is only carried along for the program to read is no fact of a plan; what follows from the conditions is said by them. */
const relationshipFacts = ({
  info: _info, doc: _doc, comparatorFactory: _comparator, queryClass: _query, init: _init, repr: _repr, compare: _compare, kwOnly: _kwOnly,
  lazyClause: _lazy, reverseLazyClause: _reverseLazy, localColumns: _local, remoteColumns: _remote, foreignKeyColumns: _foreign,
  localRemotePairs: _pairs, synchronizePairs: _synchronize, secondarySynchronizePairs: _secondarySynchronize, otherTables: _others, useGetColumns: _keys,
  ...facts
}: MappedRelationship): unknown => facts

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
