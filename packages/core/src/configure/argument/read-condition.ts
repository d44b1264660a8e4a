// What was given as a condition, checked to be one and turned into columns of tables that exist, with their marks.

import * as E from 'fp-ts/lib/Either.js'
import type { BinaryOperator, MappingLeaf, MappingNode, Mark, Operation } from '../../expression/node.js'
import { children, isOperation, mapChildren } from '../../expression/map-children.js'
import { isObject } from '../entity/read-registry.js'
import type { Layout } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import { conditionColumn } from '../join/condition.js'
import type { Condition, ConditionLeaf } from '../join/condition.js'
import { lookUp } from '../record.js'
import { didYouMean } from '../suggest.js'

/** What is wrong, and what to type: the caller knows whose argument it is. */
export interface Fault { readonly message: string; readonly hint: string }

/** Tables by the names that expressions use: those of the registry, and aliases made for a `secondary`. */
export type TableNames = (name: string) => Readonly<Record<string, unknown>> | undefined

const depthLimit = 500
const sizeLimit = 100_000

/** An expression given by a program that may not have been type-checked. */
export const readCondition = (layout: Layout, tables: TableNames, given: unknown): E.Either<Fault, Condition> => {
  const fault = shapeFault(given, 0, { left: sizeLimit })
  // `shapeFault` has found nothing wrong with its shape.
  return fault !== undefined ? E.left(fault) : resolve(layout, tables, given as MappingNode, [])
}

/** A column named as 'table.property' or 'Entity.attribute', or given as an expression. */
export const readColumn = (layout: Layout, tables: TableNames, given: unknown): E.Either<Fault, ColumnRef> => {
  if (typeof given === 'string') return namedColumn(layout, tables, given)
  const read = readCondition(layout, tables, given)
  if (E.isLeft(read)) return read
  return read.right._tag === 'column' ? E.right({ table: read.right.table, column: read.right.column })
    : E.left({ message: 'it is an expression and not a column', hint: 'Give columns alone, as users.c.id or \'users.id\'.' })
}

const namedColumn = (layout: Layout, tables: TableNames, name: string): E.Either<Fault, ColumnRef> => {
  const dot = name.lastIndexOf('.')
  const [owner, column] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)]
  if (tables(owner) !== undefined) return existing(tables, { table: owner, column })
  const entity = layout.entities[owner]
  const attribute = entity?.attribute[column]
  if (attribute !== undefined) return E.right({ table: attribute.table, column: attribute.column })
  if (entity !== undefined) return E.left({ message: `${owner} has no attribute '${column}' that is a column`, hint: didYouMean(column, Object.keys(entity.attribute)) })
  return E.left(dot < 0
    ? { message: `'${name}' does not say of which table it is a column`, hint: `Write it as 'table.property', such as 'users.${name}'.` }
    : { message: `there is no table '${owner}'`, hint: `Write it as 'table.property'. ${didYouMean(owner, Object.keys(layout.tables))}` })
}

const existing = (tables: TableNames, ref: ColumnRef): E.Either<Fault, ColumnRef> => {
  const columns = tables(ref.table)
  if (columns === undefined) return E.left({ message: `there is no table '${ref.table}'`, hint: 'Use the columns of tables that this registry maps, or of the secondary.' })
  return Object.hasOwn(columns, ref.column) ? E.right(ref) : E.left({ message: `'${ref.table}' has no column '${ref.column}'`, hint: didYouMean(ref.column, Object.keys(columns)) })
}

/** Names become columns, marks move down to them, and a negated comparison becomes the opposite one. */
const resolve = (layout: Layout, tables: TableNames, node: MappingNode, marks: readonly Mark[]): E.Either<Fault, Condition> => {
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
  return fault !== undefined ? E.left(fault) : E.right(resolved)
}

