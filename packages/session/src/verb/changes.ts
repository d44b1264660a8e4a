// changes: what the next flush would look at.

import { db, type Db } from '../db.js'
import { isOldUnknown, learnOld } from '../load/learn-old.js'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { hasNetChanges } from './is-modified.js'

export interface SessionChanges { readonly new: readonly Instance[]; readonly dirty: readonly Instance[]; readonly deleted: readonly Instance[] }

/**
 * The session's new objects, those with net changes, and those to be deleted. Whether the replacing of an unloaded one-to-one is a
 * change shows by what it replaced, which is loaded.
 *
 * @example
 * pipe(changes, RTE.map(({ dirty }) => dirty.length))
 */
export const changes: Db<SessionChanges> = db(async (session) => {
  for (const state of Array.from(session.dirty)) {
    if (session.deleted.has(state.instance)) continue
    for (const relationship of state.entity.relationships) {
      if (!relationship.uselist && !relationship.useGet && isOldUnknown(state, relationship)) await learnOld(session, state.instance, relationship)
    }
  }
  return netChanges(session)
})

const netChanges = (session: SessionState): SessionChanges => ({
  new: [...session.pending],
  dirty: Array.from(session.dirty, (state) => state.instance).filter((instance) => !session.deleted.has(instance) && hasNetChanges(instance)),
  deleted: [...session.deleted],
})
