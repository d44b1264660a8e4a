// Updates, deletes and inserts by statement: the program's own conditions and values, lowered as those of a query are.

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { MappedAttribute, MappedEntity, Mapping } from '../../configure/mapping.js'
import type { QueryNode } from '../../query/descriptor.js'
import type { DeleteDescriptor, InsertDescriptor, UpdateDescriptor, WriteDescriptor } from '../../query/write-descriptor.js'
import type { DatabaseType } from '../../schema/database-type.js'
import { databaseName } from '../../schema/table-descriptor.js'
import { plainBase, selectAst } from '../load/base-select.js'
import type { SlotValue } from '../load/load-plan.js'
import { lowerExpression } from '../load/lower-expression.js'
import type { Lowering } from '../load/lowering.js'
import { startLowering } from '../load/lowering.js'
import { entityNamed } from '../load/mapped-column.js'
import type { Planned } from '../load/plan-load.js'
import { innerSelect } from '../load/plan-select.js'
import { startPlanning } from '../load/planning.js'
import type { QueryError } from '../load/query-error.js'
import { QueryRefusal, refuse } from '../load/query-error.js'
import { shapeOf } from '../load/query-shape.js'
import { entityCriteria } from '../load/entity-criteria.js'
import { allOf, attributeAt, openEntity, openTable, scopeWith } from '../load/source.js'
import type { EntitySource } from '../load/source.js'
import type { From, PlanNode } from '../select-ast.js'

/** A column that a write sets, by its name in the database. */
export interface PlannedAssignment { readonly attribute: string; readonly name: string; readonly type: DatabaseType; readonly expr: PlanNode }

interface Written {
  readonly table: string
  readonly schema?: string
  /** What the objects concerned are known by: the primary key's columns, in key order. */
  readonly key: readonly { readonly name: string; readonly type: DatabaseType }[]
}

export interface UpdatePlan extends Written { readonly _tag: 'update'; readonly alias: string; readonly set: readonly PlannedAssignment[]; readonly where?: PlanNode }
export interface DeletePlan extends Written { readonly _tag: 'delete'; readonly alias: string; readonly where?: PlanNode }
/** Rows of an insert are of one shape each: those of another are another plan. */
export interface InsertPlan extends Written {
  readonly _tag: 'insert'
  readonly columns: readonly PlannedAssignment[]
  readonly onConflict?: { readonly columns: readonly string[]; readonly update: readonly PlannedAssignment[] }
}
export type WritePlan = UpdatePlan | DeletePlan | InsertPlan

/**
 * Plans an update, a delete, or an insert of one row: the table, the columns by their names in the database, and the condition, with
 * the values that fill its slots. Left where the statement means nothing to the mapping.
 *
 * @example
 * pipe(planWrite(mapping, update(User, { nick: 'ed' })), E.map(({ plan }) => plan.table))
 */
export const planWrite = (mapping: Mapping, write: WriteDescriptor): Either<QueryError, Planned<WritePlan>> => {
  try {
    return right(plan(mapping, write))
  } catch (thrown) {
    if (thrown instanceof QueryRefusal) return left(thrown.error)
    throw thrown
  }
}

const plan = (mapping: Mapping, write: WriteDescriptor): Planned<WritePlan> => {
  const shape = shapeOf(mapping, write)
  const entity = entityNamed(mapping, write.entity)
  const values: SlotValue[] = [...shape.values]
  /** A value that is written is of its column's type, wherever it stands. */
  const typed = (attribute: MappedAttribute, node: QueryNode): void => {
    const slot = node._tag === 'literal' ? shape.slots.get(node) : undefined
    const value = slot === undefined ? undefined : values[slot]
    if (slot !== undefined && value?._tag === 'value') values[slot] = { ...value, type: attribute.descriptor.type }
  }
  const planning = startPlanning(mapping, { ...shape, values }, [])
  switch (write._tag) {
    case 'update': case 'delete': return { plan: conditional(mapping, entity, planning, write, typed), values }
    case 'insert': return { plan: inserted(mapping, entity, planning, write, typed), values }
    default: {
      const impossible: never = write
      return impossible
    }
  }
}

type Planning = ReturnType<typeof startPlanning>
type Typed = (attribute: MappedAttribute, node: QueryNode) => void

