// The entrances to the planner of reads: a query, a relationship of given parents, a row by its key.

import type { Either } from 'fp-ts/lib/Either.js'
import type { Mapping, MappedRelationship } from '../../configure/mapping.js'
import type { LoaderOption, QueryNode, SelectDescriptor } from '../../query/descriptor.js'
import type { PlanNode } from '../select-ast.js'
import { plainBase, withEager, selectAst } from './base-select.js'
import { columnList } from './column-list.js'
import type { ColumnList } from './column-list.js'
import { lazyPath, rootPath } from './entity-path.js'
import type { Reading } from './entity-read.js'
import { eagerPart, hopAlong, readEntity } from './entity-read.js'
import { lowerExpression } from './lower-expression.js'
import type { FieldsRead, LoadPlan, RelatedLoad, SlotValue } from './load-plan.js'
import type { Lowering } from './lowering.js'
import { startLowering } from './lowering.js'
import { entityNamed } from './mapped-column.js'
import { defaultChunk, everywhere } from './option-level.js'
import { innerSelect, openSelect } from './plan-select.js'
import type { CriteriaOption } from './planning.js'
import { startPlanning } from './planning.js'
import type { QueryError } from './query-error.js'
import { caught, refuse } from './query-error.js'
import type { QueryShape } from './query-shape.js'
import { shapeOf } from './query-shape.js'
import { loadByBinds, loadByList, ofOtherStatement, relatedLoad } from './related-load.js'
import { allOf, columnOf, lookUpSource, openEntity } from './source.js'
import { entityCriteria } from './entity-criteria.js'

export interface Planned<P> { readonly plan: P; readonly values: readonly SlotValue[] }

/**
 * Plans a query: which statements it takes and how their rows become objects, with the values that fill its slots. The plan is
 * the same for every query of one shape. Left where the query means nothing to the mapping.
 *
 * @example
 * pipe(planLoad(mapping, select(User).descriptor), E.map(({ plan }) => JSON.stringify(plan)))
 */
export const planLoad = (mapping: Mapping, select: SelectDescriptor): Either<QueryError, Planned<LoadPlan>> =>
  planShape(mapping, select, shapeOf(mapping, select))

/** The same for a query whose shape is known. */
export const planShape = (mapping: Mapping, select: SelectDescriptor, shape: QueryShape): Either<QueryError, Planned<LoadPlan>> =>
  caught(() => {
    const outside = startLowering(startPlanning(mapping, shape, criteriaOf(select.options)), lowerExpression, innerSelect)
    return { plan: select.result._tag === 'entity' ? entityPlan(outside, select, select.result) : fieldsPlan(outside, select, select.result), values: shape.values }
  })

/** What is asked of a relationship of parents that are objects already; options start from its target. */
export interface RelatedRequest {
  readonly count: 'one' | 'many'
  readonly options: readonly LoaderOption[]
  readonly where?: QueryNode
  readonly ofType?: { readonly entity: string; readonly source: string }
}

/** Plans the statement that loads a relationship: for one parent by bound values, for many by a list of keys. */
export const planRelated = (mapping: Mapping, relationship: MappedRelationship, request: RelatedRequest): Either<QueryError, Planned<RelatedLoad>> =>
  caught(() => {
    const shape = shapeOf(mapping, [request.options, request.where])
    const lowering = startLowering(startPlanning(mapping, shape, criteriaOf(request.options)), lowerExpression, innerSelect)
    const strategy = {
      how: relationship.lazy, explicit: true, innerjoin: relationship.innerjoin, chunkSize: defaultChunk, below: request.options,
      ref: request.ofType === undefined ? {} : { ofType: request.ofType }, ...(request.where === undefined ? {} : { where: request.where }),
    }
    const load = { lowering, hop: hopAlong(mapping, relationship, strategy), path: lazyPath(relationship) }
    return { plan: request.count === 'one' ? loadByBinds(load) : loadByList(load), values: shape.values }
  })

/** A row by its primary key: for `get`, for a refresh, and for columns that are not loaded yet. */
export interface KeyRequest {
  readonly entity: string
  readonly options: readonly LoaderOption[]
  /** One object is read again: selectin and subquery become loads for it alone, and criteria of options do not hold. */
  readonly refresh: boolean
  /** Only these attributes, and no relationship. */
  readonly attributes?: readonly string[]
  /** Several rows at once, by a list of keys. */
  readonly many?: boolean
}

/** A plan and the slots that its key fills: one a column, or one list. */
export interface KeyPlan { readonly plan: LoadPlan; readonly slots: readonly number[]; readonly list: boolean }

