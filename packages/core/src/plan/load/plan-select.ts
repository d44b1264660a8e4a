// A select's sources, joins and conditions as the base that columns and eager loads are put on.

import { leaves } from '../../expression/map-children.js'
import type { QueryJoin, QueryNode, SelectDescriptor, Source as QuerySource } from '../../query/descriptor.js'
import type { From, PlanNode, SelectAst } from '../select-ast.js'
import type { BaseSelect } from './base-select.js'
import { aliasesOf, plainBase, selectAst } from './base-select.js'
import { columnList } from './column-list.js'
import { farNames, referenced } from './compare-relationship.js'
import { entityCriteria } from './entity-criteria.js'
import { joinByKeys } from './join-by-keys.js'
import type { Lowering } from './lowering.js'
import { lowerWithin } from './lowering.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'
import { openRead, openSource } from './open-source.js'
import { farFrom, openFar, primaryCondition, secondaryCondition } from './relationship-join.js'
import type { Source } from './source.js'
import { aliasOf, allOf, attributeAt, lookUpSource } from './source.js'

export interface OpenedSelect { readonly lowering: Lowering; readonly base: BaseSelect }

/** Opens everything that a select reads from, and lowers its conditions. */
export const openSelect = (outside: Lowering, select: SelectDescriptor): OpenedSelect => {
  const { planning } = outside
  const sources = new Map<string, Source>()
  const lowering: Lowering = { ...outside, scope: { sources, enclosing: outside.scope }, commonTables: new Map([...outside.commonTables, ...select.ctes.map((each) => [each.name, each.select] as const)]) }
  const ctes = select.ctes.map((each) => ({
    name: each.name, recursive: each.recursive, select: lowering.inner(lowering, each.select),
    ...(each.union === undefined ? {} : { union: lowering.inner(lowering, each.union) }),
    ...(each.unionAll === undefined ? {} : { unionAll: each.unionAll }),
  }))
  const from: From[] = []
  const criteria: PlanNode[] = []
  const open = (source: QuerySource): From => {
    const opened = openSource(lowering, source)
    sources.set(source.source, opened.source)
    return opened.from
  }
  const spoken = tablesOfEntities(lowering, select)
  for (const source of withRoot(select)) {
    if (source._tag === 'table' && spoken.has(source.source)) continue
    from.push(open(source))
    const opened = sources.get(source.source)
    if (opened?._tag === 'entity') criteria.push(...entityCriteria(lowering, opened))
  }
  for (const join of select.joins) addJoin(lowering, from, sources, join, open)
  const { limit, offset } = limitsOf(planning, select)
  const root = select.result._tag === 'entity' ? sources.get(select.result.source) : undefined
  const rootAlias = root?._tag === 'entity' ? aliasOf(root) : undefined
  const where = allOf([...select.where.map((each) => lowering.expression(lowering, each)), ...criteria])
  const having = allOf(select.having.map((each) => lowering.expression(lowering, each)))
  return {
    lowering,
    base: {
      ...plainBase(from, Math.max(0, from.findIndex((each) => rootAlias !== undefined && aliasesOf(each).includes(rootAlias))), where),
      ctes, distinct: select.distinct,
      groupBy: select.groupBy.map((each) => lowering.expression(lowering, each)),
      ...(having === undefined ? {} : { having }),
      orderBy: select.orderBy.map((ordering) => ({ ...ordering, arg: lowering.expression(lowering, ordering.arg) })),
      ...(limit === undefined ? {} : { limit }),
      ...(offset === undefined ? {} : { offset }),
      setOperations: select.setOperations.map(({ operator, select: other }) => ({ operator, select: other.result._tag === 'entity' ? objectSelect(outside, other) : outside.inner(outside, other) })),
      ...(select.lock === undefined ? {} : { lock: lockOf(select.lock, sources) }),
    },
  }
}

/** A select inside another: no eager loading, its fields or its entity's columns by name. */
export const innerSelect = (outside: Lowering, select: SelectDescriptor): SelectAst => {
  const { lowering, base } = openSelect(outside, select)
  const columns = columnList()
  if (select.result._tag === 'fields') {
    for (const [name, field] of Object.entries(select.result.fields)) columns.add(lowering.expression(lowering, field), name)
  } else {
    const source = lookUpSource(lowering.scope, select.result.source)
    if (source?._tag === 'entity') for (const attribute of source.entity.attributes) columns.add(attributeAt(lowering.planning, source, source.entity.name, attribute.name), attribute.name)
  }
  return selectAst(base, columns.columns)
}

/** A further part of a union of objects: the columns of its entity in the order in which they are read. */
const objectSelect = (outside: Lowering, select: SelectDescriptor): SelectAst => {
  const { lowering, base } = openSelect(outside, select)
  const columns = columnList()
  const source = select.result._tag === 'entity' ? lookUpSource(lowering.scope, select.result.source) : undefined
  if (source?._tag !== 'entity') return refuse('argument', 'this part of a union gives no objects', 'let every part select the same entity')
  const { entity } = source
  const { polymorphicOn, descendants } = entity.inheritance
  const first = [...entity.primaryKey, ...(polymorphicOn !== undefined && descendants.length > 0 ? [polymorphicOn] : [])]
  const rest = entity.attributes.filter(({ deferred, primaryKey, name }) => primaryKey || name === polymorphicOn || !deferred).map(({ name }) => name)
  for (const name of new Set([...first, ...rest])) columns.add(attributeAt(lowering.planning, source, entity.name, name))
  return selectAst(base, columns.columns)
}

