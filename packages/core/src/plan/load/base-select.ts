// The select that a query asks for, before eager loading adds joins and columns to it; and the select that it becomes with them.

import { isOperation, mapChildren } from '../../expression/map-children.js'
import type { Ordering } from '../../expression/node.js'
import type { From, PlanNode, SelectAst, SelectColumn } from '../select-ast.js'
import { columnList } from './column-list.js'
import type { Planning } from './planning.js'

export interface BaseSelect {
  /** Separated by commas; eager joins go onto the one at `root`. */
  readonly from: readonly From[]
  readonly root: number
  readonly where?: PlanNode
  readonly groupBy: readonly PlanNode[]
  readonly having?: PlanNode
  readonly orderBy: readonly Ordering<PlanNode>[]
  readonly limit?: PlanNode
  readonly offset?: PlanNode
  readonly distinct: boolean
  readonly lock?: NonNullable<SelectAst['lock']>
  readonly ctes: SelectAst['ctes']
  readonly setOperations: SelectAst['setOperations']
}

/** A join that eager loading adds. Inner joins below an outer one stand inside its right side, so that no parent is lost. */
export interface EagerJoin {
  readonly kind: 'inner' | 'left'
  readonly nested: boolean
  readonly from: From
  readonly on: PlanNode
  readonly children: readonly EagerJoin[]
}

export interface EagerPart {
  readonly joins: readonly EagerJoin[]
  readonly orderBy: readonly Ordering<PlanNode>[]
  /** Is a collection among what the rows bring? Then a row is not a parent. */
  readonly multiRow: boolean
}

/** A select of these columns and nothing else said. */
export const plainBase = (from: readonly From[], root: number, where: PlanNode | undefined, orderBy: readonly Ordering<PlanNode>[] = []): BaseSelect =>
  ({ from, root, ...(where === undefined ? {} : { where }), groupBy: [], orderBy, distinct: false, ctes: [], setOperations: [] })

/** Does the select say how many rows it wants, so that joined collections must stay outside of it? */
export const limitsRows = (base: BaseSelect): boolean =>
  base.limit !== undefined || base.offset !== undefined || base.distinct || base.groupBy.length > 0

/** The select with its columns. */
export const selectAst = (base: BaseSelect, columns: readonly SelectColumn[]): SelectAst => {
  const { root: _root, ...parts } = base
  return { _tag: 'selectAst', columns, ...parts }
}

/** The select with its columns and eager joins; with collections over limited rows it becomes a subquery that they join to. */
export const withEager = (planning: Planning, base: BaseSelect, columns: readonly SelectColumn[], eager: EagerPart): SelectAst => {
  if (eager.joins.length === 0) return selectAst({ ...base, orderBy: [...base.orderBy, ...eager.orderBy] }, columns)
  if ((eager.multiRow && limitsRows(base)) || base.setOperations.length > 0) return wrapped(planning, base, columns, eager)
  const from = base.from.map((each, index) => (index === base.root ? attach(each, eager.joins) : each))
  return selectAst({ ...base, from, orderBy: [...base.orderBy, ...eager.orderBy] }, columns)
}

/** Every alias that a source of rows gives. */
export const aliasesOf = (from: From): readonly string[] => (from._tag === 'join' ? [...aliasesOf(from.left), ...aliasesOf(from.right)] : [from.alias])

const wrapped = (planning: Planning, base: BaseSelect, columns: readonly SelectColumn[], eager: EagerPart): SelectAst => {
  const inside = new Set(base.from.flatMap(aliasesOf))
  const alias = planning.alias('limited')
  const given = columnList()
  const give = (expr: PlanNode): PlanNode => {
    const { name } = given.columns[given.add(expr)] ?? { name: '' }
    return { _tag: 'column', source: alias, name, ...(expr._tag === 'column' && expr.type !== undefined ? { type: expr.type } : {}) }
  }
  const outward = (node: PlanNode): PlanNode =>
    isOperation(node) ? mapChildren(node, outward) : node._tag === 'column' && inside.has(node.source) ? give(node) : node
  const join = (each: EagerJoin): EagerJoin => ({ ...each, from: mapFrom(each.from, outward), on: outward(each.on), children: each.children.map(join) })
  const outerColumns = columns.map((column) => ({ ...column, expr: column.expr._tag === 'column' ? outward(column.expr) : give(column.expr) }))
  const orderBy = base.orderBy.map((ordering) => ({ ...ordering, arg: ordering.arg._tag === 'column' ? outward(ordering.arg) : give(ordering.arg) }))
  const joins = eager.joins.map(join)
  const eagerOrder = eager.orderBy.map((ordering) => ({ ...ordering, arg: outward(ordering.arg) }))
  const { ctes, ...inner } = base
  const from: From = { _tag: 'select', select: selectAst({ ...inner, ctes: [] }, given.columns), alias }
  return selectAst({ ...plainBase([attach(from, joins)], 0, undefined, [...orderBy, ...eagerOrder]), ctes }, outerColumns)
}

const mapFrom = (from: From, f: (node: PlanNode) => PlanNode): From =>
  from._tag === 'join' ? { ...from, left: mapFrom(from.left, f), right: mapFrom(from.right, f), on: f(from.on) } : from

const attach = (left: From, joins: readonly EagerJoin[]): From =>
  joins.reduce((from: From, join): From => {
    const nested = join.children.filter((child) => child.nested)
    const flat = join.children.filter((child) => !child.nested)
    const joined: From = { _tag: 'join', kind: join.kind, left: from, right: attach(join.from, nested), on: join.on }
    return attach(joined, flat)
  }, left)
