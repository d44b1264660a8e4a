// What must hold of every row of an entity: the discriminators of a single-table subclass, and the query's criteria for the entity.

import type { PlanNode } from '../select-ast.js'
import type { Lowering } from './lowering.js'
import { lowerWithin } from './lowering.js'
import { isA } from './mapped-column.js'
import type { EntitySource, WithMapping } from './source.js'
import { attributeAt } from './source.js'

/** The conditions on a source, none for most. */
export const entityCriteria = (lowering: Lowering, source: EntitySource): readonly PlanNode[] => [
  ...singleTableCriterion(lowering.planning, source),
  ...givenCriteria(lowering, source),
]

/** Of a single-table subclass, only rows of its own kind and those below it are objects. */
export const singleTableCriterion = (planning: WithMapping, source: EntitySource): readonly PlanNode[] => {
  const { entity } = source
  const { kind, polymorphicOn } = entity.inheritance
  if (kind !== 'single' || polymorphicOn === undefined) return []
  const identities = [entity, ...entity.inheritance.descendants.map((name) => planning.mapping.entities[name])]
    .map((each) => each?.inheritance.identity).filter((identity) => identity !== undefined)
  const arg = attributeAt(planning, source, entity.name, polymorphicOn)
  return [{ _tag: 'in', negated: false, arg, items: identities.map((value): PlanNode => ({ _tag: 'constant', value })) }]
}

const givenCriteria = (lowering: Lowering, source: EntitySource): readonly PlanNode[] =>
  lowering.planning.criteria
    .filter((option) => isA(lowering.planning.mapping, source.entity.name, option.entity) && (!source.aliased || option.includeAliases))
    .map((option) => lowerWithin(lowering, [[option.entity, source], [source.entity.name, source]], option.where))
