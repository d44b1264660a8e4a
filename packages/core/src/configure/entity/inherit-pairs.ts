// How a row of a joined subclass's table finds the row of its parent's: pairs of columns, own first.

import type { MappingNode } from '../../expression/node.js'
import { isOperation } from '../../expression/map-children.js'
import type { ColumnRef } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import type { ForeignKey } from './layout.js'

export interface InheritPairs {
  readonly pairs: readonly (readonly [ColumnRef, ColumnRef])[]
  readonly errors: readonly MappingError[]
}

/** By the condition given, else by the one foreign key between the two tables. */
export const findInheritPairs = (
  entity: string, own: string, parentTable: string, parentTables: ReadonlySet<string>,
  condition: MappingNode | undefined, foreignKeys: ReadonlyMap<string, readonly ForeignKey[]>,
): InheritPairs => {
  if (condition !== undefined) {
    const pairs = equatedColumns(condition).flatMap(([a, b]): readonly (readonly [ColumnRef, ColumnRef])[] =>
      a.table === own && parentTables.has(b.table) ? [[a, b]] : b.table === own && parentTables.has(a.table) ? [[b, a]] : [])
    return pairs.length > 0 ? { pairs, errors: [] } : {
      pairs,
      errors: [mappingError(
        'argument',
        `The inheritCondition of ${entity} equates no column of '${own}' with one of '${parentTable}'.`,
        { entity, tables: [own, parentTable] },
        `Write inheritCondition: eq(${own}.c.id, ${parentTable}.c.id), with the columns that hold the shared key.`,
      )],
    }
  }
  const between = [
    ...(foreignKeys.get(own) ?? []).filter((key) => key.references[0]?.table === parentTable).map((key) => key.columns.map((column, index) => [column, key.references[index] ?? column] as const)),
    ...(foreignKeys.get(parentTable) ?? []).filter((key) => key.references[0]?.table === own).map((key) => key.columns.map((column, index) => [key.references[index] ?? column, column] as const)),
  ]
  const distinct = new Map(between.map((pairs) => [JSON.stringify(pairs), pairs]))
  const only = [...distinct.values()][0]
  if (only === undefined) {
    return { pairs: [], errors: [mappingError(
      'no-foreign-keys',
      `${entity} inherits by a table of its own, but there is no foreign key between '${own}' and '${parentTable}'.`,
      { entity, tables: [own, parentTable] },
      `Let the key of '${own}' refer to its parent: id: column(integer, { primaryKey: true, references: '${parentTable}.id' }), or give { inheritCondition: … }.`,
    )] }
  }
  if (distinct.size > 1) {
    return { pairs: [], errors: [mappingError(
      'ambiguous-foreign-keys',
      `${entity} inherits by a table of its own, and there are ${distinct.size} foreign keys between '${own}' and '${parentTable}': which one holds the shared key?`,
      { entity, tables: [own, parentTable], columns: [...distinct.values()].flatMap((pairs) => pairs.map(([a]) => `${a.table}.${a.column}`)) },
      `Say which: { inheritCondition: ${[...distinct.values()].slice(0, 3).map((pairs) => pairs.map(([a, b]) => `eq(${a.table}.c.${a.column}, ${b.table}.c.${b.column})`).join(' and ')).join(' }, or { inheritCondition: ')} }.`,
    )] }
  }
  return { pairs: only, errors: [] }
}

/** The pairs of plain columns that a condition equates. */
const equatedColumns = (condition: MappingNode): readonly (readonly [ColumnRef, ColumnRef])[] => {
  if (!isOperation(condition)) return []
  switch (condition._tag) {
    case 'logical': return condition.args.flatMap(equatedColumns)
    case 'binary': {
      const left = plainColumn(condition.left)
      const right = plainColumn(condition.right)
      return condition.operator === 'eq' && left !== undefined && right !== undefined ? [[left, right]] : []
    }
    default: return []
  }
}

const plainColumn = (node: MappingNode): ColumnRef | undefined =>
  node._tag === 'marked' ? plainColumn(node.arg) : node._tag === 'tableColumn' ? { table: node.table, column: node.column } : undefined
