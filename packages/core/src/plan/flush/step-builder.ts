// Collects rows into steps: one step a table, column shape and level, in the order in which the first row of each came.

import type { FlushStep, PlannedSymbol } from './flush-plan.js'
import type { ObjectId } from './flush-input.js'

/** One row while its values are collected; emptied and used again for the next one. */
export interface RowValues {
  readonly values: unknown[]
  /** By place; empty where all values are known. */
  readonly symbols: (PlannedSymbol | undefined)[]
}

export const rowValues = (): RowValues => ({ values: [], symbols: [] })

export const emptyRow = (row: RowValues): void => {
  row.values.length = 0
  row.symbols.length = 0
}

export const pushValue = (row: RowValues, value: unknown, symbol: PlannedSymbol | undefined): void => {
  row.values.push(value)
  if (symbol !== undefined) row.symbols[row.values.length - 1] = symbol
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

export interface StepBuilder {
  /** Begins a new level: what comes now waits for what came before. */
  nextLevel(): void
  /** The step of a shape at this level, if a row of it came already. */
  open(shape: string): OpenStep | undefined
  begin(shape: string, sort: StepSort): OpenStep
  steps(): readonly FlushStep[]
}

export const stepBuilder = (): StepBuilder => {
  const done: FlushStep[] = []
  let open = new Map<string, OpenStep>()
  let last: OpenStep | undefined
  let level = 0
  const seal = (): void => {
    for (const step of open.values()) done.push(sealed(step))
    open = new Map()
    last = undefined
  }
  return {
    nextLevel: () => {
      if (open.size === 0) return
      seal()
      level++
    },
    // Rows mostly come in runs of one shape.
    open: (shape) => (last !== undefined && last.shape === shape ? last : (last = open.get(shape))),
    begin: (shape, sort) => {
      last = { shape, sort, level, reasons: new Set(), objects: [], values: [], symbols: undefined, count: 0, lastReason: undefined, lastChanged: 0 }
      open.set(shape, last)
      return last
    },
    steps: () => {
      seal()
      return done
    },
  }
}

/** Adds a row to its step. */
export const addRow = (step: OpenStep, object: ObjectId | undefined, { values, symbols }: RowValues): void => {
  const from = step.values.length
  for (let at = 0; at < values.length; at++) step.values.push(values[at])
  if (symbols.length > 0) {
    const into = step.symbols ??= {}
    for (let at = 0; at < symbols.length; at++) {
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

const sealed = ({ sort, level, reasons, count, objects, values, symbols }: OpenStep): FlushStep =>
  ({ ...sort, level, reasons: [...reasons], rows: { count, objects, values, symbols } })
