// Collects rows into steps: one step a table, column shape and level, in the order in which the first row of each came.

import type { FlushStep, PlannedSymbol } from './flush-plan.js'
import type { ObjectId } from './flush-input.js'

/** One row while its values are collected; emptied and used again for the next one. */
export interface RowValues {
  /** How many there are; what comes after is of an earlier row. */
  size: number
  readonly values: unknown[]
  /** By place. */
  readonly symbols: (PlannedSymbol | undefined)[]
  /** Is any of them not known yet? */
  symbolic: boolean
}

export const rowValues = (): RowValues => ({ size: 0, values: [], symbols: [], symbolic: false })

export const emptyRow = (row: RowValues): void => {
  row.size = 0
  row.symbolic = false
}

export const pushValue = (row: RowValues, value: unknown, symbol: PlannedSymbol | undefined): void => {
  row.values[row.size] = symbol === undefined ? value : null
  row.symbols[row.size++] = symbol
  if (symbol !== undefined) row.symbolic = true
}

/** What a step is, beside its level, its reasons and its rows. */
export type StepSort<S extends FlushStep = FlushStep> = S extends FlushStep ? Omit<S, 'level' | 'reasons' | 'rows'> : never

/** A step while its rows come. */
export interface OpenStep {
  readonly shape: string
  readonly sort: StepSort
  readonly level: number
  readonly reasons: Set<string>
  readonly objects: ObjectId[]
  readonly values: unknown[]
  symbols: Record<number, PlannedSymbol> | undefined
  count: number
  lastReason: string | undefined
  /** The columns that the last plain update changed, as bits. */
  lastChanged: number
}

/** A class and not a record of functions: what an engine compiles for the functions of one flush, it would drop with them. */
export class StepBuilder {
  readonly #done: FlushStep[] = []
  readonly #open = new Map<string, OpenStep>()
  #last: OpenStep | undefined
  #level = 0

  /** Begins a new level: what comes now waits for what came before. */
  nextLevel(): void {
    if (this.#open.size === 0) return
    this.#seal()
    this.#level++
  }

  /** The step of a shape at this level, if a row of it came already. */
  open(shape: string): OpenStep | undefined {
    // Rows mostly come in runs of one shape.
    if (this.#last === undefined || this.#last.shape !== shape) this.#last = this.#open.get(shape)
    return this.#last
  }

  /** Begins the step of a shape. */
  begin(shape: string, sort: StepSort): OpenStep {
    const begun: OpenStep = { shape, sort, level: this.#level, reasons: new Set(), objects: [], values: [], symbols: undefined, count: 0, lastReason: undefined, lastChanged: 0 }
    this.#last = begun
    this.#open.set(shape, begun)
    return begun
  }

  /** All that came, in order. */
  steps(): readonly FlushStep[] {
    this.#seal()
    return this.#done
  }

  #seal(): void {
    for (const step of this.#open.values()) this.#done.push(sealed(step))
    this.#open.clear()
    this.#last = undefined
  }

  /** Kept as that of `Fate` is. */
  static readonly sample = new StepBuilder()
}

/** Adds a row to its step. */
export const addRow = (step: OpenStep, object: ObjectId | undefined, { size, values, symbols, symbolic }: RowValues): void => {
  const from = step.values.length
  for (let at = 0; at < size; at++) step.values.push(values[at])
  if (symbolic) {
    const into = step.symbols ??= {}
    for (let at = 0; at < size; at++) {
      const symbol = symbols[at]
      if (symbol !== undefined) into[from + at] = symbol
    }
  }
  if (object !== undefined) step.objects.push(object)
  step.count++
}

/** Says why a row is written; rows of one step mostly have one reason. */
export const addReason = (step: OpenStep, reason: string): void => {
  if (step.lastReason === reason) return
  step.lastReason = reason
  step.reasons.add(reason)
}

/** Field by field, so that the steps of one verb are records of one shape to the engine. */
const sealed = ({ sort, level, reasons: because, count, objects, values, symbols }: OpenStep): FlushStep => {
  const { table } = sort
  const reasons = [...because]
  const rows = { count, objects, values, symbols }
  switch (sort._tag) {
    case 'insert': return { _tag: 'insert', table, columns: sort.columns, returning: sort.returning, level, reasons, rows }
    case 'update': return { _tag: 'update', table, set: sort.set, key: sort.key, returning: sort.returning, sequential: sort.sequential, level, reasons, rows }
    case 'delete': return { _tag: 'delete', table, key: sort.key, missing: sort.missing, level, reasons, rows }
    default: return sort satisfies never
  }
}
