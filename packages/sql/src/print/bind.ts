// From the values of an execution to the parameters of a text.

import type { Parameter } from '../lower/sql-tree.js'

/** The parameters of a text for values in the statement's order; `rows` is how many rows of a write they are. */
export type Bind = (values: readonly unknown[], rows: number) => readonly unknown[]

/** `width` is how many values a row has, `printedRows` how many rows the text is for. */
export const binder = (parameters: readonly Parameter[], width: number, printedRows: number): Bind => {
  const bind = (values: readonly unknown[], rows: number): readonly unknown[] => {
    const params = Array<unknown>(parameters.length)
    for (let at = 0; at < parameters.length; at += 1) params[at] = valueOf(parameters[at]!, values, width, rows)
    return params
  }
  return isInOrder(parameters, width)
    ? (values, rows) => values.length === parameters.length && (width === 0 || rows === printedRows) ? values : bind(values, rows)
    : bind
}

const isInOrder = (parameters: readonly Parameter[], width: number): boolean =>
  parameters.every(({ source }, at) =>
    (source._tag === 'value' && source.index === at) || (source._tag === 'cell' && source.row * width + source.column === at))

const valueOf = ({ source }: Parameter, values: readonly unknown[], width: number, rows: number): unknown => {
  switch (source._tag) {
    case 'value': return values[source.index]
    case 'constant': return source.value
    case 'array': return source.member === undefined ? listOf(values, source.index) : listOf(values, source.index).map((tuple) => member(tuple, source.member))
    case 'json': return `[${listOf(values, source.index).map((item) => typeof item === 'bigint' ? String(item) : JSON.stringify(item ?? null)).join()}]`
    case 'element': {
      const list = listOf(values, source.index)
      const item = list[Math.min(source.at, list.length - 1)]
      return source.member === undefined ? item : member(item, source.member)
    }
    case 'cell': return values[Math.min(source.row, rows - 1) * width + source.column]
    case 'rowColumn': {
      const column = Array<unknown>(rows)
      for (let row = 0; row < rows; row += 1) column[row] = values[row * width + source.column]
      return column
    }
    case 'rowCount': return rows
    case 'extra': return values[rows * width + source.index]
    default: {
      const impossible: never = source
      return impossible
    }
  }
}

const listOf = (values: readonly unknown[], index: number): readonly unknown[] => {
  const list = values[index]
  if (!Array.isArray(list)) throw new TypeError(`Slot ${index} takes a list.`)
  // isArray makes it any[].
  return list as readonly unknown[]
}

const member = (tuple: unknown, at: number | undefined): unknown => Array.isArray(tuple) && at !== undefined ? (tuple as readonly unknown[])[at] : undefined
