// What rows may be read from beside a table: an alias of one, and a join of several.

import type { Expr } from '../expression/expr.js'
import { record } from '../schema/record.js'
import type { AnyTable, Columns, Table, TableColumn, TableColumns } from '../schema/table.js'
import { tableColumn } from '../schema/table.js'
import type { Origin } from '../query/source.js'
import { mappingNode } from '../expression/mapping-node.js'
import type { SelectableDescriptor } from './relationship-descriptor.js'

export type TableAlias = Extract<SelectableDescriptor, { readonly _tag: 'TableAlias' }>
export type TableJoin = Extract<SelectableDescriptor, { readonly _tag: 'TableJoin' }>

/**
 * A table under another name, for `secondary`, for `alias` of an entity, and for joins; its columns are at `.c`.
 *
 * @example
 * const link = tableAlias(userGroups, 'link')
 * relationship('Group', { secondary: link, primaryjoin: eq(users.c.id, link.c.userId), viewonly: true })
 */
export function tableAlias<N extends string, C extends Columns, O, const A extends string>(
  table: Table<N, C, O>,
  alias: A,
): TableAlias & { readonly alias: A; readonly c: TableColumns<A, C> }
export function tableAlias(table: AnyTable, alias: string): TableAlias & { readonly c: Readonly<Record<string, TableColumn<never, string, string>>> } {
  const origin: Origin = { source: Object.freeze({ _tag: 'table', table: table.name, source: alias }) }
  const c = record(Object.keys(table.columns).map((column) => [column, tableColumn<never, string, string>(alias, column, origin)] as const))
  return Object.freeze({ _tag: 'TableAlias', table, alias, c })
}

/** A join of these. */
export interface JoinOf<L, R> extends Omit<TableJoin, 'left' | 'right'> { readonly left: L; readonly right: R }

type Joinable = AnyTable | TableAlias | TableJoin

/** A join of tables, for `secondary`, for `alias` of an entity, and for `entity`. `tableJoin(a, b, eq(a.c.id, b.c.aId))` */
export function tableJoin<L extends Joinable, R extends Joinable>(
  left: L,
  right: R,
  on: Expr<boolean | null, string, string>,
  options?: { readonly outer?: boolean },
): JoinOf<L, R>
export function tableJoin(left: Joinable, right: Joinable, on: Expr<boolean | null, string, string>, options: { readonly outer?: boolean } = {}): TableJoin {
  return Object.freeze({ _tag: 'TableJoin', left, right, on: mappingNode(on), outer: options.outer ?? false })
}

/** The tables of a join, from left to right. */
export const tablesOf = (selectable: SelectableDescriptor): readonly AnyTable[] => {
  if (typeof selectable !== 'object') return []
  switch (selectable._tag) {
    case 'Table': return [selectable]
    case 'TableAlias': return [selectable.table]
    case 'TableJoin': return [...tablesOf(selectable.left), ...tablesOf(selectable.right)]
    default: return []
  }
}
