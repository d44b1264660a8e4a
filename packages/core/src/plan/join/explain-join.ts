// A join plan as a tree that a person reads.

import { leaves } from '../../expression/map-children.js'
import { drawnTree } from '../explain/drawn-tree.js'
import type { ExplainOptions } from '../explain/explain-options.js'
import { explainExpression, explainOrder, explainSource } from '../explain/expression.js'
import type { From, PlanNode, SelectAst } from '../select-ast.js'
import type { JoinPlan, KnownColumn, KnownSide } from './join-plan.js'

/**
 * Prints a join plan, one fact a line; with `sql`, the join as a statement.
 *
 * @example
 * explainJoin(plan)
 * // join User.addresses (one-to-many, list)
 * // ├ from users
 * // ├ to addresses
 * // ├ on users.id = addresses.user_id
 * // …
 */
export const explainJoin = (plan: JoinPlan, { sql }: ExplainOptions = {}): string =>
  drawnTree({
    text: `join ${plan.relationship} (${plan.direction}, ${plan.uselist ? 'list' : 'one object'})`,
    below: [
      ...sql === undefined ? inWords(plan) : [sql(joinSelect(plan))],
      plan.keyLookup === undefined ? `of a known parent: ${known(plan.lazy)}` : `of a known parent: the object whose key is its ${plan.keyLookup.map(columnOf).join(', ')}`,
      `of a known target: ${known(plan.reverse)}`,
    ].map((text) => ({ text })),
  }).join('\n')

const inWords = (plan: JoinPlan): readonly string[] => [
  `from ${explainSource(plan.parent)}`,
  ...plan.secondary === undefined ? [] : [`by ${explainSource(plan.secondary)}`],
  `to ${explainSource(plan.target)}`,
  ...plan.others.map((each) => `beside ${explainSource(each)}`),
  `on ${explainExpression(plan.on)}`,
  ...plan.secondaryOn === undefined ? [] : [`and on ${explainExpression(plan.secondaryOn)}`],
  ...plan.orderBy.length === 0 ? [] : [`ordered by ${plan.orderBy.map(explainOrder).join(', ')}`],
]

/** The join as a statement of its own, with the columns that it goes by. */
const joinSelect = ({ parent, secondary, target, others, on, secondaryOn, orderBy }: JoinPlan): SelectAst => {
  const join = (left: From, right: From, condition: PlanNode): From => ({ _tag: 'join', kind: 'inner', left, right, on: condition })
  const columns = [on, ...secondaryOn === undefined ? [] : [secondaryOn]].flatMap((condition) => leaves(condition).flatMap((leaf) => (leaf._tag === 'column' ? [leaf] : [])))
  return {
    _tag: 'selectAst', ctes: [], distinct: false, groupBy: [], setOperations: [], orderBy,
    columns: [...new Map(columns.map((column) => [`${column.source}_${column.name}`, column]))].map(([name, expr]) => ({ expr, name })),
    from: [...others, secondary === undefined || secondaryOn === undefined ? join(parent, target, on) : join(join(parent, secondary, on), target, secondaryOn)],
  }
}

const known = ({ where, binds }: KnownSide): string =>
  `${explainExpression(where)}${binds.length === 0 ? '' : ` with ${binds.map((bind, index) => `$${index + 1} = its ${columnOf(bind)}`).join(', ')}`}`

const columnOf = ({ table, name }: KnownColumn): string => `${table}.${name}`
