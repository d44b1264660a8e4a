// refresh: an object is read again, with the eager relationships of its mapping, or only the attributes named.

import { fail } from '../relata-error.js'
import { Instance } from '../state/instance.js'
import { stale, type SessionState } from '../state/model.js'
import { expireSlot } from '../state/slot.js'
import { describe, lifecycleOf, optionsWhenRead, sessionOf, stateOf } from '../state/state-of.js'
import { autoflush } from '../verb/autoflush.js'
import { expireRow } from './flush-before.js'
import { runFollowUps } from './follow-up.js'
import type { Hydration } from './hydrate.js'
import { keyOf, readColumns } from './load-columns.js'
import { loadRelationship } from './load-relationship.js'
import { keyPlan } from './plan-cache.js'
import { entityRead, hydrateRows, rowsOf } from './run-plan.js'
import { slotValues } from './slot-values.js'
import { optionsAgain, optionsFrom } from './travelling-options.js'

/** Reads an expired object again, after an autoflush. An object that is not persistent in this session is refused; a row that is gone is an error. */
export const refreshInstance = async (session: SessionState, instance: Instance, attributes?: readonly string[]): Promise<void> => {
  checkRefreshable(session, instance)
  await autoflush(session)
  checkRefreshable(session, instance)
  const gone = attributes === undefined ? await readWhole(session, instance) : await readNamed(session, instance, attributes)
  if (gone) fail({ _tag: 'LoadFailed', code: 'invalid-request', message: `${describe(instance)} cannot be refreshed: its row is gone`, hint: 'expunge it' })
}

const readWhole = async (session: SessionState, instance: Instance): Promise<boolean> => {
  const { entity } = Instance.backing(instance)
  const options = optionsAgain(optionsWhenRead(instance)?.options ?? [])
  const { plan: { plan, slots }, values } = keyPlan(session.mapping, { entity: entity.name, options, refresh: true })
  const given = slotValues(values)
  const key = keyOf(entity, instance)
  slots.forEach((slot, index) => { given[slot] = key[index] })
  // The flush before may have read it already.
  expireRow(session, instance)
  const hydration: Hydration = { session, populateExisting: false, descend: true, optionsAt: optionsFrom(session.mapping, entity, options) }
  const reader = hydrateRows(hydration, entityRead(plan), await rowsOf(session, plan, given))
  await runFollowUps(hydration, reader, given)
  return !reader.met.includes(instance)
}

const readNamed = async (session: SessionState, instance: Instance, names: readonly string[]): Promise<boolean> => {
  const { entity } = Instance.backing(instance)
  const state = stateOf(instance)
  const columns: string[] = []
  for (const name of names) {
    const slot = entity.slot[name]
    if (slot === undefined) return fail({ _tag: 'LoadFailed', code: 'invalid-request', message: `'${entity.name}' has no attribute '${name}'`, hint: `it has ${entity.slots.join(', ')}` })
    expireSlot(state, slot)
    if (entity.attribute[name] !== undefined) { columns.push(name); state.status[slot] = stale }
  }
  if (state.committed.size === 0 && state.changes.size === 0 && state.queued.size === 0) session.dirty.delete(state)
  const gone = columns.length > 0 && (await readColumns(session, [instance], columns)).length > 0
  for (const name of names) {
    const relationship = entity.relationship[name]
    if (!gone && relationship !== undefined) await loadRelationship(session, [instance], relationship, { insists: true })
  }
  return gone
}

const checkRefreshable = (session: SessionState, instance: Instance): void => {
  if (lifecycleOf(instance) !== 'persistent' || sessionOf(instance) !== session) {
    fail({ _tag: 'LoadFailed', code: sessionOf(instance) === session ? 'not-persistent' : 'not-in-session', message: `${describe(instance)} is ${lifecycleOf(instance)}, and only a persistent object of this session can be refreshed`, hint: 'add and flush it first' })
  }
}
