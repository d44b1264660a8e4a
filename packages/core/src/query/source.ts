// The sources that expressions read: entities by their leaves, subqueries and common tables by what their fields hold on to.

import { children, isOperation } from '../expression/map-children.js'
import type { CommonTable, QueryLeaf, QueryNode, Source } from './descriptor.js'

/** Where a column of a table, a field of a subquery or of a common table, or an attribute of what is read from one comes from. */
export interface Origin {
  readonly source: Source
  readonly commonTable?: CommonTable
}

const origin: unique symbol = Symbol.for('relata.origin') as never // a symbol shared between copies of this package

/** A field, or a record of fields, with its origin beside what descriptors print. */
export const withOrigin = <N extends object>(fields: N, from: Origin): N => Object.defineProperty(fields, origin, { value: from })

/** The origin of a field, or of a record of fields. */
export const originOf = (fields: object): Origin | undefined => (fields as { readonly [origin]?: Origin })[origin]

/** The sources read by some expressions, each once, in the order of their first mention. */
export const originsIn = (nodes: readonly QueryNode[]): readonly Origin[] => {
  const found = new Map<string, Origin>()
  const visit = (node: QueryNode): void => {
    if (isOperation(node)) {
      children(node).forEach(visit)
      return
    }
    const from = originOfLeaf(node)
    if (from !== undefined && !found.has(from.source.source)) found.set(from.source.source, from)
  }
  nodes.forEach(visit)
  return [...found.values()]
}

/** The common tables among some origins, added to those that are known. */
export const commonTables = (known: readonly CommonTable[], origins: readonly Origin[]): readonly CommonTable[] => {
  const names = new Set(known.map((table) => table.name))
  const added = origins.flatMap(({ commonTable }) => (commonTable === undefined || names.has(commonTable.name) ? [] : [commonTable]))
  return added.length === 0 ? known : Object.freeze([...known, ...added])
}

function originOfLeaf(leaf: QueryLeaf): Origin | undefined {
  switch (leaf._tag) {
    case 'attribute':
      return originOf(leaf) ?? { source: { _tag: 'entity', entity: leaf.entity, source: leaf.source } }
    case 'field':
    case 'tableColumn':
      return originOf(leaf)
    case 'related':
    case 'relatedTo':
    case 'relatedNull':
    case 'relationshipCondition':
      return originOf(leaf.relationship) ?? { source: { _tag: 'entity', entity: leaf.relationship.entity, source: leaf.relationship.source } }
    default:
      return undefined
  }
}
