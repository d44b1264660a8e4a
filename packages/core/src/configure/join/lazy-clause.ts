// Eighth pass: the condition for one known object, with parameters in the place of its columns.

import type { Node } from '../../expression/node.js'
import { mapLeaves } from '../../expression/map-children.js'
import { columnKey, columnRef } from '../column-ref.js'
import type { ColumnRef, JoinColumn, JoinNode, LazyClause, LazyLeaf } from '../mapping.js'
import type { Condition, ConditionColumn } from './condition.js'
import type { Directed } from './determine-direction.js'
import { placeAll, placePrimary, placeSecondary } from './place-columns.js'

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
  const near = placePrimary(relationship)
  const placedPrimaryjoin = placeAll(primaryjoin, near)
  const forward = binding((column) => column.local)
  if (secondaryjoin === undefined) {
    const backward = binding((column) => column.remote)
    return {
      ...relationship, placedPrimaryjoin,
      lazyClause: { condition: forward.bind(primaryjoin, near), binds: forward.binds },
      reverseLazyClause: { condition: backward.bind(primaryjoin, near), binds: backward.binds },
    }
  }
  const far = placeSecondary(relationship)
  const placedSecondaryjoin = placeAll(secondaryjoin, far)
  const paired = new Set(localRemotePairs.map(([local]) => columnKey(local)))
  const backward = binding((column) => paired.has(columnKey(column)))
  return {
    ...relationship, placedPrimaryjoin, placedSecondaryjoin,
    lazyClause: { condition: forward.bind(primaryjoin, near), secondaryCondition: unbound.bind(secondaryjoin, far), binds: forward.binds },
    reverseLazyClause: { condition: unbound.bind(primaryjoin, near), secondaryCondition: backward.bind(secondaryjoin, far), binds: backward.binds },
  }
}

interface Binding {
  readonly bind: (condition: Condition, place: (column: ConditionColumn) => JoinColumn) => Node<LazyLeaf>
  readonly binds: readonly ColumnRef[]
}

/** One parameter a column, however often it occurs; what the test does not pick is placed. */
const binding = (test: (column: ConditionColumn) => boolean): Binding => {
  const binds: ColumnRef[] = []
  const indexes = new Map<string, number>()
  const bind: Binding['bind'] = (condition, place) => mapLeaves(condition, (leaf): Node<LazyLeaf> => {
    if (leaf._tag !== 'column') return leaf
    if (!test(leaf)) return place(leaf)
    const key = columnKey(leaf)
    const index = indexes.get(key) ?? binds.length
    if (index === binds.length) { binds.push(columnRef(leaf)); indexes.set(key, index) }
    return { _tag: 'bind', index }
  })
  return { bind, binds }
}

const unbound = binding(() => false)
