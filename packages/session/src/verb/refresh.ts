// refresh: what the database has now.

import type { AnyHandle, EntityName, EntityObject, HandleOf, Models, WithRefreshed } from '@relata/core'
import { slotOf } from '../change/check.js'
import { db, type Db } from '../db.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { refreshInstance } from '../load/refresh.js'
import { entityOf } from '../state/state-of.js'
import { expireInstance } from './expire.js'
import { persistentIn } from './member-of-session.js'

/**
 * Reads an object again, or named values of it, over what it has; its changes of them are dropped. The refresh-expire cascade goes along
 * as with `expire`. Fails with `not-persistent`, and with `object-deleted` where the row is gone.
 *
 * @example
 * pipe(ed, refresh(User, 'name'))
 */
export function refresh<M extends Models<M>, N extends EntityName<M>, K extends (keyof M[N]['row'] | keyof M[N]['rels']) & string = never>(handle: HandleOf<M, N>, ...names: readonly K[]): <I extends EntityObject<M, N>>(subject: I) => Db<WithRefreshed<I, K>>
export function refresh(handle: AnyHandle, ...names: readonly string[]): unknown {
  entityOfHandle(handle)
  return (subject: unknown): Db<unknown> => db(async (session) => {
    const instance = persistentIn(session, subject, 'refresh')
    for (const name of names) slotOf(entityOf(instance), name, 'refresh')
    expireInstance(session, instance, names)
    await refreshInstance(session, instance, names.length === 0 ? undefined : names)
    return subject
  })
}
