// A relationship as a join between aliases: plain data that a query builder of any kind can be fed with.

import type { Ordering } from '../../expression/node.js'
import type { ColumnRef, Direction } from '../../configure/mapping.js'
import type { From, PlanNode } from '../select-ast.js'

export interface JoinPlan {
  readonly _tag: 'JoinPlan'
  readonly version: 1
  /** Of the mapping that it was made from. */
  readonly fingerprint: string
  /** `'User.addresses'`. */
  readonly relationship: string
  readonly direction: Direction
  readonly uselist: boolean
  /** Sources to join, with their aliases; of a joined entity, its tables joined to each other. */
  readonly parent: From
  readonly target: From
  readonly secondary?: From
  /** Tables that the conditions read besides. */
  readonly others: readonly From[]
  /** Between parent and target, or between parent and secondary. */
  readonly on: PlanNode
  /** Between secondary and target. */
  readonly secondaryOn?: PlanNode
  /** Finds the targets of a known parent, and the parents of a known target: parent's or target's columns by slot. */
  readonly lazy: KnownSide
  readonly reverse: KnownSide
  readonly orderBy: readonly Ordering<PlanNode>[]
  /** The lazy condition is the target's primary key: these columns of the parent are its key, in the key's order. */
  readonly keyLookup?: readonly KnownColumn[]
}

export interface KnownSide { readonly where: PlanNode; readonly binds: readonly KnownColumn[] }

/** A column of the known side: by its property, as objects have it, and by its name in the database. */
export interface KnownColumn extends ColumnRef { readonly name: string }
