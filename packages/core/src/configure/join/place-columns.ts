// Where each column of a finished condition reads from: parent, target, secondary, or a table of none of them.

import type { Node, Ordering } from '../../expression/node.js'
import { mapLeaves } from '../../expression/map-children.js'
import { sourcesOf } from './selectable.js'
import type { Selectable } from './selectable.js'
import type { EntityLayout } from '../entity/layout.js'
import type { JoinColumn, JoinLeaf, JoinNode, MappedSelectable } from '../mapping.js'
import type { Condition, ConditionColumn } from './condition.js'

export interface Sides { readonly entity: EntityLayout; readonly targetEntity: EntityLayout; readonly secondary?: Selectable }

type Place = JoinColumn['from']

/** How the columns of a primaryjoin are placed. Both sides may be one table, so marks come before tables. */
export const placePrimary = (sides: Sides): ((column: ConditionColumn) => JoinColumn) => {
  const inSecondary = secondaryNames(sides)
  return (column) => placed(column, column.local ? 'parent'
    : inSecondary.has(column.table) ? 'secondary'
    : sides.targetEntity.tableSet.has(column.table) ? 'target'
    : sides.entity.tableSet.has(column.table) ? 'parent' : 'other')
}

/** Between target and secondary; a table that is both is the target's. */
export const placeSecondary = (sides: Sides): ((column: ConditionColumn) => JoinColumn) => {
  const far = placeFar(sides)
  return (column) => placed(column, far(column))
}

/** Orderings are of the target's columns, or the secondary's. */
export const placeOrder = (sides: Sides, orderBy: readonly Ordering<Condition>[]): readonly Ordering<JoinNode>[] =>
  orderBy.map((ordering) => ({ ...ordering, arg: placeAll(ordering.arg, placeSecondary(sides)) }))

/** What a side is read from, its joins over that side. */
export const placeSource = (selectable: Selectable, side: 'secondary' | 'target'): MappedSelectable => (selectable._tag === 'table' ? selectable : {
  _tag: 'join', left: placeSource(selectable.left, side), right: placeSource(selectable.right, side), outer: selectable.outer,
  on: placeAll(selectable.on, (column) => placed(column, side)),
})

const placeFar = (sides: Sides): ((column: ConditionColumn) => Place) => {
  const inSecondary = secondaryNames(sides)
  return ({ table }) => (sides.targetEntity.tableSet.has(table) ? 'target' : inSecondary.has(table) ? 'secondary' : sides.entity.tableSet.has(table) ? 'parent' : 'other')
}

const secondaryNames = ({ secondary }: Sides): ReadonlySet<string> =>
  new Set(secondary === undefined ? [] : sourcesOf(secondary).map(({ alias }) => alias))

export const placeAll = (condition: Condition, place: (column: ConditionColumn) => JoinColumn): JoinNode =>
  mapLeaves(condition, (leaf): Node<JoinLeaf> => (leaf._tag === 'column' ? place(leaf) : leaf))

const placed = ({ table, column, foreign, remote }: ConditionColumn, from: Place): JoinColumn =>
  ({ _tag: 'joinColumn', table, column, side: remote ? 'remote' : 'local', from, foreign, remote })
