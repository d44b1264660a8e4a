// The sources of a query among those of a statement.

import type { MappedEntity } from '../../configure/mapping.js'
import type { Source as QuerySource } from '../../query/descriptor.js'
import type { From, PlanNode } from '../select-ast.js'
import { columnBehind, fieldNames } from './column-behind.js'
import type { Lowering } from './lowering.js'
import { attributeOfColumn, entityNamed } from './mapped-column.js'
import { refuse } from './query-error.js'
import type { EntitySource, Opened, Source } from './source.js'
import { aliasOf, hasColumn, openEntity, openTable } from './source.js'

/** Opens a source of a query: an entity, a table, a subquery or a common table. */
export const openSource = (lowering: Lowering, source: QuerySource): { readonly source: Source; readonly from: From } => {
  const { planning } = lowering
  switch (source._tag) {
    case 'entity': {
      const entity = entityNamed(planning.mapping, source.entity)
      return source.from === undefined
        ? openEntity(planning, entity, source.source !== source.entity, entity.inheritance.withPolymorphic)
        : openRead(lowering, entity, source.from)
    }
    case 'table': {
      const from = openTable(planning, source.table)
      return { source: { _tag: 'table', table: source.table, alias: from.alias }, from }
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

/** An entity read from a query: its columns are the fields that are them, and its key must be among these. */
export const openRead = (lowering: Lowering, entity: MappedEntity, read: QuerySource): Opened => {
  const { planning } = lowering
  const { source, from } = openSource(lowering, read)
  const query = read._tag === 'subquery' ? read.select : read._tag === 'cte' ? lowering.commonTables.get(read.name) : undefined
  const alias = aliasOf(source)
  if (query === undefined || alias === undefined) return refuse('argument', `'${read.source}' is no query that ${entity.name} can be read from`, `write alias(${entity.name}, subquery('${read.source}', …))`)
  const exported = new Map<string, PlanNode>()
  for (const name of fieldNames(planning.mapping, query)) {
    const column = columnBehind(planning.mapping, query, name)
    const attribute = column === undefined ? undefined : attributeOfColumn(entity, column)
    const type = column === undefined ? undefined : planning.mapping.tables[column.table]?.columns[column.column]?.type.database
    for (const each of column === undefined ? [] : [column, ...attribute === undefined ? [] : [attribute, ...attribute.also]]) {
      const key = `${each.table}.${each.column}`
      if (!exported.has(key)) exported.set(key, { _tag: 'column', source: alias, name, ...(type === undefined ? {} : { type }) })
    }
  }
  const opened: EntitySource = { _tag: 'entity', entity, tables: new Map([[read.source, alias]]), aliased: true, exported }
  for (const name of entity.primaryKey) {
    const attribute = entity.attribute[name]
    if (attribute === undefined || !hasColumn(opened, attribute)) refuse('argument', `'${read.source}' does not give ${entity.name}.${name}, by which objects of ${entity.name} are told apart`, `let its query select ${entity.name}.${name}`)
  }
  return { source: opened, from }
}
