// Where the columns of an entity come from in a statement: the aliases of its tables.

import type { ColumnRef, JoinNode, MappedEntity, MappedSelectable } from '../../configure/mapping.js'
import type { DatabaseType } from '../../schema/database-type.js'
import { databaseName } from '../../schema/table-descriptor.js'
import type { From, PlanNode } from '../select-ast.js'
import { attributeOfColumn, entityNamed } from './mapped-column.js'
import { conditionOver } from './condition-over.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'

/** What it takes to know columns. */
export type WithMapping = Pick<Planning, 'mapping'>

export interface EntitySource {
  readonly _tag: 'entity'
  readonly entity: MappedEntity
  /** Alias by table: the entity's own, those it inherits, and those of subclasses that come along. */
  readonly tables: ReadonlyMap<string, string>
  /** Those subclasses, by name. */
  readonly along?: readonly string[]
  /** Stands for the entity under a name of its own: criteria for the entity spare it unless they include aliases. */
  readonly aliased: boolean
  /** Where the entity is read from something else than its tables: its columns there, by `table.column`. */
  readonly exported?: ReadonlyMap<string, PlanNode>
}

/** A subquery or common table expression: columns by name. */
export interface FieldSource { readonly _tag: 'fields'; readonly alias: string }

/** A table that stands in a query by itself. */
export interface TableSource { readonly _tag: 'table'; readonly table: string; readonly alias: string }

export type Source = EntitySource | FieldSource | TableSource

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

/** An entity among the sources of a statement. */
export interface Opened { readonly source: EntitySource; readonly from: From }

/** Opens an entity: its tables joined, those of the given subclasses outer-joined to them. */
export const openEntity = (planning: Planning, entity: MappedEntity, aliased: boolean, polymorphic: readonly string[] = []): Opened => {
  const line = entity.inheritance.kind === 'concrete' ? [entity] : entity.inheritance.line.map((name) => entityNamed(planning.mapping, name))
  const [root = entity] = line
  const opened = root.readFrom === undefined ? undefined : openSelectable(planning, root, root.readFrom, aliased)
  const tables = new Map(opened?.source.tables)
  const along = polymorphic.flatMap((name) => entityNamed(planning.mapping, name).inheritance.line.filter((step) => entity.inheritance.descendants.includes(step)))
  const source: EntitySource = { _tag: 'entity', entity, tables, along, aliased, ...opened?.source.exported === undefined ? {} : { exported: opened.source.exported } }
  let from = opened?.from
  const add = (owner: MappedEntity, kind: 'inner' | 'left'): void => {
    if (tables.has(owner.table)) return
    const right = openTable(planning, owner.table)
    tables.set(owner.table, right.alias)
    from = from === undefined ? right : { _tag: 'join', kind, left: from, right, on: inheritCondition(planning, owner, source) }
  }
  for (const each of line) add(each, 'inner')
  for (const name of along) add(entityNamed(planning.mapping, name), 'left')
  return { source, from: from ?? openTable(planning, entity.table) }
}

/** Opens an entity that is read from something else than its tables. */
export const openSelectable = (planning: Planning, entity: MappedEntity, selectable: MappedSelectable, aliased: boolean): Opened => {
  const { from, tables: opened } = openTables(planning, selectable)
  const tables = new Map(Array.from(opened, ([name, { alias }]) => [name, alias] as const))
  return { source: { _tag: 'entity', entity, tables, aliased, exported: exportedBy(planning, tables) }, from }
}

/** The columns that stand for those of other tables, by these. */
export const exportedBy = (planning: WithMapping, tables: ReadonlyMap<string, string>): ReadonlyMap<string, PlanNode> => {
  const exported = new Map<string, PlanNode>()
  for (const [table, alias] of tables) {
    for (const [column, of] of Object.entries(planning.mapping.tables[table]?.derived?.of ?? {})) {
      const key = `${of.table}.${of.column}`
      if (!exported.has(key)) exported.set(key, columnAt(planning, alias, { table, column }))
    }
  }
  return exported
}

