// Rows in columns, made to fit the screen: the columns that may shrink share what is missing.

import type { Screen } from './screen.js'
import { cut, padEnd, padStart, tame, widthOf } from './text.js'

export interface GridColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be cut, and how far. */
  readonly least?: number
  /** Left out where the screen is narrower. */
  readonly from?: number
}

const gap = 2

/** A grid's lines, its titles first. Cells are unstyled text. */
export const grid = (screen: Screen, columns: readonly GridColumn[], rows: readonly (readonly string[])[]): readonly string[] => {
  const shown = columns.map((column, at) => ({ column, at })).filter(({ column }) => (column.from ?? 0) <= screen.width)
  const cells = rows.map((row) => shown.map(({ at }) => tame(row[at] ?? '')))
  const natural = shown.map(({ column }, at) => Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[at] ?? ''))))
  const widths = fit(natural, shown.map(({ column }) => column.least), screen.width - gap * (shown.length - 1))
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => {
      const width = widths[at] ?? 0
      return shown[at]?.column.align === 'right' ? padStart(cut(cell, width), width) : padEnd(cut(cell, width), width)
    }).join(' '.repeat(gap)).trimEnd()
  return [screen.colours.dim(line(shown.map(({ column }) => column.title))), ...cells.map(line)]
}

/** Takes cells from the widest column that may still shrink, until all fit or none may. */
const fit = (natural: readonly number[], least: readonly (number | undefined)[], available: number): readonly number[] => {
  const widths = [...natural]
  for (let missing = widths.reduce((sum, width) => sum + width, 0) - available; missing > 0; missing -= 1) {
    let widest = -1
    widths.forEach((width, at) => {
      if (width > (least[at] ?? Infinity) && width > (widths[widest] ?? 0)) widest = at
    })
    if (widest === -1) break
    widths[widest] = (widths[widest] ?? 1) - 1
  }
  return widths
}
