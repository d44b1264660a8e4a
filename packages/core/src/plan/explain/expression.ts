// Expressions, and what they read from, as people read them: near to SQL, with parameters by number, and meant for no database.

import type { BinaryOperator, Operation, Ordering, WindowSpec } from '../../expression/node.js'
import { isOperation } from '../../expression/map-children.js'
import type { From, PlanLeaf, PlanNode, SelectAst } from '../select-ast.js'

/** One line of text for an expression of a plan. */
export const explainExpression = (node: PlanNode): string => (isOperation(node) ? operation(node) : leaf(node))

/** Tables and queries with their aliases, joined. */
export const explainSource = (from: From): string => {
  switch (from._tag) {
    case 'table': return named(from.schema === undefined ? from.table : `${from.schema}.${from.table}`, from.table, from.alias)
    case 'select': return `(select ${from.select.columns.map(({ expr }) => explainExpression(expr)).join(', ')} ${rowsText(from.select)}) as ${from.alias}`
    case 'cte': return named(from.name, from.name, from.alias)
    case 'join': return `${explainSource(from.left)} ${from.kind === 'inner' ? '' : `${from.kind} `}join ${from.right._tag === 'join' ? `(${explainSource(from.right)})` : explainSource(from.right)} on ${explainExpression(from.on)}`
    default: {
      const impossible: never = from
      return impossible
    }
  }
}

export const explainOrder = ({ arg, direction, nulls }: Ordering<PlanNode>): string =>
  `${explainExpression(arg)}${direction === 'desc' ? ' desc' : ''}${nulls === undefined ? '' : ` nulls ${nulls}`}`

const named = (text: string, name: string, alias: string): string => (alias === name ? text : `${text} as ${alias}`)

/** Where the rows of a select come from, and which they are. */
const rowsText = ({ from, where, groupBy, having, setOperations, orderBy, limit, offset }: SelectAst): string => [
  `from ${from.map(explainSource).join(', ')}`,
  ...(where === undefined ? [] : [`where ${explainExpression(where)}`]),
  ...(groupBy.length === 0 ? [] : [`grouped by ${groupBy.map(explainExpression).join(', ')}`]),
  ...(having === undefined ? [] : [`having ${explainExpression(having)}`]),
  ...setOperations.map(({ operator, select }) => `${operator} (${rowsText(select)})`),
  ...(orderBy.length === 0 ? [] : [`ordered by ${orderBy.map(explainOrder).join(', ')}`]),
  ...(limit === undefined ? [] : [`at most ${explainExpression(limit)}`]),
  ...(offset === undefined ? [] : [`after the first ${explainExpression(offset)}`]),
].join(' ')

const windowText = ({ partitionBy, orderBy }: WindowSpec<PlanNode>): string => [
  ...(partitionBy.length === 0 ? [] : [`for each ${partitionBy.map(explainExpression).join(', ')}`]),
  ...(orderBy.length === 0 ? [] : [`ordered by ${orderBy.map(explainOrder).join(', ')}`]),
].join(' ')

const symbols: Readonly<Record<BinaryOperator, string>> = {
  eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=', add: '+', sub: '-', mul: '*', div: '/', mod: '%',
  concat: '||', like: 'LIKE', notLike: 'NOT LIKE', isDistinctFrom: 'IS DISTINCT FROM', isNotDistinctFrom: 'IS NOT DISTINCT FROM',
}

const leaf = (node: PlanLeaf): string => {
  switch (node._tag) {
    case 'column': return `${node.source}.${node.name}`
    case 'slot': return `$${node.index + 1}`
    case 'listSlot': return `$${node.index + 1}…`
    case 'constant': return typeof node.value === 'string' ? `'${node.value.replaceAll('\'', '\'\'')}'` : String(node.value)
    case 'null': return 'NULL'
    case 'exists': return `EXISTS (${rowsText(node.select)})`
    case 'subquery': return `(select ${node.select.columns.map(({ expr }) => explainExpression(expr)).join(', ')} ${rowsText(node.select)})`
    default: {
      const impossible: never = node
      return impossible
    }
  }
}

const operation = (node: Operation<PlanLeaf>): string => {
  const list = (nodes: readonly PlanNode[]): string => nodes.map(explainExpression).join(', ')
  switch (node._tag) {
    case 'binary': return `${operand(node.left)} ${symbols[node.operator]} ${operand(node.right)}`
    case 'custom': return `${operand(node.left)} ${node.symbol} ${operand(node.right)}`
    case 'logical': return node.args.length === 0 ? (node.operator === 'and' ? 'TRUE' : 'FALSE') : node.args.map((arg) => (arg._tag === 'logical' && arg.operator !== node.operator ? `(${explainExpression(arg)})` : explainExpression(arg))).join(` ${node.operator.toUpperCase()} `)
    case 'not': return `NOT (${explainExpression(node.arg)})`
    case 'nullTest': return `${operand(node.arg)} IS ${node.negated ? 'NOT ' : ''}NULL`
    case 'in': return `${operand(node.arg)} ${node.negated ? 'NOT ' : ''}IN (${list(node.items)})`
    case 'between': return `${operand(node.arg)} BETWEEN ${operand(node.low)} AND ${operand(node.high)}`
    case 'function': return `${node.name}(${node.distinct === true ? 'DISTINCT ' : ''}${list(node.args)})${node.over === undefined ? '' : ` OVER (${windowText(node.over)})`}`
    case 'cast': return `CAST(${explainExpression(node.arg)} AS ${node.type.kind})`
    case 'case': return `CASE ${node.branches.map(({ when, result }) => `WHEN ${explainExpression(when)} THEN ${explainExpression(result)}`).join(' ')}${node.otherwise === undefined ? '' : ` ELSE ${explainExpression(node.otherwise)}`} END`
    case 'tuple': return `(${list(node.items)})`
    case 'fragment': return node.parts.map((part, index) => part + (index < node.args.length ? list(node.args.slice(index, index + 1)) : '')).join('')
    case 'marked': return explainExpression(node.arg)
    default: {
      const impossible: never = node
      return impossible
    }
  }
}

const operand = (node: PlanNode): string => {
  switch (node._tag) {
    case 'binary':
    case 'custom':
    case 'logical':
    case 'nullTest':
    case 'in':
    case 'between': return `(${explainExpression(node)})`
    default: return explainExpression(node)
  }
}
