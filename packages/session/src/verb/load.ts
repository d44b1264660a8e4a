// load: a relationship of objects that are there.

import { isRel, relationshipOption } from '@relata/core'
import type { AnyExpr, AnyRel, Attr, EntityName, Instance as InstanceOf, LoadOption, Merge, Models, Rel, Unchecked, WithLoaded } from '@relata/core'
import { db, type Db } from '../db.js'
import { relationshipOfHandle } from '../handle/mapping-of.js'
import { slotOf } from '../change/check.js'
import { callSite, workFor } from '../watch/call-site.js'
import { loadColumns } from '../load/load-columns.js'
import { loadRelationship } from '../load/load-relationship.js'
import type { Instance } from '../state/instance.js'
import { loaded, type SessionState } from '../state/model.js'
import { isSlotLoaded } from '../state/slot.js'
import { entityOf, hasIdentity, instanceFrom, lifecycleOf, ownState, statusOf } from '../state/state-of.js'
import { checkUsable } from '../transaction/flush-session.js'
import { autoflush } from './autoflush.js'

/**
 * Loads a relationship of one object or of an array of them (one batch) by its strategy, and gives them with a type that has it. What is
 * loaded stays as it is; a many-to-one whose object is in the session takes no statement. Options say what is loaded below. Fails with
 * `detached`, `raise-load`, `object-deleted`.
 *
 * @example
 * pipe(all(select(User)), RTE.chain(load(User.addresses, selectinload(Address.tags))))
 */
export function load<M extends Models<M>, N extends EntityName<M>, K extends string, T extends EntityName<M>, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, T | B>[]>(
  rel: Rel<M, N, K, T, boolean, string, B>, ...sub: Os
): <X extends InstanceOf<M, N> | ReadonlyArray<InstanceOf<M, N>>>(subject: X) => Db<WithLoaded<X, M, K, Merge<Os>>>
export function load(part: AnyRel | AnyExpr, ...sub: readonly LoadOption<Unchecked, never, unknown, unknown>[]): (subject: unknown) => Db<unknown> {
  const written = callSite()
  return (subject) => db(async (session) => {
    workFor(session, written ?? callSite())
    const instances = (Array.isArray(subject) ? subject : [subject]).map((each) => instanceFrom(each, 'load'))
    if (isRel(part)) {
      const relationship = relationshipOfHandle(part)
      // What the program unset is known to be nothing.
      const wanting = instances.filter((instance) => ownState(instance)?.committed.has(entityOf(instance).slot[relationship.name] ?? -1) !== true || isSlotLoaded(instance, entityOf(instance).slot[relationship.name] ?? -1))
      const { then: options, where, relationship: { ofType } } = relationshipOption('lazy', part, sub)
      await loadRelationship(session, wanting, relationship, { options, ...(where === undefined ? {} : { where }), ...(ofType === undefined ? {} : { ofType }) })
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
export const loadColumn = (attribute: Attr<unknown, string, PropertyKey>) => <X extends object | readonly object[]>(subject: X): Db<X> => db(async (session) => {
  await loadAttribute(session, (Array.isArray(subject) ? subject : [subject]).map((each) => instanceFrom(each, 'loadColumn')), attribute)
  return subject
})

const loadAttribute = async (session: SessionState, instances: readonly Instance[], attribute: object): Promise<void> => {
  const name = 'name' in attribute ? String(attribute.name) : ''
  const wanting = instances.filter((instance) => {
    const slot = slotOf(entityOf(instance), name, 'load')
    return hasIdentity(instance) && statusOf(instance, slot) !== loaded && ownState(instance)?.committed.has(slot) !== true
  })
  if (wanting.length === 0) return
  checkUsable(session)
  if (wanting.some((instance) => lifecycleOf(instance) === 'persistent')) await autoflush(session)
  await loadColumns(session, wanting, [name])
}
