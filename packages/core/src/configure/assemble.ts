// Last pass: entities with their relationships and slots, as planner and session read them.

import type { EntityLayout, Layout } from './entity/layout.js'
import type { JoinNode, MappedEntity, MappedRelationship } from './mapping.js'
import { leaves } from '../expression/map-children.js'
import type { Linked } from './link/link-sides.js'
import { placeOrder, placeSource } from './join/place-columns.js'
import { recordOf } from './record.js'

/** In the order of declaration. */
export const assemble = (layout: Layout, relationships: readonly Linked[]): Readonly<Record<string, MappedEntity>> => {
  const owned = new Map<string, Linked[]>(Object.keys(layout.entities).map((name) => [name, []]))
  // Backrefs after what an entity declares itself.
  for (const made of [false, true]) for (const each of relationships) if ((each.reverseOf !== undefined) === made) owned.get(each.entity.name)?.push(each)
  return recordOf(Object.values(layout.entities).map((entity) => [entity.name, mappedEntity(entity, entity.inheritance.line.flatMap((name) => owned.get(name) ?? []))]))
}

const mappedEntity = (layout: EntityLayout, inherited: readonly Linked[]): MappedEntity => {
  // A relationship that an entity declares again takes the place of the one above.
  const byName = new Map(inherited.map((relationship) => [relationship.name, relationship]))
  const relationships = [...byName.values()].map((relationship, index) => mapped(relationship, layout.attributes.length + index))
  const slots = [...layout.attributes, ...relationships].map(({ name }) => name)
  const { name, order, table, tables, source, attributes, attribute, primaryKey, version, confirmDeletedRows, passiveUpdates, inheritance } = layout
  return {
    name, order, table, tables, attributes, attribute, primaryKey,
    ...source === undefined ? {} : { readFrom: placeSource(source, 'target') },
    relationships, relationship: recordOf(relationships.map((each) => [each.name, each])),
    slots, slot: recordOf(slots.map((each, index) => [each, index])),
    ...version === undefined ? {} : { version },
    confirmDeletedRows, passiveUpdates, inheritance,
  }
}

const mapped = (linked: Linked, slot: number): MappedRelationship => {
  const { settings, reverseOf, secondary, placedPrimaryjoin, placedSecondaryjoin } = linked
  const backPopulates = linked.backPopulates ?? settings.backref?.name
  const known: MappedRelationship = {
    key: linked.key, entity: linked.entity.name, name: linked.name, slot, target: linked.targetEntity.name,
    direction: linked.direction, uselist: linked.uselist,
    primaryjoin: placedPrimaryjoin,
    otherTables: otherTables(placedSecondaryjoin === undefined ? [placedPrimaryjoin] : [placedPrimaryjoin, placedSecondaryjoin]),
    localRemotePairs: linked.localRemotePairs,
    synchronizePairs: linked.synchronizePairs,
    secondarySynchronizePairs: linked.secondarySynchronizePairs,
    localColumns: linked.localColumns, remoteColumns: linked.remoteColumns, foreignKeyColumns: linked.foreignColumns,
    lazyClause: linked.lazyClause, reverseLazyClause: linked.reverseLazyClause,
    useGet: linked.useGet, useGetColumns: linked.useGetColumns, omitJoin: linked.omitJoin,
    selfReferential: linked.selfReferential,
    reverse: linked.reverse, mirrored: linked.mirrored,
    orderBy: placeOrder(linked, linked.orderBy),
    cascade: settings.cascade, viewonly: settings.viewonly, lazy: settings.lazy, collectionClass: settings.collectionClass,
    postUpdate: settings.postUpdate, passiveDeletes: settings.passiveDeletes, passiveUpdates: settings.passiveUpdates,
    activeHistory: settings.activeHistory, enableTypechecks: settings.enableTypechecks, singleParent: settings.singleParent,
    innerjoin: settings.innerjoin, loadOnPending: settings.loadOnPending, info: settings.info,
  }
  const optional: Partial<Mutable<MappedRelationship>> = { ...settings.optional }
  if (placedSecondaryjoin !== undefined) optional.secondaryjoin = placedSecondaryjoin
  if (secondary !== undefined) optional.secondary = placeSource(secondary, 'secondary')
  const { alias, source } = linked.targetEntity
  if (alias !== undefined && source !== undefined) optional.alias = { name: alias, source: placeSource(source, 'target') }
  if (backPopulates !== undefined) optional.backPopulates = backPopulates
  if (reverseOf !== undefined) optional.backrefOf = reverseOf.key
  return Object.assign(known, optional)
}

type Mutable<A> = { -readonly [K in keyof A]: A[K] }

const otherTables = (conditions: readonly JoinNode[]): readonly string[] =>
  [...new Set(conditions.flatMap((condition) => leaves(condition).flatMap((leaf) => (leaf._tag === 'joinColumn' && leaf.from === 'other' ? [leaf.table] : []))))]
