// flush: what was recorded is written, in the transaction.

import { db, type Db } from '../db.js'
import type { FlushPlan } from '@relata/core'
import { flushIfApproved, planned } from '../flush/flush.js'
import { flushNames } from '../flush/flush-names.js'
import { checkUsable, flushSession } from '../transaction/flush-session.js'

/**
 * Writes what was recorded since the last flush, in an order that the database accepts. Fails with `integrity`, `stale-data`,
 * `circular-dependency` and the like; the transaction is then rolled back, and the session answers `pending-rollback` until `rollback`.
 * Where nothing was recorded it does nothing, also then.
 *
 * @example
 * pipe(add(ed), RTE.chain(() => flush), RTE.map(() => ed.id))
 */
export const flush: Db<void> = db(async (session) => { await flushSession(session) })

/**
 * What a flush would do, step by step with the reason for each; nothing is written and nothing changes, but what the plan has to know is
 * loaded. Fails as the planning of a flush does.
 *
 * @example
 * pipe(dryRun, RTE.map(explain))
 */
export const dryRun: Db<FlushPlan> = db((session) => {
  checkUsable(session)
  return planned(session, flushNames())
})

/**
 * Flushes if the plan is approved, and says whether it was. What is executed is what was approved.
 *
 * @example
 * flushWith((plan) => plan.steps.every((step) => step._tag !== 'delete'))
 */
export const flushWith = (approve: (plan: FlushPlan) => boolean | Promise<boolean>): Db<boolean> => db(async (session) => {
  return await flushSession(session, (flushed) => flushIfApproved(flushed, approve)) !== false
})
