// Expressions as text, with no more parentheses than they need.

import { isOperation } from '@relata/core'
import type { BinaryOperator, Operation } from '@relata/core'
import { typeName } from '../dialect/type-name.js'
import type { SqlLeaf, SqlNode, SqlSelect } from '../lower/sql-tree.js'
import { printListMembership } from './print-list.js'
import { separated, write, writeColumn, writeParameter } from './writer.js'
import type { Writer } from './writer.js'

/** Prints selects within expressions; given as an argument, since selects are made of expressions. */
export type PrintSelect = (to: Writer, select: SqlSelect) => void

const symbols: Readonly<Record<Exclude<BinaryOperator, 'isDistinctFrom' | 'isNotDistinctFrom'>, string>> = {
  eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=',
  add: '+', sub: '-', mul: '*', div: '/', mod: '%',
  concat: '||', like: 'like', notLike: 'not like',
}

export const printExpression = (to: Writer, printSelect: PrintSelect, node: SqlNode): void => {
  const print = (child: SqlNode): void => printExpression(to, printSelect, child)
  /** In parentheses where the child binds less tightly than `strength`. */
  const within = (child: SqlNode, strength: number): void => {
    if (strengthOf(child) >= strength) print(child)
    else { write(to, '('); print(child); write(to, ')') }
  }
  if (isOperation<SqlLeaf>(node)) printOperation(to, print, within, node)
  else printLeaf(to, printSelect, print, within, node)
}

type Print = (child: SqlNode) => void
type Within = (child: SqlNode, strength: number) => void

const printOperation = (to: Writer, print: Print, within: Within, node: Operation<SqlLeaf>): void => {
  const strength = strengthOf(node)
  const infix = (left: SqlNode, symbol: string, right: SqlNode, leftStrength = strength + 1): void => {
    within(left, leftStrength)
    write(to, ` ${symbol} `)
    within(right, Math.max(strength, strengths.comparison) + 1)
  }
  switch (node._tag) {
    case 'binary': {
      // Null-safe comparisons are custom operators by now.
      const symbol = node.operator === 'isDistinctFrom' ? 'is distinct from' : node.operator === 'isNotDistinctFrom' ? 'is not distinct from' : symbols[node.operator]
      infix(node.left, symbol, node.right, strength > strengths.comparison ? strength : strength + 1)
      if (node.operator === 'like' || node.operator === 'notLike') write(to, to.dialect.expression.likeEscape)
      return
    }
    case 'custom': return infix(node.left, node.symbol, node.right, Math.max(strength, strengths.comparison) + 1)
    case 'logical': return separated(to, node.args, (arg) => within(arg, strength + 1), ` ${node.operator} `)
    case 'not': write(to, 'not '); return within(node.arg, strengths.primary)
    case 'nullTest': within(node.arg, strength + 1); return write(to, node.negated ? ' is not null' : ' is null')
    case 'in':
      within(node.arg, strength + 1)
      write(to, node.negated ? ' not in (' : ' in (')
      separated(to, node.items, print)
      return write(to, ')')
    case 'between':
      within(node.arg, strength + 1); write(to, ' between '); within(node.low, strength + 1); write(to, ' and ')
      return within(node.high, strength + 1)
    case 'function': return printFunction(to, print, node)
    case 'cast': write(to, 'cast('); print(node.arg); return write(to, ` as ${typeName(to.dialect.expression.castTypes, node.type)})`)
    case 'case':
      write(to, 'case')
      for (const { when, result } of node.branches) { write(to, ' when '); print(when); write(to, ' then '); print(result) }
      if (node.otherwise !== undefined) { write(to, ' else '); print(node.otherwise) }
      return write(to, ' end')
    case 'tuple': write(to, '('); separated(to, node.items, print); return write(to, ')')
    case 'fragment':
      node.parts.forEach((part, at) => {
        write(to, part)
        const arg = node.args[at]
        if (arg !== undefined) within(arg, strengths.primary)
      })
      return
    case 'marked': return print(node.arg)
    default: {
      const impossible: never = node
      return impossible
    }
  }
}

