// Tables: named columns with their keys, as frozen data, and the typed columns that join conditions are made of.

import { expr } from '../expression/expr.js'
import type { Expr } from '../expression/expr.js'
import type { ColumnExpr } from '../expression/mark.js'
import type { Column, ColumnOptions, OnlyKnown, ReferentialAction, ValueOf } from './column.js'
import { mappingNode } from '../expression/mapping-node.js'
import { withOrigin } from '../query/source.js'
import type { Origin } from '../query/source.js'
import { entriesOf, record } from './record.js'
import type { ForeignKeyDescriptor, TableDescriptor } from './table-descriptor.js'

/** A column of a table in an expression. */
export interface TableColumn<A, T extends string, K> extends ColumnExpr<A, T, K> {
  readonly _tag: 'tableColumn'
}

export type TableColumns<N extends string, C> = { readonly [K in keyof C]: TableColumn<ValueOf<C[K]>, N, K> }

export interface ForeignKeyOptions<K extends string = string> {
  readonly name?: string
  readonly columns: readonly K[]
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete?: ReferentialAction
  readonly onUpdate?: ReferentialAction
  readonly deferrable?: boolean | 'initially deferred'
}

/** What concerns several columns of a table; `K` are their property names, `Cs` its typed columns. */
export interface TableOptions<K extends string = string, Cs = never> {
  readonly schema?: string
  /** Foreign keys, those of several columns among them. */
  readonly foreignKeys?: readonly ForeignKeyOptions<K>[]
  readonly uniques?: readonly { readonly name?: string; readonly columns: readonly K[] }[]
  readonly indexes?: readonly { readonly name?: string; readonly columns: readonly K[]; readonly unique?: boolean }[]
  readonly checks?: (columns: Cs) => readonly { readonly name?: string; readonly condition: Expr<boolean | null, string, string> }[]
}

/** Columns by property name. */
export type Columns = Readonly<Record<string, Column<unknown>>>

export interface Table<N extends string, C extends Columns, O = {}> extends TableDescriptor {
  readonly name: N
  readonly columns: C
  /** The columns as expressions. */
  readonly c: TableColumns<N, C>
  readonly [declared]?: O
}
declare const declared: unique symbol

/** Any table. */
export type AnyTable = TableDescriptor

/** The columns of a table, by property name. */
export type ColumnsOf<T> = T extends { readonly columns: infer C } ? C : never

/**
 * A table: its name and its columns by property name (`name` in a column's options is its name in the database).
 * What does not fit together is reported by `configure`.
 *
 * @example
 * const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
 */
export function table<N extends string, const C extends Columns>(name: N, columns: C): Table<N, C>
export function table<N extends string, const C extends Columns, const O extends TableOptions<keyof C & string, TableColumns<N, C>>>(
  name: N,
  columns: C,
  options: O & OnlyKnown<O, TableOptions, 'a table'>,
): Table<N, C, O>
export function table(name: string, columns: Columns, options: TableOptions<string, TableColumns<string, Columns>> = {}): Table<string, Columns> {
  const entries = [...entriesOf(columns)].map(([property, column]) => [property, optionsOf(column)] as const)
  const names = (flag: keyof ColumnOptions): readonly string[] => entries.filter(([, stated]) => stated[flag] === true).map(([property]) => property)
  const origin: Origin = { source: Object.freeze({ _tag: 'table', table: name, source: name }) }
  const c = record<TableColumn<unknown, string, string>>(entries.map(([column]) => [column, tableColumn(name, column, origin)]))
  return Object.freeze({
    _tag: 'Table',
    name,
    ...(options.schema === undefined ? {} : { schema: options.schema }),
    columns: record(columns),
    primaryKey: Object.freeze(names('primaryKey')),
    foreignKeys: Object.freeze([...entries.flatMap(([property, stated]) => foreignKeyOf(property, stated)), ...(options.foreignKeys ?? []).map(frozenCopy)]),
    uniques: Object.freeze([...names('unique').map((property) => frozenCopy({ columns: [property] })), ...(options.uniques ?? []).map(frozenCopy)]),
    checks: Object.freeze((options.checks?.(c) ?? []).map((check) => Object.freeze({ ...check, condition: mappingNode(check.condition) }))),
    indexes: Object.freeze([
      ...names('index').map((property) => frozenCopy({ columns: [property], unique: false })),
      ...(options.indexes ?? []).map((index) => frozenCopy({ unique: false, ...index })),
    ]),
    c,
  })
}

/** A column of a table by name, as an expression. */
export const tableColumn = <A, T extends string, K extends string>(table: T, column: K, origin: Origin): TableColumn<A, T, K> =>
  expr<A, T>(withOrigin({ _tag: 'tableColumn', table, column }, origin)) as TableColumn<A, T, K> // the node has just these parts

/** What is no column says nothing, and is reported by `configure`. */
function optionsOf(column: Column<unknown> | null | undefined): ColumnOptions {
  return column?.options ?? {}
}

function foreignKeyOf(property: string, options: ColumnOptions): readonly ForeignKeyDescriptor[] {
  if (options.references === undefined) return []
  // The property is what follows the last dot; a reference without one is reported by `configure`.
  const dot = options.references.lastIndexOf('.')
  return [
    frozenCopy({
      columns: [property],
      table: options.references.slice(0, Math.max(dot, 0)),
      references: [options.references.slice(dot + 1)],
      ...(options.onDelete === undefined ? {} : { onDelete: options.onDelete }),
      ...(options.onUpdate === undefined ? {} : { onUpdate: options.onUpdate }),
      ...(options.deferrable === undefined ? {} : { deferrable: options.deferrable }),
    }),
  ]
}

function frozenCopy<A extends { readonly columns: readonly string[] }>(constraint: A): A {
  return Object.freeze({ ...constraint, columns: Object.freeze([...constraint.columns]) })
}