const conditional = (mapping: Mapping, entity: MappedEntity, planning: Planning, write: UpdateDescriptor | DeleteDescriptor, typed: Typed): UpdatePlan | DeletePlan => {
  const attributes = write._tag === 'update' ? Object.entries(write.set).map(([name, node]) => [attributeOf(entity, name), node] as const) : []
  for (const [attribute, node] of attributes) typed(attribute, node)
  const table = attributes[0]?.[0].table ?? entity.table
  const stranger = attributes.find(([attribute]) => attribute.table !== table)?.[0]
  if (stranger !== undefined) refuse('not-supported', `an update writes one table, and '${stranger.name}' of ${entity.name} is in ${stranger.table}, not in ${table}`, 'write one update for each table')
  if (write._tag === 'delete' && entity.tables.length > 1) refuse('not-supported', `a delete by statement takes rows of one table, and ${entity.name} is in ${entity.tables.join(', ')}`, 'load the objects and destroy them')
  if (write._tag === 'update' && attributes.length === 0) refuse('argument', 'an update must set something', 'give values')
  const target = openWritten(planning, entity, table)
  const source: EntitySource = { _tag: 'entity', entity, tables: new Map([[table, target.alias]]), aliased: false }
  const outside = startLowering(planning, lowerExpression, innerSelect)
  const own: Lowering = { ...outside, scope: scopeWith(undefined, [[write.source, source]]) }
  const where = entity.tables.length === 1
    ? allOf([...write.where.map((node) => lowerExpression(own, node)), ...entityCriteria(own, source)])
    : amongKeys(own, entity, source, write)
  const written = { ...writtenTable(mapping, entity, table), alias: target.alias, ...(where === undefined ? {} : { where }) }
  return write._tag === 'delete' ? { _tag: 'delete', ...written }
    : { _tag: 'update', ...written, set: attributes.map(([attribute, node]) => ({ ...columnOf(attribute), expr: lowerExpression(own, node) })) }
}

/** Of an entity of several tables the condition is asked of their join: the key is among the keys that it gives. */
const amongKeys = (own: Lowering, entity: MappedEntity, target: EntitySource, write: UpdateDescriptor | DeleteDescriptor): PlanNode | undefined => {
  const { planning } = own
  const { source, from } = openEntity(planning, entity, false)
  const inside: Lowering = { ...own, scope: scopeWith(undefined, [[write.source, source]]) }
  const where = allOf([...write.where.map((node) => lowerExpression(inside, node)), ...entityCriteria(inside, source)])
  const [key, ...others] = entity.primaryKey
  if (key === undefined || others.length > 0) return refuse('not-supported', `${entity.name} has several tables and a key of several columns`, 'load the objects and change them')
  const select = selectAst(plainBase([from], 0, where), [{ expr: attributeAt(planning, source, entity.name, key), name: key }])
  return { _tag: 'in', negated: false, arg: attributeAt(planning, target, entity.name, key), items: [{ _tag: 'subquery', select }] }
}

const inserted = (mapping: Mapping, entity: MappedEntity, planning: Planning, write: InsertDescriptor, typed: Typed): InsertPlan => {
  if (entity.tables.length > 1) refuse('not-supported', `an insert by statement writes one table, and ${entity.name} is in ${entity.tables.join(', ')}`, 'create objects and add them')
  const target = openWritten(planning, entity, entity.table)
  const source: EntitySource = { _tag: 'entity', entity, tables: new Map([[entity.table, target.table]]), aliased: false }
  const lowering: Lowering = { ...startLowering(planning, lowerExpression, innerSelect), scope: scopeWith(undefined, [[entity.name, source]]) }
  const assignment = ([name, node]: readonly [string, QueryNode]): PlannedAssignment => {
    const attribute = attributeOf(entity, name)
    typed(attribute, node)
    return { ...columnOf(attribute), expr: lowerExpression(lowering, node) }
  }
  const conflict = write.onConflict
  return {
    _tag: 'insert', ...writtenTable(mapping, entity, entity.table), columns: Object.entries(write.rows[0] ?? {}).map(assignment),
    ...(conflict === undefined ? {} : { onConflict: {
      columns: conflict.attributes.map((name) => attributeOf(entity, name).databaseName),
      update: conflict.update === 'nothing' ? [] : Object.entries(conflict.update).map(assignment),
    } }),
  }
}

/** The table that a statement writes: an entity over a query has none. */
const openWritten = (planning: Planning, entity: MappedEntity, name: string): Extract<From, { readonly _tag: 'table' }> => {
  const table = openTable(planning, name)
  return table._tag === 'table' && planning.mapping.tables[name]?.derived === undefined ? table
    : refuse('not-supported', `${entity.name} is read from the query '${name}', which cannot be written`, 'write the entity of a table that the query reads')
}

const writtenTable = (mapping: Mapping, entity: MappedEntity, table: string): Written => {
  const descriptor = mapping.tables[table] ?? refuse('argument', `there is no table '${table}' in this registry`, 'declare it')
  return {
    table: descriptor.name, ...(descriptor.schema === undefined ? {} : { schema: descriptor.schema }),
    key: entity.primaryKey.flatMap((name) => {
      const attribute = entity.attribute[name]
      const own = attribute === undefined ? undefined : attribute.table === table ? attribute : attribute.also.find((also) => also.table === table)
      return attribute === undefined || own === undefined ? [] : [{ name: databaseName(descriptor, own.column), type: attribute.descriptor.type.database }]
    }),
  }
}

const attributeOf = (entity: MappedEntity, name: string): MappedAttribute =>
  entity.attribute[name] ?? refuse('argument', `'${entity.name}' has no attribute '${name}'`, `its attributes are ${entity.attributes.map((each) => each.name).join(', ')}`)

const columnOf = (attribute: MappedAttribute): Omit<PlannedAssignment, 'expr'> => ({ attribute: attribute.name, name: attribute.databaseName, type: attribute.descriptor.type.database })
