// The flush of a session: what was recorded is written down, planned (loading what the plan has to know), executed, and made the
// committed state. It restores nothing itself: where it fails, it throws, and what it took is recorded again.

import { isLeft } from 'fp-ts/lib/Either.js'
import { planFlush, type FlushError, type FlushNeed, type FlushPlan, type FlushPlanning } from '@relata/core'
import { fail } from '../relata-error.js'
import { loadColumns } from '../load/load-columns.js'
import { mergeChanges, takeChanges, wasTaken, type TakenChanges } from '../state/change-log.js'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { describe, isExpired, stateOf } from '../state/state-of.js'
import { answerNeeds } from './answer-needs.js'
import { executePlan, progressOf } from './execute-plan.js'
import { flushNames, type FlushNames } from './flush-names.js'
import { gather } from './gather.js'
import { nameViolation } from './name-violation.js'
import { keepMade, settle } from './settle.js'
import { warn, warnOfConflicts } from './warn.js'

/** Writes what was recorded. */
export const flush = async (session: SessionState): Promise<void> => {
  const names = flushNames()
  for (let round = 0; ; round++) {
    const planning = planNow(session, names)
    if (planning._tag === 'Plan') return execute(session, names, planning.plan)
    await learn(session, names, planning.loads, round)
  }
}

/** Writes what was recorded if `approve` says yes to the plan; true if it did. A change made while it thinks is a new question. */
export const flushIfApproved = async (session: SessionState, approve: (plan: FlushPlan) => boolean | Promise<boolean>): Promise<boolean> => {
  const names = flushNames()
  for (let round = 0; ; round++) {
    const planning = planNow(session, names)
    if (planning._tag === 'Needs') { await learn(session, names, planning.loads, round); continue }
    const planned = session.changeCount
    if (!await approve(planning.plan)) return false
    if (session.changeCount !== planned) continue
    await execute(session, names, planning.plan)
    return true
  }
}

/** The plan of what was recorded, and nothing written; what it has to know is loaded. */
export const planned = async (session: SessionState, names: FlushNames): Promise<FlushPlan> => {
  for (let round = 0; ; round++) {
    const planning = planNow(session, names)
    if (planning._tag === 'Plan') return planning.plan
    await learn(session, names, planning.loads, round)
  }
}

/** Nothing is awaited between the planning and what is taken, so that the plan is of just what is taken. */
const execute = async (session: SessionState, names: FlushNames, plan: FlushPlan): Promise<void> => {
  const taken = takeChanges(session, names)
  const progress = progressOf(names.instances.length)
  try {
    warn(session, plan.warnings, 0, 0)
    await executePlan(session, plan, names.instances, progress)
    progress.done = true
    warn(session, plan.warnings, 1)
    settle(session, plan, names.instances, taken, progress.made)
  } catch (thrown) {
    if (!progress.done) warn(session, plan.warnings, 1, progress.begun - 1)
    warnOfConflicts(session, plan, names.instances)
    keepMade(session, plan, progress, names.instances, taken)
    mergeChanges(session, taken)
    throw nameViolation(session.mapping, thrown, plan.steps[progress.begun - 1])
  }
  await readKept(session, plan, names, taken)
}

/** Objects that took part though they were expired, and that nothing of the plan had to read. Their relationships were changed: those wait for their own load. */
const readKept = async (session: SessionState, plan: FlushPlan, names: FlushNames, taken: TakenChanges): Promise<void> => {
  const expired: Instance[] = []
  for (const id of plan.kept) {
    const instance = names.instances[id]
    if (instance !== undefined && isExpired(instance)) expired.push(instance)
  }
  if (expired.length > 0) await loadColumns(session, expired, undefined, (instance, relationship) => wasTaken(taken, stateOf(instance), relationship))
}

const planNow = (session: SessionState, names: FlushNames): FlushPlanning => {
  const result = planFlush(session.mapping, gather(session, names))
  return isLeft(result) ? refused(session, names, result.left) : result.right
}

const learn = async (session: SessionState, names: FlushNames, loads: readonly FlushNeed[], round: number): Promise<void> => {
  if (round > mostRounds) throw new Error(`a flush still needs ${JSON.stringify(loads[0])} after loading it`)
  await answerNeeds(session, names, loads)
}

/** Each round goes at least one step down a chain of cascades; a chain this long is a fault of ours. */
const mostRounds = 10_000

const refused = (session: SessionState, names: FlushNames, error: FlushError): never => {
  warn(session, error.warnings, 0)
  return fail({
    _tag: 'FlushFailed', code: error.code, message: error.message, hint: error.hint,
    detail: { objects: error.objects.flatMap((id) => names.instances[id] ?? []).map(describe), ...(error.relationship === undefined ? {} : { relationship: error.relationship }), ...(error.column === undefined ? {} : { column: error.column }) },
    cause: error,
  })
}
