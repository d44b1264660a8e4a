// Values that columns have where a statement gives none.

import type { MappedEntity, QueryNode } from '@relata/core'

type Row = Readonly<Record<string, QueryNode>>

/** A row of an insert with the defaults of the columns that it leaves out; functions are called once a row. */
export const withDefaults = (entity: MappedEntity, row: Row): Row => completed(entity, row, ({ default: given }) => given)

/** What an update sets, with the values that columns take at every update. */
export const withUpdateValues = (entity: MappedEntity, set: Row): Row => completed(entity, set, ({ onUpdateValue }) => onUpdateValue)

const completed = (entity: MappedEntity, row: Row, valueOf: (options: MappedEntity['attributes'][number]['descriptor']['options']) => unknown): Row => {
  let result: Record<string, QueryNode> | undefined
  for (const { name, descriptor } of entity.attributes) {
    if (Object.hasOwn(row, name)) continue
    const given = valueOf(descriptor.options)
    if (given === undefined) continue
    const value: unknown = typeof given === 'function' ? (given as () => unknown /* defaults take no argument */)() : given
    result ??= { ...row }
    result[name] = { _tag: 'literal', value }
  }
  return result ?? row
}
