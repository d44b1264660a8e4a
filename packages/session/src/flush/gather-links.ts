// What was changed in the relationships of an object, and what stays in them where that is asked for.

import type { FlushLinks, MappedRelationship, ObjectId } from '@relata/core'
import { committedReferenceKey } from '../change/old-reference.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { Instance, values } from '../state/instance.js'
import { loaded, unknownValue, type CollectionChange, type InstanceState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { isOf, statusesOf } from '../state/state-of.js'
import { none, nothing, refer, type Gathering } from './gathering.js'

export const linksOf = (gathering: Gathering, instance: Instance, relationships: readonly MappedRelationship[], state: InstanceState | undefined, open: boolean): Readonly<Record<string, FlushLinks>> => {
  if (!open && state !== undefined && state.committed.size === 0 && state.changes.size === 0 && state.queued.size === 0) return none
  let said: Readonly<Record<string, FlushLinks>> = none
  for (const relationship of relationships) {
    if (relationship.viewonly) continue
    const links = relationship.uselist ? collectionLinks(gathering, instance, state, relationship, open) : referenceLinks(gathering, instance, state, relationship, open)
    if (links !== undefined) said = said === none ? alone(gathering, relationship.name, links) : { ...said, [relationship.name]: links }
  }
  return said
}

const alone = (gathering: Gathering, name: string, links: FlushLinks): Readonly<Record<string, FlushLinks>> => {
  const last = gathering.alone
  if (last !== undefined && last.links === links && last.name === name) return last.said
  const said = { [name]: links }
  gathering.alone = { name, links, said }
  return said
}

const collectionLinks = (gathering: Gathering, instance: Instance, state: InstanceState | undefined, relationship: MappedRelationship, open: boolean): FlushLinks | undefined => {
  const { slot } = relationship
  const change = state?.changes.get(slot)
  const queued = state?.queued.get(slot)
  const handle = relationship.lazy === 'write_only' || relationship.lazy === 'dynamic'
  const isLoaded = !handle && (statusesOf(instance)[slot] === loaded || (state !== undefined && state.key === undefined))
  const brought = handle ? gathering.names.handles.get(instance)?.get(slot) : undefined
  if (change === undefined && queued === undefined && brought === undefined && !(open && isLoaded)) return undefined
  const kept = brought !== undefined ? brought.filter((member) => change?.removed.has(member) !== true).map((member) => refer(gathering, member))
    : open && isLoaded && change?.oldUnknown !== true ? keptMembers(gathering, instance, relationship, change) : undefined
  return {
    loaded: isLoaded || brought !== undefined, kept, oldUnknown: change?.oldUnknown ?? false,
    added: idsOf(gathering, change?.added, queued?.added), removed: idsOf(gathering, change?.removed, queued?.removed),
  }
}

const keptMembers = (gathering: Gathering, instance: Instance, relationship: MappedRelationship, change: CollectionChange | undefined): readonly ObjectId[] => {
  const kept: ObjectId[] = []
  const shown = values(instance)[relationship.name]
  if (shown === null || shown === undefined) return kept
  for (const member of collectionOf(relationship).members(shown as Collection /* a loaded slot of a collection holds nothing else */)) {
    if (Instance.is(member) && change?.added.has(member) !== true) kept.push(refer(gathering, member))
  }
  return kept
}

const idsOf = (gathering: Gathering, first: ReadonlySet<Instance> | undefined, then: ReadonlySet<Instance> | undefined): readonly ObjectId[] => {
  if (first === undefined || then === undefined) {
    const only = first ?? then
    return only === undefined ? nothing : numbersOf(gathering, only)
  }
  const ids = new Set<ObjectId>()
  for (const instance of first) ids.add(refer(gathering, instance))
  for (const instance of then) ids.add(refer(gathering, instance))
  return [...ids]
}

/** A list of just its length: one that grows has room that no one uses. */
const numbersOf = (gathering: Gathering, members: ReadonlySet<Instance>): readonly ObjectId[] => {
  if (members.size === 0) return nothing
  const ids = Array<ObjectId>(members.size)
  let place = 0
  for (const member of members) ids[place++] = refer(gathering, member)
  return ids
}

const referenceLinks = (gathering: Gathering, instance: Instance, state: InstanceState | undefined, relationship: MappedRelationship, open: boolean): FlushLinks | undefined => {
  const { slot, name } = relationship
  const isLoaded = statusesOf(instance)[slot] === loaded
  const shown = isLoaded ? values(instance)[name] : null
  if (state !== undefined && state.committed.has(slot)) {
    const was = state.committed.get(slot)
    const oldUnknown = was === unknownValue && state.key !== undefined
    if (!Instance.is(was) && !oldUnknown && Instance.is(shown)) return referenceSet(gathering, relationship, refer(gathering, shown))
    const removed = Instance.is(was) ? [refer(gathering, was)] : nothing
    return { loaded: true, kept: nothing, removed, oldUnknown, added: [Instance.is(shown) ? refer(gathering, shown) : null] }
  }
  if (!open) return undefined
  if (isLoaded) return { loaded: true, kept: Instance.is(shown) ? [refer(gathering, shown)] : nothing, removed: nothing, added: nothing, oldUnknown: false }
  return unloadedReference(gathering, instance, relationship)
}

/** Of a reference that was set where there was none: members of one parent share it. */
const referenceSet = (gathering: Gathering, relationship: MappedRelationship, target: ObjectId): FlushLinks => {
  const last = gathering.reference
  if (last !== undefined && last.target === target && last.relationship === relationship) return last.links
  const links: FlushLinks = { loaded: true, added: [target], removed: nothing, kept: nothing, oldUnknown: false }
  gathering.reference = { relationship, target, links }
  return links
}

/** A reference that is not loaded is known where its key is null, or where the identity map has its object. */
const unloadedReference = (gathering: Gathering, instance: Instance, relationship: MappedRelationship): FlushLinks | undefined => {
  if (!relationship.useGet) return undefined
  const key = committedReferenceKey(instance, relationship)
  if (key === undefined) return undefined
  if (key.some((value) => value === null || value === undefined)) return { loaded: false, kept: nothing, removed: nothing, added: nothing, oldUnknown: false }
  const target = gathering.session.mapping.entities[relationship.target]
  const found = target === undefined ? undefined : lookUp(gathering.session, target, key)
  return found !== undefined && isOf(found, relationship.target) ? { loaded: false, kept: [refer(gathering, found)], removed: nothing, added: nothing, oldUnknown: false } : undefined
}