/** Tables under fresh aliases, joined, by the names that conditions know them by. */
export interface OpenedTables { readonly from: From; readonly tables: ReadonlyMap<string, { readonly table: string; readonly alias: string }> }

export const openTables = (planning: Planning, selectable: MappedSelectable): OpenedTables => {
  const tables = new Map<string, { table: string; alias: string }>()
  const open = (each: MappedSelectable): From => {
    if (each._tag === 'table') {
      const from = openTable(planning, each.table, each.alias)
      tables.set(each.alias, { table: each.table, alias: from.alias })
      return from
    }
    const left = open(each.left)
    const right = open(each.right)
    return { _tag: 'join', kind: each.outer ? 'left' : 'inner', left, right, on: overTables(planning, each.on, tables) }
  }
  return { from: open(selectable), tables }
}

/** The condition of a join within what is read, over its aliases. */
const overTables = (planning: Planning, on: JoinNode, tables: OpenedTables['tables']): PlanNode =>
  conditionOver(on, (leaf) => {
    const found = tables.get(leaf.table)
    return found === undefined
      ? refuse('argument', `the join reads ${leaf.table}, which is not part of it`, 'name only tables of the join in its condition')
      : columnAt(planning, found.alias, { table: found.table, column: leaf.column })
  })

/** A table under a fresh alias, or the query that stands for it. */
export const openTable = (planning: Pick<Planning, 'mapping' | 'alias'>, name: string, wish = name): Exclude<From, { readonly _tag: 'join' }> => {
  const descriptor = planning.mapping.tables[name] ?? refuse('argument', `there is no table '${name}' in this registry`, 'declare it, or map an entity to it')
  const alias = planning.alias(wish)
  const rows = descriptor.derived?.rows
  if (rows?._tag === 'select') return { _tag: 'select', select: rows.select, alias }
  return { _tag: 'table', table: rows?.table ?? descriptor.name, ...(descriptor.schema === undefined ? {} : { schema: descriptor.schema }), alias }
}

/** A column of a table under an alias. */
export const columnAt = (planning: WithMapping, alias: string, { table, column }: ColumnRef): PlanNode => {
  const descriptor = planning.mapping.tables[table]
  return { _tag: 'column', source: alias, name: descriptor === undefined ? column : databaseName(descriptor, column), ...columnType(planning, { table, column }) }
}

/** The type of a column, for whoever is given its values. */
export const columnType = ({ mapping }: WithMapping, { table, column }: ColumnRef): { readonly type?: DatabaseType } => {
  const type = mapping.tables[table]?.columns[column]?.type.database
  return type === undefined ? {} : { type }
}

/** A column as a source has it: in its table, or in a joined table that shares it. */
export const columnOf = (planning: WithMapping, source: EntitySource, ref: ColumnRef): PlanNode => {
  const exported = source.exported?.get(`${ref.table}.${ref.column}`)
  if (exported !== undefined) return exported
  const alias = source.tables.get(ref.table)
  if (alias !== undefined) return columnAt(planning, alias, ref)
  const attribute = attributeOfColumn(source.entity, ref)
  for (const other of attribute === undefined ? [] : [attribute, ...attribute.also]) {
    const there = source.tables.get(other.table)
    if (there !== undefined) return columnAt(planning, there, other)
  }
  return refuse('argument', `the column ${ref.table}.${ref.column} does not belong to ${source.entity.name} as it stands in this query`, source.exported === undefined ? 'join the table that has it' : 'let the query that it is read from give that column')
}

/** An attribute of the source's entity, or of a subclass whose table came along. */
export const attributeAt = (planning: WithMapping, source: EntitySource, entity: string, name: string): PlanNode => {
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
  [attribute, ...attribute.also].some((each) => source.tables.has(each.table) || source.exported?.has(`${each.table}.${each.column}`) === true)

/** The alias that stands for a source among the others of a statement. */
export const aliasOf = (source: Source | undefined): string | undefined =>
  source?._tag === 'entity' ? source.tables.get(source.entity.table) ?? [...source.tables.values()][0] : source?.alias
