// Loads what a flush has to know before it can be planned: by committed keys, without autoflush, whatever the relationship's strategy
// refuses to load (what shows nothing has nothing); many parents in one statement where nothing about them changed.

import { strategyOf, type FlushNeed, type MappedRelationship } from '@relata/core'
import { loadForAll } from '../load/follow-up.js'
import { loadColumns } from '../load/load-columns.js'
import { isOldUnknown, learnOld } from '../load/learn-old.js'
import { loadOld } from '../load/load-old.js'
import { fail } from '../relata-error.js'
import { fillRelated } from '../load/fill-slots.js'
import type { Hydration } from '../load/hydrate.js'
import { relatedPlan } from '../load/plan-cache.js'
import type { Instance } from '../state/instance.js'
import { loaded, type SessionState } from '../state/model.js'
import { entityOf, isExpired, optionsOf, ownState, statusOf } from '../state/state-of.js'
import type { FlushNames } from './flush-names.js'

export const answerNeeds = async (session: SessionState, names: FlushNames, needs: readonly FlushNeed[]): Promise<void> => {
  await readExpired(session, names, needs)
  const together = new Map<MappedRelationship, Instance[]>()
  const columns = new Map<string, { readonly attributes: readonly string[]; readonly instances: Instance[] }>()
  for (const need of needs) {
    const instance = names.instances[need.object]
    if (instance === undefined) continue
    const entity = entityOf(instance)
    if (need._tag === 'columns') {
      const named = need.attributes.join()
      const known = columns.get(named)
      if (known === undefined) columns.set(named, { attributes: need.attributes, instances: [instance] })
      else known.instances.push(instance)
      continue
    }
    names.open.add(need.object)
    if (need._tag === 'links') continue
    const relationship = entity.relationship[need.relationship]
    if (relationship === undefined) continue
    const state = ownState(instance)
    if (isOldUnknown(state, relationship)) await learnOld(session, instance, relationship)
    else if (relationship.lazy === 'dynamic' || relationship.lazy === 'write_only') await learnHandle(session, names, instance, relationship)
    else if (statusOf(instance, relationship.slot) !== loaded) {
      if (strategyOf(session.mapping, optionsOf(instance)?.options ?? [], relationship).how === 'noload') fillRelated(instance, relationship.name, [], false)
      else if (state !== undefined && state.committed.size > 0) fillRelated(instance, relationship.name, await committedMembers(session, instance, relationship), false)
      else together.set(relationship, [...together.get(relationship) ?? [], instance])
    }
  }
  for (const { attributes, instances } of columns.values()) await loadColumns(session, instances, attributes)
  for (const [relationship, instances] of together) {
    const one = instances.length === 1 ? instances[0] : undefined
    if (one !== undefined) fillRelated(one, relationship.name, await committedMembers(session, one, relationship), false)
    else await loadForAll(hydration(session), relatedPlan(session.mapping, relationship, { count: 'many', options: [] }).plan, relationship, instances, [], mostKeys)
  }
}

/** What an expired object lacks is read with its row, and what its mapping loads along with that. */
const readExpired = async (session: SessionState, names: FlushNames, needs: readonly FlushNeed[]): Promise<void> => {
  const expired = new Set<Instance>()
  for (const need of needs) {
    const instance = names.instances[need.object]
    if (instance === undefined || need._tag === 'links' || !isExpired(instance)) continue
    expired.add(instance)
    names.read.add(need.object)
  }
  if (expired.size > 0) await loadColumns(session, [...expired])
}

/** Parents a statement. */
const mostKeys = 500

const hydration = (session: SessionState): Hydration => ({ session, populateExisting: false, descend: false, optionsAt: () => undefined })

/** The members that the database has, by the committed values of the parent. */
const committedMembers = async (session: SessionState, instance: Instance, relationship: MappedRelationship): Promise<readonly Instance[]> =>
  (await loadOld(session, [instance], relationship)).get(instance) ?? []

/** Dynamic and write-only collections are never in memory: their members go from the load straight to the planner. */
const learnHandle = async (session: SessionState, names: FlushNames, instance: Instance, relationship: MappedRelationship): Promise<void> => {
  if (relationship.lazy === 'write_only') fail({
    _tag: 'FlushFailed', code: 'invalid-request', message: `'${relationship.key}' is write-only, and a change of its owner would have to load its members`,
    hint: 'give it passiveDeletes, so that the database or nobody changes their rows',
  })
  const members = await committedMembers(session, instance, relationship)
  let told = names.handles.get(instance)
  if (told === undefined) names.handles.set(instance, told = new Map<number, readonly Instance[]>())
  told.set(relationship.slot, members)
}