const resolveLeaf = (layout: Layout, tables: TableNames, leaf: MappingLeaf, marks: readonly Mark[]): E.Either<Fault, Condition> => {
  const marked = { foreign: marks.includes('foreign'), remote: marks.includes('remote') }
  switch (leaf._tag) {
    case 'literal': return E.right(leaf.value === null ? { _tag: 'null' } : leaf)
    case 'null': return E.right(leaf)
    case 'tableColumn': {
      const found = existing(tables, leaf)
      return E.isLeft(found) ? found : E.right(conditionColumn(leaf, marked))
    }
    case 'attribute': {
      const attribute = layout.entities[leaf.entity]?.attribute[leaf.name]
      return attribute !== undefined ? E.right(conditionColumn(attribute, marked)) : E.left({ message: `${leaf.entity}.${leaf.name} is not an attribute with a column`, hint: 'Conditions are made of columns: users.c.id, or User.id of an entity of this registry.' })
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
    default: return undefined
  }
}

/** Is it an expression all the way down? The parts that the passes read are looked at; nothing is called. */
const shapeFault = (given: unknown, depth: number, size: { left: number }): Fault | undefined => {
  const build = 'Build conditions with eq(users.c.id, addresses.c.userId), and(…), or(…) and the like.'
  if (typeof given === 'boolean') return { message: `it is the value ${String(given)} and not a condition: two columns compared with === are compared once, by JavaScript`, hint: 'Compare columns with eq(a, b).' }
  if (typeof given === 'string') return { message: 'it is text, which is never evaluated', hint: `${build} To refer to what is declared later, give a function: () => eq(…).` }
  if (!isObject(given) || typeof given['_tag'] !== 'string') return { message: 'it is not an expression', hint: build }
  if (depth > depthLimit) return { message: `it is nested more than ${depthLimit} levels deep`, hint: 'Give and(…) and or(…) all their conditions at once.' }
  if (size.left-- <= 0) return { message: `it has more than ${sizeLimit} parts`, hint: 'Compare with a table that holds the values.' }
  switch (given['_tag']) {
    case 'tableColumn': return typeof given['table'] === 'string' && typeof given['column'] === 'string' ? undefined : { message: 'a column in it has no table or no name', hint: build }
    case 'attribute': return typeof given['entity'] === 'string' && typeof given['name'] === 'string' ? undefined : { message: 'an attribute in it has no entity or no name', hint: build }
    case 'literal': return isConstant(given['value']) ? undefined : { message: 'it holds a value that is neither a text, a number nor a truth value', hint: 'Compare columns with columns, or with a text, a number, true or false.' }
    case 'null': return undefined
    default: return operationFault(given, depth, size, build)
  }
}

/** What can stand in a plan, which is plain data. */
const isConstant = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const operands: Readonly<Record<string, readonly string[]>> = {
  binary: [], custom: [], not: [], nullTest: [], cast: [], marked: [], between: [],
  logical: ['args'], function: ['args'], fragment: ['args', 'parts'], in: ['items'], tuple: ['items'], case: ['branches'],
}

const operationFault = (given: object, depth: number, size: { left: number }, build: string): Fault | undefined => {
  const part = given as Readonly<Record<string, unknown>> // any object can be read so
  const tag = String(part['_tag'])
  const lists = lookUp(operands, tag)
  if (lists === undefined) return { message: `it has a part '${tag}', which conditions of a mapping cannot have`, hint: build }
  if (tag === 'function' && part['over'] !== undefined) return { message: 'it has a window function', hint: 'A join condition compares single rows: leave out over(…).' }
  for (const name of lists) {
    const list = part[name]
    if (!Array.isArray(list) || (name === 'branches' && !list.every(isObject))) return { message: `a part '${tag}' of it has no operands`, hint: build }
  }
  // Its operands are where their tag says, so the one traversal finds them.
  for (const child of children(given as Operation<MappingLeaf>)) {
    const fault = shapeFault(child, depth + 1, size)
    if (fault !== undefined) return fault
  }
  return undefined
}
