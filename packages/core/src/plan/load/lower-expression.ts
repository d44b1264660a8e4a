// Expressions of a query as expressions of a statement: attributes become columns of aliases, values become slots, relationships
// become EXISTS and comparisons of keys.

import type { ColumnRef } from '../../configure/mapping.js'
import { mapLeaves } from '../../expression/map-children.js'
import type { TableColumnRef } from '../../expression/node.js'
import type { QueryLeaf, QueryNode } from '../../query/descriptor.js'
import type { DatabaseType } from '../../schema/database-type.js'
import type { PlanLeaf, PlanNode } from '../select-ast.js'
import { comparedWith, comparedWithNull, existsRelated, implicitJoin, memberOf } from './compare-relationship.js'
import type { Lowering } from './lowering.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'
import type { Scope } from './source.js'
import { attributeAt, columnAt, lookUpSource } from './source.js'

/** An expression of a query within a scope. */
export const lowerExpression = (lowering: Lowering, node: QueryNode): PlanNode =>
  mapLeaves<QueryLeaf, PlanLeaf>(stripMarks(node), (leaf) => lowerLeaf(lowering, leaf))

const lowerLeaf = (lowering: Lowering, leaf: QueryLeaf): PlanNode => {
  const { planning, scope, inner } = lowering
  switch (leaf._tag) {
    case 'attribute': {
      const source = lookUpSource(scope, leaf.source) ?? unknownSource(leaf.source, scope)
      return source._tag === 'fields' ? { _tag: 'column', source: source.alias, name: leaf.name } : attributeAt(planning, source, leaf.entity, leaf.name)
    }
    case 'field': {
      const source = lookUpSource(scope, leaf.source) ?? unknownSource(leaf.source, scope)
      return source._tag === 'fields' ? { _tag: 'column', source: source.alias, name: leaf.name } : attributeAt(planning, source, source.entity.name, leaf.name)
    }
    case 'tableColumn': return tableColumn(planning, scope, leaf)
    case 'literal': {
      const index = slotOf(planning, leaf)
      const value = planning.shape.values[index]
      const type = leaf.type ?? (value?._tag === 'value' ? value.type?.database : undefined)
      return { _tag: 'slot', index, ...(type === undefined ? {} : { type }) }
    }
    case 'list': {
      const index = slotOf(planning, leaf)
      const value = planning.shape.values[index]
      return { _tag: 'listSlot', index, types: [value?._tag === 'list' ? value.type?.database : undefined] }
    }
    case 'null': return leaf
    case 'related': return existsRelated(lowering, leaf.relationship, leaf.quantifier, leaf.where)
    case 'relatedTo': return comparedWith(lowering, leaf, slotOf(planning, leaf))
    case 'memberOf': return memberOf(lowering, leaf, slotOf(planning, leaf))
    case 'objectValue': return { _tag: 'slot', index: slotOf(planning, leaf), ...typeOfColumn(planning, leaf) }
    case 'relatedNull': return comparedWithNull(lowering, leaf.relationship, leaf.negated)
    case 'relationshipCondition': return implicitJoin(lowering, leaf.relationship)
    case 'exists': return { _tag: 'exists', select: inner(lowering, leaf.select) }
    case 'scalarSubquery': return { _tag: 'subquery', select: inner(lowering, leaf.select) }
    case 'inSubquery': return {
      _tag: 'in', negated: leaf.negated, arg: lowerExpression(lowering, leaf.arg), items: [{ _tag: 'subquery', select: inner(lowering, leaf.select) }],
    }
  }
}

const slotOf = (planning: Planning, leaf: object): number => {
  const slot = planning.shape.slots.get(leaf)
  if (slot === undefined) throw new Error('a value of the query has no slot: its shape was taken of another query')
  return slot
}

const typeOfColumn = (planning: Planning, { table, column }: ColumnRef): { readonly type?: DatabaseType } => {
  const type = planning.mapping.tables[table]?.columns[column]?.type.database
  return type === undefined ? {} : { type }
}

/** foreign() and remote() say nothing in a query. */
const stripMarks = (node: QueryNode): QueryNode => (node._tag === 'marked' ? stripMarks(node.arg) : node)

const tableColumn = (planning: Planning, scope: Scope, ref: TableColumnRef): PlanNode => {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.enclosing) {
    for (const source of at.sources.values()) {
      const alias = source._tag === 'entity' ? source.tables.get(ref.table) : undefined
      if (alias !== undefined) return columnAt(planning, alias, ref)
    }
  }
  return refuse('argument', `the table '${ref.table}' is not in this query`, `select from an entity of ${ref.table}, or join one`)
}

const unknownSource = (name: string, scope: Scope): never => {
  const names: string[] = []
  for (let at: Scope | undefined = scope; at !== undefined; at = at.enclosing) names.push(...at.sources.keys())
  return refuse('argument', `'${name}' is not in this query, which reads ${names.join(', ') || 'nothing'}`, `join '${name}', or correlate it`)
}
