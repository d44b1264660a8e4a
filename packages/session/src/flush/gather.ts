// What the verbs recorded, written down for the planner: the changed objects and all they refer to, as closed data. Nothing here
// looks at an object that is neither; nothing is loaded.

import type { FlushColumns, FlushInput, FlushLinks, FlushObject, FlushState, MappedAttribute, MappedEntity, MappedRelationship, Mapping, ObjectId } from '@relata/core'
import { committedReferenceKey } from '../change/old-reference.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { Instance, values } from '../state/instance.js'
import { copiedAttributes, referredAttributes } from './referred-attributes.js'
import { loaded, unknownValue, type CollectionChange, type InstanceState, type SlotStatus, type SessionState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { committedKey, entityOf, isExpired, isOf, lifecycleOf, ownState, sessionOf, stateOf, statusesOf } from '../state/state-of.js'

/** The numbers that objects have in one flush, kept from one planning to the next. */
export interface FlushNames {
  readonly number: number
  /** Of objects without a state of their own, and of those outside the session: these may be in other sessions' flushes. */
  readonly ids: Map<Instance, ObjectId>
  /** By number. */
  readonly instances: Instance[]
  /** Objects of which all members are to be told. */
  readonly open: Set<ObjectId>
  /** Objects that were expired and read for this flush. */
  readonly read: Set<ObjectId>
  /** Members of dynamic and write-only collections that were loaded for this flush, by slot. */
  readonly handles: Map<Instance, Map<number, readonly Instance[]>>
}

/** Counts flushes, so that a name that an object bears is known to be of this one. */
let flushes = 0

export const flushNames = (): FlushNames => ({ number: ++flushes, ids: new Map(), instances: [], open: new Set(), read: new Set(), handles: new Map() })

/** The input of `planFlush` for what the session has recorded now. */
export const gather = (session: SessionState, names: FlushNames): FlushInput => {
  const gathering: Gathering = { session, names, objects: [], round: ++rounds, met: new Set(), waiting: [], held: new Map(), letGo: new Map() }
  session.deleted.forEach((instance) => { tell(gathering, instance, true) })
  session.pending.forEach((instance) => { tell(gathering, instance, true) })
  session.dirty.forEach(({ instance }) => { tell(gathering, instance, true) })
  tellReferrers(gathering)
  for (let next = 0; next < gathering.waiting.length; next++) {
    const instance = gathering.waiting[next]
    if (instance !== undefined) tell(gathering, instance, false)
  }
  return { _tag: 'FlushInput', objects: gathering.objects }
}

/** Counts plannings, so that an object can bear which one told of it last. */
let rounds = 0

interface Gathering {
  readonly session: SessionState
  readonly names: FlushNames
  readonly objects: FlushObject[]
  readonly round: number
  /** Of objects without a state of their own, those told of. */
  readonly met: Set<Instance>
  readonly waiting: Instance[]
  /** What is said of objects that have one parent, by the relationship along which they have it. */
  readonly held: Map<string, SaidOfParents>
  readonly letGo: Map<string, SaidOfParents>
}

const tell = (gathering: Gathering, instance: Instance, changed: boolean): void => {
  const { session, names } = gathering
  const state = ownState(instance)
  if (isTold(gathering, instance, state)) return
  if (state === undefined) gathering.met.add(instance)
  else state.flushRound = gathering.round
  const entity = entityOf(instance)
  const id = idOf(gathering, instance, state)
  const is = flushState(session, instance)
  const columns = columnsOf(session, instance, entity, state)
  const key = is === 'new' ? undefined : committedKey(instance)
  const open = is === 'deleted' || (names.open.size > 0 && names.open.has(id)) || rekeyed(session.mapping, entity, columns)
  gathering.objects.push({
    id, entity: entity.name, state: is, changed, order: state?.order ?? 0, key, columns,
    relationships: changed || open ? linksOf(gathering, instance, entity, state, open) : none,
    parents: state === undefined || state.parents.size === 0 ? none : parentsOf(gathering, state),
    stray: state?.orphanedOutside === true, expired: names.read.has(id) ? 'read' : is !== 'new' && isExpired(instance) ? 'unread' : undefined, told: open,
  })
  // Looking at its references may have given it a state of its own.
  if (state === undefined) {
    const own = ownState(instance)
    if (own !== undefined) own.flushRound = gathering.round
  }
}

const none = Object.freeze({})

const flushState = (session: SessionState, instance: Instance): FlushState => {
  const lifecycle = lifecycleOf(instance)
  if (lifecycle === 'deleted') return 'gone'
  if (sessionOf(instance) !== session) return 'outside'
  if (lifecycle === 'pending') return 'new'
  return session.deleted.has(instance) ? 'deleted' : 'kept'
}

const isTold = (gathering: Gathering, instance: Instance, state: InstanceState | undefined): boolean =>
  state === undefined ? gathering.met.has(instance) : state.flushRound === gathering.round

/** The number of an object, given when it is first met; whoever is met is told sooner or later. */
const idOf = (gathering: Gathering, instance: Instance, state: InstanceState | undefined): ObjectId => {
  const { ids, instances, number } = gathering.names
  if (state !== undefined && state.flushNumber === number) return state.flushId
  const named = ids.size === 0 ? undefined : ids.get(instance)
  if (named !== undefined) return named
  const id = instances.length
  if (state === undefined || state.session !== gathering.session) ids.set(instance, id)
  else {
    state.flushId = id
    state.flushNumber = number
  }
  instances.push(instance)
  return id
}

const refer = (gathering: Gathering, instance: Instance): ObjectId => {
  const state = ownState(instance)
  if (!isTold(gathering, instance, state)) gathering.waiting.push(instance)
  return idOf(gathering, instance, state)
}

// ---------- columns

const columnsOf = (session: SessionState, instance: Instance, entity: MappedEntity, state: InstanceState | undefined): FlushColumns => {
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
  state.committed.forEach((value, slot) => {
    const attribute = entity.attributes[slot]
    if (attribute === undefined) return
    if (value === unknownValue) (unknown ??= []).push(attribute.name)
    else was[attribute.name] = value
    if (!isWhole && status[slot] === loaded) now[attribute.name] = shown[attribute.name] ?? null
  })
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

const nothing: readonly never[] = Object.freeze([])

/** Was an attribute changed that its own relationships copy into other rows? */
const rekeyed = (mapping: Mapping, entity: MappedEntity, { was }: FlushColumns): boolean => {
  if (was === none) return false
  const copied = copiedAttributes(mapping, entity)
  for (const name in was) if (copied.has(name)) return true
  return false
}

// ---------- relationships

const linksOf = (gathering: Gathering, instance: Instance, entity: MappedEntity, state: InstanceState | undefined, open: boolean): Readonly<Record<string, FlushLinks>> => {
  if (!open && state !== undefined && state.committed.size === 0 && state.changes.size === 0 && state.queued.size === 0) return none
  let links: Record<string, FlushLinks> | undefined
  for (const relationship of entity.relationships) {
    if (relationship.viewonly) continue
    const found = relationship.uselist ? collectionLinks(gathering, instance, state, relationship, open) : referenceLinks(gathering, instance, state, relationship, open)
    if (found !== undefined) (links ??= {})[relationship.name] = found
  }
  return links ?? none
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

const idsOf = (gathering: Gathering, first: Iterable<Instance> | undefined, then: Iterable<Instance> | undefined): readonly ObjectId[] => {
  if (first === undefined && then === undefined) return nothing
  if (then === undefined) {
    const ids: ObjectId[] = []
    for (const instance of first ?? []) ids.push(refer(gathering, instance))
    return ids
  }
  const ids = new Set<ObjectId>()
  for (const instance of first ?? []) ids.add(refer(gathering, instance))
  for (const instance of then ?? []) ids.add(refer(gathering, instance))
  return [...ids]
}

const referenceLinks = (gathering: Gathering, instance: Instance, state: InstanceState | undefined, relationship: MappedRelationship, open: boolean): FlushLinks | undefined => {
  const { slot, name } = relationship
  const isLoaded = statusesOf(instance)[slot] === loaded
  const shown = isLoaded ? values(instance)[name] : null
  if (state !== undefined && state.committed.has(slot)) {
    const was = state.committed.get(slot)
    const removed = Instance.is(was) ? [refer(gathering, was)] : nothing
    return {
      loaded: true, kept: nothing, removed, oldUnknown: was === unknownValue && state.key !== undefined,
      added: [Instance.is(shown) ? refer(gathering, shown) : null],
    }
  }
  if (!open) return undefined
  if (isLoaded) return { loaded: true, kept: Instance.is(shown) ? [refer(gathering, shown)] : nothing, removed: nothing, added: nothing, oldUnknown: false }
  return unloadedReference(gathering, instance, relationship)
}

/** A reference that is not loaded is known where its key is null, or where the identity map has its object. */
const unloadedReference = (gathering: Gathering, instance: Instance, relationship: MappedRelationship): FlushLinks | undefined => {
  if (!relationship.useGet) return undefined
  const key = committedReferenceKey(stateOf(instance), relationship)
  if (key === undefined) return undefined
  if (key.some((value) => value === null || value === undefined)) return { loaded: false, kept: nothing, removed: nothing, added: nothing, oldUnknown: false }
  const target = gathering.session.mapping.entities[relationship.target]
  const found = target === undefined ? undefined : lookUp(gathering.session, target, key)
  return found !== undefined && isOf(found, relationship.target) ? { loaded: false, kept: [refer(gathering, found)], removed: nothing, added: nothing, oldUnknown: false } : undefined
}

const parentsOf = ({ held, letGo }: Gathering, state: InstanceState): Readonly<Record<string, 'held' | 'let go'>> => {
  const { parents } = state
  let said: SaidOfParents = none
  parents.forEach((parent, key) => {
    const one = onlyParent(parent === null ? letGo : held, key, parent === null ? 'let go' : 'held')
    said = said === none ? one : { ...said, ...one }
  })
  return said
}

/** Most members have one parent, along the same relationship as all others: they share what is said of it. */
const onlyParent = (known: Map<string, SaidOfParents>, key: string, is: 'held' | 'let go'): SaidOfParents => {
  let said = known.get(key)
  if (said === undefined) known.set(key, said = { [key]: is })
  return said
}

type SaidOfParents = FlushObject['parents']

// ---------- referrers of a key that changes

const changesKey = ({ primaryKey }: MappedEntity, { was }: FlushColumns): boolean => {
  for (const name of primaryKey) if (name in was) return true
  return false
}

/** Objects whose loaded many-to-one has an object that changes its key: only then is the identity map searched. */
const tellReferrers = (gathering: Gathering): void => {
  const rekeyedEntities = new Set<string>()
  const changing = new Set<Instance>()
  for (const { id, key, columns, entity } of gathering.objects) {
    if (key === undefined || columns.was === none) continue
    const mapped = gathering.session.mapping.entities[entity]
    if (mapped === undefined || !changesKey(mapped, columns)) continue
    const instance = gathering.names.instances[id]
    if (instance !== undefined) changing.add(instance)
    for (const name of mapped.inheritance.line) rekeyedEntities.add(name)
  }
  if (changing.size === 0) return
  for (const identities of gathering.session.identity.values()) {
    for (const instance of identities.values()) {
      if (isTold(gathering, instance, ownState(instance))) continue
      const refers = entityOf(instance).relationships.some((relationship) =>
        relationship.direction === 'many-to-one' && !relationship.viewonly && rekeyedEntities.has(relationship.target)
        && statusesOf(instance)[relationship.slot] === loaded && changing.has(values(instance)[relationship.name] as Instance /* looked up by identity only */))
      if (!refers) continue
      gathering.names.open.add(idOf(gathering, instance, ownState(instance)))
      gathering.waiting.push(instance)
    }
  }
}
