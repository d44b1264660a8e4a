// add: objects into the session.

import type { Tracked, Unchecked } from '@relata/core'
import { db, type Db } from '../db.js'
import { addToSession } from '../membership/attach.js'
import type { SessionState } from '../state/model.js'
import { ofMapping } from './member-of-session.js'

/**
 * Puts objects into the session, with all that the save-update cascade reaches: new ones become pending, detached ones persistent, and
 * one that was to be deleted stays. Lists of objects are taken too: a call has room for some thousands of arguments only. Fails, with
 * nothing added, with `already-attached`, `has-been-deleted`, `identity-conflict` or `wrong-type`.
 *
 * @example
 * pipe(add(ed, wendy), RTE.chain(() => commit))
 * pipe(add(rows.map((row) => create(User, row))), RTE.chain(() => commit))
 */
export const add = (...objects: readonly OneOrMany[]): Db<void> => db((session) => { addAll(session, objects) })

/** An object, or a list of them: what is too many for the arguments of a call. */
export type OneOrMany = Tracked<Unchecked, Unchecked> | readonly Tracked<Unchecked, Unchecked>[]

/** Objects and lists of them, as `add` takes them. */
export const addAll = (session: SessionState, objects: readonly unknown[]): void => {
  addToSession(session, objects.flat().map((object) => ofMapping(session, object, 'add')))
}
