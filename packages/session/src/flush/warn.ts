// Telling the warnings of a plan: each when the flush comes to what it is about.

import type { FlushPlan, FlushWarning } from '@relata/core'
import type { SessionState } from '../state/model.js'

/** Before the first step: what is known without any row written. */
export const warnFirst = (session: SessionState, plan: FlushPlan): void => {
  for (const warning of plan.warnings) if (warning.when === 'first') tell(session, warning)
}

/** Of associations, those of which both ends were written within the first `done` steps. */
export const warnOfAssociations = (session: SessionState, plan: FlushPlan, done: number): void => {
  for (const warning of plan.warnings) {
    if (warning.when === 'last' && lastWrite(plan, associationEnds(session, warning)) < done) tell(session, warning)
  }
}

const tell = ({ listeners }: SessionState, { code, message, relationship }: FlushWarning): void =>
  listeners.onWarning?.({ _tag: 'SessionWarning', code, message, relationship })

/** The tables of both ends of a many-to-many. */
const associationEnds = ({ mapping }: SessionState, { relationship: key }: FlushWarning): ReadonlySet<string> => {
  const split = key.lastIndexOf('.')
  const relationship = mapping.entities[key.slice(0, split)]?.relationship[key.slice(split + 1)]
  return new Set(relationship === undefined ? [] : [relationship.entity, relationship.target].flatMap((entity) => mapping.entities[entity]?.tables ?? []))
}

/** The place of the last step that saves a row of these tables, or -1. */
const lastWrite = (plan: FlushPlan, tables: ReadonlySet<string>): number => plan.steps.findLastIndex((step) => step._tag !== 'delete' && tables.has(step.table))
