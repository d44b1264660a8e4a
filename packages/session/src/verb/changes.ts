// changes: what the next flush would look at.

import { db, type Db } from '../db.js'
import type { Instance } from '../state/instance.js'
import { hasNetChanges } from './is-modified.js'

export interface SessionChanges { readonly new: readonly Instance[]; readonly dirty: readonly Instance[]; readonly deleted: readonly Instance[] }

/**
 * The session's new objects, those with net changes, and those to be deleted.
 *
 * @example
 * pipe(changes, RTE.map(({ dirty }) => dirty.length))
 */
export const changes: Db<SessionChanges> = db((session) => ({
  new: [...session.pending],
  dirty: Array.from(session.dirty, (state) => state.instance).filter((instance) => !session.deleted.has(instance) && hasNetChanges(instance)),
  deleted: [...session.deleted],
}))
