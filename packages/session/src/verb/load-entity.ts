// loadEntity: the columns of a subclass.

import { isA, type AnyHandle, type EntityName, type HandleOf, type Instance as InstanceOf, type MappedRelationship, type Mapping, type Models } from '@relata/core'
import { checkSubject } from '../change/check.js'
import { db, type Db } from '../db.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { flushBefore } from '../load/flush-before.js'
import { loadColumns } from '../load/load-columns.js'
import { loadRelationship } from '../load/load-relationship.js'
import { loaded } from '../state/model.js'
import { hasIdentity, instanceFrom, statusOf } from '../state/state-of.js'
import { checkUsable } from '../transaction/flush-session.js'

/**
 * Loads the columns that objects have beyond the entity that they were queried as, with the relationships that the mapping loads eagerly,
 * and gives them with a type that has them: one object, or an array of them in one batch. Fails with `wrong-type` where one is not of the entity.
 *
 * @example
 * pipe(one(select(Payment)), RTE.chain(loadEntity(Card)), RTE.map((card) => card.last4))
 */
export function loadEntity<M extends Models<M>, N extends EntityName<M>>(
  handle: HandleOf<M, N>,
): <X extends object>(subject: X) => Db<X extends readonly unknown[] ? ReadonlyArray<InstanceOf<M, N>> : InstanceOf<M, N>>
export function loadEntity(handle: AnyHandle): unknown {
  return (subject: unknown): Db<unknown> => db(async (session) => {
    const { entity } = entityOfHandle(handle)
    const instances = (Array.isArray(subject) ? subject : [subject]).map((each) => instanceFrom(each, 'loadEntity'))
    for (const instance of instances) checkSubject(instance, entity.name, 'loadEntity')
    const wanted = entity.attributes.filter(({ deferred }) => !deferred)
    const lacking = instances.filter((instance) => hasIdentity(instance) && wanted.some(({ slot }) => statusOf(instance, slot) !== loaded))
    if (lacking.length > 0) {
      checkUsable(session)
      await flushBefore(session, lacking)
      await loadColumns(session, lacking, wanted.map(({ name }) => name))
    }
    for (const relationship of entity.relationships) if (comesAlong(session.mapping, relationship)) await loadRelationship(session, instances.filter(hasIdentity), relationship)
    return subject
  })
}

/** Does every instance have it, because the mapping loads it eagerly? Not where a circle would stop that. */
const comesAlong = (mapping: Mapping, { lazy, entity, target }: MappedRelationship): boolean =>
  (lazy === 'joined' || lazy === 'selectin' || lazy === 'subquery' || lazy === 'immediate') && !isA(mapping, entity, target)
