// unset: takes values away.

import type { AnyHandle, EntityName, EntityObject, HandleOf, Models } from '@relata/core'
import { unassign } from '../change/assign.js'
import { checkSubject } from '../change/check.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { instanceFrom } from '../state/state-of.js'

/**
 * Takes the values of slots away, so that they count as not set: a flush writes null, a collection is emptied. Returns the object.
 * Throws `ChangeRefused` where a new object has no such value.
 *
 * @example
 * pipe(home, unset(Address, 'user'))
 */
export function unset<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, ...names: readonly ((keyof M[N]['row'] | keyof M[N]['rels']) & string)[]): <I extends EntityObject<M, N>>(subject: I) => I
export function unset(handle: AnyHandle, ...names: readonly string[]): <I>(subject: I) => I {
  return (subject) => {
    const state = checkSubject(instanceFrom(subject, 'unset'), entityOfHandle(handle).entity.name, 'unset')
    for (const name of names) unassign(state, name)
    return subject
  }
}
