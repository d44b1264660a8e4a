// Executes a flush plan: every step in batches within the database's limits, the batches of a step sent together; rows that a
// statement should have met and did not are found out.

import type { FlushPlan, FlushStep } from '@relata/core'
import type { Query, Result } from '@relata/sql/driver'
import { fail } from '../relata-error.js'
import type { Instance } from '../state/instance.js'
import type { Connected } from '../state/executor.js'
import type { SessionState } from '../state/model.js'
import { compiledStep, type CompiledStep } from './compiled-step.js'
import { encodeRows } from './encode-rows.js'
import { countedPlace, learnInserted, learnRows, type Learning } from './learn-rows.js'
import { madeValues, type MadeValues } from './made-values.js'

/** How far an execution came; it is there too where it failed. */
export interface Progress {
  readonly made: MadeValues
  /** Steps whose statements were sent, or were about to be. */
  begun: number
  /** All of them were answered. */
  done: boolean
}

export const progressOf = (objects: number): Progress => ({ made: madeValues(objects), begun: 0, done: false })

export const executePlan = async (session: SessionState, plan: FlushPlan, instances: readonly Instance[], progress: Progress): Promise<void> => {
  const connected = await session.executor.connect()
  const execution: Execution = { session, connected, instances, made: progress.made, sent: [] }
  for (const step of plan.steps) {
    progress.begun++
    const compiled = compiledStep(session.mapping, connected.dialect, step)
    const alone = step._tag === 'update' && (step.sequential || step.rows.count === 1) || !fits(connected, step, compiled)
    const size = alone ? 1 : Math.max(1, compiled.statement.maxRows)
    for (let first = 0; first < step.rows.count; first += size) await sendRows(execution, step, compiled, first, Math.min(size, step.rows.count - first))
    // Batches of one step go together; a step waits for the one before, so that a failure leaves what was made known.
    await receive(execution)
  }
}

interface Execution extends Learning {
  /** Queries not answered yet, with what to do about their answers. */
  readonly sent: { readonly query: Query; readonly answer: (result: Result) => void }[]
}

/** Most queries that wait together; beyond that their values would only fill memory. */
const mostWaiting = 64

/** Can rows of this step share a statement and still be told apart in its answer? */
const fits = ({ dialect, capabilities }: Connected, step: FlushStep, compiled: CompiledStep): boolean => {
  if (step._tag === 'delete' || step.returning.length === 0) return true
  if (step._tag === 'update') return false
  if (dialect.supports.returning.insert) return step.rows.count === 1 || countedPlace(compiled) !== undefined || compiled.statement.width > 0
  return capabilities.insertId !== 'none' && capabilities.insertIdsConsecutive
}

const sendRows = async (execution: Execution, step: FlushStep, compiled: CompiledStep, first: number, count: number): Promise<void> => {
  const query = compiled.statement.query(encodeRows(execution, step, compiled, first, count), count)
  execution.sent.push({ query, answer: (result) => { learnAnswer(execution, step, compiled, first, count, result) } })
  if (execution.sent.length >= mostWaiting) await receive(execution)
}

const learnAnswer = (execution: Execution, step: FlushStep, compiled: CompiledStep, first: number, count: number, result: Result): void => {
  if (step._tag === 'insert') { learnInserted(execution, step, compiled, first, count, result); return }
  expect(execution, step, count, result.matched)
  if (step._tag === 'update' && compiled.returning.length > 0) learnRows(execution, step, compiled, first, result.rows)
}

const receive = async (execution: Execution): Promise<void> => {
  const { sent, session } = execution
  if (sent.length === 0) return
  const taken = sent.splice(0)
  if (taken.length === 1 && taken[0] !== undefined) {
    taken[0].answer(await session.executor.execute(taken[0].query))
    return
  }
  const results = await session.executor.pipeline(taken.map(({ query }) => query))
  for (const [place, { answer }] of taken.entries()) {
    const result = results[place]
    if (result !== undefined) answer(result)
  }
}

const expect = (execution: Execution, step: FlushStep, wanted: number, matched: number): void => {
  if (matched === wanted) return
  const message = `${step._tag === 'delete' ? 'DELETE' : 'UPDATE'} on ${step.table} should have met ${wanted} row${wanted === 1 ? '' : 's'} and met ${matched}`
  if (step._tag === 'delete' && step.missing !== 'fail') {
    if (step.missing === 'warn') execution.session.listeners.onWarning?.({ _tag: 'SessionWarning', code: 'deleted-rows', message })
    return
  }
  fail({ _tag: 'FlushFailed', code: 'stale-data', message, hint: 'someone else changed or deleted the row since it was loaded: roll back, load it again, and repeat the change', detail: { table: step.table, reasons: step.reasons } })
}
