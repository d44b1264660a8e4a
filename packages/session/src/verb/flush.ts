// flush: what was recorded is written, in the transaction.

import { db, type Db } from '../db.js'
import { checkUsable, flushSession } from '../transaction/flush-session.js'

/**
 * Writes what was recorded since the last flush, in an order that the database accepts. Fails with `integrity`, `stale-data`,
 * `circular-dependency` and the like; the transaction is then rolled back, and the session answers `pending-rollback` until `rollback`.
 *
 * @example
 * pipe(add(ed), RTE.chain(() => flush), RTE.map(() => ed.id))
 */
export const flush: Db<void> = db((session) => {
  checkUsable(session)
  return flushSession(session)
})
