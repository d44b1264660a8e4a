// Fifth pass: which columns of the condition belong to the parent, so that a loaded parent has their values.

import type { ColumnRef } from '../mapping.js'
import { mapColumns } from './condition.js'
import { markedColumns } from './mark-foreign.js'
import type { RemoteMarked } from './mark-remote.js'

export interface LocalMarked extends RemoteMarked {
  readonly localColumns: readonly ColumnRef[]
}

/** All columns of the parent's tables in the primaryjoin that are not remote, unless they are told apart already. */
export const markLocal = (relationship: RemoteMarked): LocalMarked => {
  const { entity, marksGiven } = relationship
  const primaryjoin = marksGiven.local ? relationship.primaryjoin
    : mapColumns(relationship.primaryjoin, (column) => (!column.remote && entity.tableSet.has(column.table) ? { ...column, local: true } : column))
  return { ...relationship, primaryjoin, localColumns: markedColumns({ primaryjoin }, (column) => column.local) }
}
