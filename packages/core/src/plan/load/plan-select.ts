// A select's sources, joins and conditions as the base that columns and eager loads are put on.

import type { QueryJoin, QueryNode, SelectDescriptor, Source as QuerySource } from '../../query/descriptor.js'
import type { From, PlanNode, SelectAst } from '../select-ast.js'
import type { BaseSelect } from './base-select.js'
import { aliasesOf, plainBase, selectAst } from './base-select.js'
import { columnList } from './column-list.js'
import { farNames, referenced } from './compare-relationship.js'
import { entityCriteria } from './entity-criteria.js'
import type { Lowering } from './lowering.js'
import { lowerWithin } from './lowering.js'
import { entityNamed } from './mapped-column.js'
import { refuse } from './query-error.js'
import { farFrom, openFar, primaryCondition, secondaryCondition } from './relationship-join.js'
import type { Source } from './source.js'
import { allOf, attributeAt, lookUpSource, openEntity } from './source.js'

export interface Opened { readonly lowering: Lowering; readonly base: BaseSelect }

/** Opens everything that a select reads from, and lowers its conditions. */
export const openSelect = (outside: Lowering, select: SelectDescriptor): Opened => {
  const { planning } = outside
  const sources = new Map<string, Source>()
  const lowering: Lowering = { ...outside, scope: { sources, enclosing: outside.scope } }
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
  for (const source of withRoot(select)) {
    from.push(open(source))
    const opened = sources.get(source.source)
    if (opened?._tag === 'entity') criteria.push(...entityCriteria(lowering, opened))
  }
  for (const join of select.joins) addJoin(lowering, from, sources, join, open)
  const limits = planning.shape.limits.get(select) ?? {}
  const root = select.result._tag === 'entity' ? sources.get(select.result.source) : undefined
  const rootAlias = root?._tag === 'entity' ? root.tables.get(root.entity.table) : undefined
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
      ...(limits.limit === undefined ? {} : { limit: { _tag: 'slot', index: limits.limit, type: { kind: 'integer' } } }),
      ...(limits.offset === undefined ? {} : { offset: { _tag: 'slot', index: limits.offset, type: { kind: 'integer' } } }),
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

const openSource = (lowering: Lowering, source: QuerySource): { readonly source: Source; readonly from: From } => {
  const { planning } = lowering
  switch (source._tag) {
    case 'entity': {
      const entity = entityNamed(planning.mapping, source.entity)
      return openEntity(planning, entity, source.source !== source.entity, entity.inheritance.withPolymorphic)
    }
    case 'subquery': {
      const alias = planning.alias(source.source)
      const from: From = { _tag: 'select', select: lowering.inner(source.lateral === true ? lowering : { ...lowering, scope: lowering.scope.enclosing ?? { sources: new Map() } }, source.select), alias, ...(source.lateral === undefined ? {} : { lateral: source.lateral }) }
      return { source: { _tag: 'fields', alias }, from }
    }
    case 'cte': {
      const alias = planning.alias(source.source)
      return { source: { _tag: 'fields', alias }, from: { _tag: 'cte', name: source.name, alias } }
    }
  }
}

const addJoin = (lowering: Lowering, from: From[], sources: Map<string, Source>, { kind, to }: QueryJoin, open: (source: QuerySource) => From): void => {
  if (to._tag === 'source') {
    const at = Math.max(0, from.length - 1)
    const right = open(to.source)
    const source = sources.get(to.source.source)
    const on = allOf([lowering.expression(lowering, to.on), ...(source?._tag === 'entity' ? entityCriteria(lowering, source) : [])])
    joinAt(from, at, kind, right, on)
    return
  }
  const { parent, relationship, target } = referenced(lowering, to.relationship)
  const alias = parent.tables.get(parent.entity.table)
  const at = Math.max(0, from.findIndex((each) => alias !== undefined && aliasesOf(each).includes(alias)))
  if (sources.has(to.source)) refuse('argument', `'${to.source}' is in this query twice`, `give one of them an alias: join(${relationship.key}, alias(${target.name}, 'other'))`)
  const far = openFar(lowering.planning, relationship, target, to.source !== target.name, target.inheritance.withPolymorphic)
  sources.set(to.source, far.target)
  const where = (condition: QueryNode | undefined): PlanNode | undefined =>
    condition === undefined ? undefined : lowerWithin(lowering, farNames(relationship, far.target, to.relationship), condition)
  const on = allOf([primaryCondition(lowering.planning, relationship, parent, far), where(to.where), ...entityCriteria(lowering, far.target)])
  joinAt(from, at, kind, farFrom(far, secondaryCondition(lowering.planning, relationship, parent, far)), on)
}

const joinAt = (from: From[], at: number, kind: QueryJoin['kind'], right: From, on: PlanNode | undefined): void => {
  const left = from[at]
  from[at] = left === undefined ? right : { _tag: 'join', kind, left, right, on: on ?? { _tag: 'constant', value: true } }
}

const lockOf = (lock: NonNullable<SelectDescriptor['lock']>, sources: ReadonlyMap<string, Source>): NonNullable<SelectAst['lock']> => {
  const of = lock.of?.flatMap((name) => {
    const source = sources.get(name)
    return source === undefined ? [] : source._tag === 'fields' ? [source.alias] : [...source.tables.values()]
  })
  return { strength: lock.strength, wait: lock.wait, ...(of === undefined ? {} : { of }) }
}
