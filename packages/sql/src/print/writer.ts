// What printing fills: text, the parameters in the order in which they occur, and problems with names.

import type { Dialect } from '../dialect/dialect.js'
import { quote } from '../dialect/quote.js'
import { typeName } from '../dialect/type-name.js'
import type { Parameter } from '../lower/sql-tree.js'
import type { SqlError } from '../sql-error.js'

/** How long lists and how many rows this text is for. */
export interface Sizes {
  readonly rows: number
  /** By slot; the lengths that a text depends on are found by printing it. */
  readonly lists: ReadonlyMap<number, number>
}

/** Local to one printing, and mutated by it. */
export interface Writer {
  readonly dialect: Dialect
  readonly pretty: boolean
  readonly sizes: Sizes
  text: string
  depth: number
  /** Sources that are called otherwise in this statement. */
  renames: ReadonlyMap<string, string>
  readonly parameters: Parameter[]
  readonly problems: SqlError[]
  /** List slots whose length the text depends on. */
  readonly listSlots: Map<number, ListSlot>
}

export interface ListSlot {
  /** The parameters that one more value takes. */
  readonly perValue: number
  /** It may be printed for the length `whole`. */
  readonly canBeWhole: boolean
}

/** The length of a list that is sent whole, as one text. */
export const whole = -1

export const writer = (dialect: Dialect, sizes: Sizes, pretty: boolean): Writer =>
  ({ dialect, pretty, sizes, text: '', depth: 0, renames: noRenames, parameters: [], problems: [], listSlots: new Map() })

const noRenames: ReadonlyMap<string, string> = new Map()

export const write = (to: Writer, text: string): void => { to.text += text }

/** Begins a clause: on a line of its own where the text is for people. */
export const clause = (to: Writer, words: string): void => {
  to.text += to.pretty ? `\n${'  '.repeat(to.depth)}${words}` : ` ${words}`
}

export const writeName = (to: Writer, name: string): void => {
  const quoted = quote(to.dialect, name)
  if (quoted._tag === 'Left') to.problems.push(quoted.left)
  else to.text += quoted.right
}

export const writeTable = (to: Writer, table: { readonly table: string; readonly schema?: string }): void => {
  if (table.schema !== undefined) {
    writeName(to, table.schema)
    write(to, '.')
  }
  writeName(to, table.table)
}

/** What a source is called in this statement. */
export const sourceName = (to: Writer, source: string): string => to.renames.get(source) ?? source

export const writeColumn = (to: Writer, source: string, name: string): void => {
  if (source !== '') {
    writeName(to, sourceName(to, source))
    write(to, '.')
  }
  writeName(to, name)
}

export const writeParameter = (to: Writer, parameter: Parameter): void => {
  to.parameters.push(parameter)
  write(to, to.dialect.parameter.form === 'numbered' ? `$${to.parameters.length}` : '?')
  const { casts } = to.dialect.parameter
  if (parameter.cast !== undefined && casts !== undefined) {
    const isArray = parameter.type?.kind === 'array'
    write(to, `::${typeName(casts, parameter.cast)}${isArray ? '[]' : ''}`)
  }
}

/** Each in turn, with commas between. */
export const separated = <A>(to: Writer, items: readonly A[], each: (item: A, at: number) => void, separator = ', '): void => {
  items.forEach((item, at) => {
    if (at > 0) write(to, separator)
    each(item, at)
  })
}
