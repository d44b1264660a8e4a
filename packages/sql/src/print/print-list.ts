// Membership in a list whose length the text depends on. A few lengths serve all: the last value is repeated.

import type { Parameter, SqlLeaf, SqlNode } from '../lower/sql-tree.js'
import { separated, whole, write, writeParameter } from './writer.js'
import type { Writer } from './writer.js'

type ListMembership = SqlLeaf & { readonly _tag: 'listMembership' }

/** The length that a text is printed for: 0, 1, 2, 4, 8 and so on, unless `most` values fit. */
export const paddedLength = (length: number, most: number): number => {
  let padded = length === 0 ? 0 : 1
  while (padded < length) padded *= 2
  return padded > most ? Math.max(length, Math.min(most, padded)) : padded
}

export const printListMembership = (to: Writer, print: (node: SqlNode) => void, leaf: ListMembership): void => {
  const { arg, negated, index, types, form } = leaf
  const columns: readonly SqlNode[] = arg._tag === 'tuple' ? arg.items : [arg]
  const before = to.listSlots.get(index)
  const { longList } = to.dialect.expression
  const [type] = types
  const canBeWhole = longList !== undefined && arg._tag !== 'tuple' && type !== undefined && longList.kinds.includes(type.kind) && before?.canBeWhole !== false
  to.listSlots.set(index, { perValue: (before?.perValue ?? 0) + types.length, canBeWhole })
  const length = to.sizes.lists.get(index) ?? 1
  if (length === whole && longList !== undefined) {
    print(arg)
    write(to, `${negated ? ' not in (' : ' in ('}${longList.select}(`)
    writeParameter(to, { _tag: 'parameter', source: { _tag: 'json', index }, type: { kind: 'text' } })
    return write(to, '))')
  }
  if (length === 0) return write(to, negated ? 'true' : 'false')

  const places = Array.from({ length }, (_, at) => at)
  const parameter = (at: number, member: number): Parameter => ({
    _tag: 'parameter',
    source: arg._tag === 'tuple' ? { _tag: 'element', index, at, member } : { _tag: 'element', index, at },
    type: types[member],
  })
  const tuple = (at: number): void => {
    if (arg._tag !== 'tuple') return writeParameter(to, parameter(at, 0))
    write(to, '(')
    separated(to, columns, (_, member) => writeParameter(to, parameter(at, member)))
    write(to, ')')
  }
  switch (form) {
    case 'list':
    case 'values':
      print(arg)
      write(to, `${negated ? ' not in (' : ' in ('}${form === 'values' ? 'values ' : ''}`)
      separated(to, places, tuple)
      return write(to, ')')
    case 'or':
      write(to, negated ? 'not (' : '(')
      separated(to, places, (at) => {
        separated(to, columns, (column, member) => { print(column); write(to, ' = '); writeParameter(to, parameter(at, member)) }, ' and ')
      }, ' or ')
      return write(to, ')')
    default: {
      const impossible: never = form
      return impossible
    }
  }
}
