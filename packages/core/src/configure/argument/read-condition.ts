// What was given as a condition, checked to be one and turned into columns of tables that exist, with their marks.

import * as E from 'fp-ts/lib/Either.js'
import type { BinaryOperator, MappingLeaf, MappingNode, Mark, Operation } from '../../expression/node.js'
import { isOperation, mapChildren } from '../../expression/map-children.js'
import type { Names } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import { conditionColumn, isColumn } from '../join/condition.js'
import type { Condition, ConditionLeaf } from '../join/condition.js'
import { didYouMean } from '../suggest.js'
import { conditionFault } from './condition-shape.js'
import type { Fault } from './condition-shape.js'

/** Tables by the names that expressions use: those of the registry, and aliases made for a `secondary`. */
export type TableNames = (name: string) => Readonly<Record<string, unknown>> | undefined

/** An expression given by a program that may not have been type-checked. */
export const readCondition = (layout: Names, tables: TableNames, given: unknown): E.Either<Fault, Condition> => {
  const fault = conditionFault(given)
  // `conditionFault` has found nothing wrong with its shape.
  return fault !== undefined ? E.left(fault) : resolve(layout, tables, given as MappingNode, [])
}

/** A column named as 'table.property' or 'Entity.attribute', or given as an expression. */
export const readColumn = (layout: Names, tables: TableNames, given: unknown): E.Either<Fault, ColumnRef> => {
  if (typeof given === 'string') return namedColumn(layout, tables, given)
  const read = readCondition(layout, tables, given)
  if (E.isLeft(read)) return read
  return read.right._tag === 'column' ? E.right({ table: read.right.table, column: read.right.column })
    : E.left({ message: 'it is an expression and not a column', hint: 'Give columns alone, as users.c.id or \'users.id\'.' })
}

const namedColumn = (layout: Names, tables: TableNames, name: string): E.Either<Fault, ColumnRef> => {
  const dot = name.lastIndexOf('.')
  const [owner, column] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)]
  if (tables(owner) !== undefined) return existing(tables, { table: owner, column })
  const entity = layout.entities[owner]
  const attribute = entity?.attribute[entity.synonyms[column] ?? column]
  if (attribute !== undefined) return E.right({ table: attribute.table, column: attribute.column })
  if (entity !== undefined) return E.left({
    message: `${owner} has no attribute '${column}' that is a column`,
    hint: didYouMean(column, [...Object.keys(entity.attribute), ...Object.keys(entity.synonyms)]),
  })
  return E.left(dot < 0
    ? { message: `'${name}' does not say of which table it is a column`, hint: `Write it as 'table.property', such as 'users.${name}'.` }
    : { message: `there is no table '${owner}'`, hint: `Write it as 'table.property'. ${didYouMean(owner, Object.keys(layout.tables))}` })
}

const existing = (tables: TableNames, ref: ColumnRef): E.Either<Fault, ColumnRef> => {
  const columns = tables(ref.table)
  if (columns === undefined) return E.left({
    message: `there is no table '${ref.table}'`,
    hint: 'Use the columns of tables that this registry maps, of the secondary, or of the query that the target is an alias of.',
  })
  return Object.hasOwn(columns, ref.column) ? E.right(ref) : E.left({
    message: `'${ref.table}' has no column '${ref.column}'`,
    hint: didYouMean(ref.column, Object.keys(columns)),
  })
}

/** Names become columns, marks move down to them, and a negated comparison becomes the opposite one. */
const resolve = (layout: Names, tables: TableNames, node: MappingNode, marks: readonly Mark[]): E.Either<Fault, Condition> => {
  if (!isOperation(node)) return resolveLeaf(layout, tables, node, marks)
  if (node._tag === 'marked') return resolve(layout, tables, node.arg, [...marks, node.mark])
  if (node._tag === 'not') {
    const opposite = negated(node.arg)
    if (opposite !== undefined) return resolve(layout, tables, opposite, marks)
  }
  let fault: Fault | undefined
  const resolved = mapChildren<MappingLeaf, ConditionLeaf>(node, (child) => {
    const each = resolve(layout, tables, child, marks)
    if (E.isRight(each)) return each.right
    fault ??= each.left
    return { _tag: 'null' }
  })
  return fault !== undefined ? E.left(fault) : E.right(markedFirst(resolved))
}

/** Of two columns compared a marked one comes before a plain one: where the marks leave a choice, the order decides. */
const markedFirst = (node: Operation<ConditionLeaf>): Condition => {
  if (node._tag !== 'binary') return node
  const operator = mirrored[node.operator]
  const { left, right } = node
  const swap = operator !== undefined && isColumn(left) && isColumn(right) && !left.foreign && !left.remote && (right.foreign || right.remote)
  return swap ? { ...node, operator, left: right, right: left } : node
}

const mirrored: Partial<Record<BinaryOperator, BinaryOperator>> = { eq: 'eq', ne: 'ne', lt: 'gt', gt: 'lt', le: 'ge', ge: 'le' }

const resolveLeaf = (layout: Names, tables: TableNames, leaf: MappingLeaf, marks: readonly Mark[]): E.Either<Fault, Condition> => {
  const marked = { foreign: marks.includes('foreign'), remote: marks.includes('remote') }
  switch (leaf._tag) {
    case 'literal': return E.right(leaf.value === null ? { _tag: 'null' } : leaf)
    case 'null': return E.right(leaf)
    case 'tableColumn': {
      const found = existing(tables, leaf)
      return E.isLeft(found) ? found : E.right(conditionColumn(leaf, marked))
    }
    case 'field': {
      const ref = { table: leaf.source, column: leaf.name }
      const found = existing(tables, ref)
      return E.isLeft(found) ? found : E.right(conditionColumn(ref, marked))
    }
    case 'attribute': {
      const attribute = layout.entities[leaf.entity]?.attribute[leaf.name]
      return attribute !== undefined ? E.right(conditionColumn(attribute, marked)) : E.left({
        message: `${leaf.entity}.${leaf.name} is not an attribute with a column`,
        hint: 'Conditions are made of columns: users.c.id, or User.id of an entity of this registry.',
      })
    }
    default: {
      const impossible: never = leaf
      return impossible
    }
  }
}

const opposites: Partial<Record<BinaryOperator, BinaryOperator>> = {
  eq: 'ne', ne: 'eq', lt: 'ge', ge: 'lt', gt: 'le', le: 'gt', like: 'notLike', notLike: 'like',
  isDistinctFrom: 'isNotDistinctFrom', isNotDistinctFrom: 'isDistinctFrom',
}

const negated = (node: MappingNode): MappingNode | undefined => {
  switch (node._tag) {
    case 'binary': {
      const operator = opposites[node.operator]
      return operator === undefined ? undefined : { ...node, operator }
    }
    case 'nullTest':
    case 'in':
      return { ...node, negated: !node.negated }
    case 'not': return node.arg
    default: return undefined
  }
}
