// Entities read from something else than their tables: a query, a join, a table under another name.

import type { TableAlias, TableJoin } from './selectable.js'
import type { EntityAliasDescriptor, SelectableDescriptor } from './relationship-descriptor.js'
import { derivedTable } from './derived-table.js'

/** Entity `T` under the name `A`; `F` are the names of the sources whose columns join conditions may read. */
export interface EntityAlias<T extends string, A extends string, F extends string = A> extends EntityAliasDescriptor {
  readonly entity: T
  readonly alias: A
  readonly [reads]?: F
}
declare const reads: unique symbol

/** An entity, by its name in the registry, read from rows of another source. */
export const entityAlias = (entity: string, source: unknown, name?: string): EntityAliasDescriptor => {
  const selectable = derivedTable(source) ?? (source as TableAlias | TableJoin) // `configure` looks
  return Object.freeze({ _tag: 'EntityAlias', entity, alias: name ?? nameOf(selectable), source: selectable })
}

const nameOf = (source: SelectableDescriptor | null | undefined): string => {
  if (typeof source !== 'object' || source === null) return ''
  switch (source._tag) {
    case 'Table': return source.name
    case 'TableAlias': return source.alias
    default: return ''
  }
}
