// A query at work: pending changes are flushed, its plan found or made, its rows read and its follow-ups loaded.

import type { LoadPlan, Planned, SelectDescriptor, SlotValue } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { ownerOfEvery } from '../handle/collection-handle.js'
import { describe, entityOf, lifecycleOf } from '../state/state-of.js'
import { autoflush } from '../verb/autoflush.js'
import { runFollowUps } from './follow-up.js'
import { loadColumns } from './load-columns.js'
import { selectPlan } from './plan-cache.js'
import { fieldRows, hydrateRows, rowsOf } from './run-plan.js'
import type { Hydration, Row } from './hydrate.js'
import { shownColumn, slotValues, unloadedCompared } from './slot-values.js'
import { optionsFrom } from './travelling-options.js'

export type SelectedRow = Instance | Readonly<Record<string, unknown>>

/** Runs a query: objects of its entity, each once in the order of the rows, or rows of its fields. */
export const runSelect = async (session: SessionState, select: SelectDescriptor): Promise<readonly SelectedRow[]> => {
  const owner = ownerOfEvery(select)
  if (owner !== undefined && lifecycleOf(owner) === 'detached') return nobodyOf(session, owner)
  const planned = selectPlan(session.mapping, select)
  await autoflush(session, select.autoflush)
  return runPlanned(session, planned, select)
}

/** All the members of an object that has left its session are not known, and none are given, with a warning; a query that narrows them is refused. */
const nobodyOf = (session: SessionState, owner: Instance): readonly SelectedRow[] => {
  session.listeners.onWarning?.({ _tag: 'SessionWarning', code: 'detached-load', message: `${describe(owner)} is in no session: its members are not known, and none are given` })
  return []
}

const runPlanned = async (session: SessionState, planned: Planned<LoadPlan>, select: SelectDescriptor): Promise<readonly SelectedRow[]> => {
  const given = await givenValues(session, planned)
  return selected(session, planned.plan, select, await rowsOf(session, planned.plan, given), given)
}

/** The values of a query as they are sent; what it compares with is loaded before. */
export const givenValues = async (session: SessionState, { values }: Planned<unknown>): Promise<readonly unknown[]> => {
  await loadCompared(session, values)
  for (const slot of values) if (slot._tag === 'columnOf' && slot.unset === 'refused') tellNever(session, slot)
  return slotValues(values)
}

/** An object whose value is null equals nothing: who compares with it should know. */
const tellNever = (session: SessionState, slot: ComparedColumn): void => {
  if (!Instance.is(slot.object) || shownColumn(slot).value !== null) return
  const name = attributeAt(entityOf(slot.object), slot.column)?.name ?? slot.column.column
  session.listeners.onWarning?.({ _tag: 'SessionWarning', code: 'other', message: `${describe(slot.object)} is compared with, and its ${name} is null: no row equals it` })
}

type ComparedColumn = Extract<SlotValue, { readonly _tag: 'columnOf' }>

/** Loads what a statement reads of objects and they do not have. */
export const loadCompared = async (session: SessionState, values: readonly SlotValue[]): Promise<void> => {
  for (const { instance, name } of unloadedCompared(values)) await loadColumns(session, [instance], [name])
}

/** What rows of a query give, with the relationships that it loads. */
export const selected = async (
  session: SessionState, plan: LoadPlan, select: SelectDescriptor, rows: readonly Row[], given: readonly unknown[],
): Promise<readonly SelectedRow[]> => {
  if (plan.result._tag === 'fields') return fieldRows(session, plan.result, rows)
  const root = session.mapping.entities[plan.result.entity]
  if (root === undefined) throw new Error(`the plan names '${plan.result.entity}', which this mapping does not have`)
  const hydration: Hydration = { session, populateExisting: select.populateExisting, descend: true, optionsAt: optionsFrom(session.mapping, root, select.options) }
  const reader = hydrateRows(hydration, plan.result, rows)
  await runFollowUps(hydration, reader, given)
  return reader.met
}
