// Collects rows into steps: one step a table, column shape and level, in the order in which the first row of each came.

import type { DeleteStep, FlushStep, InsertStep, PlannedColumn, PlannedRow, PlannedSymbol, UpdateStep } from './flush-plan.js'
import type { ObjectId } from './flush-input.js'

/** One row as its values are collected; symbols only where there are any. */
export interface RowValues {
  readonly object: ObjectId | undefined
  readonly values: unknown[]
  symbols: (PlannedSymbol | undefined)[] | undefined
}

export const rowValues = (object: ObjectId | undefined): RowValues => ({ object, values: [], symbols: undefined })

export const pushValue = (row: RowValues, value: unknown, symbol: PlannedSymbol | undefined): void => {
  row.values.push(value)
  if (symbol !== undefined) {
    row.symbols ??= []
    row.symbols[row.values.length - 1] = symbol
  }
}

interface Open<S> { readonly step: S; readonly rows: PlannedRow[]; readonly reasons: Set<string> }

export interface StepBuilder {
  /** Begins a new level: what comes now waits for what came before. */
  nextLevel(): void
  insert(shape: string, table: string, columns: () => readonly PlannedColumn[], returning: () => readonly PlannedColumn[], row: RowValues, because: string): void
  update(shape: string, table: string, set: () => readonly PlannedColumn[], key: readonly PlannedColumn[], returning: readonly PlannedColumn[], sequential: boolean, row: RowValues, because: readonly string[]): void
  delete(shape: string, table: string, key: readonly PlannedColumn[], missing: DeleteStep['missing'], row: RowValues, because: string): void
  steps(): readonly FlushStep[]
}

export const stepBuilder = (): StepBuilder => {
  const done: FlushStep[] = []
  let open = new Map<string, Open<FlushStep>>()
  let level = 0
  const seal = (): void => {
    for (const { step, reasons } of open.values()) done.push({ ...step, reasons: [...reasons] })
    open = new Map()
  }
  const stepFor = (shape: string, make: (rows: PlannedRow[]) => FlushStep): Open<FlushStep> => {
    let found = open.get(shape)
    if (found === undefined) {
      const rows: PlannedRow[] = []
      open.set(shape, found = { step: make(rows), rows, reasons: new Set() })
    }
    return found
  }
  return {
    nextLevel: () => {
      if (open.size === 0) return
      seal()
      level++
    },
    insert: (shape, table, columns, returning, row, because) => {
      const into = stepFor(shape, (rows): InsertStep => ({ _tag: 'insert', table, level, reasons: [], columns: columns(), returning: returning(), rows }))
      into.rows.push(row)
      into.reasons.add(because)
    },
    update: (shape, table, set, key, returning, sequential, row, because) => {
      const into = stepFor(shape, (rows): UpdateStep => ({ _tag: 'update', table, level, reasons: [], set: set(), key, returning, sequential, rows }))
      into.rows.push(row)
      for (const reason of because) into.reasons.add(reason)
    },
    delete: (shape, table, key, missing, row, because) => {
      const into = stepFor(shape, (rows): DeleteStep => ({ _tag: 'delete', table, level, reasons: [], key, missing, rows }))
      into.rows.push(row)
      into.reasons.add(because)
    },
    steps: () => {
      seal()
      return done
    },
  }
}
