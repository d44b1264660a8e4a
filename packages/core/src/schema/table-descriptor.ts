// A table as plain data; `table()` builds it and knows more of its type.

import type { MappingNode } from '../expression/node.js'
import type { SelectDescriptor } from '../query/descriptor.js'
import type { Column, ReferentialAction } from './column.js'

export interface ForeignKeyDescriptor {
  readonly name?: string
  /** Property names of the referring columns. */
  readonly columns: readonly string[]
  readonly table: string
  /** Property names of the columns referred to, in the same order. */
  readonly references: readonly string[]
  readonly onDelete?: ReferentialAction
  readonly onUpdate?: ReferentialAction
  readonly deferrable?: boolean | 'initially deferred'
}

export interface TableDescriptor {
  readonly _tag: 'Table'
  readonly name: string
  readonly schema?: string
  /** By property name, in the order of declaration. */
  readonly columns: Readonly<Record<string, Column<unknown>>>
  readonly primaryKey: readonly string[]
  /** Those of single columns and those of several, in the order of declaration. */
  readonly foreignKeys: readonly ForeignKeyDescriptor[]
  readonly uniques: readonly { readonly name?: string; readonly columns: readonly string[] }[]
  readonly checks: readonly { readonly name?: string; readonly condition: MappingNode }[]
  readonly indexes: readonly { readonly name?: string; readonly columns: readonly string[]; readonly unique: boolean }[]
  /** Of a derived table: its rows are those of this query. Nothing is created for it and nothing written to it. */
  readonly query?: SelectDescriptor
}

/** The name of a column in the database. */
export const databaseName = (table: TableDescriptor, property: string): string => table.columns[property]?.options.name ?? property
