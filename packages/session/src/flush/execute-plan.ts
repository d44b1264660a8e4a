// Executes a flush plan: every step in batches within the database's limits, the batches of a step sent together; symbols become values as rows are written; rows that a statement should have met and did not are found out.

import type { FlushPlan, FlushStep, InsertStep, MappedEntity, ObjectId, PlannedRow, PlannedSymbol } from '@relata/core'
import type { Query, Result } from '@relata/sql/driver'
import { fail } from '../relata-error.js'
import { attributeAt } from '../state/entity-index.js'
import type { Instance } from '../state/instance.js'
import type { Connected } from '../state/executor.js'
import type { SessionState } from '../state/model.js'
import { entityOf } from '../state/state-of.js'
import { compiledStep, type CompiledStep } from './compiled-step.js'

/** What the database and the defaults made: by object, by attribute. */
export type Made = ReadonlyMap<ObjectId, Readonly<Record<string, unknown>>>

/** How far an execution came; it is there too where it failed. */
export interface Progress {
  readonly made: Map<ObjectId, Record<string, unknown>>
  /** Steps whose statements were sent, or were about to be. */
  begun: number
  /** All of them were answered. */
  done: boolean
}

export const executePlan = async (session: SessionState, plan: FlushPlan, instances: ReadonlyMap<ObjectId, Instance>, progress: Progress): Promise<void> => {
  const connected = await session.executor.connect()
  const execution: Execution = { session, connected, instances, made: progress.made, sent: [] }
  for (const step of plan.steps) {
    progress.begun++
    const compiled = compiledStep(session.mapping, connected.dialect, step)
    if (step._tag === 'update' && (step.sequential || step.rows.length === 1) || !fits(connected, step, compiled)) await oneByOne(execution, step, compiled)
    else await inBatches(execution, step, compiled)
    // Batches of one step go together; a step waits for the one before, so that a failure leaves what was made known.
    await receive(execution)
  }
}

interface Execution {
  readonly session: SessionState
  readonly connected: Connected
  readonly instances: ReadonlyMap<ObjectId, Instance>
  readonly made: Map<ObjectId, Record<string, unknown>>
  /** Queries not answered yet, with what to do about their answers. */
  readonly sent: { readonly query: Query; readonly answer: (result: Result) => void }[]
}

/** Most queries that wait together; beyond that their values would only fill memory. */
const mostWaiting = 64

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

const send = async (execution: Execution, query: Query, answer: (result: Result) => void): Promise<void> => {
  execution.sent.push({ query, answer })
  if (execution.sent.length >= mostWaiting) await receive(execution)
}

/** Can rows of this step share a statement and still be told apart in its answer? */
const fits = ({ dialect, capabilities }: Connected, step: FlushStep, compiled: CompiledStep): boolean => {
  if (step._tag === 'delete' || step.returning.length === 0) return true
  if (step._tag === 'update') return false
  if (dialect.supports.returning.insert) return step.rows.length === 1 || keyPlace(compiled, step) !== undefined || compiled.statement.width > 0
  return capabilities.insertId !== 'none' && capabilities.insertIdsConsecutive
}

// ---------- many rows a statement

const inBatches = async (execution: Execution, step: FlushStep, compiled: CompiledStep): Promise<void> => {
  const size = Math.max(1, compiled.statement.maxRows)
  for (let from = 0; from < step.rows.length; from += size) {
    const rows = step.rows.slice(from, from + size)
    const values: unknown[] = []
    for (const row of rows) encode(execution, row, step, compiled, values)
    await send(execution, compiled.statement.query(values, rows.length), (result) => {
      if (step._tag === 'insert') learnInserted(execution, step, compiled, rows, result)
      else expect(execution, step, rows.length, result.matched)
    })
  }
}

// ---------- one row a statement

const oneByOne = async (execution: Execution, step: FlushStep, compiled: CompiledStep): Promise<void> => {
  for (const row of step.rows) {
    const values: unknown[] = []
    encode(execution, row, step, compiled, values)
    await send(execution, compiled.statement.query(values, 1), (result) => {
      if (step._tag === 'insert') { learnInserted(execution, step, compiled, [row], result); return }
      expect(execution, step, 1, result.matched)
      if (step._tag === 'update' && compiled.returning.length > 0) learnRow(execution, step, compiled, row, result.rows[0] ?? [])
    })
  }
}

// ---------- values

/** A row's values as the driver takes them, symbols made into values. */
const encode = (execution: Execution, row: PlannedRow, step: FlushStep, compiled: CompiledStep, into: unknown[]): void => {
  const { symbols } = row
  let place = 0
  for (let at = 0; at < row.values.length; at++) {
    const symbol = symbols?.[at]
    if (symbol?._tag === 'expression') continue
    const codec = compiled.codecs[place++]
    const value = symbol === undefined ? row.values[at] : valueOf(execution, symbol, row, step, codec?.column)
    into.push(codec === undefined || codec.plain ? value ?? null : codec.encode(value))
  }
}

