// The sources that expressions read: entities by their leaves, subqueries by what their fields hold on to.

import { isOperation, children } from '../expression/map-children.js'
import type { QueryNode } from './leaf.js'
import type { Source } from './select-descriptor.js'

const origin: unique symbol = Symbol.for('relata.origin') as never // a symbol shared between copies of this package

/** A field of a subquery, with the source that it comes from kept beside what descriptors print. */
export const withOrigin = <N extends object>(field: N, source: Source): N => Object.defineProperty(field, origin, { value: source })

/** The sources read by some expressions, each once, in the order of their first mention. */
export const sourcesIn = (nodes: readonly QueryNode[]): readonly Source[] => {
  const found = new Map<string, Source>()
  const visit = (node: QueryNode): void => {
    if (isOperation(node)) return children(node).forEach(visit)
    const source = sourceOf(node)
    if (source !== undefined && !found.has(source.source)) found.set(source.source, source)
  }
  nodes.forEach(visit)
  return [...found.values()]
}

/** The source of the fields of a subquery or common table expression. */
export const originOf = (field: object): Source | undefined => (field as { readonly [origin]?: Source })[origin]

function sourceOf(leaf: QueryNode): Source | undefined {
  switch (leaf._tag) {
    case 'attribute':
      return { _tag: 'entity', entity: leaf.entity, source: leaf.source }
    case 'field':
      return originOf(leaf)
    case 'related':
    case 'relatedTo':
    case 'relatedNull':
    case 'relationshipCondition':
      return { _tag: 'entity', entity: leaf.relationship.entity, source: leaf.relationship.source }
    default:
      return undefined
  }
}
