// Follow-ups: relationships that a further statement fills for all objects of a read, or one statement for each.

import { optionsBelow, type FollowUp, type MappedAttribute, type MappedEntity, type MappedRelationship, type RelatedLoad } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import { identityKey } from '../state/identity-map.js'
import { Instance, values } from '../state/instance.js'
import { loaded, type IdentityKey, type SessionState } from '../state/model.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { relationshipOf } from './compile-read.js'
import { autoflush } from '../verb/autoflush.js'
import { fillRelated, relatedFiller } from './fill-slots.js'
import { warnSeveral, type Hydration, type Reader, type Row } from './hydrate.js'
import { lookUpReference } from './look-up-reference.js'
import { notePartial } from './partial.js'
import { Level, type Waiting } from './level.js'
import { entityRead, hydrateRows, rowsOf } from './run-plan.js'
import { relatedPlan } from './plan-cache.js'
import { decoded, encoderOf, slotValues } from './slot-values.js'
import { optionsFrom } from './travelling-options.js'

/**
 * Runs the follow-ups of everything that a reader met, level by level: what those bring has follow-ups of its own, which wait for the
 * whole level, so that one statement asks for all of one place. Within a follow-up they are left to the load that began.
 */
export const runFollowUps = async (asked: Hydration, reader: Reader, given: readonly unknown[]): Promise<void> => {
  if (asked.level !== undefined) { asked.level.add(asked, reader, given); return }
  const first = new Level()
  first.add(asked, reader, given)
  for (let now = first; now.waiting.length > 0;) {
    const next = new Level()
    for (const waiting of now.waiting) await runFollowUp(waiting, next)
    now = next
  }
}

/** A follow-up for all its parents, then as many more levels as it recurses. */
const runFollowUp = async ({ hydration: asked, followUp, path, given, parents: met, fresh, elsewhere }: Waiting, next: Level): Promise<void> => {
  const hydration: Hydration = { ...asked, again: undefined, level: next }
  const parents: readonly Instance[] = elsewhere.size === 0 ? met : met.filter((parent) => !(elsewhere.has(parent) && has(parent, followUp.name)))
  if (parents.length === 0) return
  const relationship = relationshipOf(hydration.session.mapping, followUp.of, followUp.name)
  const visited = new Set(parents)
  let level = parents
  for (let left = followUp.recursion ?? 0; level.length > 0; left--) {
    const overwrite = (instance: Instance): boolean => hydration.populateExisting || (level === parents && fresh.has(instance) && !has(instance, followUp.name))
    if (followUp.strategy === 'immediate') await loadEach(hydration, followUp, relationship, level, given, path, asked.again !== undefined)
    else if (followUp.load !== undefined) {
      if (asked.again !== undefined && !level.every((parent) => has(parent, followUp.name))) await autoflush(hydration.session)
      await loadForAll(hydration, followUp.load, relationship, level, given, followUp.chunk, overwrite)
    }
    if (left === 0 && (followUp.recursion ?? 0) >= 0) return
    level = level.flatMap((parent) => membersOf(parent, relationship)).filter((member) => !visited.has(member) && visited.add(member))
  }
}

/** Loads a relationship for many parents: a statement for each chunk of their keys, or one that repeats their own. */
export const loadForAll = async (
  hydration: Hydration, load: RelatedLoad, relationship: MappedRelationship, parents: readonly Instance[], given: readonly unknown[], chunk: number,
  overwrite: (instance: Instance) => boolean = () => hydration.populateExisting,
): Promise<void> => {
  const { session } = hydration
  const keys = load.keys._tag === 'binds' ? undefined : keysOf(session, load, parents)
  if (keys === undefined) {
    if (load.fallback === undefined) throw new Error(`the parents of '${relationship.key}' do not have the keys that it is loaded by`)
    return loadForAll(hydration, load.fallback, relationship, parents, given, chunk, overwrite)
  }
  // Parents with one key share what it brings, unless no two can have it.
  const owned = relationship.direction !== 'many-to-one' && load.keys._tag === 'list'
  const put = relatedFiller(relationship.name, hydration.populateExisting, owned)
  const fill = (parent: Instance, members: readonly Instance[]): void => {
    if (!overwrite(parent) && has(parent, relationship.name)) return
    if (!relationship.uselist && members.length > 1) warnSeveral(session, relationship)
    put(parent, members)
    if (load.conditional && relationship.uselist) notePartial(parent, slotOf(parent, relationship))
  }
  const byKey = load.keys._tag === 'repeated' ? await brought(hydration, load, given, undefined) : await broughtInChunks(hydration, load, given, [...keys.sent.values()], chunk)
  for (let index = 0; index < parents.length; index++) {
    const parent = parents[index]
    const key = keys.identities[index]
    if (parent !== undefined) fill(parent, (key === undefined ? undefined : byKey.get(key)) ?? (owned ? [] : nobody))
  }
}

