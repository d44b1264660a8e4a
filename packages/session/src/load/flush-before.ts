// The autoflush of a load, and what it leaves for the load to read: what a flush reads for itself is from before it wrote.

import type { Instance } from '../state/instance.js'
import { absent, loaded, stale, type InstanceState, type SessionState } from '../state/model.js'
import { entityOf, isExpired, lifecycleOf, optionsWhenRead, stateOf, statusOf } from '../state/state-of.js'
import { autoflush } from '../verb/autoflush.js'
import { keyPlan } from './plan-cache.js'
import { entityRead } from './run-plan.js'
import { optionsAgain } from './travelling-options.js'

/** Flushes before objects are read; those that were expired, and that the flush read, are to be read again. */
export const flushBefore = async (session: SessionState, instances: readonly Instance[], asked?: boolean): Promise<void> => {
  const expired = instances.filter(isExpired)
  await autoflush(session, asked)
  for (const instance of expired) if (!isExpired(instance) && lifecycleOf(instance) === 'persistent') expireRow(session, instance)
}

/** Flushes before a relationship is loaded; where an object did not have it, and the flush loaded it, it is to be loaded again. */
export const flushBeforeRelated = async (session: SessionState, instances: readonly Instance[], name: string, asked?: boolean): Promise<void> => {
  const slotOf = (instance: Instance): number => entityOf(instance).slot[name] ?? -1
  const lacking = instances.filter((instance) => statusOf(instance, slotOf(instance)) !== loaded)
  await autoflush(session, asked)
  for (const instance of lacking) {
    // A viewonly one no flush loads, and a change of it is not recorded.
    if (statusOf(instance, slotOf(instance)) === loaded && entityOf(instance).relationship[name]?.viewonly !== true) makeStale(stateOf(instance), slotOf(instance))
  }
}

/** What comes in the row of an object is to be read again; a relationship of a statement of its own stays, and so does what the program changed. */
export const expireRow = (session: SessionState, instance: Instance): void => {
  const state = stateOf(instance)
  const { entity, status } = state
  const options = optionsAgain(optionsWhenRead(instance)?.options ?? [])
  const { plan } = keyPlan(session.mapping, { entity: entity.name, options, refresh: true }).plan
  for (const { slot, deferred } of entity.attributes) if (status[slot] === loaded || (status[slot] === absent && !deferred)) makeStale(state, slot)
  for (const { name } of entityRead(plan).related) makeStale(state, entity.slot[name] ?? -1)
}

const makeStale = ({ status, committed, changes, queued }: InstanceState, slot: number): void => {
  if (!committed.has(slot) && !changes.has(slot) && !queued.has(slot) && status[slot] !== undefined) status[slot] = stale
}
