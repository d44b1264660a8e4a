// Loading a relationship of objects on request: the identity map answers where it can, one object is one statement, many are one
// statement a chunk.

import { defaultChunk, strategyOf, type LoaderOption, type MappedRelationship, type QueryNode, type RelatedLoad, type Strategy } from '@relata/core'
import { fail } from '../relata-error.js'
import { Instance } from '../state/instance.js'
import { loaded, stale, type SessionState } from '../state/model.js'
import { describe, hasIdentity, isExpired, lifecycleOf, optionsOf, ownState, sessionOf } from '../state/state-of.js'
import { autoflush } from '../verb/autoflush.js'
import { attributeAt } from '../state/entity-index.js'
import { fillRelated } from './fill-slots.js'
import { flushBefore, flushBeforeRelated } from './flush-before.js'
import { loadBound, loadForAll, shownAt } from './follow-up.js'
import { warnSeveral, type Hydration } from './hydrate.js'
import { failGone, forget, loadColumns, readColumns } from './load-columns.js'
import { lookUpReference } from './look-up-reference.js'
import { notePartial } from './partial.js'
import { noteLoadOfOne } from '../watch/repeated-load.js'
import { relatedPlan } from './plan-cache.js'
import { slotValues } from './slot-values.js'
import { optionsFrom } from './travelling-options.js'

export interface RelationshipRequest {
  /** Options for what it brings, from its target. */
  readonly options?: readonly LoaderOption[]
  /** Only members that this holds for. */
  readonly where?: QueryNode
  readonly ofType?: { readonly entity: string; readonly source: string }
  /** How many parents a statement asks for at most. */
  readonly chunkSize?: number
  readonly autoflush?: boolean
  /** It has to be known: `raise` does not count. */
  readonly insists?: boolean
}

/**
 * Loads a relationship of objects that do not have it. A new object answers null or empty and stays as it is; `raise` refuses; an
 * object in no session is a `detached` error.
 */
export const loadRelationship = async (session: SessionState, instances: readonly Instance[], relationship: MappedRelationship, request: RelationshipRequest = {}): Promise<void> => {
  const groups = new Map<string, { readonly relationship: MappedRelationship; readonly options: readonly LoaderOption[]; readonly members: Instance[] }>()
  for (const instance of new Set(instances)) {
    const own = Instance.backing(instance).entity.relationship[relationship.name]
    if (own === undefined || (isLoaded(instance, own) && (request.options ?? []).length === 0)) continue
    const options = optionsOf(instance)
    const key = `${own.key} ${options?.key ?? ''}`
    const group = groups.get(key)
    // Values of options differ where their shapes do not: such objects are not one batch.
    if (group === undefined || group.options !== (options?.options ?? none)) groups.set(group === undefined ? key : `${key} ${groups.size}`, { relationship: own, options: options?.options ?? none, members: [instance] })
    else group.members.push(instance)
  }
  for (const group of groups.values()) await loadGroup(session, group.members, group.relationship, strategyOf(session.mapping, group.options, group.relationship), request)
}

const none: readonly LoaderOption[] = []

