// set: new values for slots of an object.

import type { AnyHandle, Changes, EntityName, EntityObject, HandleOf, Models } from '@relata/core'
import { assign } from '../change/assign.js'
import { checkSubject } from '../change/check.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { instanceFrom } from '../state/state-of.js'

/**
 * Sets columns, then relationships of an object, in the order given, and returns it. It does no I/O: what a replaced relationship held
 * and is not loaded is found out by the flush. A column may be given an expression over the object's own columns: the database computes it when
 * the flush writes it, and until that value is read the object shows the one before. Throws `ChangeRefused`, having changed nothing, where a value does not fit.
 *
 * @example
 * pipe(ed, set(User, { nick: 'eddie', addresses: [] }))
 * pipe(page, set(Page, { visits: add(Page.visits, 1) }))
 */
export function set<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Changes<M, N>): <I extends EntityObject<M, N>>(subject: I) => I
export function set(handle: AnyHandle, values: Readonly<Record<string, unknown>>): <I>(subject: I) => I {
  return (subject) => {
    const { mapping, entity } = entityOfHandle(handle)
    assign(mapping, checkSubject(instanceFrom(subject, 'set'), entity.name, 'set'), values, 'set')
    return subject
  }
}
