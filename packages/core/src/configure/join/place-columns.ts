// Where each column of a finished condition reads from: parent, target, secondary, or a table of none of them.

import type { Node, Ordering } from '../../expression/node.js'
import { mapLeaves } from '../../expression/map-children.js'
import { sourcesOf } from '../argument/secondary.js'
import type { Secondary } from '../argument/secondary.js'
import type { EntityLayout } from '../entity/layout.js'
import type { JoinColumn, JoinLeaf, JoinNode, SecondarySource } from '../mapping.js'
import type { Condition, ConditionColumn } from './condition.js'

export interface Sides { readonly entity: EntityLayout; readonly targetEntity: EntityLayout; readonly secondary?: Secondary }

type Place = JoinColumn['from']

/** The columns of a condition with their places. Both sides may be one table, so marks come before tables. */
export const placePrimary = (sides: Sides, condition: Condition): JoinNode => {
  const inSecondary = secondaryNames(sides)
  return place(condition, (column) => {
    if (column.local) return 'parent'
    if (inSecondary.has(column.table)) return 'secondary'
    if (sides.targetEntity.tableSet.has(column.table)) return 'target'
    return sides.entity.tableSet.has(column.table) ? 'parent' : 'other'
  })
}

/** Between target and secondary; a table that is both is the target's. */
export const placeSecondary = (sides: Sides, condition: Condition): JoinNode => place(condition, placeFar(sides))

/** Orderings are of the target's columns, or the secondary's. */
export const placeOrder = (sides: Sides, orderBy: readonly Ordering<Condition>[]): readonly Ordering<JoinNode>[] =>
  orderBy.map((ordering) => ({ ...ordering, arg: place(ordering.arg, placeFar(sides)) }))

export const placeSource = (secondary: Secondary): SecondarySource => (secondary._tag === 'table' ? secondary : {
  _tag: 'join', left: placeSource(secondary.left), right: placeSource(secondary.right), outer: secondary.outer,
  on: place(secondary.on, () => 'secondary'),
})

const placeFar = (sides: Sides): ((column: ConditionColumn) => Place) => {
  const inSecondary = secondaryNames(sides)
  return ({ table }) => (sides.targetEntity.tableSet.has(table) ? 'target' : inSecondary.has(table) ? 'secondary' : sides.entity.tableSet.has(table) ? 'parent' : 'other')
}

const secondaryNames = ({ secondary }: Sides): ReadonlySet<string> =>
  new Set(secondary === undefined ? [] : sourcesOf(secondary).map(({ alias }) => alias))

const place = (condition: Condition, placeOf: (column: ConditionColumn) => Place): JoinNode =>
  mapLeaves(condition, (leaf): Node<JoinLeaf> => (leaf._tag !== 'column' ? leaf : {
    _tag: 'joinColumn', table: leaf.table, column: leaf.column,
    side: leaf.remote ? 'remote' : 'local', from: placeOf(leaf),
    foreign: leaf.foreign, remote: leaf.remote,
  }))
