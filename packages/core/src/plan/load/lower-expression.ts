// Expressions of a query as expressions of a statement: attributes become columns of aliases, values become slots, relationships
// become EXISTS and comparisons of keys.

import { mapLeaves } from '../../expression/map-children.js'
import { withoutLists } from '../../expression/mapping-node.js'
import type { FieldRef, TableColumnRef } from '../../expression/node.js'
import type { QueryLeaf, QueryNode } from '../../query/descriptor.js'
import type { PlanLeaf, PlanNode } from '../select-ast.js'
import { comparedWith, comparedWithNull, existsRelated, implicitJoin, memberOf } from './compare-relationship.js'
import type { Lowering } from './lowering.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'
import { constant } from './condition-over.js'
import type { Scope, Source } from './source.js'
import { attributeAt, columnAt, columnType, lookUpSource } from './source.js'

/** An expression of a query within a scope. */
export const lowerExpression = (lowering: Lowering, node: QueryNode): PlanNode =>
  mapLeaves<QueryLeaf, PlanLeaf>(stripMarks(lowering.planning.values === 'constants' ? withoutLists(node) : node), (leaf) => lowerLeaf(lowering, leaf))

const lowerLeaf = (lowering: Lowering, leaf: QueryLeaf): PlanNode => {
  const { planning, scope, inner } = lowering
  switch (leaf._tag) {
    case 'attribute': {
      const source = lookUpSource(scope, leaf.source) ?? unknownSource(leaf.source, scope)
      return source._tag === 'entity' ? attributeAt(planning, source, leaf.entity, leaf.name) : { _tag: 'column', source: source.alias, name: leaf.name }
    }
    case 'field': {
      const source = lookUpSource(scope, leaf.source) ?? unknownSource(leaf.source, scope)
      return fieldAt(planning, source, leaf)
    }
    case 'tableColumn': return tableColumn(planning, scope, leaf)
    case 'literal': {
      if (planning.values === 'constants') return constant(leaf)
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
    case 'objectValue': return { _tag: 'slot', index: slotOf(planning, leaf), ...columnType(planning, leaf) }
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

/** foreign() and remote() say nothing in a query. */
const stripMarks = (node: QueryNode): QueryNode => (node._tag === 'marked' ? stripMarks(node.arg) : node)

/** A field of a source by name; of an entity that is read from a subquery, the subquery's field or the entity's attribute. */
const fieldAt = (planning: Planning, source: Source, { source: name, name: field }: FieldRef): PlanNode => {
  if (source._tag !== 'entity') return { _tag: 'column', source: source.alias, name: field }
  const alias = source.tables.get(name)
  return alias === undefined ? attributeAt(planning, source, source.entity.name, field) : columnAt(planning, alias, { table: name, column: field })
}

const tableColumn = (planning: Planning, scope: Scope, ref: TableColumnRef): PlanNode => {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.enclosing) {
    for (const source of at.sources.values()) {
      const alias = source._tag === 'entity' ? source.tables.get(ref.table) : undefined
      if (alias !== undefined) return columnAt(planning, alias, ref)
    }
    const own = at.sources.get(ref.table)
    if (own?._tag === 'table') return columnAt(planning, own.alias, { table: own.table, column: ref.column })
  }
  return refuse('argument', `the table '${ref.table}' is not in this query`, `select from an entity of ${ref.table}, or join one`)
}

const unknownSource = (name: string, scope: Scope): never => {
  const names: string[] = []
  for (let at: Scope | undefined = scope; at !== undefined; at = at.enclosing) names.push(...at.sources.keys())
  return refuse('argument', `'${name}' is not in this query, which reads ${names.join(', ') || 'nothing'}`, `join '${name}', or correlate it`)
}
