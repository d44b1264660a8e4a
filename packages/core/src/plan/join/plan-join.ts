// planJoin: how to get from an entity to its relationship's target in a statement of one's own.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ColumnRef, MappedEntity, MappedRelationship, Mapping, SecondarySource } from '../../configure/mapping.js'
import { mappingError } from '../../configure/mapping-error.js'
import type { MappingError } from '../../configure/mapping-error.js'
import { didYouMean } from '../../configure/suggest.js'
import { databaseName } from '../../schema/table-descriptor.js'
import type { From, PlanNode } from '../select-ast.js'
import type { AliasOf, JoinAliases } from './join-aliases.js'
import { joinCondition, lazyCondition, orderTerms, overAliases, secondaryTables } from './join-condition.js'
import type { LazyConditions } from './join-condition.js'
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
  const aliases: JoinAliases = {
    parent: namer(mapping, taken, entity.tables, names.parent),
    target: namer(mapping, taken, target.tables, names.target),
    secondary: namer(mapping, taken, [...secondaryTables(relationship.secondary).keys()], names.secondary),
    other: namer(mapping, taken, relationship.otherTables, undefined),
  }
  const { primary, secondary } = joinCondition(mapping, relationship, aliases)
  const criterion = subclassCriterion(mapping, target, aliases.target)
  const between = relationship.secondary
  const from = between === undefined ? undefined : secondaryFrom(mapping, relationship, between, aliases)
  return {
    _tag: 'JoinPlan', version: 1, fingerprint: mapping.fingerprint,
    relationship: `${entity.name}.${relationship.name}`, direction: relationship.direction, uselist: relationship.uselist,
    parent: entityFrom(mapping, entity, aliases.parent),
    target: entityFrom(mapping, target, aliases.target),
    ...from === undefined ? {} : { secondary: from },
    others: relationship.otherTables.map((table) => tableFrom(mapping, table, aliases.other(table))),
    on: secondary === undefined ? both(primary, criterion) : primary,
    ...secondary === undefined ? {} : { secondaryOn: both(secondary, criterion) },
    lazy: knownSide(mapping, lazyCondition(mapping, relationship, aliases, 'forward'), criterion),
    reverse: knownSide(mapping, lazyCondition(mapping, relationship, aliases, 'reverse'), subclassCriterion(mapping, entity, aliases.parent)),
    orderBy: orderTerms(mapping, relationship, aliases),
    ...relationship.useGet ? { keyLookup: relationship.useGetColumns.map((ref) => knownColumn(mapping, ref)) } : {},
  }
}

/** The first table of a side bears the side's name, the others of a joined line theirs after it. */
const namer = (mapping: Mapping, taken: Set<string>, tables: readonly string[], given: string | undefined): AliasOf => {
  const names = new Map(tables.map((table, index) => {
    const wish = given === undefined ? mapping.tables[table]?.name ?? table : index === 0 ? given : `${given}_${table}`
    let name = wish
    for (let number = 1; taken.has(name); number++) name = `${wish}_${number}`
    taken.add(name)
    return [table, name]
  }))
  return (table) => names.get(table) ?? table
}

const tableFrom = (mapping: Mapping, table: string, alias: string): From => {
  const descriptor = mapping.tables[table]
  return { _tag: 'table', table: descriptor?.name ?? table, ...descriptor?.schema === undefined ? {} : { schema: descriptor.schema }, alias }
}

/** Its tables, root first, each joined to what it inherits. */
const entityFrom = (mapping: Mapping, entity: MappedEntity, aliasOf: AliasOf): From => {
  const [root = entity.table] = entity.tables
  const joined = entity.inheritance.line.flatMap((name) => mapping.entities[name] ?? []).filter(({ inheritance }) => inheritance.kind === 'joined')
  return joined.reduce<From>((left, step) => joinedTo(mapping, left, step, aliasOf), tableFrom(mapping, root, aliasOf(root)))
}

const joinedTo = (mapping: Mapping, left: From, step: MappedEntity, aliasOf: AliasOf): From => {
  const right = tableFrom(mapping, step.table, aliasOf(step.table))
  const equalities = step.inheritance.inheritPairs.map(([own, parents]): PlanNode =>
    ({ _tag: 'binary', operator: 'eq', left: column(mapping, own.table, own.column, aliasOf), right: column(mapping, parents.table, parents.column, aliasOf) }))
  const [first] = equalities
  return { _tag: 'join', kind: 'inner', left, right, on: first !== undefined && equalities.length === 1 ? first : { _tag: 'logical', operator: 'and', args: equalities } }
}

const secondaryFrom = (mapping: Mapping, relationship: MappedRelationship, source: SecondarySource, aliases: JoinAliases): From => (source._tag === 'table'
  ? tableFrom(mapping, source.table, aliases.secondary(source.alias))
  : {
    _tag: 'join', kind: source.outer ? 'left' : 'inner',
    left: secondaryFrom(mapping, relationship, source.left, aliases), right: secondaryFrom(mapping, relationship, source.right, aliases),
    on: overAliases(mapping, relationship, aliases, source.on),
  })

/** Rows of a subclass that shares its parent's table are told by the discriminator. */
const subclassCriterion = (mapping: Mapping, entity: MappedEntity, aliasOf: AliasOf): PlanNode | undefined => {
  const { kind, polymorphicOn, descendants } = entity.inheritance
  const discriminator = polymorphicOn === undefined ? undefined : entity.attribute[polymorphicOn]
  if (kind !== 'single' || discriminator === undefined) return undefined
  const identities = [entity, ...descendants.flatMap((name) => mapping.entities[name] ?? [])].flatMap(({ inheritance }) => inheritance.identity ?? [])
  return { _tag: 'in', negated: false, arg: column(mapping, discriminator.table, discriminator.column, aliasOf), items: identities.map((value) => ({ _tag: 'constant', value })) }
}

const column = (mapping: Mapping, table: string, property: string, aliasOf: AliasOf): PlanNode => {
  const descriptor = mapping.tables[table]
  const type = descriptor?.columns[property]?.type.database
  return { _tag: 'column', source: aliasOf(table), name: descriptor === undefined ? property : databaseName(descriptor, property), ...type === undefined ? {} : { type } }
}

const both = (condition: PlanNode, criterion: PlanNode | undefined): PlanNode =>
  criterion === undefined ? condition : { _tag: 'logical', operator: 'and', args: [condition, criterion] }

const knownSide = (mapping: Mapping, { primary, secondary, binds }: LazyConditions, criterion: PlanNode | undefined): KnownSide =>
  ({ where: both(secondary === undefined ? primary : { _tag: 'logical', operator: 'and', args: [primary, secondary] }, criterion), binds: binds.map((ref) => knownColumn(mapping, ref)) })

const knownColumn = (mapping: Mapping, { table, column }: ColumnRef): KnownColumn => {
  const descriptor = mapping.tables[table]
  return { table, column, name: descriptor === undefined ? column : databaseName(descriptor, column) }
}
