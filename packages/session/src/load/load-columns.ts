// Loading columns of objects that are there: what an expiry made stale, what the query left out. One statement an object, or one for
// all that lack the same.

import { columnWish, type LoaderOption, type MappedEntity, type Mapping } from '@relata/core'
import { fail } from '../relata-error.js'
import { Instance } from '../state/instance.js'
import { absent, loaded, stale, type SessionState } from '../state/model.js'
import { keepDeleted } from '../state/change-log.js'
import { committedKey, describe, isExpired, lifecycleOf, optionsOf, optionsWhenRead, ownState, sessionOf, stateOf } from '../state/state-of.js'
import { runFollowUps } from './follow-up.js'
import type { Hydration } from './hydrate.js'
import { keyPlan } from './plan-cache.js'
import { entityRead, hydrateRows, rowsOf } from './run-plan.js'
import { encoded, slotValues } from './slot-values.js'
import { optionsAgain, optionsFrom } from './travelling-options.js'

/** Attributes of an object that a load of these names brings: a missing one brings all that are missing, a deferred one its group. */
export const attributesToLoad = (mapping: Mapping, instance: Instance, names: readonly string[] | undefined): readonly string[] => {
  const { entity, status } = Instance.backing(instance)
  const options = optionsOf(instance)?.options ?? []
  // What the statement had no table for is missing like what was expired; what was left out on purpose is not.
  const missing = (attribute: MappedEntity['attributes'][number]): boolean => status[attribute.slot] === stale
    || (status[attribute.slot] === absent && columnWish(mapping, options, entity, attribute) === 'load')
  const wanted = names === undefined ? entity.attributes.filter(missing) : entity.attributes.filter(({ name, slot }) => names.includes(name) && status[slot] !== loaded)
  if (wanted.length === 0) return []
  const found = new Set(wanted.map(({ name }) => name))
  if (wanted.some(missing)) for (const attribute of entity.attributes) if (missing(attribute)) found.add(attribute.name)
  const groups = new Set(wanted.map(({ deferredGroup }) => deferredGroup).filter((group) => group !== undefined))
  for (const { name, slot, deferredGroup } of entity.attributes) {
    if (status[slot] === absent && deferredGroup !== undefined && groups.has(deferredGroup)) found.add(name)
  }
  return entity.attributes.filter(({ name }) => found.has(name)).map(({ name }) => name)
}

/**
 * Loads columns of persistent objects that are stale, or those named that are not loaded. Objects that lack the same are one
 * statement. An object whose row is gone is an `object-deleted` error.
 */
export const loadColumns = async (session: SessionState, instances: readonly Instance[], names?: readonly string[], changed = hasChanges): Promise<void> => {
  const gone = await readColumns(session, instances, names, changed)
  const [first] = gone
  if (first !== undefined) failGone(first)
}

/** Refuses to load what belongs to a row that is not there. */
export const failGone = (instance: Instance): never =>
  fail({ _tag: 'LoadFailed', code: 'object-deleted', message: `the row of ${describe(instance)} is gone`, hint: 'it was deleted, by this session or by someone else: expunge the object' })

/** The same, with the objects whose rows are gone as the answer. */
export const readColumns = async (session: SessionState, instances: readonly Instance[], names?: readonly string[], changed = hasChanges): Promise<readonly Instance[]> => {
  const groups = new Map<string, Group>()
  for (const instance of instances) {
    const attributes = attributesToLoad(session.mapping, instance, names)
    if (attributes.length === 0) continue
    checkLoadable(session, instance, attributes.join(', '))
    const { entity } = Instance.backing(instance)
    refuseRaising(session, instance, attributes)
    // An object that was expired whole is read again whole, with what its mapping and the options that it was loaded with load along.
    const whole = isExpired(instance)
    const known = whole ? optionsWhenRead(instance) : undefined
    const options = known?.options ?? none
    const key = `${entity.name} ${whole ? `* ${known?.key ?? ''}` : attributes.join(',')}`
    const group = groups.get(key)
    // Values of options differ where their shapes do not: such objects are not one statement.
    if (group === undefined || group.options !== options) groups.set(group === undefined ? key : `${key} ${groups.size}`, { entity, attributes: whole ? undefined : attributes, options, members: [instance] })
    else group.members.push(instance)
  }
  const gone: Instance[] = []
  for (const group of groups.values()) {
    for (let from = 0; from < group.members.length; from += chunk) gone.push(...await readGroup(session, group, group.members.slice(from, from + chunk), changed))
  }
  return gone
}

