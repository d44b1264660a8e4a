// Eighth pass: the condition for one known object, with parameters in the place of its columns.

import type { Node } from '../../expression/node.js'
import { mapLeaves } from '../../expression/map-children.js'
import { columnKey, columnRef } from '../column-ref.js'
import type { ColumnRef, JoinColumn, JoinNode, LazyClause, LazyLeaf } from '../mapping.js'
import { columnsOf } from './condition.js'
import type { Directed } from './determine-direction.js'
import { placePrimary, placeSecondary } from './place-columns.js'

export interface Lazied extends Directed {
  readonly placedPrimaryjoin: JoinNode
  readonly placedSecondaryjoin?: JoinNode
  /** Finds the targets of a known parent. */
  readonly lazyClause: LazyClause
  /** Finds the parents of a known target. */
  readonly reverseLazyClause: LazyClause
}

/** Replaces the local columns by parameters, and for the reverse clause the remote ones. */
export const makeLazyClauses = (relationship: Directed): Lazied => {
  const { primaryjoin, secondaryjoin, localRemotePairs } = relationship
  const local = new Set(columnsOf(primaryjoin).filter((column) => column.local).map(columnKey))
  const placed = placePrimary(relationship, primaryjoin)
  const placedSecondary = secondaryjoin === undefined ? undefined : placeSecondary(relationship, secondaryjoin)
  const isLocal = (column: JoinColumn): boolean => column.from === 'parent' && local.has(columnKey(column)) && !column.remote
  const shared = { ...relationship, placedPrimaryjoin: placed, ...placedSecondary === undefined ? {} : { placedSecondaryjoin: placedSecondary } }
  if (placedSecondary === undefined) {
    return { ...shared, lazyClause: bind(placed, isLocal), reverseLazyClause: bind(placed, (column) => column.remote) }
  }
  const paired = new Set(localRemotePairs.map(([near]) => columnKey(near)))
  const forward = bindInto(isLocal)
  const backward = bindInto((column) => paired.has(columnKey(column)) && !column.remote)
  return {
    ...shared,
    lazyClause: { condition: forward.replace(placed), secondaryCondition: unbound(placedSecondary), binds: forward.binds },
    reverseLazyClause: { condition: unbound(placed), secondaryCondition: backward.replace(placedSecondary), binds: backward.binds },
  }
}

const bind = (condition: JoinNode, test: (column: JoinColumn) => boolean): LazyClause => {
  const into = bindInto(test)
  return { condition: into.replace(condition), binds: into.binds }
}

/** One parameter a column, however often it occurs. */
const bindInto = (test: (column: JoinColumn) => boolean): { readonly replace: (condition: JoinNode) => Node<LazyLeaf>; readonly binds: readonly ColumnRef[] } => {
  const binds: ColumnRef[] = []
  const indexes = new Map<string, number>()
  const replace = (condition: JoinNode): Node<LazyLeaf> => mapLeaves(condition, (leaf): Node<LazyLeaf> => {
    if (leaf._tag !== 'joinColumn' || !test(leaf)) return leaf
    const key = columnKey(leaf)
    const index = indexes.get(key) ?? binds.length
    if (index === binds.length) { binds.push(columnRef(leaf)); indexes.set(key, index) }
    return { _tag: 'bind', index }
  })
  return { replace, binds }
}

const unbound = (condition: JoinNode): Node<LazyLeaf> => mapLeaves(condition, (leaf): Node<LazyLeaf> => leaf)
