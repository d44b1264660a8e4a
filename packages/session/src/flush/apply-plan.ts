// Executes a plan that was made elsewhere: its rows are written as they stand in it, and no object of the session takes part.

import type { FlushPlan } from '@relata/core'
import { expireEverything } from '../membership/expire.js'
import type { Instance } from '../state/instance.js'
import { newInstance } from '../state/instance-class.js'
import type { SessionState } from '../state/model.js'
import { executePlan, progressOf } from './execute-plan.js'
import { nameViolation } from './name-violation.js'
import { warn } from './warn.js'

/** Writes the rows of a plan. Whatever the session holds may have been among them, so all of it is read again when it is asked for. */
export const applyNow = async (session: SessionState, plan: FlushPlan): Promise<void> => {
  const instances = standIns(session, plan)
  const progress = progressOf(instances.length)
  warn(session, plan.warnings, 0, 0)
  try {
    await executePlan(session, plan, instances, progress)
  } catch (thrown) {
    warn(session, plan.warnings, 1, progress.begun - 1)
    throw nameViolation(session.mapping, thrown, plan.steps[progress.begun - 1])
  }
  warn(session, plan.warnings, 1)
  expireEverything(session)
}

/** An object for each number of the plan, which learns the keys that others of its rows wait for. */
const standIns = ({ mapping }: SessionState, { objects }: FlushPlan): readonly Instance[] => {
  const instances: Instance[] = []
  for (const [id, name] of objects.entities.entries()) {
    const entity = mapping.entities[name]
    if (entity !== undefined) instances[id] = newInstance(mapping, entity)
  }
  return instances
}