/** Objects that lack the same; without attributes, all that they have. */
interface Group { readonly entity: MappedEntity; readonly attributes: readonly string[] | undefined; readonly options: readonly LoaderOption[]; readonly members: Instance[] }

const none: readonly LoaderOption[] = []

const chunk = 500

const readGroup = async (session: SessionState, { entity, attributes, options }: Group, members: readonly Instance[], changed: typeof hasChanges): Promise<readonly Instance[]> => {
  const along = optionsAgain(options)
  const { plan: { plan, slots }, values } = keyPlan(session.mapping, { entity: entity.name, options: along, refresh: true, many: members.length > 1, ...(attributes === undefined ? {} : { attributes }) })
  const keys = members.map((member) => keyOf(entity, member))
  const given = slotValues(values)
  if (members.length > 1) given[slots[0] ?? 0] = entity.primaryKey.length === 1 ? keys.map(([value]) => value) : keys
  else slots.forEach((slot, index) => { given[slot] = keys[0]?.[index] })
  const hydration: Hydration = { session, populateExisting: false, descend: attributes === undefined, again: changed, optionsAt: optionsFrom(session.mapping, entity, along) }
  const reader = hydrateRows(hydration, entityRead(plan), await rowsOf(session, plan, given))
  await runFollowUps(hydration, reader, given)
  const met = new Set(reader.met)
  return members.filter((member) => !met.has(member))
}

/** Has the program changed a relationship of an object since it was last read or flushed? */
const hasChanges = (instance: Instance, relationship: string): boolean => {
  const state = ownState(instance)
  const slot = state?.entity.slot[relationship]
  return state !== undefined && slot !== undefined && (state.committed.has(slot) || state.changes.has(slot) || state.queued.has(slot))
}

/** The committed key of an object as a driver takes it. */
export const keyOf = (entity: MappedEntity, instance: Instance): readonly unknown[] => {
  const key = committedKey(instance) ?? []
  return entity.primaryKey.map((name, index) => { const type = entity.attribute[name]?.descriptor.type; return type === undefined ? key[index] : encoded(type, key[index]) })
}

/** Refuses what has no row to load from, or is in no session. */
export const checkLoadable = (session: SessionState, instance: Instance, what: string): void => {
  const lifecycle = lifecycleOf(instance)
  if (lifecycle === 'transient' || lifecycle === 'pending') {
    fail({ _tag: 'LoadFailed', code: 'not-persistent', message: `${describe(instance)} has no row to load ${what} from`, hint: 'add and flush it first' })
  }
  if (sessionOf(instance) !== session) {
    fail({ _tag: 'LoadFailed', code: 'detached', message: `${describe(instance)} is in no session, so ${what} cannot be loaded`, hint: 'load what is needed before the session ends, or merge the object into this one' })
  }
}

/** Lets an object whose row is gone go: it counts as deleted in this transaction. */
export const forget = (session: SessionState, instance: Instance): void => keepDeleted(session, [stateOf(instance)])

const refuseRaising = (session: SessionState, instance: Instance, attributes: readonly string[]): void => {
  const options = optionsOf(instance)?.options
  if (options === undefined) return
  const { entity } = Instance.backing(instance)
  for (const name of attributes) {
    const attribute = entity.attribute[name]
    if (attribute !== undefined && columnWish(session.mapping, options, entity, attribute) === 'raise') {
      fail({ _tag: 'LoadFailed', code: 'raise-load', message: `'${entity.name}.${name}' is not loaded, and the query that loaded ${describe(instance)} forbids to load it later`, hint: 'load it with the query' })
    }
  }
}
