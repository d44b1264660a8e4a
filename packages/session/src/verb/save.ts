// save: a new object that has its row at once.

import type { AnyHandle, EntityName, EntityObject, HandleOf, Instance as InstanceOf, Models } from '@relata/core'
import { checkSubject } from '../change/check.js'
import { db, type Db } from '../db.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { addToSession } from '../membership/attach.js'
import { checkUsable, flushSession } from '../transaction/flush-session.js'
import { ofMapping } from './member-of-session.js'

/**
 * Adds an object and flushes, and gives it as an instance: its generated keys are there. Fails as `add` and `flush` do.
 *
 * @example
 * pipe(create(User, { name: 'ed' }), save(User), RTE.map((ed) => ed.id))
 */
export function save<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>): (object: EntityObject<M, N>) => Db<InstanceOf<M, N>>
export function save(handle: AnyHandle): unknown {
  return (object: unknown): Db<unknown> => db(async (session) => {
    const instance = ofMapping(session, object, 'save')
    checkSubject(instance, entityOfHandle(handle).entity.name, 'save')
    addToSession(session, [instance])
    checkUsable(session)
    await flushSession(session)
    return instance
  })
}