const printFunction = (to: Writer, print: Print, node: Operation<SqlLeaf> & { readonly _tag: 'function' }): void => {
  // Words that are written without parentheses.
  if (node.args.length === 0 && /^current_(date|time|timestamp)$/i.test(node.name)) return write(to, node.name)
  write(to, `${node.name}(${node.distinct === true ? 'distinct ' : ''}`)
  separated(to, node.args, print)
  write(to, ')')
  if (node.over === undefined) return
  write(to, ' over (')
  if (node.over.partitionBy.length > 0) { write(to, 'partition by '); separated(to, node.over.partitionBy, print) }
  if (node.over.orderBy.length > 0) {
    write(to, node.over.partitionBy.length > 0 ? ' order by ' : 'order by ')
    separated(to, node.over.orderBy, (ordering) => { print(ordering.arg); write(to, orderingWords(ordering)) })
  }
  write(to, ')')
}

/** What follows the expression of an ordering. */
export const orderingWords = ({ direction, nulls }: { readonly direction: 'asc' | 'desc'; readonly nulls?: 'first' | 'last' }): string =>
  (direction === 'desc' ? ' desc' : '') + (nulls === undefined ? '' : ` nulls ${nulls}`)

const printLeaf = (to: Writer, printSelect: PrintSelect, print: Print, within: Within, leaf: SqlLeaf): void => {
  const negation = (negated: boolean): string => negated ? ' not in (' : ' in ('
  switch (leaf._tag) {
    case 'column': return writeColumn(to, leaf.source, leaf.name)
    case 'parameter': return writeParameter(to, leaf)
    case 'keyword': return write(to, leaf.word)
    case 'literal': return write(to, leaf.text)
    case 'quantified': write(to, `${leaf.quantifier}(`); writeParameter(to, leaf.parameter); return write(to, ')')
    case 'unnest': write(to, 'select * from unnest('); separated(to, leaf.members, (member) => writeParameter(to, member)); return write(to, ')')
    case 'listMembership': return printListMembership(to, print, leaf)
    case 'membership':
      within(leaf.arg, strengths.comparison + 1); write(to, negation(leaf.negated)); printSelect(to, leaf.select)
      return write(to, ')')
    case 'valuesMembership':
      print(leaf.arg); write(to, `${negation(leaf.negated)}values `); separated(to, leaf.items, print)
      return write(to, ')')
    case 'exists': write(to, 'exists ('); printSelect(to, leaf.select); return write(to, ')')
    case 'subquery': write(to, '('); printSelect(to, leaf.select); return write(to, ')')
    default: {
      const impossible: never = leaf
      return impossible
    }
  }
}

/** How tightly operations bind, weakest first. Operators of the program's own are always set apart. */
const strengths = { or: 1, and: 2, not: 3, comparison: 4, custom: 5, additive: 6, multiplicative: 7, primary: 9 } as const

const strengthOf = (node: SqlNode): number => {
  switch (node._tag) {
    case 'logical': return strengths[node.operator]
    case 'not': return strengths.not
    case 'binary':
      switch (node.operator) {
        case 'add': case 'sub': case 'concat': return strengths.additive
        case 'mul': case 'div': case 'mod': return strengths.multiplicative
        default: return strengths.comparison
      }
    case 'custom':
      if (/^(and|or|xor)$/i.test(node.symbol)) return strengths.or
      return node.comparison ? strengths.comparison : strengths.custom
    case 'nullTest':
    case 'in':
    case 'between':
    case 'membership':
    case 'valuesMembership':
    case 'listMembership':
      return strengths.comparison
    case 'marked': return strengthOf(node.arg)
    // What its text holds is the program's: beside other operators it is set apart.
    case 'fragment': return strengths.or
    default: return strengths.primary
  }
}
