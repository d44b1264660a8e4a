// merge: the state of objects of elsewhere copied onto the session's own.

import type { MappedEntity, MappedRelationship, Tracked, Unchecked } from '@relata/core'
import { setColumn } from '../change/column-change.js'
import { sameValue } from '../change/same-value.js'
import { assigning, replacing } from '../change/initiator.js'
import { assignMembers, isHandle, setReference } from '../change/relationship-change.js'
import { db, type Db } from '../db.js'
import { getByKey } from '../load/get-by-key.js'
import { loadColumns } from '../load/load-columns.js'
import { loadRelationship } from '../load/load-relationship.js'
import { addToSession, attach } from '../membership/attach.js'
import { fail } from '../relata-error.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { identityKey } from '../state/identity-map.js'
import { newInstance } from '../state/instance-class.js'
import { Instance, values } from '../state/instance.js'
import { loaded, type InstanceState, type SessionState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { expireSlot, readSlot } from '../state/slot.js'
import { committedKey, currentKey, describe, entityOf, isExpired, lifecycleOf, ownState, sessionOf, stateOf, statusOf } from '../state/state-of.js'
import { autoflush } from './autoflush.js'
import { hasNetChanges } from './is-modified.js'
import { ofMapping } from './member-of-session.js'

export interface MergeOptions {
  /** False: no SQL; what is not in the session is taken to be in the database as given. */
  readonly load?: boolean
}

/**
 * Copies what is loaded of an object, and along the merge cascade, onto the session's object with its key, which is loaded if need be or
 * made new, and gives that one; the object given is left alone. Fails with `stale-data` where versions differ, and without `load` with
 * `invalid-request` for new or changed objects.
 *
 * @example
 * pipe(merge(edFromElsewhere), RTE.chainFirst(() => commit))
 */
export const merge = <X extends Tracked<Unchecked, Unchecked>>(object: X, options: MergeOptions = {}): Db<X> => db(async (session) => {
  const given = ofMapping(session, object, 'merge')
  const load = options.load ?? true
  if (load) await autoflush(session)
  session.autoflushOff++
  try {
    const merged: object = await mergeInstance({ session, load, merged: new Map(), byKey: new Map(), reached: new Map() }, given)
    return merged as X // of the given object's entity
  } finally {
    session.autoflushOff--
  }
})

interface Merging {
  readonly session: SessionState
  readonly load: boolean
  /** The session's object for each given one. */
  readonly merged: Map<Instance, Instance>
  /** And by key, since two given objects may have one. */
  readonly byKey: Map<string, Instance>
  /** Relationships along which an object was reached: their reverse is not followed back. */
  readonly reached: Map<Instance, Set<string>>
}

const mergeInstance = async (merging: Merging, given: Instance): Promise<Instance> => {
  const { session, load } = merging
  const known = merging.merged.get(given)
  if (known !== undefined) return known
  const entity = entityOf(given)
  const isNew = committedKey(given) === undefined
  if (isNew && lifecycleOf(given) === 'pending' && sessionOf(given) === session) session.listeners.onWarning?.({
    _tag: 'SessionWarning', code: 'other', message: `${describe(given)} is pending in this session and is merged into it: that makes another new object`,
  })
  if (isNew && !load) refuse(`merge without load takes objects with a row only, not ${describe(given)}`)
  const keyValues = committedKey(given) ?? currentKey(given, entity)
  const key = identityKey(keyValues)
  const keyText = key === undefined ? undefined : `${entity.inheritance.root} ${typeof key} ${String(key)}`
  const found = (key === undefined ? undefined : lookUp(session, entity, keyValues)) ?? (keyText === undefined ? undefined : merging.byKey.get(keyText)) ?? await obtain(merging, given, entity, key === undefined ? undefined : keyValues)
  const target = found ?? newInstance(session.mapping, entity)
  if (found === undefined) addToSession(session, [target])
  merging.merged.set(given, target)
  if (keyText !== undefined) merging.byKey.set(keyText, target)
  if (target === given) return target
  const read = async (): Promise<void> => { if (load && found !== undefined && (isExpired(found) || lacksKeys(found, given))) await loadColumns(session, [found]) }
  if (entity.version !== undefined) await read()
  checkVersion(given, target, entity)
  const into = stateOf(target)
  const reached: Reached[] = []
  for (const relationship of entity.relationships) reached.push(...await reach(merging, given, into, relationship))
  // Only now: loading what it leads to may have read its row again.
  await read()
  into.options = Instance.backing(given).options
  for (const attribute of entity.attributes) {
    const slot = into.entity.slot[attribute.name]
    const own = slot === undefined ? undefined : into.entity.attributes[slot]
    if (own === undefined) continue
    if (statusOf(given, attribute.slot) === loaded) {
      const value = readSlot(given, attribute.slot)
      if (load) setColumn(into, own, value)
      else install(into, own.slot, own.name, value)
    } else if (into.key !== undefined && into.status[own.slot] !== loaded && !into.committed.has(own.slot)) expireSlot(into, own.slot)
  }
  for (const each of reached) link(into, each, load)
  if (!load) {
    into.committed.clear()
    into.changes.clear()
    into.queued.clear()
    session.dirty.delete(into)
  }
  return target
}

/** The session's object where it has none: loaded by key, or installed as it is given. */
const obtain = async ({ session, load }: Merging, given: Instance, entity: MappedEntity, keyValues: readonly unknown[] | undefined): Promise<Instance | undefined> => {
  if (load) return keyValues === undefined ? undefined : await getByKey(session, entity, keyValues) ?? undefined
  const state = ownState(given)
  if (state !== undefined && hasNetChanges(given)) refuse(`merge without load takes unchanged objects only, not ${describe(given)}`)
  const installed = newInstance(session.mapping, entity)
  const into = stateOf(installed)
  into.keyValues = keyValues
  into.key = keyValues === undefined ? undefined : identityKey(keyValues)
  attach(session, installed)
  return installed
}

/** A relationship of the session's object, and the objects of the session that it leads to in the given one. */
interface Reached { readonly relationship: MappedRelationship; readonly members: readonly Instance[] }

/** Merges what a loaded relationship leads to; nothing where it is not merged along. */
const reach = async (merging: Merging, given: Instance, into: InstanceState, relationship: MappedRelationship): Promise<readonly Reached[]> => {
  const { session, load } = merging
  if (load && relationship.reverse.some((reverse) => merging.reached.get(given)?.has(reverse) === true)) return []
  if (!relationship.cascade.merge || isHandle(relationship) || statusOf(given, relationship.slot) !== loaded) return []
  const own = into.entity.relationship[relationship.name]
  if (own === undefined) return []
  const shown = readSlot(given, relationship.slot)
  if (!relationship.uselist) return [{ relationship: own, members: Instance.is(shown) ? [await mergeReached(merging, shown, relationship)] : [] }]
  if (load && into.key !== undefined) await loadRelationship(session, [into.instance], own, { autoflush: false, insists: true })
  const members: Instance[] = []
  for (const member of Array.from(collectionOf(relationship).members(shown as Collection))) members.push(await mergeReached(merging, member, relationship))
  return [{ relationship: own, members }]
}

const link = (into: InstanceState, { relationship, members }: Reached, load: boolean): void => {
  if (!relationship.uselist) {
    const [target = null] = members
    if (load) setReference(into, relationship, target, replacing(relationship))
    else install(into, relationship.slot, relationship.name, target)
    return
  }
  const collection = collectionOf(relationship).of(members)
  if (load) assignMembers(into, relationship, members, collection, assigning(relationship))
  else install(into, relationship.slot, relationship.name, collection)
}

const mergeReached = (merging: Merging, member: Instance, relationship: MappedRelationship): Promise<Instance> => {
  const along = merging.reached.get(member)
  if (along === undefined) merging.reached.set(member, new Set([relationship.key]))
  else along.add(relationship.key)
  return mergeInstance(merging, member)
}

const install = (into: InstanceState, slot: number, name: string, value: unknown): void => {
  values(into.instance)[name] = value
  into.status[slot] = loaded
}

/** Is a part of its key not known that the given object has? Before a key changes, what it was is always asked for. */
const lacksKeys = (target: Instance, given: Instance): boolean =>
  entityOf(given).attributes.some(({ primaryKey, slot, name }) => primaryKey && statusOf(given, slot) === loaded && statusOf(target, entityOf(target).slot[name] ?? -1) !== loaded)

const checkVersion = (given: Instance, target: Instance, entity: MappedEntity): void => {
  const attribute = entity.version === undefined ? undefined : entity.attribute[entity.version.attribute]
  if (attribute === undefined) return
  if (statusOf(given, attribute.slot) !== loaded || statusOf(target, attribute.slot) !== loaded) return
  const ours = readSlot(target, attribute.slot)
  const theirs = readSlot(given, attribute.slot)
  if (!sameValue(attribute, ours, theirs)) fail({
    _tag: 'FlushFailed', code: 'stale-data', message: `merge: ${describe(given)} has version ${String(theirs)}, and the session's has ${String(ours)}`,
    hint: 'load the newer one and make the change again',
  })
}

const refuse = (message: string): never => fail({ _tag: 'ChangeRefused', code: 'invalid-request', message, hint: 'flush what changed in its own session first, or merge with load' })
