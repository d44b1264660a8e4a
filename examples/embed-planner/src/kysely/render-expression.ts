// Expressions of a plan as expressions of Kysely.

import type { BinaryOperator, PlanLeaf, PlanNode, SelectAst } from '@relata/core'
import { expressionBuilder, sql } from 'kysely'
import type { Expression } from 'kysely'
import { slotList, slotValue } from './values.js'
import type { Slots } from './values.js'

export interface Rendering {
  readonly slots: Slots
  /** Selects inside expressions. */
  readonly select: (select: SelectAst) => Expression<unknown>
}

type Rendered = Expression<unknown>
type Truth = Expression<boolean>
type Operation = Exclude<PlanNode, PlanLeaf>

const eb = expressionBuilder<Record<string, Record<string, unknown>>>()

const operators = {
  eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=', add: '+', sub: '-', mul: '*', div: '/', mod: '%', concat: '||',
  like: 'like', notLike: 'not like', isDistinctFrom: 'is distinct from', isNotDistinctFrom: 'is not distinct from',
} as const satisfies Record<BinaryOperator, string>

export const column = (source: string, name: string): Rendered => sql`${sql.id(source, name)}`

export const renderCondition = (at: Rendering, node: PlanNode): Truth => render(at, node) as Truth // a condition is what yields a truth value

export const render = (at: Rendering, node: PlanNode): Rendered => (isLeaf(node) ? renderLeaf(at, node) : renderOperation(at, node))

const renderLeaf = (at: Rendering, leaf: PlanLeaf): Rendered => {
  switch (leaf._tag) {
    case 'column':
      return column(leaf.source, leaf.name)
    case 'slot':
      return eb.val(slotValue(at.slots, leaf))
    case 'listSlot':
      return list(slotList(at.slots, leaf).map((value) => (Array.isArray(value) ? list(value.map((part: unknown) => eb.val(part))) : eb.val(value))))
    case 'constant':
      return eb.val(leaf.value)
    case 'null':
      return eb.lit(null)
    case 'exists':
      return eb.exists(at.select(leaf.select))
    case 'subquery':
      return at.select(leaf.select)
    default:
      return leaf satisfies never
  }
}

const renderOperation = (at: Rendering, node: Operation): Rendered => {
  const inner = (child: PlanNode): Rendered => render(at, child)
  switch (node._tag) {
    case 'binary':
      return sql`${operand(at, node.left)} ${sql.raw(operators[node.operator])} ${operand(at, node.right)}`
    case 'logical':
      return node.operator === 'and' ? eb.and(node.args.map((arg) => renderCondition(at, arg))) : eb.or(node.args.map((arg) => renderCondition(at, arg)))
    case 'not':
      return eb.not(eb.parens(renderCondition(at, node.arg)))
    case 'nullTest':
      return eb(operand(at, node.arg), node.negated ? 'is not' : 'is', null)
    case 'in':
      return membership(at, node)
    case 'between':
      return eb.between(inner(node.arg), inner(node.low), inner(node.high))
    case 'function':
      return node.distinct === true ? sql`${sql.raw(node.name)}(distinct ${sql.join(node.args.map(inner))})` : eb.fn(node.name, node.args.map(inner))
    case 'tuple':
      return list(node.items.map(inner))
    case 'case': {
      const branches = node.branches.map(({ when, result }) => sql`when ${inner(when)} then ${inner(result)}`)
      return sql`case ${sql.join(branches, sql` `)}${node.otherwise === undefined ? sql`` : sql` else ${inner(node.otherwise)}`} end`
    }
    case 'marked':
      return inner(node.arg)
    case 'custom':
    case 'cast':
    case 'fragment':
      throw new Error(`this example renders no '${node._tag}': nothing in its schema needs one`)
    default:
      return node satisfies never
  }
}

/** A list slot is the sole item of its membership; nothing is a member of an empty list. */
const membership = (at: Rendering, node: Extract<Operation, { readonly _tag: 'in' }>): Rendered => {
  const [only] = node.items
  if (only?._tag === 'listSlot' && slotList(at.slots, only).length === 0) return eb.lit(node.negated)
  const items = only?._tag === 'listSlot' ? render(at, only) : list(node.items.map((item) => render(at, item)))
  return sql`${render(at, node.arg)} ${sql.raw(node.negated ? 'not in' : 'in')} ${items}`
}

const operand = (at: Rendering, node: PlanNode): Rendered => (isLeaf(node) || node._tag === 'function' ? render(at, node) : sql`(${render(at, node)})`)

const list = (items: readonly Rendered[]): Rendered => sql`(${sql.join(items)})`

const leafTags: ReadonlySet<string> = new Set<PlanLeaf['_tag']>(['column', 'slot', 'listSlot', 'constant', 'null', 'exists', 'subquery'])

const isLeaf = (node: PlanNode): node is PlanLeaf => leafTags.has(node._tag)
