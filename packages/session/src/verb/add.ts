// add: objects into the session.

import type { Tracked, Unchecked } from '@relata/core'
import { db, type Db } from '../db.js'
import { addToSession } from '../membership/attach.js'
import type { SessionState } from '../state/model.js'
import { ofMapping } from './member-of-session.js'

/**
 * Puts objects into the session, with all that the save-update cascade reaches: new ones become pending, detached ones persistent, and
 * one that was to be deleted stays. Fails with `already-attached`, `has-been-deleted`, `identity-conflict` or `wrong-type`.
 *
 * @example
 * pipe(add(ed, wendy), RTE.chain(() => commit))
 */
export const add = (...objects: readonly Tracked<Unchecked, Unchecked>[]): Db<void> => db((session) => { addAll(session, objects) })

export const addAll = (session: SessionState, objects: readonly unknown[]): void => {
  for (const object of objects) addToSession(session, ofMapping(session, object, 'add'))
}
