// Telling the warnings of a plan: each when the flush comes to what it is about.

import type { FlushPlan, FlushWarning } from '@relata/core'
import type { SessionState } from '../state/model.js'

/** Before the first step: what is known without any row written. */
export const warnFirst = (session: SessionState, plan: FlushPlan): void => {
  for (const warning of plan.warnings) if (warning.when === 'first') tell(session, warning)
}

/** Those of which the rows were written whose keys would have been copied: all of them, or within the first `done` steps of a flush that failed. */
export const warnOfCopies = (session: SessionState, plan: FlushPlan, done = Infinity): void => {
  for (const warning of plan.warnings) {
    if (warning.when === 'last' && lastWrite(plan, copiedFrom(session, warning)) < done) tell(session, warning)
  }
}

const tell = ({ listeners }: SessionState, { code, message, relationship }: FlushWarning): void =>
  listeners.onWarning?.({ _tag: 'SessionWarning', code, message, relationship })

/** The tables that a relationship copies keys from: of a many-to-many, those of both ends. */
const copiedFrom = ({ mapping }: SessionState, { relationship: key }: FlushWarning): ReadonlySet<string> => {
  const split = key.lastIndexOf('.')
  const relationship = mapping.entities[key.slice(0, split)]?.relationship[key.slice(split + 1)]
  if (relationship === undefined) return new Set()
  return new Set([...relationship.direction === 'many-to-many' ? [relationship.entity] : [], relationship.target].flatMap((entity) => mapping.entities[entity]?.tables ?? []))
}

/** The place of the last step that saves a row of these tables, or -1. */
const lastWrite = (plan: FlushPlan, tables: ReadonlySet<string>): number => plan.steps.findLastIndex((step) => step._tag !== 'delete' && tables.has(step.table))