const nobody: readonly Instance[] = []

/** One statement a chunk. */
const broughtInChunks = async (hydration: Hydration, load: RelatedLoad, given: readonly unknown[], keys: readonly unknown[], chunk: number): Promise<ReadonlyMap<IdentityKey, readonly Instance[]>> => {
  if (keys.length <= chunk) return keys.length === 0 ? new Map() : brought(hydration, load, given, keys)
  const all = new Map<IdentityKey, readonly Instance[]>()
  for (let from = 0; from < keys.length; from += chunk) {
    for (const [key, members] of await brought(hydration, load, given, keys.slice(from, from + chunk))) all.set(key, members)
  }
  return all
}

/** Sends the statement of a relationship for these keys; its objects by the key of their parent. */
const brought = async (hydration: Hydration, load: RelatedLoad, given: readonly unknown[], keys: readonly unknown[] | undefined): Promise<ReadonlyMap<IdentityKey, readonly Instance[]>> => {
  const { session } = hydration
  const slots = [...given]
  if (load.keys._tag === 'list' && keys !== undefined) slots[load.keys.slot] = keys
  const rows = await rowsOf(session, load.plan, slots)
  const read = entityRead(load.plan)
  // Joins of its own, or parents that stand more than once, give a row more than once.
  const repeats = load.repeats === true || read.related.length > 0 || load.keys._tag === 'repeated'
  const seen = new Map<Instance[], Set<Instance>>()
  const grouped = new Map<IdentityKey, Instance[]>()
  const keyAt = groupReader(session, load)
  const reader = hydrateRows(hydration, read, rows, (row, instance) => {
    const key = keyAt(row)
    if (key === undefined) return
    let members = grouped.get(key)
    if (members === undefined) grouped.set(key, members = [])
    if (repeats) {
      let known = seen.get(members)
      if (known === undefined) seen.set(members, known = new Set())
      if (known.has(instance)) return
      known.add(instance)
    }
    members.push(instance)
  })
  await runFollowUps(hydration, reader, slots)
  return grouped
}

/** One statement a parent, unless the identity map answers. A load of its own flushes before it sends one. */
const loadEach = async (hydration: Hydration, followUp: FollowUp, relationship: MappedRelationship, parents: readonly Instance[], given: readonly unknown[], path: readonly string[], flushesFirst: boolean): Promise<void> => {
  const { load } = followUp
  const conditional = load?.conditional === true
  const wanted = hydration.optionsAt([...path, relationship.name])?.options ?? []
  const alone: Hydration = { ...hydration, descend: false, populateExisting: false }
  const bring = load === undefined ? beyond(alone, relationship, path) : (parent: Instance) => loadBound(alone, load, parent, given)
  // The identity map does not know for whom a condition holds; what a statement found for a key holds for all who have that key.
  const bringOnce = conditional && relationship.direction === 'many-to-one' ? oncePerKey(load, bring) : bring
  for (const parent of parents) {
    if (has(parent, relationship.name)) continue
    const answer = lookUpReference(hydration.session, parent, relationship, wanted)
    if (answer._tag === 'found' && (!conditional || answer.instance === null)) {
      fillRelated(parent, relationship.name, answer.instance === null ? [] : [answer.instance], hydration.populateExisting)
      continue
    }
    if (load === undefined && relationship.useGet) continue
    if (flushesFirst) await autoflush(hydration.session)
    const members = await bringOnce(parent)
    if (!relationship.uselist && members.length > 1) warnSeveral(hydration.session, relationship)
    fillRelated(parent, relationship.name, members, hydration.populateExisting)
    if (conditional && relationship.uselist) notePartial(parent, slotOf(parent, relationship))
  }
}

/** What is brought for a parent, kept for others that show the same values. */
const oncePerKey = (load: RelatedLoad, bring: (parent: Instance) => Promise<readonly Instance[]>): typeof bring => {
  const brought = new Map<IdentityKey, readonly Instance[]>()
  return async (parent) => {
    const valueOf = shownAt(load, parent)
    const key = identityKey(load.keys.columns.map((_column, index) => valueOf(index)))
    const known = key === undefined ? undefined : brought.get(key)
    if (known !== undefined) return known
    const members = await bring(parent)
    if (key !== undefined) brought.set(key, members)
    return members
  }
}

/** A subclass has the relationship at a place of its own. */
const slotOf = (parent: Instance, { name }: MappedRelationship): number => Instance.backing(parent).entity.slot[name] ?? -1

