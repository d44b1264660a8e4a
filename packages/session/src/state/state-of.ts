// The state of an instance: of its own, or read off the context that it shares with its siblings.

import type { MappedEntity } from '@relata/core'
import { fail } from '../relata-error.js'
import { identityKey } from './identity-map.js'
import { Instance, values } from './instance.js'
import { absent, stale, type IdentityKey, type InstanceState, type LazyOptions, type Lifecycle, type SlotStatus, type SessionState } from './model.js'
import { StateRecord } from './state-record.js'

/** Makes the state of an object that has none yet. */
export const newState = (instance: Instance, entity: MappedEntity): InstanceState => {
  // Of just this length: a list that grows has room that no one uses.
  return new StateRecord(instance, entity, entity.slots.map(nothingYet))
}

const nothingYet = (): number => absent

/** The object's own state; an object that still shares a load context gets one, with all that the context says. */
export const stateOf = (instance: Instance): InstanceState => {
  const backing = Instance.backing(instance)
  if (backing._tag === 'state') return backing
  const { entity, session } = backing
  const state = new StateRecord(instance, entity, backing.status.slice())
  state.session = session
  state.lifecycle = session === undefined ? 'detached' : 'persistent'
  state.keyValues = currentKey(instance, entity)
  state.key = identityKey(state.keyValues)
  state.options = backing.options
  Instance.rebase(instance, state)
  return state
}

/** The object's own state if it has one: for those who would do nothing with a fresh one. */
export const ownState = (instance: Instance): InstanceState | undefined => {
  const backing = Instance.backing(instance)
  return backing._tag === 'state' ? backing : undefined
}

/** The entity of an instance. */
export const entityOf = (instance: Instance): MappedEntity => Instance.backing(instance).entity

/** The session that an instance is in, if any. */
export const sessionOf = (instance: Instance): SessionState | undefined => Instance.backing(instance).session

/** Transient, pending, persistent, deleted or detached. */
export const lifecycleOf = (instance: Instance): Lifecycle => {
  const backing = Instance.backing(instance)
  return backing._tag === 'state' ? backing.lifecycle : backing.session === undefined ? 'detached' : 'persistent'
}

/** Has it a row, as far as the session knows: persistent, or detached with a key? */
export const hasIdentity = (instance: Instance): boolean => {
  const backing = Instance.backing(instance)
  return backing._tag === 'context' || backing.key !== undefined
}

/** Is a slot absent, loaded or stale? */
export const statusOf = (instance: Instance, slot: number): number => Instance.backing(instance).status[slot] ?? absent

/** The status of all slots, to read only. */
export const statusesOf = (instance: Instance): SlotStatus => Instance.backing(instance).status

/** The values of the primary key in key order as the database has them, or undefined before the first flush. */
export const committedKey = (instance: Instance): readonly unknown[] | undefined => {
  const backing = Instance.backing(instance)
  return backing._tag === 'state' ? backing.keyValues : currentKey(instance, backing.entity)
}

/** The identity under which the identity map has it, or undefined before the first flush. */
export const identityOf = (instance: Instance): IdentityKey | undefined => {
  const backing = Instance.backing(instance)
  return backing._tag === 'state' ? backing.key : identityKey(currentKey(instance, backing.entity))
}

/** The options of the query that loaded it, which hold for its later loads: not while it is expired, but for the load that reads it again. */
export const optionsOf = (instance: Instance): LazyOptions | undefined => (isExpired(instance) ? undefined : optionsWhenRead(instance))

/** The options with which it was loaded, and is read again. */
export const optionsWhenRead = (instance: Instance): LazyOptions | undefined => Instance.backing(instance).options

/** Was the object expired, so that nobody knows whether its row is still there? */
export const isExpired = (instance: Instance): boolean => {
  const { entity, status } = Instance.backing(instance)
  for (const name of entity.primaryKey) if (status[entity.slot[name] ?? -1] === stale) return true
  return false
}

/** The values of the primary key as the object shows them now. */
export const currentKey = (instance: Instance, entity: MappedEntity): readonly unknown[] => {
  const shown = values(instance)
  const [first, second] = entity.primaryKey
  // Most keys are one column, and every object has one.
  return first !== undefined && second === undefined ? [shown[first]] : entity.primaryKey.map((name) => shown[name])
}

/** Is the entity of an instance this one, or below it? */
export const isOf = (instance: Instance, entity: string): boolean => entityOf(instance).inheritance.line.includes(entity)

/** How messages name an object. */
export const describe = (instance: Instance): string => {
  const entity = entityOf(instance)
  const key = currentKey(instance, entity)
  return key.some((value) => value === undefined || value === null) ? `new ${entity.name}` : `${entity.name} ${key.map(String).join(', ')}`
}

/** Refuses what is no instance: a spread copy, a plain object, null. */
export const instanceFrom = (value: unknown, verb: string): Instance => {
  if (Instance.is(value)) return value
  return fail({
    _tag: 'ChangeRefused', code: 'argument', message: `${verb}: this is no instance of an entity (${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`})`,
    hint: 'make objects with create() or a query; a spread copy or a plain object is not an instance',
  })
}
