// A load plan as a tree that a person reads: each statement, what it reads, and which statements follow.

import type { EntityRead, FollowUp, LoadPlan } from '../load/load-plan.js'
import type { SelectAst } from '../select-ast.js'
import type { DrawnTree } from './drawn-tree.js'
import { drawnTree } from './drawn-tree.js'
import type { ExplainOptions } from './explain-options.js'
import { explainExpression, explainOrder, explainSource } from './expression.js'

/**
 * Prints a load plan.
 *
 * @example
 * explainLoad(plan)
 * // load User
 * // ├ from users as users_1
 * // ├ where users_1.name = $1
 * // ├ reads id, name
 * // └ then User.addresses by selectin, for up to 500 at once
 * //   ├ from addresses as addresses_1
 * //   …
 */
export const explainLoad = (plan: LoadPlan, options: ExplainOptions = {}): string =>
  drawnTree(statement(`load ${plan.result._tag === 'entity' ? plan.result.entity : 'rows'}`, plan, options)).join('\n')

const statement = (text: string, { statement: select, result }: LoadPlan, options: ExplainOptions): DrawnTree => ({
  text,
  below: [
    ...(options.sql === undefined ? clauses(select) : [{ text: options.sql(select) }]),
    ...(result._tag === 'entity' ? reads(result, options) : [{ text: `reads ${result.fields.map(({ name }) => name).join(', ')}` }]),
  ],
})

/** What is read of an entity, what comes in the same rows, and what follows. */
const reads = (read: EntityRead, options: ExplainOptions): readonly DrawnTree[] => [
  ...read.kinds.map(({ entity, columns }, index) => ({ text: `${index === 0 ? 'reads' : `as ${entity} reads`} ${columns.map(({ attribute }) => attribute).join(', ')}` })),
  ...read.related.map(({ of, name, read: inner }) => ({ text: `${of}.${name} in the same rows`, below: reads(inner, options) })),
  ...read.empty.map(({ of, name }) => ({ text: `${of}.${name} is left empty` })),
  ...read.followUps.map((followUp) => following(followUp, options)),
]

const following = ({ of, name, strategy, chunk, recursion, load }: FollowUp, options: ExplainOptions): DrawnTree => {
  const levels = recursion === undefined ? '' : recursion === -1 ? ', level by level to the end' : `, ${recursion} levels further`
  if (load === undefined) return { text: `then ${of}.${name} from the identity map alone${levels}` }
  const parents = load.keys._tag === 'list' ? `for up to ${chunk} at once` : load.keys._tag === 'binds' ? 'for each by itself' : 'with the statement above as its subquery'
  return statement(`then ${of}.${name} by ${strategy}, ${parents}${levels}`, load.plan, options)
}

const clauses = (select: SelectAst): readonly DrawnTree[] => [
  ...select.ctes.map(({ name, recursive }) => ({ text: `with ${recursive ? 'recursive ' : ''}${name} as (…)` })),
  { text: `from ${select.from.map(explainSource).join(', ')}` },
  ...(select.where === undefined ? [] : [{ text: `where ${explainExpression(select.where)}` }]),
  ...(select.groupBy.length === 0 ? [] : [{ text: `grouped by ${select.groupBy.map(explainExpression).join(', ')}` }]),
  ...(select.having === undefined ? [] : [{ text: `having ${explainExpression(select.having)}` }]),
  ...select.setOperations.map(({ operator }) => ({ text: `${operator} (…)` })),
  ...(select.orderBy.length === 0 ? [] : [{ text: `ordered by ${select.orderBy.map(explainOrder).join(', ')}` }]),
  ...(select.limit === undefined ? [] : [{ text: `at most ${explainExpression(select.limit)}` }]),
  ...(select.offset === undefined ? [] : [{ text: `after the first ${explainExpression(select.offset)}` }]),
  ...(select.distinct ? [{ text: 'each row once' }] : []),
  ...(select.lock === undefined ? [] : [{ text: `locked for ${select.lock.strength}${select.lock.wait === 'wait' ? '' : `, ${select.lock.wait}`}` }]),
]
