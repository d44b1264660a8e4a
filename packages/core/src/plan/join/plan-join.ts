// planJoin: how to get from an entity to its relationship's target in a statement of one's own.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ColumnRef, MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js'
import { mappingError } from '../../configure/mapping-error.js'
import type { MappingError } from '../../configure/mapping-error.js'
import { didYouMean } from '../../configure/suggest.js'
import { databaseName } from '../../schema/table-descriptor.js'
import { singleTableCriterion } from '../load/entity-criteria.js'
import { planningOfMapping } from '../load/planning.js'
import type { Planning } from '../load/planning.js'
import type { FarSide } from '../load/relationship-join.js'
import { primaryCondition, relationshipOrdering, secondaryCondition } from '../load/relationship-join.js'
import { allOf, openEntity, openSelectable, openTable, openTables } from '../load/source.js'
import type { PlanNode } from '../select-ast.js'
import type { AliasOf } from './join-aliases.js'
import { knownSideCondition } from './join-condition.js'
import { namesIn, targetTables } from './join-sides.js'
import type { JoinPlan, KnownColumn, KnownSide } from './join-plan.js'

/** Names for the sides; what is not given is the table's own name, numbered where that is taken. */
export interface JoinNames { readonly parent?: string; readonly target?: string; readonly secondary?: string }

/**
 * Plans the join along a relationship, `'User.addresses'`, over the aliases given.
 * Gives a `JoinPlan`, plain data, or an error where the mapping has no such relationship.
 *
 * @example
 * pipe(planJoin(mapping, 'User.addresses', { target: 'a' }), E.map((plan) => plan.on)) // users.id = a.user_id
 */
export const planJoin = (mapping: Mapping, relationship: string, names: JoinNames = {}): Either<MappingError, JoinPlan> => {
  const dot = relationship.indexOf('.')
  const [entityName, name] = [relationship.slice(0, Math.max(dot, 0)), relationship.slice(dot + 1)]
  const entity = mapping.entities[entityName]
  if (entity === undefined) return E.left(mappingError(
    'argument',
    `The mapping has no entity '${entityName}'.`,
    { entity: entityName },
    `Write planJoin(mapping, 'Entity.relationship'). ${didYouMean(entityName, Object.keys(mapping.entities))}`,
  ))
  const found = entity.relationship[name]
  const target = found === undefined ? undefined : mapping.entities[found.target]
  if (found === undefined || target === undefined) return E.left(mappingError(
    'argument',
    `${entityName} has no relationship '${name}'.`,
    { entity: entityName, attribute: name },
    didYouMean(name, entity.relationships.map((each) => each.name)),
  ))
  return E.right(planned(mapping, entity, target, found, names))
}

const planned = (mapping: Mapping, entity: MappedEntity, target: MappedEntity, relationship: MappedRelationship, names: JoinNames): JoinPlan => {
  const taken = new Set<string>()
  const over = (tables: readonly string[], given: string | undefined): Planning => ({ ...planningOfMapping(mapping), alias: namer(taken, tables, given) })
  const { source: parent, from: parentFrom } = openEntity(over(entity.tables, names.parent), entity, false)
  const ofTarget = over(targetTables(target, relationship), names.target)
  const opened = relationship.alias === undefined ? openEntity(ofTarget, target, false) : openSelectable(ofTarget, target, relationship.alias.source, true)
  const secondary = relationship.secondary === undefined ? undefined
    : openTables(over(namesIn(relationship.secondary).map(([name]) => name), names.secondary), relationship.secondary)
  const ofOthers = over(relationship.otherTables, undefined)
  const others = relationship.otherTables.map((table) => openTable(ofOthers, table))
  const far: FarSide = { target: opened.source, ...secondary === undefined ? {} : { secondary }, others: new Map(relationship.otherTables.map((table, index) => [table, others[index]?.alias ?? table])) }
  const on = primaryCondition({ mapping }, relationship, parent, far)
  const secondaryOn = secondaryCondition({ mapping }, relationship, parent, far)
  const criteria = singleTableCriterion({ mapping }, opened.source)
  const known = (direction: 'forward' | 'reverse', more: readonly PlanNode[]): KnownSide => {
    const conditions = knownSideCondition(mapping, relationship, parent, far, direction)
    return { where: both(both(conditions.primary, conditions.secondary), ...more), binds: conditions.binds.map((ref) => knownColumn(mapping, ref)) }
  }
  return {
    _tag: 'JoinPlan', version: 1, fingerprint: mapping.fingerprint,
    relationship: `${entity.name}.${relationship.name}`, direction: relationship.direction, uselist: relationship.uselist,
    parent: parentFrom,
    target: opened.from,
    ...secondary === undefined ? {} : { secondary: secondary.from },
    others,
    on: secondaryOn === undefined ? both(on, ...criteria) : on,
    ...secondaryOn === undefined ? {} : { secondaryOn: both(secondaryOn, ...criteria) },
    lazy: known('forward', criteria),
    reverse: known('reverse', singleTableCriterion({ mapping }, parent)),
    orderBy: relationshipOrdering({ mapping }, relationship, far),
    ...relationship.useGet ? { keyLookup: relationship.useGetColumns.map((ref) => knownColumn(mapping, ref)) } : {},
  }
}

/** The first table of a side bears the side's name, the others of a joined line theirs after it. */
const namer = (taken: Set<string>, tables: readonly string[], given: string | undefined): AliasOf => {
  const names = new Map(tables.map((table, index) => {
    const wish = given === undefined ? table : index === 0 ? given : `${given}_${table}`
    let name = wish
    for (let number = 1; taken.has(name); number++) name = `${wish}_${number}`
    taken.add(name)
    return [table, name]
  }))
  return (table) => names.get(table) ?? table
}

const both = (condition: PlanNode, ...more: readonly (PlanNode | undefined)[]): PlanNode => allOf([condition, ...more]) ?? condition

const knownColumn = (mapping: Mapping, { table, column }: ColumnRef): KnownColumn => {
  const descriptor = mapping.tables[table]
  return { table, column, name: descriptor === undefined ? column : databaseName(descriptor, column) }
}
