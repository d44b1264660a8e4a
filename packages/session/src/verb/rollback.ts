// rollback: what was not committed did not happen.

import { db, type Db } from '../db.js'
import { rollbackSession } from '../transaction/end.js'

/**
 * Rolls the transaction back, and the objects with it: new ones become transient, deleted ones persistent, all others show what they
 * had before, stale. After a failed flush the session can be used again.
 *
 * @example
 * pipe(flush, RTE.orElse(() => rollback))
 */
export const rollback: Db<void> = db(rollbackSession)
