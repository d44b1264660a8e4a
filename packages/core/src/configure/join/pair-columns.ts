// Sixth pass: which column goes with which, for loading (local and remote) and for writing (source and destination).

import * as E from 'fp-ts/lib/Either.js'
import { columnKey, columnRef, columnText } from '../column-ref.js'
import { baseColumn } from '../entity/derive-table.js'
import type { Layout } from '../entity/layout.js'
import { sourcesOf } from './selectable.js'
import { detailOf } from '../declaration.js'
import type { ColumnPair, ColumnRef } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { columnsOf, comparedColumns } from './condition.js'
import type { Condition, ConditionColumn } from './condition.js'
import type { LocalMarked } from './mark-local.js'

export interface Paired extends LocalMarked {
  readonly localRemotePairs: readonly (readonly [ColumnRef, ColumnRef])[]
  readonly synchronizePairs: readonly ColumnPair[]
  readonly secondarySynchronizePairs: readonly ColumnPair[]
}

/** Fails where a condition that is to be written by has no column to write. */
export const pairColumns = (layout: Layout) => (relationship: LocalMarked): E.Either<readonly MappingError[], Paired> => {
  const { primaryjoin, secondaryjoin } = relationship
  const known = knownTables(relationship)
  const { alias, tableSet } = relationship.targetEntity
  // What is written of an alias are columns of its entity, whatever they are read through.
  const own = (ref: ColumnRef): ColumnRef => (alias !== undefined && tableSet.has(ref.table) ? baseColumn(layout.tables, ref) : ref)
  const written = ({ source, destination }: ColumnPair): ColumnPair => ({ source: own(source), destination: own(destination) })
  const first = pairsIn(primaryjoin, known)
  const second = secondaryjoin === undefined ? { localRemote: [], synchronize: [] } : pairsIn(secondaryjoin, known)
  const paired: Paired = {
    ...relationship,
    localRemotePairs: distinctPairs([...first.localRemote, ...second.localRemote]),
    synchronizePairs: first.synchronize.map(written),
    secondarySynchronizePairs: second.synchronize.map(written),
  }
  const errors = [
    ...foreignFault(paired, primaryjoin, 'primaryjoin', first.synchronize),
    ...secondaryjoin === undefined ? [] : foreignFault(paired, secondaryjoin, 'secondaryjoin', second.synchronize),
  ]
  // The first is the cause of the second more often than not.
  const [error] = errors
  return error === undefined ? E.right(paired) : E.left([error])
}

/** Columns of other tables may stand in a condition, but nothing is copied to or from them. */
const knownTables = ({ entity, targetEntity, secondary }: LocalMarked): ReadonlySet<string> =>
  new Set([...entity.tables, ...targetEntity.tables, ...secondary === undefined ? [] : sourcesOf(secondary).map(({ alias }) => alias)])

interface Pairs { readonly localRemote: readonly (readonly [ColumnRef, ColumnRef])[]; readonly synchronize: readonly ColumnPair[] }

const pairsIn = (condition: Condition, known: ReadonlySet<string>): Pairs => {
  const localRemote: (readonly [ColumnRef, ColumnRef])[] = []
  const synchronize: ColumnPair[] = []
  for (const { equality, left, right } of comparedColumns(condition)) {
    if (right.remote && !left.remote && known.has(left.table)) localRemote.push([columnRef(left), columnRef(right)])
    else if (left.remote && !right.remote && known.has(right.table)) localRemote.push([columnRef(right), columnRef(left)])
    if (!equality || !known.has(left.table) || !known.has(right.table)) continue
    if (right.foreign) synchronize.push({ source: columnRef(left), destination: columnRef(right) })
    else if (left.foreign) synchronize.push({ source: columnRef(right), destination: columnRef(left) })
  }
  return { localRemote, synchronize }
}

const distinctPairs = (pairs: readonly (readonly [ColumnRef, ColumnRef])[]): readonly (readonly [ColumnRef, ColumnRef])[] =>
  [...new Map(pairs.map((pair) => [pair.map(columnKey).join('\u0001'), pair])).values()]

const foreignFault = (relationship: Paired, condition: Condition, which: 'primaryjoin' | 'secondaryjoin', synchronize: readonly ColumnPair[]): readonly MappingError[] => {
  const { key, settings } = relationship
  const columns = columnsOf(condition)
  const hasForeign = columns.some((column) => column.foreign)
  if (settings.viewonly ? hasForeign : synchronize.length > 0) return []
  const detail = { ...detailOf(relationship), columns: [...new Set(columns.map(columnText))] }
  const [one, other] = likelyForeign(relationship, columns)
  return [!hasForeign
    ? mappingError(
      'no-relevant-foreign-keys',
      `${key}: no column in its ${which} (${detail.columns.join(', ')}) is known to refer to the other side.`,
      detail,
      `Mark the column that holds the other's key, as in ${which}: () => eq(${one ?? `${relationship.entity.table}.c.id`}, foreign(${other ?? `${relationship.targetEntity.table}.c.<column>`})), list it in foreignKeys, or declare { references: '…' } on it.`,
    )
    : mappingError(
      'no-relevant-foreign-keys',
      `${key}: its ${which} says how to find rows, but has no plain equality with a foreign column, so it does not say what to write.`,
      detail,
      `If it is only for reading, write viewonly: true; else compare the foreign column with eq(…) alone.`,
    )]
}

/** Two columns of a condition for a hint, the likelier foreign one last: of the secondary, else one that is no key. */
const likelyForeign = ({ entity, targetEntity, secondary }: LocalMarked, columns: readonly ConditionColumn[]): readonly string[] => {
  const between = new Set(secondary === undefined ? [] : sourcesOf(secondary).map(({ alias }) => alias))
  const keys = new Set([...entity.primaryKeyColumns, ...targetEntity.primaryKeyColumns].map(columnKey))
  const rank = (column: ConditionColumn): number => (between.has(column.table) ? 2 : keys.has(columnKey(column)) ? 0 : 1)
  const [foreign] = columns.filter((column) => columns.every((other) => rank(other) <= rank(column)))
  const [other] = columns.filter((column) => foreign !== undefined && columnKey(column) !== columnKey(foreign))
  return [other, foreign].flatMap((column) => (column === undefined ? [] : [`${column.table}.c.${column.column}`]))
}