const loadGroup = async (session: SessionState, instances: readonly Instance[], relationship: MappedRelationship, strategy: Strategy, request: RelationshipRequest): Promise<void> => {
  const { how } = strategy
  if (how === 'dynamic' || how === 'write_only') fail({ _tag: 'LoadFailed', code: 'invalid-request', message: `'${relationship.key}' is ${how} and is never loaded whole`, hint: 'query it through its handle' })
  if (how === 'noload') {
    for (const instance of instances) if (hasIdentity(instance)) fillRelated(instance, relationship.name, [], false)
    return
  }
  const asked = instances.filter((instance) => canAsk(session, instance, relationship, how === 'raise' && request.insists !== true))
  if (asked.length === 0) return
  // What was expired whole is read again whole first, and perhaps the relationship with it.
  const expired = asked.filter(isExpired)
  if (expired.length > 0) {
    await flushBefore(session, expired, request.autoflush)
    for (const instance of expired) if (lifecycleOf(instance) === 'deleted') failGone(instance)
    await loadColumns(session, expired)
    const left = asked.filter((instance) => !isLoaded(instance, relationship) || (request.options ?? []).length > 0)
    return left.length === 0 ? undefined : loadGroup(session, left, relationship, strategy, request)
  }
  const fresh = asked.filter((instance) => statusAt(instance, relationship) !== stale)
  // The condition of a lazy option is for the first load: an expiry drops it. That of an eager one was for its own statement.
  if (strategy.where !== undefined && strategy.explicit && how === 'select' && fresh.length > 0 && fresh.length < asked.length) {
    await loadGroup(session, fresh, relationship, strategy, request)
    return loadGroup(session, asked.filter((instance) => !fresh.includes(instance)), relationship, strategy, request)
  }
  const where = conjunction(strategy.explicit && how === 'select' && fresh.length > 0 ? strategy.where : undefined, request.where)
  const ofType = request.ofType ?? strategy.ref.ofType
  const options = [...strategy.below.filter((option) => option._tag !== 'wildcard' || option.entity !== undefined), ...(request.options ?? [])]
  const needSql = where === undefined ? await answeredByIdentity(session, asked, relationship, options, request) : asked
  const missing = (request.options ?? []).length > 0 ? asked : needSql.filter((instance) => !isLoaded(instance, relationship))
  if (missing.length === 0) return
  if (how === 'raise_on_sql' && request.insists !== true) raiseLoad(missing[0], relationship, how)
  const [first] = missing
  if (first !== undefined && lifecycleOf(first) === 'persistent') await flushBeforeRelated(session, missing, relationship.name, request.autoflush)
  await send(session, missing.filter((instance) => (request.options ?? []).length > 0 || !isLoaded(instance, relationship)), relationship, {
    options, ...(where === undefined ? {} : { where }), ...(ofType === undefined ? {} : { ofType }),
  }, (request.options ?? []).length > 0, request.chunkSize ?? defaultChunk)
}

const send = async (
  session: SessionState, instances: readonly Instance[], relationship: MappedRelationship,
  request: { readonly options: readonly LoaderOption[]; readonly where?: QueryNode; readonly ofType?: { readonly entity: string; readonly source: string } }, descend: boolean, chunk: number,
): Promise<void> => {
  const target = session.mapping.entities[relationship.target]
  if (target === undefined) throw new Error(`'${relationship.key}' leads to '${relationship.target}', which this mapping does not have`)
  const hydration: Hydration = { session, populateExisting: false, descend, optionsAt: optionsFrom(session.mapping, target, request.options) }
  const [only, ...others] = instances
  if (only === undefined) return
  if (others.length > 0 && instances.every((instance) => lifecycleOf(instance) === 'persistent')) {
    const { plan, values } = relatedPlan(session.mapping, relationship, { count: 'many', ...request })
    return loadForAll(hydration, plan, relationship, instances, slotValues(values), chunk)
  }
  if (others.length === 0) noteLoadOfOne(session, only, relationship)
  const { plan, values } = relatedPlan(session.mapping, relationship, { count: 'one', ...request })
  const given = slotValues(values)
  for (const instance of instances) await sendOne(hydration, plan, instance, relationship, given)
}

const sendOne = async (hydration: Hydration, load: RelatedLoad, instance: Instance, relationship: MappedRelationship, given: readonly unknown[]): Promise<void> => {
  const { session } = hydration
  await loadKeyColumns(session, instance, load)
  const valueOf = shownAt(load, instance)
  const pending = lifecycleOf(instance) !== 'persistent'
  // A new object whose key is not known yet has nothing related, and that is what it was asked for.
  if (pending && load.keys.columns.some((_column, index) => valueOf(index) === null || valueOf(index) === undefined)) {
    fillRelated(instance, relationship.name, [], false)
    return
  }
  const members = await loadBound(hydration, load, instance, given, valueOf)
  if (!relationship.uselist && members.length > 1) warnSeveral(session, relationship)
  const had = isLoaded(instance, relationship)
  fillRelated(instance, relationship.name, members, false)
  if (load.conditional && relationship.uselist && !had) notePartial(instance, Instance.backing(instance).entity.slot[relationship.name] ?? -1)
}

