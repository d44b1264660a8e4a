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

export const placeSource = (secondary: Secondary): SecondarySource => (secondary._tag === 'table' ? secondary : {
  _tag: 'join', left: placeSource(secondary.left), right: placeSource(secondary.right), outer: secondary.outer,
  on: placeAll(secondary.on, (column) => placed(column, 'secondary')),
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
