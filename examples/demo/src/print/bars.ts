// Amounts as bars, each as long as its share of the largest.

import type { Screen } from './screen.js'
import { cut, padEnd, padStart, tame, widthOf } from './text.js'

export interface Bar {
  readonly label: string
  readonly amount: number
  /** The amount as it is written. */
  readonly written: string
  /** What is said beside it. */
  readonly note?: string
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A line a bar: label, bar, amount, note. */
export const bars = ({ colours, width }: Screen, items: readonly Bar[]): readonly string[] => {
  const largest = Math.max(0, ...items.map(({ amount }) => amount))
  const labels = Math.min(Math.max(0, ...items.map(({ label }) => widthOf(tame(label)))), Math.floor(width * 0.45))
  const amounts = Math.max(0, ...items.map(({ written }) => widthOf(written)))
  const notes = Math.min(Math.max(0, ...items.map(({ note = '' }) => widthOf(tame(note)))), Math.floor(width * 0.25))
  const room = Math.max(4, width - labels - amounts - 2 - (notes === 0 ? 0 : notes + 2))
  return items.map(({ label, amount, written, note = '' }) => {
    const bar = colours.cyan(padEnd(drawn(largest === 0 ? 0 : (amount / largest) * room), room))
    return `${padEnd(cut(tame(label), labels), labels)} ${bar} ${padStart(written, amounts)}${note === '' ? '' : `  ${colours.dim(cut(tame(note), notes))}`}`
  })
}

const drawn = (length: number): string => {
  const whole = Math.floor(length)
  const rest = eighths[Math.floor((length - whole) * 8)] ?? ''
  return whole === 0 && rest === '' && length > 0 ? '▏' : '█'.repeat(whole) + rest
}
