// Telling the warnings of a plan: each when the flush comes to what it is about.

import type { FlushPlan, FlushWarning } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { currentKey, describe, entityOf } from '../state/state-of.js'

/** Tells the warnings that show after at least `from` steps and at most `to`. */
export const warn = ({ listeners }: SessionState, warnings: readonly FlushWarning[], from: number, to = Infinity): void => {
  for (const { after, code, message, relationship } of warnings) {
    if (after >= from && after <= to) listeners.onWarning?.({ _tag: 'SessionWarning', code, message, relationship })
  }
}

/** After a failure: new objects that were given the key of another one in the session, which is mostly what the database refused. */
export const warnOfConflicts = (session: SessionState, plan: FlushPlan, instances: readonly Instance[]): void => {
  for (const id of plan.inserted) {
    const instance = instances[id]
    if (instance === undefined) continue
    const entity = entityOf(instance)
    const present = lookUp(session, entity, currentKey(instance, entity))
    if (present !== undefined && present !== instance) session.listeners.onWarning?.({
      _tag: 'SessionWarning', code: 'identity-conflict', message: `a new ${entity.name} has the key of ${describe(present)}, which is in the session`,
    })
  }
}
