// Conditions of a mapping as descriptors hold them: made of columns and constants alone.

import { mapChildren, isOperation } from './map-children.js'
import { nodeOf } from './expr.js'
import type { AnyExpr } from './expr.js'
import type { MappingNode } from './node.js'
import type { QueryNode } from '../query/descriptor.js'

/** The node of a condition, a list of values written out: a mapping has no slots. A leaf of queries stays, and is reported by `configure`. */
export const mappingNode = (expression: AnyExpr): MappingNode => withoutLists(nodeOf(expression)) as MappingNode // configure refuses other leaves

/** The same with the values of lists written out. */
export function withoutLists(node: QueryNode): QueryNode {
  if (!isOperation(node)) return node
  if (node._tag === 'in' && node.items.some((item) => item._tag === 'list')) {
    const items = node.items.flatMap((item): readonly QueryNode[] =>
      item._tag === 'list' ? item.values.map((value) => ({ _tag: 'literal', value })) : [withoutLists(item)],
    )
    return { ...node, arg: withoutLists(node.arg), items }
  }
  return mapChildren(node, withoutLists)
}
