// loadOld: what a slot holds in the database, loaded before it is replaced.

import type { AnyRel, Attr } from '@relata/core'
import { isHandle } from '../change/relationship-change.js'
import { db, type Db } from '../db.js'
import { fillRelated } from '../load/fill-slots.js'
import { loadColumns } from '../load/load-columns.js'
import { loadOld as oldMembers } from '../load/load-old.js'
import { loadRelationship } from '../load/load-relationship.js'
import { partOf } from '../inspect/history.js'
import { loaded } from '../state/model.js'
import { relationshipAt } from '../state/slot.js'
import { entityOf, hasIdentity, isExpired, sessionOf, statusOf } from '../state/state-of.js'

/**
 * Loads what an assignment will replace, so that the verb knows it: a collection, with autoflush; a reference with `activeHistory` or
 * `singleParent` and a primary key, by committed keys and without autoflush. Anything else is left for the flush. `set` works without. Fails with `raise-load` where the strategy refuses to load.
 *
 * @example
 * pipe(ed, loadOld(User.addresses), RTE.map(set(User, { addresses: [] })))
 */
export const loadOld = (part: Attr<unknown, string, PropertyKey> | AnyRel) => <X extends object>(subject: X): Db<X> => db(async (session) => {
  const { instance, slot } = partOf(part as { readonly name: PropertyKey } /* both have a name */, subject, 'loadOld')
  const owner = sessionOf(instance)
  if ((owner !== undefined && owner !== session) || !hasIdentity(instance) || statusOf(instance, slot) === loaded) return subject
  const entity = entityOf(instance)
  const relationship = relationshipAt(entity, slot)
  if (relationship === undefined) {
    if (owner === session && entity.attributes[slot]?.primaryKey === true) await loadColumns(session, [instance], [String(part.name)])
  } else if (relationship.uselist) {
    if (!isHandle(relationship)) await loadRelationship(session, [instance], relationship)
  } else if ((relationship.activeHistory || relationship.singleParent) && (owner === undefined || relationship.lazy === 'raise' || relationship.lazy === 'raise_on_sql')) {
    await loadRelationship(session, [instance], relationship, { autoflush: false })
  } else if (relationship.activeHistory || relationship.singleParent) {
    if (isExpired(instance)) await loadColumns(session, [instance])
    if (statusOf(instance, slot) === loaded) return subject
    const old = await oldMembers(session, [instance], relationship)
    fillRelated(instance, relationship.name, old.get(instance) ?? [], false)
  }
  return subject
})
