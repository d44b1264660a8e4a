// What the columns of an object hold, and held before the program changed them.

import type { FlushColumns, MappedAttribute, MappedEntity, Mapping } from '@relata/core'
import { values, type Instance } from '../state/instance.js'
import { loaded, unknownValue, type InstanceState, type SessionState, type SlotStatus } from '../state/model.js'
import { statusesOf } from '../state/state-of.js'
import { none, nothing } from './gathering.js'
import { copiedAttributes, referredAttributes } from './referred-attributes.js'

export const columnsOf = (session: SessionState, instance: Instance, entity: MappedEntity, state: InstanceState | undefined): FlushColumns => {
  const shown = values(instance)
  const status = statusesOf(instance)
  const isNew = state !== undefined && state.key === undefined
  // An object of which every column is known is its own record: the planner reads it before anything else can happen, and keeps nothing of it.
  const isWhole = isLoadedThroughout(entity, status, isNew)
  const now = isWhole ? shown : loadedValues(isNew ? entity.attributes : referredAttributes(session.mapping, entity), shown, status)
  const apart = state === undefined ? undefined : setApart(state, entity)
  if (state === undefined || state.committed.size === 0 || state.key === undefined) return apart === undefined ? { now, was: none, unknown: nothing } : { now, was: none, unknown: nothing, ...apart }
  const was: Record<string, unknown> = {}
  let unknown: string[] | undefined
  const { committed } = state
  for (let place = 0; place < committed.size; place++) {
    const slot = committed.keyAt(place)
    const value = committed.valueAt(place)
    const attribute = entity.attributes[slot]
    if (attribute === undefined) continue
    if (value === unknownValue) (unknown ??= []).push(attribute.name)
    else was[attribute.name] = value
    if (!isWhole && status[slot] === loaded) now[attribute.name] = shown[attribute.name] ?? null
  }
  return apart === undefined ? { now, was, unknown: unknown ?? nothing } : { now, was, unknown: unknown ?? nothing, ...apart }
}

/** Columns whose values are not what the object shows. */
const setApart = ({ assumed, expressions }: InstanceState, entity: MappedEntity): Pick<FlushColumns, 'assumed' | 'expressions'> | undefined => {
  if ((assumed === undefined || assumed.size === 0) && (expressions === undefined || expressions.size === 0)) return undefined
  const nameOf = (slot: number): string => entity.slots[slot] ?? ''
  return {
    ...(assumed !== undefined && { assumed: Array.from(assumed, nameOf) }),
    ...(expressions !== undefined && expressions.size > 0 && { expressions: Object.fromEntries(Array.from(expressions, ([slot, { node }]) => [nameOf(slot), node])) }),
  }
}

const isLoadedThroughout = (entity: MappedEntity, status: SlotStatus, isNew: boolean): boolean => {
  for (let slot = 0; slot < entity.attributes.length; slot++) {
    if (status[slot] !== loaded && !(isNew && entity.attributes[slot]?.generated === 'key')) return false
  }
  return true
}

const loadedValues = (attributes: readonly MappedAttribute[], shown: Readonly<Record<string, unknown>>, status: SlotStatus): Record<string, unknown> => {
  const now: Record<string, unknown> = {}
  for (const { name, slot } of attributes) {
    const value = status[slot] === loaded ? shown[name] : undefined
    if (value !== undefined) now[name] = value
  }
  return now
}

/** Was an attribute changed that its own relationships copy into other rows? */
export const rekeyed = (mapping: Mapping, entity: MappedEntity, { was }: FlushColumns): boolean => {
  if (was === none) return false
  const copied = copiedAttributes(mapping, entity)
  for (const name in was) if (copied.has(name)) return true
  return false
}