/** The sources of a select; an entity that it gives is one even where nothing else says so. */
const withRoot = (select: SelectDescriptor): readonly QuerySource[] => {
  const { result } = select
  return result._tag === 'entity' && !select.from.some((each) => each.source === result.source) && !select.joins.some(({ to }) => to._tag === 'relationship' ? to.source === result.source : to.source.source === result.source)
    ? [{ _tag: 'entity', entity: result.entity, source: result.source }, ...select.from]
    : select.from
}

/** Tables that the entities of a select stand for: their columns are read there, and the tables not added again. */
const tablesOfEntities = ({ planning: { mapping } }: Lowering, { from, joins }: SelectDescriptor): ReadonlySet<string> => {
  const entities = [
    ...from.flatMap((source) => (source._tag === 'entity' && source.from === undefined ? [source.entity] : [])),
    ...joins.flatMap(({ to }) => (to._tag === 'source' ? (to.source._tag === 'entity' ? [to.source.entity] : []) : [mapping.entities[to.relationship.entity]?.relationship[to.relationship.name]?.target ?? '', to.relationship.ofType?.entity ?? ''])),
  ]
  return new Set(entities.flatMap((name) => mapping.entities[name]?.tables ?? []))
}

const limitsOf = (planning: Planning, select: SelectDescriptor): { readonly limit?: PlanNode; readonly offset?: PlanNode } => {
  const type = { kind: 'integer' } as const
  const slots = planning.shape.limits.get(select)
  const given = (clause: 'limit' | 'offset'): PlanNode | undefined => {
    if (planning.values === 'slots') return slots?.[clause] === undefined ? undefined : { _tag: 'slot', index: slots[clause], type }
    return select[clause] === undefined ? undefined : { _tag: 'constant', value: select[clause], type }
  }
  const [limit, offset] = [given('limit'), given('offset')]
  return { ...(limit === undefined ? {} : { limit }), ...(offset === undefined ? {} : { offset }) }
}

const addJoin = (lowering: Lowering, from: From[], sources: Map<string, Source>, { kind, to }: QueryJoin, open: (source: QuerySource) => From): void => {
  if (to._tag === 'source') {
    const lefts = Array.from(sources).flatMap(([name, each]) => (each._tag === 'entity' && (to.left === undefined || to.left === name) ? [{ name, source: each }] : []))
    const right = open(to.source)
    const source = sources.get(to.source.source)
    const condition = to.on !== undefined ? lowering.expression(lowering, to.on)
      : source?._tag === 'entity' ? joinByKeys(lowering.planning, lefts, { name: to.source.source, source })
      : refuse('argument', `'${to.source.source}' is joined without a condition`, 'give one: foreign keys are known of entities')
    const on = allOf([condition, ...(source?._tag === 'entity' ? entityCriteria(lowering, source) : [])])
    const left = to.left === undefined ? undefined : lefts[0]?.source
    joinAt(from, placeOf(from, left === undefined ? columnSources(condition) : new Set(left.tables.values())), kind, right, on)
    return
  }
  const { parent, relationship, target } = referenced(lowering, to.relationship)
  const alias = aliasOf(parent)
  const at = Math.max(0, from.findIndex((each) => alias !== undefined && aliasesOf(each).includes(alias)))
  if (sources.has(to.source)) refuse('argument', `'${to.source}' is in this query twice`, `give one of them an alias: join(${relationship.key}, alias(${target.name}, 'other'))`)
  const read = to.from ?? to.relationship.ofType?.from
  const far = openFar(lowering.planning, relationship, target, to.source !== target.name, target.inheritance.withPolymorphic, read === undefined ? undefined : openRead(lowering, target, read))
  sources.set(to.source, far.target)
  const where = (condition: QueryNode | undefined): PlanNode | undefined =>
    condition === undefined ? undefined : lowerWithin(lowering, farNames(relationship, far.target, to.relationship), condition)
  const on = allOf([primaryCondition(lowering.planning, relationship, parent, far), where(to.where), ...entityCriteria(lowering, far.target)])
  joinAt(from, at, kind, farFrom(far, secondaryCondition(lowering.planning, relationship, parent, far)), on)
}

/** The last of the sources of a FROM that one of these aliases is in: what a condition reads must stand before it. */
const placeOf = (from: readonly From[], aliases: ReadonlySet<string>): number => {
  const found = from.findLastIndex((each) => aliasesOf(each).some((alias) => aliases.has(alias)))
  return found === -1 ? Math.max(0, from.length - 1) : found
}

const columnSources = (condition: PlanNode): ReadonlySet<string> =>
  new Set(leaves(condition).flatMap((leaf) => (leaf._tag === 'column' ? [leaf.source] : [])))

const joinAt = (from: From[], at: number, kind: QueryJoin['kind'], right: From, on: PlanNode | undefined): void => {
  const left = from[at]
  from[at] = left === undefined ? right : { _tag: 'join', kind, left, right, on: on ?? { _tag: 'constant', value: true } }
}

const lockOf = (lock: NonNullable<SelectDescriptor['lock']>, sources: ReadonlyMap<string, Source>): NonNullable<SelectAst['lock']> => {
  const of = lock.of?.flatMap((name) => {
    const source = sources.get(name)
    return source === undefined ? [] : source._tag === 'entity' ? [...source.tables.values()] : [source.alias]
  })
  return { strength: lock.strength, wait: lock.wait, ...(of === undefined ? {} : { of }) }
}
