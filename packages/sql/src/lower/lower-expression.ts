// Expressions of a plan, rewritten to what the dialect can say.

import { isOperation, mapChildren, typeOf } from '@relata/core'
import type { DatabaseType, Operation, PlanLeaf, PlanNode, SelectAst } from '@relata/core'
import type { Lowering } from './lowering.js'
import { refuse } from './lowering.js'
import { comparable } from './comparable.js'
import { lowerMembership } from './lower-membership.js'
import { lowerParameter } from './lower-parameter.js'
import type { Context } from './lower-parameter.js'
import type { SqlNode, SqlSelect } from './sql-tree.js'
import { isTypeName } from '../dialect/type-name.js'

/** Lowers the selects within expressions; given as an argument, since selects are made of expressions. */
export type LowerSelect = (to: Lowering, select: SelectAst) => SqlSelect

/** An expression in the dialect's terms. What the dialect cannot say is added to the problems. */
export const lowerExpression = (to: Lowering, lowerSelect: LowerSelect, node: PlanNode, context: Context = nothingKnown): SqlNode => {
  const lower = (child: PlanNode, known: Context = nothingKnown): SqlNode => lowerExpression(to, lowerSelect, child, known)
  return isOperation<PlanLeaf>(node) ? lowerOperation(to, lowerSelect, lower, node) : lowerLeaf(to, lowerSelect, node, context)
}

const nothingKnown: Context = { settled: false }

type Lower = (child: PlanNode, known?: Context) => SqlNode

const lowerLeaf = (to: Lowering, lowerSelect: LowerSelect, leaf: PlanLeaf, context: Context): SqlNode => {
  switch (leaf._tag) {
    case 'column': return { _tag: 'column', source: leaf.source, name: leaf.name }
    case 'slot':
    case 'constant':
      return lowerParameter(to, leaf, context)
    case 'null': return { _tag: 'keyword', word: 'null' }
    case 'exists':
    case 'subquery':
      return { _tag: leaf._tag, select: lowerSelect(to, leaf.select) }
    case 'listSlot':
      refuse(to, 'malformed', 'A list stands where one value is expected.', 'Use a list only as the sole item of `in`.')
      return { _tag: 'keyword', word: 'null' }
    default: {
      const impossible: never = leaf
      return impossible
    }
  }
}

const lowerOperation = (to: Lowering, lowerSelect: LowerSelect, lower: Lower, node: Operation<PlanLeaf>): SqlNode => {
  switch (node._tag) {
    case 'marked': return lower(node.arg)
    case 'logical':
      if (node.args.length === 0) return { _tag: 'keyword', word: node.operator === 'and' ? 'true' : 'false' }
      return node.args.length === 1 ? lower(node.args[0]!) : mapChildren(node, lower)
    case 'not':
    case 'nullTest':
      return mapChildren(node, lower)
    case 'binary': return lowerBinary(to, lower, node)
    case 'custom':
      if (!isOperatorSymbol(to, node.symbol)) {
        refuse(to, 'operator', `${JSON.stringify(node.symbol)} is not an operator.`, 'Give an operator of the database, of symbols or of words.', { name: node.symbol })
      }
      return { ...node, left: lower(node.left, beside(node.right)), right: lower(node.right, beside(node.left)) }
    case 'between':
      return {
        ...node,
        arg: comparable(to, node.arg, lower(node.arg, beside(node.low))),
        low: comparable(to, node.low, lower(node.low, beside(node.arg))),
        high: comparable(to, node.high, lower(node.high, beside(node.arg))),
      }
    case 'in': return lowerMembership(to, lower, (select) => lowerSelect(to, select), node)
    case 'function': return lowerFunction(to, lower, node)
    case 'cast':
      if (node.type.kind === 'custom' && !isTypeName(node.type.name)) {
        refuse(to, 'operator', `${JSON.stringify(node.type.name)} is not a type.`, 'Name a type of the database.', { name: node.type.name })
      }
      return mapChildren(node, lower)
    case 'fragment':
      if (node.parts.length !== node.args.length + 1) {
        refuse(to, 'malformed', `A fragment of ${node.parts.length} parts has ${node.args.length} arguments.`, 'Give one part more than arguments.', { construct: 'fragment' })
      }
      return mapChildren(node, (arg: PlanNode) => lower(arg, ofFragment))
    case 'case': {
      const type = typeOf(node)
      const result: Context = type === undefined ? nothingKnown : { settled: false, type }
      const { otherwise, ...rest } = node
      const branches = rest.branches.map((branch) => ({ when: lower(branch.when), result: lower(branch.result, result) }))
      return otherwise === undefined ? { _tag: 'case', branches } : { _tag: 'case', branches, otherwise: lower(otherwise, result) }
    }
    case 'tuple': return mapChildren(node, lower)
    default: {
      const impossible: never = node
      return impossible
    }
  }
}

/** What a database knows of a parameter that stands beside another expression in an operation. */
export const beside = (other: PlanNode): Context => {
  const type = typeOf(other)
  const settled = other._tag !== 'slot' && other._tag !== 'constant' && other._tag !== 'null'
  return type === undefined ? { settled } : { settled, type }
}

