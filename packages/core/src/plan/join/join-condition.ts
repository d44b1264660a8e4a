// A relationship's conditions over the aliases of a statement, with database names and slots for parameters.

import type { Ordering } from '../../expression/node.js'
import type { ColumnRef, MappedRelationship, Mapping } from '../../configure/mapping.js'
import type { PlanNode } from '../select-ast.js'
import type { FarSide } from '../load/relationship-join.js'
import { lazyCondition as conditionOfKnown, primaryCondition, relationshipOrdering, secondaryCondition } from '../load/relationship-join.js'
import type { EntitySource } from '../load/source.js'
import { columnType } from '../load/source.js'
import type { JoinAliases } from './join-aliases.js'
import { sidesOver } from './join-sides.js'

export interface JoinConditions {
  /** Between parent and target, or between parent and secondary. */
  readonly primary: PlanNode
  /** Between secondary and target. */
  readonly secondary?: PlanNode
}

/**
 * The ON conditions of a relationship from parent to target, over the aliases given for their tables.
 *
 * @example
 * joinCondition(mapping, addresses, { ...ownNames, target: () => 'a' }).primary // users.id = a.user_id
 */
export const joinCondition = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases): JoinConditions => {
  const { parent, far } = sidesOver(mapping, relationship, aliases)
  const secondary = secondaryCondition({ mapping }, relationship, parent, far)
  return { primary: primaryCondition({ mapping }, relationship, parent, far), ...secondary === undefined ? {} : { secondary } }
}

export interface LazyConditions extends JoinConditions {
  /** The columns whose values go into the slots, in order, from the first slot on. */
  readonly binds: readonly ColumnRef[]
}

/**
 * The condition that finds the targets of one known parent ('forward'), or the parents of one known target ('reverse'): the
 * known side's columns are slots, numbered from `firstSlot`.
 */
export const lazyCondition = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases, direction: 'forward' | 'reverse' = 'forward', firstSlot = 0): LazyConditions => {
  const { parent, far } = sidesOver(mapping, relationship, aliases)
  return knownSideCondition(mapping, relationship, parent, far, direction, firstSlot)
}

/** The same over sources that are open already. */
export const knownSideCondition = (mapping: Mapping, relationship: MappedRelationship, parent: EntitySource, far: FarSide, direction: 'forward' | 'reverse', firstSlot = 0): LazyConditions => {
  const clause = direction === 'forward' ? relationship.lazyClause : relationship.reverseLazyClause
  const bind = (index: number): PlanNode => {
    const column = clause.binds[index]
    return { _tag: 'slot', index: firstSlot + index, ...column === undefined ? {} : columnType({ mapping }, column) }
  }
  const [here, hereIs] = direction === 'forward' ? [far.target, 'target'] as const : [parent, 'parent'] as const
  const { condition, secondaryCondition: second, binds } = clause
  const primary = conditionOfKnown({ mapping }, condition, here, far, hereIs, bind)
  return second === undefined ? { primary, binds } : { primary, secondary: conditionOfKnown({ mapping }, second, here, far, hereIs, bind), binds }
}

/** The relationship's ordering over the aliases of its target and secondary. */
export const orderTerms = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases): readonly Ordering<PlanNode>[] =>
  relationshipOrdering({ mapping }, relationship, sidesOver(mapping, relationship, aliases).far)
