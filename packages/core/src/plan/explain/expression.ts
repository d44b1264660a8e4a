// Expressions as people read them: near to SQL, with parameters by number, and meant for no database.

import type { BinaryOperator, Operation } from '../../expression/node.js'
import { isOperation } from '../../expression/map-children.js'
import type { PlanLeaf, PlanNode } from '../select-ast.js'

/** One line of text for an expression of a plan. */
export const explainExpression = (node: PlanNode): string => (isOperation(node) ? operation(node) : leaf(node))

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
    case 'exists': return 'EXISTS (…)'
    case 'subquery': return '(…)'
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
    case 'function': return `${node.name}(${node.distinct === true ? 'DISTINCT ' : ''}${list(node.args)})${node.over === undefined ? '' : ' OVER (…)'}`
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