/** Plans the statement that reads rows of an entity by primary key. */
export const planKey = (mapping: Mapping, request: KeyRequest): Either<QueryError, Planned<KeyPlan>> =>
  caught(() => {
    const { attributes } = request
    const entity = entityNamed(mapping, request.entity)
    // What is read again has no columns of the joins that first brought it.
    const given = request.refresh ? request.options.map(ofOtherStatement) : request.options
    const options: readonly LoaderOption[] = attributes === undefined ? given : [
      { _tag: 'columns', how: 'only', entity: entity.name, attributes }, { _tag: 'wildcard', strategy: 'lazy', entity: entity.name },
    ]
    const shape = shapeOf(mapping, options)
    const planning = startPlanning(mapping, shape, request.refresh ? [] : criteriaOf(options))
    const lowering = startLowering(planning, lowerExpression, innerSelect)
    const { source, from } = openEntity(planning, entity, false, attributes === undefined ? entity.inheritance.withPolymorphic : [])
    const columns = columnList()
    const keys = entity.primaryKey.map((name) => columnOf(planning, source, entity.attribute[name] ?? refuse('argument', `'${entity.name}' has no attribute '${name}'`, 'its key names it')))
    const types = keys.map((each) => (each._tag === 'column' ? each.type : undefined))
    const many = request.many === true
    const slots = many ? [planning.slot()] : keys.map(() => planning.slot())
    const [first] = keys
    if (first === undefined) return refuse('argument', `'${entity.name}' has no primary key`, 'give its table one')
    const where: PlanNode | undefined = many
      ? { _tag: 'in', negated: false, arg: keys.length === 1 ? first : { _tag: 'tuple', items: keys }, items: [{ _tag: 'listSlot', index: slots[0] ?? 0, types }] }
      : allOf(keys.map((arg, index): PlanNode => {
        const type = types[index]
        return { _tag: 'binary', operator: 'eq', left: arg, right: { _tag: 'slot', index: slots[index] ?? 0, ...(type === undefined ? {} : { type }) } }
      }))
    const base = plainBase([from], 0, allOf([where, ...(request.refresh ? [] : entityCriteria(lowering, source))]))
    const reading: Reading = { lowering: { ...lowering, scope: { sources: new Map([[entity.name, source]]) } }, columns, base, root: source, joins: [], standsIn: false, refresh: request.refresh && !many, related: relatedLoad, eagerOrder: [], multiRow: false }
    const { read, joins } = readEntity(reading, { source, options, path: rootPath(entity.name), hops: [], outer: false })
    return { plan: { plan: { ...head(mapping), statement: withEager(planning, base, columns.columns, eagerPart(reading, joins)), result: read }, slots, list: many }, values: shape.values }
  })

const entityPlan = (outside: Lowering, select: SelectDescriptor, result: Extract<SelectDescriptor['result'], { _tag: 'entity' }>): LoadPlan => {
  const { planning } = outside
  refuseCriteriaBelow(select.options)
  const { lowering, base } = openSelect(outside, select)
  const source = lookUpSource(lowering.scope, result.source)
  if (source?._tag !== 'entity') return refuse('argument', `'${result.source}' is not an entity of this query`, `select(${result.entity}) names it`)
  const columns = columnList()
  const reading: Reading = { lowering, columns, base, root: source, joins: select.joins, standsIn: false, refresh: false, related: relatedLoad, eagerOrder: [], multiRow: false }
  const { read, joins } = readEntity(reading, { source, options: select.options, path: rootPath(source.entity.name), hops: [], outer: false, names: [...new Set([result.source, ...(source.aliased ? [] : [...source.entity.inheritance.line, ...source.entity.inheritance.descendants])])] })
  const keyset = keysetOffsets(lowering, columns, select)
  return { ...head(planning.mapping), statement: withEager(planning, base, columns.columns, eagerPart(reading, joins)), result: read, ...keyset }
}

const fieldsPlan = (outside: Lowering, select: SelectDescriptor, { fields }: Extract<SelectDescriptor['result'], { _tag: 'fields' }>): LoadPlan => {
  const { planning } = outside
  if (select.options.some((option) => option._tag !== 'criteria')) refuse('argument', 'loader options say how objects are loaded, and this query gives plain rows', 'leave the options out, or select the entity')
  const { lowering, base } = openSelect(outside, select)
  const columns = columnList()
  const result: FieldsRead = {
    _tag: 'fields',
    fields: Object.entries(fields).map(([name, field]) => ({
      name, offset: columns.add(lowering.expression(lowering, field), name),
      ...(field._tag === 'attribute' && planning.mapping.entities[field.entity] !== undefined ? { attribute: { entity: field.entity, name: field.name } } : {}),
    })),
  }
  const keyset = keysetOffsets(lowering, columns, select)
  return { ...head(planning.mapping), statement: selectAst(base, columns.columns), result, ...keyset }
}

const keysetOffsets = (lowering: Lowering, columns: ColumnList, { keyset }: SelectDescriptor): Pick<LoadPlan, 'keyset'> =>
  keyset === undefined ? {} : { keyset: keyset.map((node) => columns.add(lowering.expression(lowering, node))) }

const head = (mapping: Mapping): Pick<LoadPlan, '_tag' | 'version' | 'fingerprint'> => ({ _tag: 'LoadPlan', version: 1, fingerprint: mapping.fingerprint })

const criteriaOf = (options: readonly LoaderOption[]): readonly CriteriaOption[] => everywhere(options).filter((option) => option._tag === 'criteria')

/** A criterion is for an entity wherever it occurs, and so belongs to no link. */
const refuseCriteriaBelow = (options: readonly LoaderOption[]): void => {
  for (const option of options) {
    if (option._tag !== 'relationship') continue
    if (option.below.some((each) => each._tag === 'criteria')) refuse('invalid-request', `a criterion for an entity stands below the option of '${option.relationship.name}'`, 'give it beside the options, or give the link a condition: only(…)')
    refuseCriteriaBelow(option.below)
  }
}
