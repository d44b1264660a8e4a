// Where the columns of an entity come from in a statement: the aliases of its tables.

import type { ColumnRef, MappedEntity } from '../../configure/mapping.js'
import { databaseName } from '../../schema/table-descriptor.js'
import type { From, PlanNode } from '../select-ast.js'
import { attributeOfColumn, entityNamed } from './mapped-column.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'

export interface EntitySource {
  readonly _tag: 'entity'
  readonly entity: MappedEntity
  /** Alias by table: the entity's own, those it inherits, and those of subclasses that come along. */
  readonly tables: ReadonlyMap<string, string>
  /** Stands for the entity under a name of its own: criteria for the entity spare it unless they include aliases. */
  readonly aliased: boolean
  /** Where the entity stands behind a subquery: the columns that it gives out, by `table.column`. */
  readonly exported?: ReadonlyMap<string, PlanNode>
}

/** A subquery or common table expression: columns by name. */
export interface FieldSource { readonly _tag: 'fields'; readonly alias: string }

export type Source = EntitySource | FieldSource

/** What names mean in an expression; inner names hide those of the enclosing query. */
export interface Scope {
  readonly sources: ReadonlyMap<string, Source>
  readonly enclosing?: Scope
}

export const lookUpSource = (scope: Scope | undefined, name: string): Source | undefined =>
  scope === undefined ? undefined : scope.sources.get(name) ?? lookUpSource(scope.enclosing, name)

/** A scope in which some names mean something else. */
export const scopeWith = (enclosing: Scope | undefined, names: readonly (readonly [string, Source])[]): Scope =>
  enclosing === undefined ? { sources: new Map(names) } : { sources: new Map(names), enclosing }

/** Opens an entity: its tables joined, those of the given subclasses outer-joined to them. */
export const openEntity = (planning: Planning, entity: MappedEntity, aliased: boolean, polymorphic: readonly string[] = []): { readonly source: EntitySource; readonly from: From } => {
  const tables = new Map<string, string>()
  const source: EntitySource = { _tag: 'entity', entity, tables, aliased }
  let from: From | undefined
  const add = (owner: MappedEntity, kind: 'inner' | 'left'): void => {
    if (tables.has(owner.table)) return
    const right = openTable(planning, owner.table)
    tables.set(owner.table, right.alias)
    from = from === undefined ? right : { _tag: 'join', kind, left: from, right, on: inheritCondition(planning, owner, source) }
  }
  if (entity.inheritance.kind !== 'concrete') for (const name of entity.inheritance.line) add(entityNamed(planning.mapping, name), 'inner')
  add(entity, 'inner')
  for (const name of polymorphic) {
    const below = entityNamed(planning.mapping, name)
    for (const step of below.inheritance.line) if (entity.inheritance.descendants.includes(step)) add(entityNamed(planning.mapping, step), 'left')
  }
  return { source, from: from ?? openTable(planning, entity.table) }
}

/** A table under a fresh alias. */
export const openTable = (planning: Planning, name: string): Extract<From, { _tag: 'table' }> => {
  const descriptor = planning.mapping.tables[name] ?? refuse('argument', `there is no table '${name}' in this registry`, 'declare it, or map an entity to it')
  return { _tag: 'table', table: descriptor.name, ...(descriptor.schema === undefined ? {} : { schema: descriptor.schema }), alias: planning.alias(descriptor.name) }
}

/** A column of a table under an alias. */
export const columnAt = (planning: Planning, alias: string, { table, column }: ColumnRef): PlanNode => {
  const descriptor = planning.mapping.tables[table]
  const type = descriptor?.columns[column]?.type.database
  return { _tag: 'column', source: alias, name: descriptor === undefined ? column : databaseName(descriptor, column), ...(type === undefined ? {} : { type }) }
}

/** A column as a source has it: in its table, or in a joined table that shares it. */
export const columnOf = (planning: Planning, source: EntitySource, ref: ColumnRef): PlanNode => {
  const exported = source.exported?.get(`${ref.table}.${ref.column}`)
  if (exported !== undefined) return exported
  const alias = source.tables.get(ref.table)
  if (alias !== undefined) return columnAt(planning, alias, ref)
  const attribute = attributeOfColumn(source.entity, ref)
  for (const other of attribute === undefined ? [] : [attribute, ...attribute.also]) {
    const there = source.tables.get(other.table)
    if (there !== undefined) return columnAt(planning, there, other)
  }
  return refuse('argument', `the column ${ref.table}.${ref.column} does not belong to ${source.entity.name} as it stands in this query`, 'join the table that has it')
}

/** An attribute of the source's entity, or of a subclass whose table came along. */
export const attributeAt = (planning: Planning, source: EntitySource, entity: string, name: string): PlanNode => {
  const attribute = source.entity.attribute[name] ?? planning.mapping.entities[entity]?.attribute[name]
    ?? refuse('argument', `'${source.entity.name}' has no attribute '${name}'`, `its attributes are ${source.entity.attributes.map((each) => each.name).join(', ')}`)
  return columnOf(planning, source, attribute)
}

const inheritCondition = (planning: Planning, owner: MappedEntity, source: EntitySource): PlanNode => {
  const args = owner.inheritance.inheritPairs.map(([own, parents]): PlanNode =>
    ({ _tag: 'binary', operator: 'eq', left: columnOf(planning, source, own), right: columnOf(planning, source, parents) }))
  return allOf(args) ?? refuse('argument', `'${owner.name}' has no condition that joins it to the table it inherits`, 'give inheritCondition')
}

/** The conjunction of conditions, if there are any. */
export const allOf = (args: readonly (PlanNode | undefined)[]): PlanNode | undefined => {
  const given = args.filter((arg) => arg !== undefined)
  return given.length < 2 ? given[0] : { _tag: 'logical', operator: 'and', args: given }
}

/** Has the source the table of a column, or one that shares the column? */
export const hasColumn = (source: EntitySource, attribute: ColumnRef & { readonly also: readonly ColumnRef[] }): boolean =>
  source.tables.has(attribute.table) || attribute.also.some((also) => source.tables.has(also.table))
