// What a relationship has in the database, for a flush or a change that must know it: by committed keys, without autoflush, whatever
// the strategy says.

import type { MappedRelationship, RelatedLoad } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import { Instance } from '../state/instance.js'
import { unknownValue, type SessionState } from '../state/model.js'
import { committedValue } from '../state/slot.js'
import { loadBound } from './follow-up.js'
import { warnSeveral, type Hydration } from './hydrate.js'
import { loadColumns } from './load-columns.js'
import { lookUpReference } from './look-up-reference.js'
import { relatedPlan } from './plan-cache.js'

/** The old members of a relationship of each object. Slots stay as they are. */
export const loadOld = async (session: SessionState, instances: readonly Instance[], relationship: MappedRelationship): Promise<ReadonlyMap<Instance, readonly Instance[]>> => {
  const found = new Map<Instance, readonly Instance[]>()
  const { plan } = relatedPlan(session.mapping, relationship, { count: 'one', options: [] })
  const hydration: Hydration = { session, populateExisting: false, descend: false, optionsAt: () => undefined }
  for (const instance of instances) {
    await loadUnknown(session, instance, relationship.useGet ? relationship.useGetColumns : plan.keys.columns)
    const answer = lookUpReference(session, instance, relationship, undefined, relationship.useGetColumns.map((column) => committedAt(instance, column)))
    const members = answer._tag === 'unknown'
      ? await loadBound(hydration, plan, instance, [], (index) => { const column = plan.keys.columns[index]; return column === undefined ? null : committedAt(instance, column) })
      : answer.instance === null ? [] : [answer.instance]
    if (!relationship.uselist && members.length > 1) warnSeveral(session, relationship)
    found.set(instance, members)
  }
  return found
}

const committedAt = (instance: Instance, column: RelatedLoad['keys']['columns'][number]): unknown => {
  const attribute = attributeAt(Instance.backing(instance).entity, column)
  const value = attribute === undefined ? null : committedValue(instance, attribute.slot)
  return value === unknownValue ? null : value
}

const loadUnknown = async (session: SessionState, instance: Instance, columns: RelatedLoad['keys']['columns']): Promise<void> => {
  const { entity } = Instance.backing(instance)
  const names = columns.flatMap((column) => {
    const attribute = attributeAt(entity, column)
    return attribute !== undefined && !attribute.primaryKey && committedValue(instance, attribute.slot) === unknownValue ? [attribute.name] : []
  })
  if (names.length > 0) await loadColumns(session, [instance], names)
}
