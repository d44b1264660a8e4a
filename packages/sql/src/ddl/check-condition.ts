// The conditions of checks: expressions over the table's own columns, with constants written out.

import { databaseName, isOperation, mapChildren } from '@relata/core'
import type { MappingLeaf, MappingNode, PlanNode, TableDescriptor } from '@relata/core'
import { lowerExpression } from '../lower/lower-expression.js'
import { lowerSelect } from '../lower/lower-select.js'
import type { Lowering } from '../lower/lowering.js'
import { refuse } from '../lower/lowering.js'
import type { SqlNode } from '../lower/sql-tree.js'

/** The condition in the dialect's terms; columns bear no table's name. */
export const checkCondition = (to: Lowering, table: TableDescriptor, condition: MappingNode): SqlNode =>
  lowerExpression(to, lowerSelect, ofTable(to, table, condition))

const ofTable = (to: Lowering, table: TableDescriptor, node: MappingNode): PlanNode =>
  isOperation<MappingLeaf>(node) ? mapChildren(node, (child: MappingNode) => ofTable(to, table, child)) : leafOfTable(to, table, node)

const leafOfTable = (to: Lowering, table: TableDescriptor, leaf: MappingLeaf): PlanNode => {
  switch (leaf._tag) {
    case 'tableColumn': {
      if (leaf.table !== table.name) {
        refuse(to, 'malformed', `A check of ${table.name} reads ${leaf.table}.${leaf.column}.`, 'Check columns of the table itself.', { name: table.name })
      }
      const type = table.columns[leaf.column]?.type.database
      const column = { _tag: 'column', source: '', name: databaseName(table, leaf.column) } as const
      return type === undefined ? column : { ...column, type }
    }
    case 'literal': {
      const { value } = leaf
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { _tag: 'constant', value }
      if (typeof value === 'bigint') return { _tag: 'fragment', parts: [String(value)], args: [] }
      refuse(to, 'malformed', `A check of ${table.name} contains a value that cannot be written.`, 'Use numbers, texts and truth values, or a fragment of SQL.', { name: table.name })
      return { _tag: 'null' }
    }
    case 'null': return leaf
    case 'field':
      refuse(to, 'malformed', `A check of ${table.name} reads ${leaf.source}.${leaf.name}, which is a field of a query.`, 'Check columns of the table itself.', { name: table.name })
      return { _tag: 'null' }
    case 'attribute':
      refuse(to, 'malformed', `A check of ${table.name} reads the attribute ${leaf.entity}.${leaf.name}.`, 'Check columns of the table, which entities do not exist for.', { name: table.name })
      return { _tag: 'null' }
    default: {
      const impossible: never = leaf
      return impossible
    }
  }
}
