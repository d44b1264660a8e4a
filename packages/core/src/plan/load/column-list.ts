// The columns of a statement, each once, in the order in which they were first asked for.

import type { PlanNode, SelectColumn } from '../select-ast.js'

export interface ColumnList {
  readonly columns: SelectColumn[]
  /** The offset of a column in the rows. */
  readonly add: (expr: PlanNode, name?: string) => number
}

/** The longest name that every database keeps whole. */
const longestName = 60

export const columnList = (): ColumnList => {
  const columns: SelectColumn[] = []
  const offsets = new Map<string, number>()
  const names = new Set<string>()
  const fresh = (wanted: string): string => {
    let name = wanted
    for (let count = 1; names.has(name) || name.length > longestName; count++) name = `${wanted.slice(0, longestName - 10)}_${count}`
    names.add(name)
    return name
  }
  return {
    columns,
    add: (expr, name) => {
      const plain = expr._tag === 'column' ? `${expr.source}.${expr.name}` : undefined
      const known = plain === undefined ? undefined : offsets.get(plain)
      if (known !== undefined && name === undefined) return known
      const offset = columns.push({ expr, name: fresh(name ?? (expr._tag === 'column' ? `${expr.source}_${expr.name}` : `column_${columns.length + 1}`)) }) - 1
      if (plain !== undefined) offsets.set(plain, offset)
      return offset
    },
  }
}
