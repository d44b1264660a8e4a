// commit: what was done becomes permanent.

import { db, type Db } from '../db.js'
import { commitSession } from '../transaction/end.js'

/**
 * Flushes and commits. With `expireOnCommit`, deleted objects become detached and all others stale. Fails with what a flush fails with, or
 * with what the database says at the commit; everything is then rolled back.
 *
 * @example
 * pipe(add(ed), RTE.chain(() => commit))
 */
export const commit: Db<void> = db(commitSession)
