// A value that the database computes for one column of a row: an expression over the row itself, with its constants in it.

import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../../configure/mapping.js'
import { mapLeaves } from '../../expression/map-children.js'
import type { AnyExpr } from '../../expression/expr.js'
import { nodeOf } from '../../expression/expr.js'
import type { SlotValue } from '../load/load-plan.js'
import { QueryRefusal, refuse, type QueryError } from '../load/query-error.js'
import type { PlanLeaf, PlanNode } from '../select-ast.js'
import { planWrite, type UpdatePlan } from './plan-write.js'

/**
 * Plans an expression as the value of an attribute: columns are those of the row that is written, and values stand in it as constants.
 * Left where the expression reads anything else.
 *
 * @example
 * planValue(mapping, 'Product', 'stock', sub(Product.stock, 1)) // right({ _tag: 'binary', operator: 'sub', … })
 */
export const planValue = (mapping: Mapping, entity: string, attribute: string, expression: AnyExpr): Either<QueryError, PlanNode> => {
  const planned = planWrite(mapping, { _tag: 'update', entity, source: entity, set: { [attribute]: nodeOf(expression) }, where: [], returning: [], synchronize: false })
  if (isLeft(planned)) return planned
  const { plan, values } = planned.right
  try {
    return right(plan._tag === 'update' ? ofRow(plan, values) : refuse('argument', `nothing of ${entity} is set`, 'give an expression'))
  } catch (thrown) {
    if (thrown instanceof QueryRefusal) return left(thrown.error)
    throw thrown
  }
}

const ofRow = ({ table, alias, set }: UpdatePlan, values: readonly SlotValue[]): PlanNode => {
  const leaf = (node: PlanLeaf): PlanNode => {
    switch (node._tag) {
      case 'column': return node.source === alias ? { ...node, source: table } : refuse('argument', `a value of ${table} reads '${node.source}'`, 'read columns of the object itself')
      case 'slot': return constant(values[node.index], node.type)
      case 'constant': case 'null': return node
      case 'listSlot': case 'exists': case 'subquery':
        return refuse('not-supported', `a value of ${table} has a ${node._tag === 'listSlot' ? 'list' : 'subquery'} in it`, 'write it with update() and a condition')
      default: return node satisfies never
    }
  }
  const expr = set[0]?.expr
  return expr === undefined ? refuse('argument', `nothing of ${table} is set`, 'give an expression') : mapLeaves<PlanLeaf, PlanLeaf>(expr, leaf)
}

/** What JSON can hold; values of other types are written by their codec first. */
const constant = (slot: SlotValue | undefined, type: (PlanLeaf & { readonly _tag: 'slot' })['type']): PlanNode => {
  const given = slot?._tag === 'value' ? slot.value : undefined
  const value = slot?._tag !== 'value' || slot.type === undefined || slot.type.plain ? given : slot.type.codec.encode(given)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { _tag: 'constant', value, ...(type === undefined ? {} : { type }) }
  return refuse('not-supported', 'a value in an expression of a column is text, a number or a truth value', 'write it with update() and a condition')
}