const ofFragment: Context = { settled: false, raw: true }
const ofText: DatabaseType = { kind: 'text' }

const lowerBinary = (to: Lowering, lower: Lower, node: Operation<PlanLeaf> & { readonly _tag: 'binary' }): SqlNode => {
  const { nullSafe, concat } = to.dialect.expression
  const left = (): SqlNode => lower(node.left, beside(node.right))
  const right = (): SqlNode => lower(node.right, beside(node.left))
  switch (node.operator) {
    case 'isNotDistinctFrom':
      return { _tag: 'custom', symbol: nullSafe.same, comparison: true, left: comparable(to, node.left, left()), right: comparable(to, node.right, right()) }
    case 'isDistinctFrom':
      return nullSafe.distinct === undefined
        ? { _tag: 'not', arg: { _tag: 'custom', symbol: nullSafe.same, comparison: true, left: comparable(to, node.left, left()), right: comparable(to, node.right, right()) } }
        : { _tag: 'custom', symbol: nullSafe.distinct, comparison: true, left: comparable(to, node.left, left()), right: comparable(to, node.right, right()) }
    case 'concat':
      if (concat === 'function') return { _tag: 'function', name: 'concat', args: concatenated(node).map((part) => lower(part)) }
      return { ...node, left: lower(node.left, { settled: false, type: ofText }), right: lower(node.right, { settled: false, type: ofText }) }
    case 'eq': case 'ne': case 'lt': case 'le': case 'gt': case 'ge':
      return { ...node, left: comparable(to, node.left, left()), right: comparable(to, node.right, right()) }
    case 'like': case 'notLike':
    case 'add': case 'sub': case 'mul': case 'div': case 'mod':
      return { ...node, left: left(), right: right() }
    default: {
      const impossible: never = node.operator
      return impossible
    }
  }
}

/** `a || b || c` as one list, so that a function takes them all. */
const concatenated = (node: PlanNode): readonly PlanNode[] =>
  node._tag === 'binary' && node.operator === 'concat' ? [...concatenated(node.left), ...concatenated(node.right)] : [node]

const lowerFunction = (to: Lowering, lower: Lower, node: Operation<PlanLeaf> & { readonly _tag: 'function' }): SqlNode => {
  if (!/^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/.test(node.name)) {
    refuse(to, 'operator', `${JSON.stringify(node.name)} is not the name of a function.`, 'Give a name of letters, digits and underscores, perhaps after a schema and a dot.', { name: node.name })
  }
  if (node.over !== undefined && !to.dialect.supports.windowFunctions) {
    refuse(to, 'unsupported', `${to.dialect.name} has no window functions.`, 'Compute it in the program, or with a subquery.', { construct: 'window function' })
  }
  const { functions } = to.dialect.expression
  const name = Object.hasOwn(functions, node.name.toLowerCase()) ? functions[node.name.toLowerCase()]! : node.name
  if (node.args.length === 0 && name.toLowerCase() === 'count') return { ...withoutOver(node), name, args: [{ _tag: 'keyword', word: '*' }], ...window(to, lower, node) }
  return { ...withoutOver(node), name, args: node.args.map((arg) => comparing.has(node.name.toLowerCase()) ? comparable(to, arg, lower(arg)) : lower(arg)), ...window(to, lower, node) }
}

/** Functions that compare their arguments. */
const comparing: ReadonlySet<string> = new Set(['min', 'max', 'greatest', 'least', 'nullif'])

const withoutOver = (node: Operation<PlanLeaf> & { readonly _tag: 'function' }): { readonly _tag: 'function'; readonly distinct?: boolean } =>
  node.distinct === true ? { _tag: 'function', distinct: true } : { _tag: 'function' }

const window = (to: Lowering, lower: Lower, { over }: Operation<PlanLeaf> & { readonly _tag: 'function' }): { readonly over?: { readonly partitionBy: readonly SqlNode[]; readonly orderBy: readonly { readonly arg: SqlNode; readonly direction: 'asc' | 'desc'; readonly nulls?: 'first' | 'last' }[] } } =>
  over === undefined
    ? {}
    : { over: { partitionBy: over.partitionBy.map((arg) => lower(arg)), orderBy: over.orderBy.map((ordering) => ({ ...ordering, arg: comparable(to, ordering.arg, lower(ordering.arg)) })) } }

/** Symbols, or words other than clauses', that cannot end the expression, begin a comment or be a parameter. */
const isOperatorSymbol = (to: Lowering, symbol: string): boolean =>
  /^([-+*/<>=~!@#%^&|?:]+|[A-Za-z]+( [A-Za-z]+)*)$/.test(symbol)
  && !/\b(union|intersect|except|select|where|group|having|order|limit|offset|fetch|into|values|set|returning)\b/i.test(symbol)
  && !symbol.includes('--') && !symbol.includes('/*') && !symbol.includes('*/')
  && !(to.dialect.parameter.form === 'question mark' && /[?:@]/.test(symbol))
