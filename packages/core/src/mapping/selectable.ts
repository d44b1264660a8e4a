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

/** A join of tables, for `secondary`. `tableJoin(a, b, eq(a.c.id, b.c.aId))` */
export const tableJoin = (
  left: AnyTable | TableAlias | TableJoin,
  right: AnyTable | TableAlias | TableJoin,
  on: Expr<boolean | null, string, string>,
  options: { readonly outer?: boolean } = {},
): TableJoin => Object.freeze({ _tag: 'TableJoin', left, right, on: mappingNode(on), outer: options.outer ?? false })
