// Last pass: entities with their relationships and slots, as planner and session read them.

import type { EntityLayout, Layout } from './entity/layout.js'
import type { JoinNode, MappedEntity, MappedRelationship } from './mapping.js'
import { leaves } from '../expression/map-children.js'
import type { Linked } from './link/link-sides.js'
import { placeOrder, placeSource } from './join/place-columns.js'
import { recordOf } from './record.js'

/** In the order of declaration. */
export const assemble = (layout: Layout, relationships: readonly Linked[]): Readonly<Record<string, MappedEntity>> => {
  const owned = new Map<string, MappedRelationship[]>(Object.keys(layout.entities).map((name) => [name, []]))
  // Backrefs after what an entity declares itself.
  for (const made of [false, true]) for (const each of inDeclaredOrder(layout, relationships)) if ((each.reverseOf !== undefined) === made) owned.get(each.entity.name)?.push(mapped(each))
  return recordOf(Object.values(layout.entities).map((entity) => [entity.name, mappedEntity(entity, entity.inheritance.line.flatMap((name) => owned.get(name) ?? []))]))
}

const inDeclaredOrder = (layout: Layout, relationships: readonly Linked[]): readonly Linked[] => {
  const byEntity = new Map<string, Linked[]>(Object.keys(layout.entities).map((name) => [name, []]))
  for (const each of relationships) byEntity.get(each.entity.name)?.push(each)
  return [...byEntity.values()].flat()
}

const mappedEntity = (layout: EntityLayout, inherited: readonly MappedRelationship[]): MappedEntity => {
  // A relationship that an entity declares again takes the place of the one above.
  const byName = new Map(inherited.map((relationship) => [relationship.name, relationship]))
  const relationships = [...byName.values()].map((relationship, index) => ({ ...relationship, slot: layout.attributes.length + index }))
  const slots = [...layout.attributes, ...relationships].map(({ name }) => name)
  const { name, order, table, tables, attributes, attribute, primaryKey, version, confirmDeletedRows, passiveUpdates, inheritance } = layout
  return {
    name, order, table, tables, attributes, attribute, primaryKey,
    relationships, relationship: recordOf(relationships.map((each) => [each.name, each])),
    slots, slot: recordOf(slots.map((each, index) => [each, index])),
    ...version === undefined ? {} : { version },
    confirmDeletedRows, passiveUpdates, inheritance,
  }
}

const mapped = (linked: Linked): MappedRelationship => {
  const { key, entity, name, targetEntity, direction, uselist, secondary, settings, reverse, mirrored, reverseOf } = linked
  const { overlaps: _overlaps, backref, omitJoin: _omitJoin, uselist: _uselist, ...plain } = settings
  const backPopulates = linked.backPopulates ?? backref?.name
  return {
    ...plain,
    key, entity: entity.name, name, slot: 0, target: targetEntity.name, direction, uselist,
    primaryjoin: linked.placedPrimaryjoin,
    ...linked.placedSecondaryjoin === undefined ? {} : { secondaryjoin: linked.placedSecondaryjoin },
    ...secondary === undefined ? {} : { secondary: placeSource(secondary) },
    otherTables: otherTables(linked.placedSecondaryjoin === undefined ? [linked.placedPrimaryjoin] : [linked.placedPrimaryjoin, linked.placedSecondaryjoin]),
    localRemotePairs: linked.localRemotePairs,
    synchronizePairs: linked.synchronizePairs,
    secondarySynchronizePairs: linked.secondarySynchronizePairs,
    localColumns: linked.localColumns, remoteColumns: linked.remoteColumns, foreignKeyColumns: linked.foreignColumns,
    lazyClause: linked.lazyClause, reverseLazyClause: linked.reverseLazyClause,
    useGet: linked.useGet, useGetColumns: linked.useGetColumns, omitJoin: linked.omitJoin,
    selfReferential: linked.selfReferential,
    ...backPopulates === undefined ? {} : { backPopulates },
    ...reverseOf === undefined ? {} : { backrefOf: reverseOf.key },
    reverse, mirrored,
    orderBy: placeOrder(linked, linked.orderBy),
  }
}

const otherTables = (conditions: readonly JoinNode[]): readonly string[] =>
  [...new Set(conditions.flatMap((condition) => leaves(condition).flatMap((leaf) => (leaf._tag === 'joinColumn' && leaf.from === 'other' ? [leaf.table] : []))))]
