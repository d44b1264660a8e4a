// Expressions of mappings: join conditions, orderings and lists of columns.

import type { BinaryOperator, DatabaseType, MappingNode, Ordering } from '@relata/core'
import type { Json } from './case.js'
import { listOf, textOf } from './json.js'

export const binaryOperators: ReadonlySet<string> = new Set<BinaryOperator>(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'add', 'sub', 'mod', 'concat', 'like'])

export const databaseTypes: Readonly<Record<string, DatabaseType>> = {
  integer: { kind: 'integer' }, text: { kind: 'text' }, boolean: { kind: 'boolean' }, real: { kind: 'real' },
}

export const mappingNode = (expression: Json): MappingNode => {
  if (!Array.isArray(expression)) return { _tag: 'literal', value: expression }
  const [operator, ...args] = listOf(expression)
  const arg = (index: number): MappingNode => mappingNode(args[index] ?? null)
  const all = (): readonly MappingNode[] => args.map(mappingNode)
  const name = textOf(operator)
  if (binaryOperators.has(name)) return args.length > 2
    ? args.slice(2).reduce((left: MappingNode, right) => ({ _tag: 'binary', operator: name as BinaryOperator, left, right: mappingNode(right) }), { _tag: 'binary', operator: name as BinaryOperator, left: arg(0), right: arg(1) })
    : { _tag: 'binary', operator: name as BinaryOperator, left: arg(0), right: arg(1) }
  switch (name) {
    case 'col': return { _tag: 'tableColumn', table: textOf(args[0]), column: textOf(args[1]) }
    case 'lit': return { _tag: 'literal', value: args[0] }
    case 'null': return { _tag: 'null' }
    case 'foreign': case 'remote': return { _tag: 'marked', mark: name, arg: arg(0) }
    case 'and': case 'or': return { _tag: 'logical', operator: name, args: all() }
    case 'not': return { _tag: 'not', arg: arg(0) }
    case 'isNull': return { _tag: 'nullTest', negated: false, arg: arg(0) }
    case 'isNotNull': return { _tag: 'nullTest', negated: true, arg: arg(0) }
    case 'in': return { _tag: 'in', negated: false, arg: arg(0), items: listOf(args[1]).map((value) => ({ _tag: 'literal', value })) }
    case 'fn': return { _tag: 'function', name: textOf(args[0]), args: args.slice(1).map(mappingNode) }
    case 'cast': return { _tag: 'cast', arg: arg(0), type: databaseTypes[textOf(args[1])] ?? { kind: 'text' } }
    case 'op': return { _tag: 'custom', symbol: textOf(args[0]), comparison: true, left: arg(1), right: arg(2) }
    default: throw new Error(`unknown expression ${JSON.stringify(expression)}`)
  }
}

export const mappingOrder = (item: Json): Ordering<MappingNode> => {
  if (typeof item === 'object' && item !== null && !Array.isArray(item) && 'by' in item) {
    const { by, desc } = item as { readonly by: Json; readonly desc?: boolean }
    return { arg: mappingNode(by), direction: desc === true ? 'desc' : 'asc' }
  }
  return { arg: mappingNode(item), direction: 'asc' }
}

