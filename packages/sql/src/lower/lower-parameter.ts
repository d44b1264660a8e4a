// Slots and constants as parameters: what type each has, and whether the database must be told.

import { typeOfConstant } from '@relata/core'
import type { DatabaseType, PlanLeaf } from '@relata/core'
import type { Lowering } from './lowering.js'
import { literal } from './literal.js'
import { refuse } from './lowering.js'
import type { Parameter, SqlNode } from './sql-tree.js'

/** What surrounds a parameter: `settled` says that the database can tell its type from there. */
export interface Context {
  readonly settled: boolean
  readonly type?: DatabaseType
  /** In text of the program's own nothing is added that it did not ask for. */
  readonly raw?: boolean
}

export const lowerParameter = (to: Lowering, leaf: PlanLeaf & { readonly _tag: 'slot' | 'constant' }, context: Context): SqlNode => {
  if (to.slots === 'none') {
    if (leaf._tag === 'constant') return literal(to, leaf.value)
    refuse(to, 'malformed', 'A table is declared with a value that is given later.', 'Write the value itself.', { construct: 'slot' })
  }
  if (leaf._tag === 'slot') {
    const type = leaf.type ?? context.type
    return parameter(to, to.slots === 'after rows' ? { _tag: 'extra', index: leaf.index } : { _tag: 'value', index: leaf.index }, type, !context.settled && type !== undefined && context.raw !== true)
  }
  const own = typeOfConstant(leaf.value)
  const type = leaf.type ?? (context.type !== undefined && takes(context.type, own) ? context.type : own)
  // Beside an integer column a database takes a parameter to be an integer, which 1.5 is not.
  const misread = own.kind === 'real' && type.kind === 'real' && context.type?.kind !== 'real' && context.type?.kind !== 'numeric'
  return parameter(to, { _tag: 'constant', value: leaf.value }, type, leaf.type === undefined && context.raw === true ? false : !context.settled || misread)
}

const parameter = (to: Lowering, source: Parameter['source'], type: DatabaseType | undefined, cast: boolean): Parameter =>
  cast && type !== undefined && to.dialect.parameter.casts !== undefined
    ? { _tag: 'parameter', source, type, cast: type }
    : { _tag: 'parameter', source, type }

/** May a constant of the program's type be given as a value of the column's? */
const takes = (column: DatabaseType, constant: DatabaseType): boolean => {
  switch (constant.kind) {
    case 'text': return ['text', 'varchar', 'numeric', 'uuid', 'date', 'enumeration', 'custom'].includes(column.kind)
    case 'boolean': return column.kind === 'boolean'
    case 'integer': return column.kind === 'integer' || column.kind === 'real'
    default: return column.kind === constant.kind
  }
}
