// Statements: what a printer prints. Selects come from plans; writes are made of tables, columns and rows of values.

import type { DatabaseType, PlanNode, SelectAst } from '@relata/core'

/** A value of a write: given when it is sent, or an expression, or the column's default. */
export type WriteValue =
  | { readonly _tag: 'value' }
  | { readonly _tag: 'expression'; readonly expr: PlanNode }
  | { readonly _tag: 'default' }

export interface WriteColumn { readonly name: string; readonly type: DatabaseType; readonly write: WriteValue }

/** INSERT of one or more rows of one shape. Rows' values follow the `value` columns, row by row. */
export interface InsertStatement {
  readonly _tag: 'insert'
  readonly table: string
  readonly schema?: string
  readonly columns: readonly WriteColumn[]
  readonly rows: number
  readonly returning: readonly { readonly name: string; readonly type: DatabaseType }[]
  readonly onConflict?: { readonly columns: readonly string[]; readonly update: readonly { readonly name: string; readonly expr: PlanNode }[] }
}

/**
 * UPDATE of one or more rows of one shape: row by row the `set` values, then the `key` values.
 * `key` columns are compared null-safely where `nullable`.
 */
export interface UpdateRowsStatement {
  readonly _tag: 'updateRows'
  readonly table: string
  readonly schema?: string
  readonly set: readonly WriteColumn[]
  readonly key: readonly { readonly name: string; readonly type: DatabaseType; readonly nullable?: boolean }[]
  readonly rows: number
  readonly returning: readonly { readonly name: string; readonly type: DatabaseType }[]
}

/** DELETE of one or more rows by key. */
export interface DeleteRowsStatement {
  readonly _tag: 'deleteRows'
  readonly table: string
  readonly schema?: string
  readonly key: readonly { readonly name: string; readonly type: DatabaseType; readonly nullable?: boolean }[]
  readonly rows: number
}

/** UPDATE and DELETE by condition. */
export interface UpdateWhereStatement {
  readonly _tag: 'updateWhere'
  readonly table: string
  readonly schema?: string
  readonly alias: string
  readonly set: readonly { readonly name: string; readonly expr: PlanNode }[]
  readonly where?: PlanNode
  readonly returning: readonly { readonly name: string; readonly type: DatabaseType }[]
}
export interface DeleteWhereStatement {
  readonly _tag: 'deleteWhere'
  readonly table: string
  readonly schema?: string
  readonly alias: string
  readonly where?: PlanNode
  readonly returning: readonly { readonly name: string; readonly type: DatabaseType }[]
}

export type Statement =
  | { readonly _tag: 'select'; readonly select: SelectAst }
  | InsertStatement | UpdateRowsStatement | DeleteRowsStatement | UpdateWhereStatement | DeleteWhereStatement
