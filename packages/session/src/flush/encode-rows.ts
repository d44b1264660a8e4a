// The values of a step's rows as the driver takes them: symbols become values, values go through the codecs of their columns.

import type { FlushStep, ObjectId, PlannedSymbol } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { entityOf } from '../state/state-of.js'
import type { CompiledStep } from './compiled-step.js'
import { keepMadeValue, madeValue, type MadeValues } from './made-values.js'

export interface Encoding {
  readonly session: SessionState
  /** By number. */
  readonly instances: readonly Instance[]
  readonly made: MadeValues
}

/** The values of `count` rows from the row `first` on, one row after the other. */
export const encodeRows = (encoding: Encoding, step: FlushStep, { codecs, plain, width }: CompiledStep, first: number, count: number): readonly unknown[] => {
  const { values, symbols, objects } = step.rows
  if (plain && symbols === undefined) return count === step.rows.count ? values : values.slice(first * width, (first + count) * width)
  const encoded: unknown[] = []
  let place = first * width
  for (let row = first; row < first + count; row++) {
    for (let at = 0; at < width; at++, place++) {
      const codec = codecs[at]
      if (codec === undefined) continue // an expression stands in the text
      const symbol = symbols?.[place]
      const value = symbol === undefined ? values[place] : valueOf(encoding, symbol, step, objects[row], codec.column)
      encoded.push(codec.plain ? value ?? null : codec.encode(value))
    }
  }
  return encoded
}

const valueOf = (encoding: Encoding, symbol: PlannedSymbol, step: FlushStep, object: ObjectId | undefined, column: string): unknown => {
  const { mapping } = encoding.session
  switch (symbol._tag) {
    case 'keyOf': return madeValue(encoding.made, symbol.row, symbol.attribute)
    case 'default': {
      const options = mapping.tables[step.table]?.columns[column]?.options
      const given = symbol.on === 'insert' ? options?.default : options?.onUpdateValue
      return remembered(encoding, step, object, column, typeof given === 'function' ? (given as () => unknown)() /* the schema takes functions of nothing */ : given)
    }
    case 'nextVersion': {
      const next = mapping.entities[symbol.entity]?.version?.next
      if (typeof next !== 'function') throw new Error(`${symbol.entity} has no version function`)
      return remembered(encoding, step, object, column, next(symbol.current as never /* the program's own function and its own value */))
    }
    case 'expression': throw new Error(`an expression stands in the text of a statement, and not among its values (${step.table}.${column})`)
    default: return symbol satisfies never
  }
}

/** What was made for a row is shown by its object later. */
const remembered = ({ instances, made }: Encoding, step: FlushStep, object: ObjectId | undefined, column: string, value: unknown): unknown => {
  const instance = object === undefined ? undefined : instances[object]
  const attribute = instance === undefined ? undefined : attributeAt(entityOf(instance), { table: step.table, column })?.name
  if (object !== undefined && attribute !== undefined) keepMadeValue(made, object, attribute, value)
  return value
}
