// The change log of a session as a flush takes it: whole, so that verbs called while the flush is in flight write to a new one.

import { identitiesOf, identityKey } from './identity-map.js'
import type { Instance } from './instance.js'
import { absent, loaded, stale, unknownValue, type ChangeLog, type CollectionChange, type InstanceState, type SessionState } from './model.js'
import { registerInserted, rekey, unregister } from './register.js'
import { noteChange, noteCommitted, noteQueued } from './note.js'
import { noEntries, SmallMap, type SharedSmallMap } from './small-map.js'
import { undoOf } from './undo-frame.js'
import { values } from './instance.js'
import { beforeImage, slotName } from './slot.js'
import { currentKey, ownState, stateOf } from './state-of.js'

export interface TakenChanges {
  /** Which flush took them, and its objects by their numbers. */
  readonly flush: number
  readonly instances: readonly Instance[]
  /** What each object had recorded, by its number; its own maps are new and empty from then on. */
  readonly logs: (ChangeLog | undefined)[]
  /** Those that have a row and changed columns or references alone: what they had recorded is what a rollback has to know. */
  readonly changed: InstanceState[]
  readonly before: SharedSmallMap<number, unknown>[]
  /** The others that have a row. */
  readonly others: InstanceState[]
}

/**
 * Takes everything recorded out of the session. A flush calls it when its plan is made, with nothing awaited in between, and gives
 * it back by `keepChanges` when its statements succeeded or by `mergeChanges` when they did not.
 */
export const takeChanges = (session: SessionState, { number, instances }: Numbered): TakenChanges => {
  const taken: TakenChanges = { flush: number, instances, logs: Array<ChangeLog | undefined>(instances.length), changed: [], before: [], others: [] }
  session.pending.forEach((instance) => { take(taken, ownState(instance)) })
  session.dirty.forEach((state) => { take(taken, state) })
  session.deleted.forEach((instance) => { take(taken, ownState(instance)) })
  session.dirty.clear()
  return taken
}

/** A flush by its number, and its objects by theirs: whatever is recorded in the session is among them. */
interface Numbered { readonly number: number; readonly instances: readonly Instance[] }

const take = ({ flush, logs, changed, before, others }: TakenChanges, state: InstanceState | undefined): void => {
  if (state === undefined || state.flushNumber !== flush) return
  const { committed, changes, queued } = state
  if (committed.size + changes.size + queued.size === 0) return
  if (state.lifecycle !== 'pending') {
    if (changes.size === 0 && state.covered === undefined) {
      changed.push(state)
      before.push(committed)
    } else others.push(state)
  }
  state.committed = noEntries()
  state.changes = noEntries()
  state.queued = noEntries()
  logs[state.flushId] = { committed, changes, queued }
}

const takenOf = ({ flush, logs }: TakenChanges, { flushNumber, flushId }: InstanceState): ChangeLog | undefined =>
  flushNumber === flush ? logs[flushId] : undefined

/** Puts taken changes back under what was recorded since: first committed values win, net changes add up. */
export const mergeChanges = (session: SessionState, taken: TakenChanges): void => {
  eachTaken(taken, (state, log) => {
    putBack(state, log)
    if (state.lifecycle === 'persistent' && state.session === session) session.dirty.add(state)
  })
}

/** Had a slot of an object changes that a flush took? */
export const wasTaken = (taken: TakenChanges, state: InstanceState, name: string): boolean => {
  const log = takenOf(taken, state)
  const slot = state.entity.slot[name]
  return log !== undefined && slot !== undefined && (log.committed.has(slot) || log.changes.has(slot) || log.queued.has(slot))
}

/** An object that is deleted was not written: its changes stay changes. */
export const keepUnwritten = (taken: TakenChanges, state: InstanceState): void => {
  const log = takenOf(taken, state)
  if (log !== undefined) putBack(state, log)
}

/** Was the committed value of a slot among what a flush took? */
export const tookCommitted = (taken: TakenChanges, state: InstanceState, slot: number): boolean => takenOf(taken, state)?.committed.has(slot) === true

const eachTaken = ({ instances, logs }: TakenChanges, visit: (state: InstanceState, log: ChangeLog) => void): void => {
  for (let id = 0; id < logs.length; id++) {
    const log = logs[id]
    const instance = instances[id]
    if (log !== undefined && instance !== undefined) visit(stateOf(instance), log)
  }
}

const putBack = (state: InstanceState, log: ChangeLog): void => {
  log.committed.forEach((value, slot) => { noteCommitted(state, slot, value) })
  log.changes.forEach((change, slot) => { noteChange(state, slot, merged(change, state.changes.get(slot))) })
  log.queued.forEach((change, slot) => { noteQueued(state, slot, merged(change, state.queued.get(slot))) })
}

/**
 * Makes taken changes the committed state, once the database has them: the undo frame keeps what was before, queues are dropped.
 * Insertions and deletions are told one by one by `keepInserted` and `keepDeleted`; this is for what stays.
 */
export const keepChanges = (session: SessionState, taken: TakenChanges): void => {
  const { changed, before, others } = taken
  // A new object has no values from before: a rollback makes it transient as it is.
  if (changed.length > 0) innermost(session).flushes.push({ inserted: none, deleted: none, changed, before })
  for (const state of others) {
    const log = takenOf(taken, state)
    if (log !== undefined) rememberBefore(session, state, log)
  }
}

const none: readonly never[] = []

