// How rows become objects of an entity: its columns, the relationships joined to it, and those that further statements load.

import type { MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js'
import type { LoaderOption, QueryJoin } from '../../query/descriptor.js'
import type { Ordering } from '../../expression/node.js'
import type { PlanNode } from '../select-ast.js'
import type { BaseSelect, EagerJoin, EagerPart } from './base-select.js'
import type { ColumnList } from './column-list.js'
import { farNames, optionNames } from './compare-relationship.js'
import { entityCriteria } from './entity-criteria.js'
import type { EntityPath } from './entity-path.js'
import { pathFollowed, pathJoined, stopsFollowing, stopsJoining } from './entity-path.js'
import type { AttributeRead, EntityRead, FollowUp, KindRead, RelatedLoad, RelatedRead } from './load-plan.js'
import type { Lowering } from './lowering.js'
import { lowerWithin } from './lowering.js'
import { entityNamed } from './mapped-column.js'
import type { Strategy } from './option-level.js'
import { checkLevel, columnWish, strategyOf } from './option-level.js'
import { refuse } from './query-error.js'
import { farFrom, openFar, primaryCondition, relationshipOrdering, secondaryCondition } from './relationship-join.js'
import type { EntitySource } from './source.js'
import { aliasOf, allOf, columnOf, hasColumn, lookUpSource } from './source.js'

/** A step of a statement from its root entity to one joined to it: subquery loads follow it again. */
export interface Hop {
  readonly relationship: MappedRelationship
  readonly target: MappedEntity
  /** Subclasses whose tables come along: those that the mapping says, and the one that an option leads to. */
  readonly polymorphic: readonly string[]
  readonly strategy: Strategy
}

/** The step along a relationship. An option that leads to a subclass brings its columns along, and still every object. */
export const hopAlong = (mapping: Mapping, relationship: MappedRelationship, strategy: Strategy): Hop => {
  const target = entityNamed(mapping, relationship.target)
  const narrowed = strategy.ref.ofType?.entity
  const along = narrowed !== undefined && target.inheritance.descendants.includes(narrowed) ? [narrowed] : []
  return { relationship, target, polymorphic: [...new Set([...target.inheritance.withPolymorphic, ...along])], strategy }
}

/** What the passes over one statement share. */
export interface Reading {
  readonly lowering: Lowering
  readonly columns: ColumnList
  readonly base: BaseSelect
  readonly root: EntitySource
  /** Joins that the query itself has: where `contains` finds its columns. */
  readonly joins: readonly QueryJoin[]
  /** It stands in for another statement: what it plans anew needs no stand-ins of its own. */
  readonly standsIn: boolean
  /** One object is being refreshed: what would be loaded for many is loaded for it alone. */
  readonly refresh: boolean
  /** Plans the statement of a relationship; handed in, since statements contain each other. */
  readonly related: (reading: Reading, form: 'list' | 'binds' | 'repeated', hops: readonly Hop[], hop: Hop, path: EntityPath) => RelatedLoad
  /** What the eager loads add to the statement, filled as they are found. */
  readonly eagerOrder: Ordering<PlanNode>[]
  multiRow: boolean
}

interface Place {
  readonly source: EntitySource
  readonly options: readonly LoaderOption[]
  readonly path: EntityPath
  readonly hops: readonly Hop[]
  /** Joined by an outer join, itself or something before it. */
  readonly outer: boolean
  /** Names by which options may start here, where it is not enough that they are of the entity. */
  readonly names?: readonly string[]
}

/** Plans the read of an entity at a place; the joins that it needs come back beside it. */
export const readEntity = (reading: Reading, place: Place): { readonly read: EntityRead; readonly joins: readonly EagerJoin[] } => {
  const { planning } = reading.lowering
  const { source, options, path } = place
  const { entity } = source
  checkLevel(planning.mapping, options, entity, place.names)
  const kinds = kindsOf(reading, entity)
  const related: RelatedRead[] = []
  const followUps: FollowUp[] = []
  const empty: { of: string; name: string }[] = []
  const stoppedThere: { of: string; name: string }[] = []
  const joins: EagerJoin[] = []
  const add = (attribute: MappedEntity['attributes'][number]): number => reading.columns.add(columnOf(planning, source, attribute))
  const key = entity.primaryKey.map((name) => add(attributeNamed(entity, name)))
  const { polymorphicOn } = entity.inheritance
  const discriminator = kinds.length > 1 && polymorphicOn !== undefined ? add(attributeNamed(entity, polymorphicOn)) : undefined
  const relationships = relationshipsOf(kinds).map((each) => ({ ...each, strategy: strategyOf(planning.mapping, options, each.relationship) }))
  // A load for one object binds what that shows for its side of the relationship.
  const bound = new Set(relationships.flatMap(({ relationship, strategy }) => (isBound(reading, strategy) ? relationship.lazyClause.binds.map(({ table, column }) => `${table}.${column}`) : [])))
  const reads = kinds.map((kind): KindRead => ({
    entity: kind.name,
    ...(kind.inheritance.identity === undefined ? {} : { identity: kind.inheritance.identity }),
    columns: kind.attributes.flatMap((attribute): AttributeRead[] => {
      if (!hasColumn(source, attribute)) return []
      const wanted = attribute.primaryKey || attribute.name === polymorphicOn || [attribute, ...attribute.also].some(({ table, column }) => bound.has(`${table}.${column}`)) || columnWish(planning.mapping, options, kind, attribute) === 'load'
      return wanted ? [{ attribute: attribute.name, offset: add(attribute) }] : []
    }),
  }))
  for (const { relationship, owner, strategy } of relationships) {
    const hop = hopAlong(planning.mapping, relationship, strategy)
    const stopped = !strategy.explicit && (strategy.how === 'joined' ? stopsJoining : stopsFollowing)(planning.mapping, path, relationship)
    const followUp = (how: FollowUp['strategy'], form: 'list' | 'binds' | 'repeated'): void => {
      followUps.push({
        strategy: how, of: relationship.entity, name: relationship.name, chunk: strategy.chunkSize,
        ...(strategy.recursionDepth === undefined ? {} : { recursion: strategy.recursionDepth }),
        ...(stopped ? {} : { load: reading.related(reading, form, place.hops, hop, pathFollowed(path, relationship)) }),
      })
    }
    // What a subclass loads eagerly comes where the subclass comes along; immediate asks for each object by itself.
    if (owner !== entity && source.along?.includes(owner.name) !== true && ['joined', 'selectin', 'subquery'].includes(strategy.how)) continue
    switch (strategy.how) {
      case 'joined': {
        if (stopped || !owner.tables.every((table) => source.tables.has(table) || source.exported !== undefined)) break
        const joined = joinRelated(reading, place, hop, pathJoined(path, relationship), owner !== entity)
        related.push({ of: relationship.entity, name: relationship.name, read: joined.read, ...(strategy.where === undefined ? {} : { conditional: true }) })
        joins.push(joined.join)
        break
      }
      case 'contains': {
        if (relationship.uselist) reading.multiRow = true
        const inner = readEntity(reading, { source: containedSource(reading, hop), options: strategy.below, path: pathJoined(path, relationship), hops: [...place.hops, hop], outer: true, ...namesBelow(hop) })
        related.push({ of: relationship.entity, name: relationship.name, read: inner.read, conditional: true })
        joins.push(...inner.joins)
        break
      }
      case 'selectin':
        if (stopped) stoppedThere.push({ of: relationship.entity, name: relationship.name })
        else if (reading.refresh) followUp('immediate', 'binds')
        else followUp('selectin', 'list')
        break
      case 'subquery':
        if (stopped) stoppedThere.push({ of: relationship.entity, name: relationship.name })
        else if (reading.refresh) followUp('immediate', 'binds')
        else followUp('subquery', canRepeat(place, owner) ? 'repeated' : 'list')
        break
      case 'immediate':
        followUp('immediate', 'binds')
        break
      case 'noload':
        empty.push({ of: relationship.entity, name: relationship.name })
        break
      case 'select': case 'raise': case 'raise_on_sql': case 'write_only': case 'dynamic':
        break
    }
  }
  const read: EntityRead = {
    _tag: 'entity', entity: entity.name, source: aliasOf(source) ?? entity.name, key,
    ...(discriminator === undefined ? {} : { discriminator }), kinds: reads, related, empty, followUps, stopped: stoppedThere, path: path.names,
  }
  return { read, joins }
}

/** Below a relationship to an alias, options start from the alias. */
export const namesBelow = ({ relationship, strategy }: Hop): Pick<Place, 'names'> => {
  const names = optionNames(relationship, strategy.ref)
  return names === undefined ? {} : { names }
}

/** What the eager loads of a read add to its statement. */
export const eagerPart = (reading: Reading, joins: readonly EagerJoin[]): EagerPart => ({ joins, orderBy: reading.eagerOrder, multiRow: reading.multiRow })

const joinRelated = (reading: Reading, place: Place, hop: Hop, below: EntityPath, ofSubclass: boolean): { readonly read: EntityRead; readonly join: EagerJoin } => {
  const { lowering } = reading
  const { planning } = lowering
  const { relationship, target, strategy } = hop
  const far = openFar(planning, relationship, target, false, hop.polymorphic)
  if (relationship.uselist) reading.multiRow = true
  const outer = place.outer || ofSubclass
  const inner = strategy.innerjoin !== false
  const on = allOf([
    primaryCondition(planning, relationship, place.source, far),
    strategy.where === undefined ? undefined : lowerWithin(lowering, farNames(relationship, far.target, strategy.ref), strategy.where),
    ...entityCriteria(lowering, far.target),
  ])
  reading.eagerOrder.push(...relationshipOrdering(planning, relationship, far))
  const { read, joins } = readEntity(reading, { source: far.target, options: strategy.below, path: below, hops: [...place.hops, hop], outer: outer || !inner, ...namesBelow(hop) })
  return {
    read,
    join: {
      kind: inner && (!outer || strategy.innerjoin === 'nested') ? 'inner' : 'left',
      nested: outer && strategy.innerjoin === 'nested',
      from: farFrom(far, secondaryCondition(planning, relationship, place.source, far)),
      on: on ?? { _tag: 'constant', value: true },
      children: joins,
    },
  }
}

/** Does a statement that is repeated have the tables that a relationship of this owner joins from? The rest of a subclass it has not. */
const canRepeat = ({ source, hops }: Place, owner: MappedEntity): boolean => {
  const last = hops.at(-1)
  return owner.tables.every((table) => (last === undefined ? source.tables.has(table) || source.exported !== undefined : last.target.tables.includes(table)))
}

/** The alias of the query that holds the related columns: named by the option, or where the query joined along the relationship. */
const containedSource = (reading: Reading, { relationship, target, strategy }: Hop): EntitySource => {
  const named = strategy.alias ?? strategy.ref.ofType?.source
  const joined = reading.joins.findLast(({ to }) => to._tag === 'relationship' && to.relationship.name === relationship.name)?.to
  const source = (named === undefined ? undefined : lookUpSource(reading.lowering.scope, named))
    ?? lookUpSource(reading.lowering.scope, relationship.alias?.name ?? target.name)
    ?? (joined?._tag === 'relationship' ? lookUpSource(reading.lowering.scope, joined.source) : undefined)
  if (source?._tag !== 'entity') return refuse('argument', `contains(${relationship.key}) finds no join to read it from`, `join along ${relationship.key}, and name the alias if it has one`)
  return source
}

/** The entity and those below it that its rows can be. */
const kindsOf = ({ lowering: { planning } }: Reading, entity: MappedEntity): readonly MappedEntity[] =>
  entity.inheritance.polymorphicOn === undefined
    ? [entity]
    : [entity, ...entity.inheritance.descendants.map((name) => entityNamed(planning.mapping, name)).filter((each) => each.inheritance.kind !== 'concrete')]

/** The relationships of all kinds, each once, with the first kind that has it. */
const isBound = ({ refresh }: Reading, { how }: Strategy): boolean => how === 'immediate' || (refresh && (how === 'selectin' || how === 'subquery'))

const relationshipsOf = (kinds: readonly MappedEntity[]): readonly { readonly relationship: MappedRelationship; readonly owner: MappedEntity }[] => {
  const found = new Map<string, { relationship: MappedRelationship; owner: MappedEntity }>()
  for (const owner of kinds) for (const relationship of owner.relationships) if (!found.has(relationship.key)) found.set(relationship.key, { relationship, owner })
  return [...found.values()]
}

const attributeNamed = (entity: MappedEntity, name: string): MappedEntity['attributes'][number] =>
  entity.attribute[name] ?? refuse('argument', `'${entity.name}' has no attribute '${name}'`, 'its mapping names it')
