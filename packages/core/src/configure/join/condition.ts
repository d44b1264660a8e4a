// A join condition while it is worked on: columns of tables with the marks found so far.

import type { BinaryOperator, Literal, Node, Null, Operation } from '../../expression/node.js'
import { children, isOperation, leaves, mapChildren, mapLeaves } from '../../expression/map-children.js'
import type { ColumnRef } from '../mapping.js'

export interface ConditionColumn {
  readonly _tag: 'column'
  readonly table: string
  readonly column: string
  readonly foreign: boolean
  readonly remote: boolean
  readonly local: boolean
}

export type ConditionLeaf = ConditionColumn | Literal | Null
export type Condition = Node<ConditionLeaf>

type Marks = Pick<ConditionColumn, 'foreign' | 'remote' | 'local'>

export const conditionColumn = (ref: ColumnRef, marks: Partial<Marks> = {}): ConditionColumn =>
  ({ _tag: 'column', table: ref.table, column: ref.column, foreign: false, remote: false, local: false, ...marks })

export const isColumn = (node: Condition): node is ConditionColumn => node._tag === 'column'

export const columnsOf = (condition: Condition): readonly ConditionColumn[] =>
  leaves(condition).filter((leaf): leaf is ConditionColumn => leaf._tag === 'column')

/** The same columns, those of outer operations first. */
export const columnsByDepth = (condition: Condition): readonly ConditionColumn[] => {
  const found: ConditionColumn[] = []
  for (let level: readonly Condition[] = [condition]; level.length > 0; level = level.flatMap((node) => (isOperation(node) ? children(node) : []))) {
    for (const node of level) if (isColumn(node)) found.push(node)
  }
  return found
}

/** The same condition with other marks on its columns. */
export const mapColumns = (condition: Condition, f: (column: ConditionColumn) => ConditionColumn): Condition =>
  mapLeaves(condition, (leaf): Condition => (leaf._tag === 'column' ? f(leaf) : leaf))

export const someColumn = (condition: Condition | undefined, test: (column: ConditionColumn) => boolean): boolean =>
  condition !== undefined && columnsOf(condition).some(test)

/** An infix operation: what a pass sees of it when it looks at both operands at once. */
type Infix = Extract<Operation<ConditionLeaf>, { readonly _tag: 'binary' | 'custom' }>
const isInfix = (node: Condition): node is Infix => node._tag === 'binary' || node._tag === 'custom'

/** Does the operation have operands of which some is no plain column? A test for null and membership count too. */
export const isCompound = (node: Condition): boolean =>
  isInfix(node) ? !isColumn(node.left) || !isColumn(node.right) : node._tag === 'nullTest' || node._tag === 'in' || node._tag === 'between'

/** The same condition with the operands of every infix operation between two plain columns replaced. */
export const mapColumnPairs = (condition: Condition, f: (left: ConditionColumn, right: ConditionColumn) => readonly [ConditionColumn, ConditionColumn]): Condition => {
  if (!isOperation(condition)) return condition
  if (isInfix(condition) && isColumn(condition.left) && isColumn(condition.right)) {
    const [left, right] = f(condition.left, condition.right)
    return { ...condition, left, right }
  }
  return mapChildren(condition, (child) => mapColumnPairs(child, f))
}

/** The same condition with a plain column replaced wherever it is set against something that is none. */
export const mapLoneColumns = (condition: Condition, f: (column: ConditionColumn) => ConditionColumn): Condition => {
  if (!isOperation(condition)) return condition
  const replaced = mapChildren(condition, (child) => mapLoneColumns(child, f))
  switch (replaced._tag) {
    case 'binary':
    case 'custom':
      if (isColumn(replaced.left) === isColumn(replaced.right)) return replaced
      return isColumn(replaced.left) ? { ...replaced, left: f(replaced.left) } : isColumn(replaced.right) ? { ...replaced, right: f(replaced.right) } : replaced
    case 'nullTest':
    case 'in':
    case 'between':
      return isColumn(replaced.arg) ? { ...replaced, arg: f(replaced.arg) } : replaced
    default: return replaced
  }
}

/** Every operation of a condition, outer ones first. */
export const operationsOf = (condition: Condition): readonly Operation<ConditionLeaf>[] =>
  isOperation(condition) ? [condition, ...children(condition).flatMap(operationsOf)] : []

/** Pairs of columns that a comparison sets against each other: each of its left side with each of its right. */
export interface ComparedColumns { readonly equality: boolean; readonly left: ConditionColumn; readonly right: ConditionColumn }

export const comparedColumns = (condition: Condition): readonly ComparedColumns[] => {
  const found: ComparedColumns[] = []
  const pair = (left: readonly ConditionColumn[], right: readonly ConditionColumn[], equality: boolean): readonly ConditionColumn[] => {
    for (const l of left) for (const r of right) found.push({ equality, left: l, right: r })
    return []
  }
  // The columns below a node that are not inside a further comparison, which is looked at by itself.
  const visit = (node: Condition, isAnswer: boolean): readonly ConditionColumn[] => {
    if (!isOperation(node)) return node._tag === 'column' ? [node] : []
    const sides = sidesOf(node)
    if (sides !== undefined) return pair(visit(sides.left, false), sides.right.flatMap((side) => visit(side, false)), node._tag === 'binary' && node.operator === 'eq')
    const columns = children(node).flatMap((child) => visit(child, isAnswer && (node._tag === 'logical' || node._tag === 'not')))
    // A function that answers by itself has no sides: it compares what is near with what is far.
    return isAnswer && (node._tag === 'function' || node._tag === 'fragment') ? pair(columns.filter(({ remote }) => !remote), columns.filter(({ remote }) => remote), false) : columns
  }
  visit(condition, true)
  return found
}

interface Sides { readonly left: Condition; readonly right: readonly Condition[] }

/** What a comparison compares with what; undefined for every other operation. */
const sidesOf = (node: Operation<ConditionLeaf>): Sides | undefined => {
  switch (node._tag) {
    case 'binary': return values.has(node.operator) ? undefined : { left: node.left, right: [node.right] }
    case 'custom': return node.comparison ? { left: node.left, right: [node.right] } : undefined
    case 'in': return { left: node.arg, right: node.items }
    case 'between': return { left: node.arg, right: [node.low, node.high] }
    case 'nullTest': return { left: node.arg, right: [] }
    default: return undefined
  }
}

/** Operators that yield a value, and no answer. */
const values: ReadonlySet<BinaryOperator> = new Set(['add', 'sub', 'mul', 'div', 'mod', 'concat'])