/** Makes pending objects persistent under the keys that their values have now; slots that they were not given are stale from then on. */
export const keepInserted = (session: SessionState, states: readonly InstanceState[]): void => {
  if (states.length === 0) return
  innermost(session).flushes.push({ inserted: states, deleted: none, changed: none, before: none })
  let isAll = states.length === session.pending.size
  let identities: ReturnType<typeof identitiesOf> | undefined
  let last: InstanceState['entity'] | undefined
  for (let at = 0; at < states.length; at++) {
    const state = states[at] as InstanceState // within the list
    const { status, entity, instance } = state
    // What is pending in the session is what was inserted, mostly: each need not be looked for then.
    if (state.lifecycle !== 'pending' || state.session !== session) isAll = false
    state.lifecycle = 'persistent'
    if (state.orphanedOutside) state.orphanedOutside = false
    if (state.former !== undefined) state.former = undefined
    state.keyValues = currentKey(instance, entity)
    state.key = identityKey(state.keyValues)
    if (identities === undefined || entity !== last) identities = identitiesOf(session.identity, last = entity)
    registerInserted(session, identities, state)
    for (let slot = 0; slot < status.length; slot++) {
      // A column that nothing gave a value is null; one that the database may have filled is not known.
      if (status[slot] === absent) status[slot] = entity.attributes[slot]?.generated === 'none' ? loaded : stale
    }
  }
  if (isAll && session.pending.size === states.length) session.pending.clear()
  else for (const { instance } of states) session.pending.delete(instance)
}

/** Takes objects whose rows are gone out of the session: they are `deleted` until the transaction ends, then detached. */
export const keepDeleted = (session: SessionState, states: readonly InstanceState[]): void => {
  if (states.length === 0) return
  // What was deleted before comes back with what deleted it first.
  const fresh = states.filter(({ lifecycle }) => lifecycle !== 'deleted')
  innermost(session).flushes.push({ inserted: none, deleted: fresh, changed: none, before: none })
  const isAll = states.length === session.deleted.size && states.every(({ instance }) => session.deleted.has(instance))
  if (isAll) session.deleted.clear()
  for (let at = 0; at < states.length; at++) {
    const state = states[at] as InstanceState // within the list
    if (!isAll) session.deleted.delete(state.instance)
    if (session.dirty.size > 0) session.dirty.delete(state)
    if (state.lifecycle === 'deleted') continue
    unregister(session, state.instance)
    state.lifecycle = 'deleted'
    state.gone = true
  }
}

/** Moves an object whose primary key was updated. */
export const keepKey = (session: SessionState, state: InstanceState, keyValues: readonly unknown[]): void => {
  const { keys } = innermost(session).undo
  if (!keys.has(state) && state.keyValues !== undefined) keys.set(state, state.keyValues)
  rekey(session, state, keyValues)
}

/** Writes into an object what a statement wrote into its row (a generated key, a copied foreign key), unless the program set it since. */
export const writeBack = (state: InstanceState, slot: number, value: unknown): void => {
  if (state.committed.has(slot)) {
    noteCommitted(state, slot, value)
    return
  }
  values(state.instance)[slotName(state.entity, slot)] = value
  state.status[slot] = loaded
}

/** Marks a slot as no longer known, because the database computes it: it shows what it had. */
export const markStale = (state: InstanceState, slot: number): void => {
  if (!state.committed.has(slot) && state.status[slot] === loaded) state.status[slot] = stale
}

/** Remembers in the innermost undo frame what an object's slots had before a flush wrote them. */
export const rememberBefore = (session: SessionState, state: InstanceState, log: ChangeLog): void => {
  const before = touchedIn(session, state)
  log.committed.forEach((value, slot) => { keepFirst(before, slot, value === unknownValue ? coveredIn(state, slot) : value) })
  log.changes.forEach((change, slot) => { keepFirst(before, slot, change.oldUnknown ? coveredIn(state, slot) : beforeImage(state, slot, change)) })
}

/** The same for one slot that a statement writes. */
export const rememberSlot = (session: SessionState, state: InstanceState, slot: number, was: unknown): void => {
  const before = touchedIn(session, state)
  keepFirst(before, slot, was === unknownValue ? coveredIn(state, slot) : was)
}

const keepFirst = (before: SmallMap<number, unknown>, slot: number, value: unknown): void => {
  if (!before.has(slot)) before.set(slot, value)
}

const touchedIn = (session: SessionState, state: InstanceState): SmallMap<number, unknown> => {
  const { touched } = undoOf(innermost(session))
  let before = touched.get(state)
  if (before === undefined) touched.set(state, before = new SmallMap<number, unknown>())
  return before
}

/** What a slot showed before it was covered. What covered it is in the database now: nothing is covered any more. */
const coveredIn = (state: InstanceState, slot: number): unknown => {
  if (state.covered?.has(slot) !== true) return unknownValue
  const shown = state.covered.get(slot)
  state.covered.delete(slot)
  return shown
}

const innermost = (session: SessionState): SessionState['undo'][number] => {
  const frame = session.undo[session.undo.length - 1]
  if (frame === undefined) throw new Error('a session has at least the frame of its transaction')
  return frame
}

const merged = (first: CollectionChange, then: CollectionChange | undefined): CollectionChange => {
  if (then === undefined) return first
  const added = new Set<Instance>()
  const removed = new Set<Instance>()
  for (const member of first.added) if (!then.removed.has(member)) added.add(member)
  for (const member of then.added) if (!first.removed.has(member)) added.add(member)
  for (const member of first.removed) if (!then.added.has(member)) removed.add(member)
  for (const member of then.removed) if (!first.added.has(member)) removed.add(member)
  return { added, removed, oldUnknown: first.oldUnknown || then.oldUnknown }
}
