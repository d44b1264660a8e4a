// A flush plan as a tree that a person reads, and may approve: what is written, in which order, and why.

import type { FlushPlan, FlushStep, PlannedColumn, PlannedObjects, PlannedSymbol } from '../flush/flush-plan.js'
import { plannedName, plannedRows, type PlannedRow } from '../flush/planned-row.js'
import type { DrawnTree } from './drawn-tree.js'
import { drawnTree } from './drawn-tree.js'
import type { ExplainOptions } from './explain-options.js'
import { explainExpression } from './expression.js'

/**
 * Prints a flush plan: a branch a step, with its reasons and its first rows.
 *
 * @example
 * explainFlush(plan)
 * // flush: 2 rows in 2 steps
 * // ├ insert users: 1 row, gives id
 * // │ ├ because: new User
 * // │ └ new User #0: name = "ed"
 * // …
 */
export const explainFlush = (plan: FlushPlan, options: ExplainOptions = {}): string => {
  const rows = plan.steps.reduce((sum, step) => sum + step.rows.count, 0)
  return drawnTree({
    text: plan.steps.length === 0 ? 'flush: nothing to write' : `flush: ${counted(rows, 'row')} in ${counted(plan.steps.length, 'step')}`,
    below: [...plan.steps.map((step) => explained(plan.objects, step, options)), ...plan.warnings.map(({ message }) => ({ text: `warning: ${message}` }))],
  }).join('\n')
}

const shownRows = 3

const explained = (objects: PlannedObjects, step: FlushStep, { sql }: ExplainOptions): DrawnTree => {
  const { count } = step.rows
  const given = step._tag === 'delete' || step.returning.length === 0 ? '' : `, gives ${step.returning.map(({ name }) => name).join(', ')}`
  return {
    text: `${step._tag} ${step.table}: ${counted(count, 'row')}${given}`,
    below: [
      ...(sql === undefined ? [] : [{ text: sql(step) }]),
      ...step.reasons.map((reason) => ({ text: `because: ${reason}` })),
      ...plannedRows(step, shownRows).map((row) => ({ text: rowText(objects, step, row) })),
      ...(count > shownRows ? [{ text: `… ${counted(count - shownRows, 'more row', 'more rows')}` }] : []),
    ],
  }
}

const rowText = (objects: PlannedObjects, step: FlushStep, row: PlannedRow): string => {
  const named = row.object === undefined ? '' : `${plannedName(objects, row.object)}: `
  switch (step._tag) {
    case 'insert': return named + assignments(objects, step.columns, row, 0).join(', ')
    case 'update': return `${named}${assignments(objects, step.set, row, 0).join(', ')} where ${assignments(objects, step.key, row, step.set.length).join(' and ')}`
    case 'delete': return `${named}where ${assignments(objects, step.key, row, 0).join(' and ')}`
    default: {
      const impossible: never = step
      return impossible
    }
  }
}

const assignments = (objects: PlannedObjects, columns: readonly PlannedColumn[], row: PlannedRow, from: number): readonly string[] =>
  columns.map(({ name }, index) => {
    const symbol = row.symbols[from + index]
    return `${name} = ${symbol === undefined ? valueText(row.values[from + index]) : symbolText(objects, symbol)}`
  })

const symbolText = (objects: PlannedObjects, symbol: PlannedSymbol): string => {
  switch (symbol._tag) {
    case 'keyOf': return `the ${symbol.attribute} of ${plannedName(objects, symbol.row)}`
    case 'default': return `the default of an ${symbol.on}`
    case 'nextVersion': return `the version after ${valueText(symbol.current)}`
    case 'expression': return explainExpression(symbol.expr)
    default: {
      const impossible: never = symbol
      return impossible
    }
  }
}

const longest = 60

const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? typeof value
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const counted = (amount: number, one: string, several = `${one}s`): string => `${amount} ${amount === 1 ? one : several}`
