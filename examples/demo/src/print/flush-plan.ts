// A flush plan for reading: what is written, in which order, and why.

import type { FlushPlan, FlushStep } from '@relata/core'
import { counted } from './amount.js'
import type { Screen } from './screen.js'
import { cut, padEnd } from './text.js'

const signs = { insert: '+', update: '~', delete: '-' } as const

/** A line a step: sign, table, rows, reasons. */
export const flushPlan = ({ colours, width }: Screen, { steps }: FlushPlan): readonly string[] => {
  const paint = { insert: colours.green, update: colours.yellow, delete: colours.red }
  const tables = Math.max(0, ...steps.map(({ table }) => table.length))
  const amounts = Math.max(0, ...steps.map(({ rows }) => counted(rows.count, 'row').length))
  return steps.map((step: FlushStep) => {
    const head = `  ${signs[step._tag]} ${padEnd(step.table, tables)}  ${padEnd(counted(step.rows.count, 'row'), amounts)}  `
    return `${paint[step._tag](head)}${colours.dim(cut(step.reasons.join('; '), Math.max(8, width - head.length)))}`
  })
}
