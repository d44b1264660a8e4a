// load: a relationship of objects that are there.

import { isRel, relationshipOption, settingsError } from '@relata/core'
import type { AnyExpr, AnyInstance, AnyRel, Attr, ChunkSetting, EntityName, LoadOption, MappedRelationship, Merge, Models, Onwards, RecursionSetting, Rel, Unchecked, WithColumn, WithLoaded } from '@relata/core'
import { db, type Db } from '../db.js'
import { relationshipOfHandle } from '../handle/mapping-of.js'
import { slotOf } from '../change/check.js'
import { callSite, workFor } from '../watch/call-site.js'
import { flushBefore } from '../load/flush-before.js'
import { membersOf } from '../load/follow-up.js'
import { loadColumns } from '../load/load-columns.js'
import { loadRelationship } from '../load/load-relationship.js'
import { failQuery } from '../load/refused-query.js'
import type { Instance } from '../state/instance.js'
import { loaded, type SessionState } from '../state/model.js'
import { isSlotLoaded } from '../state/slot.js'
import { entityOf, hasIdentity, instanceFrom, lifecycleOf, ownState, statusOf } from '../state/state-of.js'
import { checkUsable } from '../transaction/flush-session.js'

/**
 * Loads a relationship of one object or of an array of them (one batch) by its strategy, and gives them with a type that has it. What is
 * loaded stays as it is; a many-to-one whose object is in the session takes no statement. Options say what is loaded below; `only`,
 * `chunkSize` and `recursionDepth` say more of the relationship itself. Fails with `detached`, `raise-load`, `object-deleted`.
 *
 * @example
 * pipe(all(select(User)), RTE.chain(load(User.addresses, selectinload(Address.tags))))
 */
export function load<M extends Models<M>, N extends EntityName<M>, K extends string, T extends EntityName<M>, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, T | B | ChunkSetting | RecursionSetting, Onwards<T, B>>[]>(
  rel: Rel<M, N, K, T, boolean, string, B>, ...sub: Os
): <X extends AnyInstance<M, N> | ReadonlyArray<AnyInstance<M, N>>>(subject: X) => Db<WithLoaded<X, M, K, Merge<Os>>>
export function load(part: AnyRel | AnyExpr, ...sub: readonly LoadOption<Unchecked, never, unknown, unknown>[]): unknown {
  const written = callSite()
  return (subject: unknown): Db<unknown> => db(async (session) => {
    workFor(session, written ?? callSite())
    const instances = (Array.isArray(subject) ? subject : [subject]).map((each) => instanceFrom(each, 'load'))
    if (isRel(part)) {
      const relationship = relationshipOfHandle(part)
      const option = relationshipOption('selectin', part, sub)
      const wrong = settingsError(option, relationship)
      if (wrong !== undefined) failQuery(wrong)
      await loadLevels(session, instances.filter((instance) => isWanted(instance, relationship)), relationship, option)
    } else await loadAttribute(session, instances, part)
    return subject
  })
}

/**
 * Loads a column of one object or of an array of them, with whatever else is stale; one that is loaded stays, and an object without a row
 * shows what it was given. Fails with `detached` and `object-deleted`.
 *
 * @example
 * pipe(ed, expire(User), RTE.chain(loadColumn(User.name)))
 */
export function loadColumn<K extends PropertyKey>(attribute: Attr<unknown, string, K>): <X extends object | readonly object[]>(subject: X) => Db<WithColumn<X, K>>
export function loadColumn(attribute: Attr<unknown, string, PropertyKey>): unknown {
  return (subject: unknown): Db<unknown> => db(async (session) => {
    await loadAttribute(session, (Array.isArray(subject) ? subject : [subject]).map((each) => instanceFrom(each, 'loadColumn')), attribute)
    return subject
  })
}

/** Loads a relationship, and again from what it brings as many levels further as the option says. */
const loadLevels = async (session: SessionState, instances: readonly Instance[], relationship: MappedRelationship, option: ReturnType<typeof relationshipOption>): Promise<void> => {
  const { below: options, where, chunkSize, recursionDepth = 0, relationship: { ofType } } = option
  const request = { options, ...(where === undefined ? {} : { where }), ...(ofType === undefined ? {} : { ofType }), ...(chunkSize === undefined ? {} : { chunkSize }) }
  const visited = new Set(instances)
  let level = instances
  for (let left = recursionDepth; level.length > 0; left--) {
    await loadRelationship(session, level, relationship, request)
    if (left === 0) return
    level = level.flatMap((parent) => membersOf(parent, relationship)).filter((member) => !visited.has(member) && visited.add(member))
  }
}

/** What the program unset is known to be nothing. */
const isWanted = (instance: Instance, { name }: MappedRelationship): boolean => {
  const slot = entityOf(instance).slot[name] ?? -1
  return ownState(instance)?.committed.has(slot) !== true || isSlotLoaded(instance, slot)
}

const loadAttribute = async (session: SessionState, instances: readonly Instance[], attribute: object): Promise<void> => {
  const name = 'name' in attribute ? String(attribute.name) : ''
  const wanting = instances.filter((instance) => {
    const slot = slotOf(entityOf(instance), name, 'load')
    return hasIdentity(instance) && statusOf(instance, slot) !== loaded && ownState(instance)?.committed.has(slot) !== true
  })
  for (const instance of instances) ownState(instance)?.assumed?.delete(slotOf(entityOf(instance), name, 'load'))
  if (wanting.length === 0) return
  checkUsable(session)
  if (wanting.some((instance) => lifecycleOf(instance) === 'persistent')) await flushBefore(session, wanting)
  await loadColumns(session, wanting, [name])
}