const valueOf = (execution: Execution, symbol: Exclude<PlannedSymbol, { readonly _tag: 'expression' }>, row: PlannedRow, step: FlushStep, column: string | undefined): unknown => {
  switch (symbol._tag) {
    case 'keyOf': return execution.made.get(symbol.row)?.[symbol.attribute] ?? null
    case 'default': {
      const options = execution.session.mapping.tables[step.table]?.columns[column ?? '']?.options
      const given = symbol.on === 'insert' ? options?.default : options?.onUpdateValue
      return learn(execution, row, step, column, typeof given === 'function' ? (given as () => unknown)() /* the schema takes functions of nothing */ : given)
    }
    case 'nextVersion': {
      const next = execution.session.mapping.entities[symbol.entity]?.version?.next
      if (typeof next !== 'function') throw new Error(`${symbol.entity} has no version function`)
      return learn(execution, row, step, column, next(symbol.current as never /* the program's own function and its own value */))
    }
    default: return symbol satisfies never
  }
}

const learn = (execution: Execution, row: PlannedRow, step: FlushStep, column: string | undefined, value: unknown): unknown => {
  if (row.object === undefined || column === undefined) return value
  const attribute = attributeName(execution, row.object, step.table, column)
  if (attribute !== undefined) madeOf(execution, row.object)[attribute] = value
  return value
}

const attributeName = (execution: Execution, object: ObjectId, table: string, column: string): string | undefined => {
  const instance = execution.instances.get(object)
  return instance === undefined ? undefined : attributeAt(entityOf(instance), { table, column })?.name
}

const madeOf = (execution: Execution, object: ObjectId): Record<string, unknown> => {
  let made = execution.made.get(object)
  if (made === undefined) execution.made.set(object, made = {})
  return made
}

// ---------- answers

const learnInserted = (execution: Execution, step: InsertStep, compiled: CompiledStep, rows: readonly PlannedRow[], result: Result): void => {
  if (step.returning.length === 0) return
  if (compiled.returning.length > 0) {
    if (result.rows.length !== rows.length) {
      fail({ _tag: 'FlushFailed', code: 'flush', message: `inserting ${rows.length} rows into ${step.table} gave ${result.rows.length} back`, hint: 'look for a trigger or rule that keeps rows from being inserted' })
    }
    const answers = inOrderOfRows(step, compiled, result.rows)
    for (const [place, row] of rows.entries()) learnRow(execution, step, compiled, row, answers[place] ?? [])
    return
  }
  learnKeys(execution, step, rows, result)
}

/** Keys are made in the order of the rows, whatever order they are answered in. */
const inOrderOfRows = (step: InsertStep, compiled: CompiledStep, answers: Result['rows']): Result['rows'] => {
  const place = keyPlace(compiled, step)
  if (place === undefined || answers.length < 2) return answers
  for (let at = 1; at < answers.length; at++) {
    if (Number(answers[at - 1]?.[place]) > Number(answers[at]?.[place])) return answers.toSorted((a, b) => Number(a[place]) - Number(b[place]))
  }
  return answers
}

/** The place, in what is returned, of a key that the database counts up. */
const keyPlace = (compiled: CompiledStep, step: FlushStep): number | undefined => {
  if (step._tag !== 'insert') return undefined
  const place = compiled.returning.findIndex(({ database }) => database.kind === 'integer' || database.kind === 'bigint')
  return place === -1 ? undefined : place
}

/** Without RETURNING the database says one key of the statement, and the others follow it. */
const learnKeys = (execution: Execution, step: InsertStep, rows: readonly PlannedRow[], result: Result): void => {
  const { insertId } = execution.connected.capabilities
  const table = execution.session.mapping.tables[step.table]
  const key = step.returning.find(({ column }) => table?.primaryKey.includes(column))
  if (key === undefined || result.insertId === undefined) return
  const first = BigInt(result.insertId) - (insertId === 'last' ? BigInt(rows.length - 1) : 0n)
  const bigint = table?.columns[key.column]?.type.database.kind === 'bigint'
  for (const [place, row] of rows.entries()) {
    const made = first + BigInt(place)
    learn(execution, row, step, key.column, bigint ? made : Number(made))
  }
}

const learnRow = (execution: Execution, step: FlushStep, compiled: CompiledStep, row: PlannedRow, answer: readonly unknown[]): void => {
  if (row.object === undefined || step._tag === 'delete') return
  const instance = execution.instances.get(row.object)
  if (instance === undefined) return
  const names = returnedNames(compiled, step, entityOf(instance))
  const made = madeOf(execution, row.object)
  for (let place = 0; place < names.length; place++) {
    const name = names[place]
    const codec = compiled.returning[place]
    if (name !== undefined && codec !== undefined) made[name] = codec.plain ? answer[place] ?? null : codec.decode(answer[place])
  }
}

/** The attributes that what comes back goes into, for one entity: worked out once a statement and not once a row. */
const returnedNames = (compiled: CompiledStep, step: FlushStep, entity: MappedEntity): readonly (string | undefined)[] => {
  let names = compiled.returnedNames.get(entity)
  if (names === undefined) compiled.returnedNames.set(entity, names = compiled.returning.map(({ column }) => attributeAt(entity, { table: step.table, column })?.name))
  return names
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
