// Seventh pass: one to many, many to one or many to many, and whether the attribute holds a list.

import * as E from 'fp-ts/lib/Either.js'
import { columnKey, columnText, distinctColumns } from '../column-ref.js'
import { detailOf } from '../declaration.js'
import type { Direction } from '../mapping.js'
import { mappingWarning } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { columnsByDepth } from './condition.js'
import { noDirection, noLocalRemotePairs } from './condition-errors.js'
import type { Paired } from './pair-columns.js'

export interface Directed extends Paired {
  readonly direction: Direction
  readonly uselist: boolean
}

/** By the side on which the foreign columns are. */
export const determineDirection = (relationship: Paired): E.Either<readonly MappingError[], Directed> => {
  const direction = directionOf(relationship)
  if (E.isLeft(direction)) return direction
  const { key, localRemotePairs, entity, targetEntity, settings, warnings } = relationship
  if (localRemotePairs.length === 0) return E.left([noLocalRemotePairs(relationship)])
  const misplaced = distinctColumns(localRemotePairs.map(([, remote]) => remote).filter(({ table }) => entity.tableSet.has(table) && !targetEntity.tableSet.has(table)))
  const columns = misplaced.map(columnText)
  const warning = columns.length === 0 ? [] : [mappingWarning(
    'remote-on-local',
    `${key}: ${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are'} marked as remote, but ${columns.length === 1 ? 'it is a column' : 'they are columns'} of ${entity.name} itself.`,
    { ...detailOf(relationship), columns },
    'Remove the mark: remote() and remoteSide are needed only where both sides are the same table.',
  )]
  return E.right({ ...relationship, direction: direction.right, uselist: settings.uselist ?? direction.right !== 'many-to-one', warnings: [...warnings, ...warning] })
}

const directionOf = (relationship: Paired): E.Either<readonly MappingError[], Direction> => {
  const { primaryjoin, secondaryjoin, entity, targetEntity, foreignColumns } = relationship
  if (secondaryjoin !== undefined) return E.right('many-to-many')
  const onTarget = foreignColumns.some(({ table }) => targetEntity.tableSet.has(table))
  const onParent = foreignColumns.some(({ table }) => entity.tableSet.has(table))
  if (onTarget !== onParent) return E.right(onTarget ? 'one-to-many' : 'many-to-one')
  if (!onTarget) return E.left([noDirection(relationship, 'neither')])
  // Columns on both sides: those that are remote speak for one to many, the others for many to one.
  const foreign = columnsByDepth(primaryjoin).filter((column) => column.foreign)
  const far = new Set(foreign.filter((column) => column.remote).map(columnKey))
  // Where a column stands on both sides, its outermost mention counts.
  const first = new Map(foreign.toReversed().map((column) => [columnKey(column), column]))
  const near = new Set([...first.values()].filter((column) => !column.remote).map(columnKey))
  if (far.size > 0 && near.size > 0) {
    // A column that refers to itself speaks for neither.
    const local = new Set(relationship.localColumns.map(columnKey))
    for (const each of relationship.remoteColumns.map(columnKey)) if (local.has(each)) { far.delete(each); near.delete(each) }
  }
  if (far.size > 0 !== near.size > 0) return E.right(far.size > 0 ? 'one-to-many' : 'many-to-one')
  return E.left([noDirection(relationship, 'both')])
}
