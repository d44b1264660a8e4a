// A condition of a mapping as one of a statement: the one place where its columns, values and parameters are put in.

import type { JoinColumn, LazyLeaf } from '../../configure/mapping.js'
import { mapLeaves } from '../../expression/map-children.js'
import type { Literal, Node } from '../../expression/node.js'
import type { PlanLeaf, PlanNode } from '../select-ast.js'
import { refuse } from './query-error.js'

/** What a column is in the statement is the caller's to say, and what stands for the value of a known side. */
export const conditionOver = (condition: Node<LazyLeaf>, column: (leaf: JoinColumn) => PlanNode, bind: (index: number) => PlanNode = unbound): PlanNode =>
  mapLeaves<LazyLeaf, PlanLeaf>(condition, (leaf) => {
    switch (leaf._tag) {
      case 'joinColumn': return column(leaf)
      case 'bind': return bind(leaf.index)
      case 'literal': return constant(leaf)
      case 'null': return leaf
      default: {
        const impossible: never = leaf
        return impossible
      }
    }
  })

/** A constant of the mapping: sent as a parameter. */
export const constant = (leaf: Literal): PlanLeaf => {
  const { value } = leaf
  if (value === null) return { _tag: 'null' }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return refuse('not-supported', `a condition of the mapping holds a value that is ${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`, 'use texts, numbers and booleans there, and isNull for null')
  }
  return { _tag: 'constant', value, ...(leaf.type === undefined ? {} : { type: leaf.type }) }
}

const unbound = (): never => { throw new Error('a condition between two sides has no known side') }
