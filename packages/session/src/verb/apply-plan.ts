// applyPlan: a plan of a flush that was kept, executed.

import { isLeft } from 'fp-ts/lib/Either.js'
import { readPlan } from '@relata/core'
import { db, type Db } from '../db.js'
import { applyNow } from '../flush/apply-plan.js'
import { fail } from '../relata-error.js'
import { checkUsable, flushSession, writing } from '../transaction/flush-session.js'

/**
 * Executes a plan of a flush that was kept, as a plan, as its JSON or as text, in the session's transaction, after a flush of what is
 * pending: the same statements as when its own session had executed it. Objects of this session are read again when they are next asked
 * for. Fails with `argument` where the plan is of another mapping, with `stale-data` where its rows have changed, and as a flush does.
 *
 * @example
 * pipe(applyPlan(await readFile('approved.json', 'utf8')), RTE.chain(() => commit))
 */
export const applyPlan = (plan: unknown): Db<void> => db(async (session) => {
  checkUsable(session)
  const read = readPlan(session.mapping, 'FlushPlan', plan)
  if (isLeft(read)) return fail({ _tag: 'QueryRefused', code: 'argument', message: `applyPlan: ${read.left.message}`, hint: read.left.hint, cause: read.left })
  await flushSession(session)
  return writing(session, () => applyNow(session, read.right))
})
