// Sixth pass: which column goes with which, for loading (local and remote) and for writing (source and destination).

import * as E from 'fp-ts/lib/Either.js'
import { columnKey, columnRef } from '../column-ref.js'
import { baseColumn } from '../entity/derive-table.js'
import type { Layout } from '../entity/layout.js'
import { sourcesOf } from './selectable.js'
import type { ColumnPair, ColumnRef } from '../mapping.js'
import type { MappingError } from '../mapping-error.js'
import { columnsOf, comparedColumns } from './condition.js'
import type { Condition } from './condition.js'
import { noRelevantForeignKeys } from './condition-errors.js'
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
  const isEnough = relationship.settings.viewonly ? columnsOf(condition).some((column) => column.foreign) : synchronize.length > 0
  return isEnough ? [] : [noRelevantForeignKeys(relationship, which, condition)]
}