/** Past the end of a plan that a cycle stopped: the rows decide how far it goes. */
const beyond = (hydration: Hydration, relationship: MappedRelationship, path: readonly string[]): ((parent: Instance) => Promise<readonly Instance[]>) => {
  const { session } = hydration
  const options = optionsBelow(session.mapping, hydration.optionsAt(path)?.options ?? [], relationship)
  const target = session.mapping.entities[relationship.target]
  const { plan, values } = relatedPlan(session.mapping, relationship, { count: 'one', options })
  const below: Hydration = { ...hydration, optionsAt: target === undefined ? () => undefined : optionsFrom(session.mapping, target, options) }
  const given = slotValues(values)
  return (parent) => loadBound(below, plan, parent, given)
}

/** Sends the statement of a relationship for one parent. */
export const loadBound = async (hydration: Hydration, load: RelatedLoad, parent: Instance, given: readonly unknown[], valueOf: (index: number) => unknown = shownAt(load, parent)): Promise<readonly Instance[]> => {
  if (load.keys._tag !== 'binds') throw new Error('this statement is for many parents')
  const { session } = hydration
  const bound = load.keys.columns.map((_column, index) => valueOf(index) ?? null)
  const sent = encoderOf(session.mapping, load.keys.columns)?.(bound) ?? bound
  const slots = [...given]
  load.keys.slots.forEach((slot, index) => { slots[slot] = sent[index] })
  const reader = hydrateRows(hydration, entityRead(load.plan), await rowsOf(session, load.plan, slots))
  await runFollowUps(hydration, reader, slots)
  return reader.met
}

/** The values that a parent shows for the columns of a statement. */
export const shownAt = (load: RelatedLoad, parent: Instance) => (index: number): unknown => {
  const column = load.keys.columns[index]
  const attribute = column === undefined ? undefined : attributeAt(Instance.backing(parent).entity, column)
  return attribute === undefined ? undefined : values(parent)[attribute.name]
}

interface ParentKeys {
  /** By place of the parent; undefined where its key is null. */
  readonly identities: readonly (IdentityKey | undefined)[]
  /** Each key once, as a list slot takes it: a value, or a tuple. */
  readonly sent: ReadonlyMap<IdentityKey, unknown>
}

/** The keys of parents, or undefined where one of them does not have its key loaded. */
const keysOf = (session: SessionState, load: RelatedLoad, parents: readonly Instance[]): ParentKeys | undefined => {
  const { columns } = load.keys
  const encode = encoderOf(session.mapping, columns)
  const identities: (IdentityKey | undefined)[] = []
  const sent = new Map<IdentityKey, unknown>()
  let entity: MappedEntity | undefined
  let attributes: readonly MappedAttribute[] = []
  for (const parent of parents) {
    const backing = Instance.backing(parent)
    if (backing.entity !== entity) {
      entity = backing.entity
      const found = columns.map((column) => attributeAt(backing.entity, column))
      if (found.includes(undefined)) return undefined
      attributes = found.filter((each) => each !== undefined)
    }
    const shown = values(parent)
    const key: unknown[] = []
    for (const { slot, primaryKey, name } of attributes) {
      if (backing.status[slot] !== loaded && !primaryKey) return undefined
      key.push(shown[name] ?? null)
    }
    const identity = identityKey(key)
    identities.push(identity)
    if (identity === undefined || sent.has(identity)) continue
    const value = encode === undefined ? key : encode(key)
    sent.set(identity, value.length === 1 ? value[0] : value)
  }
  return { identities, sent }
}

const groupReader = (session: SessionState, load: RelatedLoad): ((row: Row) => IdentityKey | undefined) => {
  const types = load.keys.columns.map(({ table, column }) => session.mapping.tables[table]?.columns[column]?.type)
  const [only] = load.group
  if (only !== undefined && load.group.length === 1 && types[0]?.plain !== false) {
    return (row) => { const value = row[only]; return typeof value === 'number' || typeof value === 'string' ? value : identityKey([value]) }
  }
  return (row) => identityKey(load.group.map((offset, index) => {
    const type = types[index]
    return type === undefined ? row[offset] : decoded(type, row[offset], 'a key')
  }))
}

const has = (instance: Instance, name: string): boolean => {
  const { entity, status } = Instance.backing(instance)
  return status[entity.slot[name] ?? -1] === loaded
}

/** The objects that a loaded slot holds. */
export const membersOf = (parent: Instance, relationship: MappedRelationship): readonly Instance[] => {
  const shown = values(parent)[relationship.name]
  if (shown === null || shown === undefined) return []
  return relationship.uselist ? [...collectionOf(relationship).members(shown as Collection)] /* what a collection slot holds */ : Instance.is(shown) ? [shown] : []
}
