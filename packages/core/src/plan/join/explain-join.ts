// A join plan as a tree that a person reads.

import type { Ordering } from '../../expression/node.js'
import { explainExpression } from '../explain/expression.js'
import type { From, PlanNode } from '../select-ast.js'
import type { JoinPlan, KnownColumn, KnownSide } from './join-plan.js'

/**
 * Prints a join plan, one fact a line.
 *
 * @example
 * explainJoin(plan)
 * // join User.addresses (one-to-many, list)
 * // ├ from users
 * // ├ to addresses
 * // ├ on users.id = addresses.user_id
 * // …
 */
export const explainJoin = (plan: JoinPlan): string => {
  const lines = [
    `from ${source(plan.parent)}`,
    ...plan.secondary === undefined ? [] : [`by ${source(plan.secondary)}`],
    `to ${source(plan.target)}`,
    ...plan.others.map((each) => `beside ${source(each)}`),
    `on ${explainExpression(plan.on)}`,
    ...plan.secondaryOn === undefined ? [] : [`and on ${explainExpression(plan.secondaryOn)}`],
    ...plan.orderBy.length === 0 ? [] : [`ordered by ${plan.orderBy.map(term).join(', ')}`],
    plan.keyLookup === undefined ? `of a known parent: ${known(plan.lazy)}` : `of a known parent: the object whose key is ${plan.keyLookup.map(columnOf).join(', ')}`,
    `of a known target: ${known(plan.reverse)}`,
  ]
  return [`join ${plan.relationship} (${plan.direction}, ${plan.uselist ? 'list' : 'one object'})`, ...lines.map((line, index) => `${index === lines.length - 1 ? '└' : '├'} ${line}`)].join('\n')
}

const source = (from: From): string => {
  switch (from._tag) {
    case 'table': {
      const table = from.schema === undefined ? from.table : `${from.schema}.${from.table}`
      return from.alias === from.table ? table : `${table} as ${from.alias}`
    }
    case 'select': return `(…) as ${from.alias}`
    case 'cte': return from.alias === from.name ? from.name : `${from.name} as ${from.alias}`
    case 'join': return `${source(from.left)} ${from.kind === 'inner' ? '' : `${from.kind} `}join ${source(from.right)} on ${explainExpression(from.on)}`
    default: {
      const impossible: never = from
      return impossible
    }
  }
}

const term = ({ arg, direction, nulls }: Ordering<PlanNode>): string =>
  `${explainExpression(arg)}${direction === 'desc' ? ' desc' : ''}${nulls === undefined ? '' : ` nulls ${nulls}`}`

const known = ({ where, binds }: KnownSide): string =>
  `${explainExpression(where)}${binds.length === 0 ? '' : ` with ${binds.map((bind, index) => `$${index + 1} = ${columnOf(bind)}`).join(', ')}`}`

const columnOf = ({ table, name }: KnownColumn): string => `${table}.${name}`