/** Fills what the identity map answers; the rest needs a statement. */
const answeredByIdentity = async (session: SessionState, instances: readonly Instance[], relationship: MappedRelationship, options: readonly LoaderOption[], request: RelationshipRequest): Promise<readonly Instance[]> => {
  if (!relationship.useGet) return instances
  const withoutKey = instances.filter((instance) => lifecycleOf(instance) === 'persistent' && lacksKey(instance, relationship))
  if (withoutKey.length > 0) {
    await autoflush(session, request.autoflush)
    await loadColumns(session, withoutKey, relationship.useGetColumns.flatMap((column) => attributeAt(Instance.backing(withoutKey[0] as Instance).entity, column)?.name ?? []))
  }
  const rest: Instance[] = []
  for (const instance of instances) {
    const answer = lookUpReference(session, instance, relationship, options)
    switch (answer._tag) {
      case 'found': fillRelated(instance, relationship.name, answer.instance === null ? [] : [answer.instance], false); break
      case 'expired': {
        const gone = await readColumns(session, [answer.instance])
        for (const each of gone) forget(session, each)
        fillRelated(instance, relationship.name, gone.length > 0 ? [] : [answer.instance], false)
        break
      }
      case 'unknown': rest.push(instance); break
    }
  }
  return rest
}

/** May the object be asked at all? New ones have nothing; those in no session are refused, after what refuses every load. */
const canAsk = (session: SessionState, instance: Instance, relationship: MappedRelationship, raises: boolean): boolean => {
  const lifecycle = lifecycleOf(instance)
  const state = ownState(instance)
  if (lifecycle === 'transient' || lifecycle === 'pending') {
    const may = sessionOf(instance) === session && (relationship.loadOnPending || state?.loadOnPending === true)
    if (may && raises) raiseLoad(instance, relationship, 'raise')
    return may
  }
  if (raises) raiseLoad(instance, relationship, 'raise')
  if (sessionOf(instance) !== session) {
    fail({ _tag: 'LoadFailed', code: 'detached', message: `${describe(instance)} is in no session, so '${relationship.key}' cannot be loaded`, hint: 'load it before the session ends, or merge the object into this one' })
  }
  return true
}

const raiseLoad = (instance: Instance | undefined, relationship: MappedRelationship, how: string): never => fail({
  _tag: 'LoadFailed', code: 'raise-load', message: `'${relationship.key}' of ${instance === undefined ? 'an object' : describe(instance)} is not loaded, and its strategy '${how}' refuses to load it later`,
  hint: `load it with the query: options(selectinload(${relationship.key}))`,
})

const isLoaded = (instance: Instance, relationship: MappedRelationship): boolean => statusAt(instance, relationship) === loaded

/** A subclass has the relationship at a place of its own. */
const statusAt = (instance: Instance, { name }: MappedRelationship): number | undefined => {
  const { entity, status } = Instance.backing(instance)
  return status[entity.slot[name] ?? -1]
}

/** Is a column that the relationship joins by not known? */
const lacksKey = (instance: Instance, relationship: MappedRelationship): boolean => relationship.useGetColumns.some((column) => lacks(instance, column))

const lacks = (instance: Instance, column: RelatedLoad['keys']['columns'][number]): boolean => {
  const { entity, status } = Instance.backing(instance)
  const attribute = attributeAt(entity, column)
  return attribute !== undefined && !attribute.primaryKey && status[attribute.slot] !== loaded
}

const loadKeyColumns = async (session: SessionState, instance: Instance, load: RelatedLoad): Promise<void> => {
  if (lifecycleOf(instance) !== 'persistent') return
  const { entity, status } = Instance.backing(instance)
  const names = load.keys.columns.flatMap((column) => {
    const attribute = attributeAt(entity, column)
    return attribute !== undefined && (status[attribute.slot] === stale || lacks(instance, column)) ? [attribute.name] : []
  })
  if (names.length > 0) await loadColumns(session, [instance], names)
}

const conjunction = (first: QueryNode | undefined, second: QueryNode | undefined): QueryNode | undefined =>
  first === undefined ? second : second === undefined ? first : { _tag: 'logical', operator: 'and', args: [first, second] }

