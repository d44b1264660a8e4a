// A flush plan as a tree that a person reads, and may approve: what is written, in which order, and why.

import type { FlushPlan, FlushStep, PlannedColumn, PlannedRow, PlannedSymbol } from '../flush/flush-plan.js'
import type { DrawnTree } from './drawn-tree.js'
import { drawnTree } from './drawn-tree.js'
import { explainExpression } from './expression.js'

/**
 * Prints a flush plan: a branch a step, with its reasons and its first rows.
 *
 * @example
 * explainFlush(plan)
 * // flush: 2 rows in 2 steps
 * // ├ insert users: 1 row, gives id
 * // │ ├ because: new User
 * // │ └ new:1: name = "ed"
 * // …
 */
export const explainFlush = (plan: FlushPlan): string => {
  const rows = plan.steps.reduce((sum, step) => sum + step.rows.length, 0)
  return drawnTree({
    text: plan.steps.length === 0 ? 'flush: nothing to write' : `flush: ${counted(rows, 'row')} in ${counted(plan.steps.length, 'step')}`,
    below: [...plan.steps.map(explained), ...plan.warnings.map(({ message }) => ({ text: `warning: ${message}` }))],
  }).join('\n')
}

const shownRows = 3

const explained = (step: FlushStep): DrawnTree => {
  const given = step._tag === 'delete' || step.returning.length === 0 ? '' : `, gives ${step.returning.map(({ name }) => name).join(', ')}`
  return {
    text: `${step._tag} ${step.table}: ${counted(step.rows.length, 'row')}${given}`,
    below: [
      ...step.reasons.map((reason) => ({ text: `because: ${reason}` })),
      ...step.rows.slice(0, shownRows).map((row) => ({ text: rowText(step, row) })),
      ...(step.rows.length > shownRows ? [{ text: `… ${counted(step.rows.length - shownRows, 'more row', 'more rows')}` }] : []),
    ],
  }
}

const rowText = (step: FlushStep, row: PlannedRow): string => {
  const named = row.object === undefined ? '' : `${row.object}: `
  switch (step._tag) {
    case 'insert': return named + assignments(step.columns, row, 0).join(', ')
    case 'update': return `${named}${assignments(step.set, row, 0).join(', ')} where ${assignments(step.key, row, step.set.length).join(' and ')}`
    case 'delete': return `${named}where ${assignments(step.key, row, 0).join(' and ')}`
    default: {
      const impossible: never = step
      return impossible
    }
  }
}

const assignments = (columns: readonly PlannedColumn[], row: PlannedRow, from: number): readonly string[] =>
  columns.map(({ name }, index) => {
    const symbol = row.symbols?.[from + index]
    return `${name} = ${symbol === undefined ? valueText(row.values[from + index]) : symbolText(symbol)}`
  })

const symbolText = (symbol: PlannedSymbol): string => {
  switch (symbol._tag) {
    case 'keyOf': return `the ${symbol.attribute} of ${symbol.row}`
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
