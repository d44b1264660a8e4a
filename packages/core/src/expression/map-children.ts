// The one traversal of expressions: every rewrite is `mapChildren` with something to do at the leaves.

import type { Node, Operation, Ordering } from './node.js'

type Tag = Operation<never>['_tag']

const operationTags: Readonly<Record<Tag, true>> = {
  binary: true, custom: true, logical: true, not: true, nullTest: true, in: true, between: true,
  function: true, cast: true, case: true, tuple: true, fragment: true, marked: true,
}

/** Has the node children? Everything else is a leaf of its stage. */
export const isOperation = <L extends { readonly _tag: string }>(node: Node<L>): node is Operation<L> =>
  Object.hasOwn(operationTags, node._tag)

const mapOrdering = <L, M>(f: (child: Node<L>) => Node<M>) => (ordering: Ordering<Node<L>>): Ordering<Node<M>> =>
  ({ ...ordering, arg: f(ordering.arg) })

/** The same operation over other children. */
export const mapChildren = <L, M>(node: Operation<L>, f: (child: Node<L>) => Node<M>): Operation<M> => {
  switch (node._tag) {
    case 'binary':
    case 'custom':
      return { ...node, left: f(node.left), right: f(node.right) }
    case 'logical':
    case 'fragment':
      return { ...node, args: node.args.map(f) }
    case 'not':
    case 'nullTest':
    case 'cast':
    case 'marked':
      return { ...node, arg: f(node.arg) }
    case 'in':
      return { ...node, arg: f(node.arg), items: node.items.map(f) }
    case 'between':
      return { ...node, arg: f(node.arg), low: f(node.low), high: f(node.high) }
    case 'function': {
      const { over, ...call } = node
      const mapped = { ...call, args: node.args.map(f) }
      return over === undefined
        ? mapped
        : { ...mapped, over: { partitionBy: over.partitionBy.map(f), orderBy: over.orderBy.map(mapOrdering(f)) } }
    }
    case 'case': {
      const { otherwise, ...rest } = node
      const mapped = { ...rest, branches: node.branches.map(({ when, result }) => ({ when: f(when), result: f(result) })) }
      return otherwise === undefined ? mapped : { ...mapped, otherwise: f(otherwise) }
    }
    case 'tuple':
      return { ...node, items: node.items.map(f) }
    default: {
      const impossible: never = node
      return impossible
    }
  }
}

/** The same tree with every leaf replaced, perhaps by a tree of its own. */
export const mapLeaves = <L extends { readonly _tag: string }, M>(node: Node<L>, f: (leaf: L) => Node<M>): Node<M> =>
  isOperation(node) ? mapChildren(node, (child: Node<L>) => mapLeaves(child, f)) : f(node)

/** The children of an operation, in the order in which they are written. */
export const children = <L>(node: Operation<L>): readonly Node<L>[] => {
  const found: Node<L>[] = []
  mapChildren<L, L>(node, (child) => { found.push(child); return child })
  return found
}

/** Every leaf of a tree, in the order in which they are written. */
export const leaves = <L extends { readonly _tag: string }>(node: Node<L>): readonly L[] => {
  const found: L[] = []
  const visit = (each: Node<L>): void => { if (isOperation(each)) children(each).forEach(visit); else found.push(each) }
  visit(node)
  return found
}
