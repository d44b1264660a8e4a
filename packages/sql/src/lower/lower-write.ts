// Writes in the dialect's terms: what may be returned, what stays of columns without a value, expressions lowered.

import { mapLeaves } from '@relata/core'
import type { DatabaseType, PlanLeaf, PlanNode } from '@relata/core'
import type { DeleteRowsStatement, DeleteWhereStatement, InsertStatement, UpdateRowsStatement, UpdateWhereStatement, WriteColumn } from '../statement.js'
import { lowerExpression } from './lower-expression.js'
import { isUnnestable } from './lower-membership.js'
import { lowerSelect } from './lower-select.js'
import type { Context } from './lower-parameter.js'
import type { Lowering } from './lowering.js'
import { refuse } from './lowering.js'
import type { SqlNode } from './sql-tree.js'

/** A column of a write; `cell` is its place among a row's values. */
export type SqlWriteColumn =
  | { readonly _tag: 'cell'; readonly name: string; readonly type: DatabaseType; readonly cell: number }
  | { readonly _tag: 'expression'; readonly name: string; readonly type: DatabaseType; readonly expr: SqlNode }

export interface SqlKeyColumn { readonly name: string; readonly type: DatabaseType; readonly nullable: boolean; readonly cell: number }

interface SqlTarget { readonly table: string; readonly schema?: string }

export interface SqlInsert extends SqlTarget {
  readonly _tag: 'insert'
  readonly width: number
  readonly columns: readonly SqlWriteColumn[]
  readonly returning: readonly string[]
  readonly onConflict?: { readonly columns: readonly string[]; readonly update: readonly { readonly name: string; readonly expr: SqlNode }[] }
  /** All its values can be sent as arrays. */
  readonly unnestable: boolean
}

export interface SqlUpdateRows extends SqlTarget {
  readonly _tag: 'updateRows'
  readonly width: number
  readonly set: readonly SqlWriteColumn[]
  readonly key: readonly SqlKeyColumn[]
  readonly returning: readonly string[]
  readonly unnestable: boolean
}

export interface SqlDeleteRows extends SqlTarget {
  readonly _tag: 'deleteRows'
  readonly width: number
  readonly key: readonly SqlKeyColumn[]
  readonly unnestable: boolean
}

export interface SqlUpdateWhere extends SqlTarget {
  readonly _tag: 'updateWhere'
  readonly alias: string
  readonly set: readonly { readonly name: string; readonly expr: SqlNode }[]
  readonly where?: SqlNode
  readonly returning: readonly string[]
}

export interface SqlDeleteWhere extends SqlTarget {
  readonly _tag: 'deleteWhere'
  readonly alias: string
  readonly where?: SqlNode
  readonly returning: readonly string[]
}

export type SqlWrite = SqlInsert | SqlUpdateRows | SqlDeleteRows | SqlUpdateWhere | SqlDeleteWhere

export const lowerInsert = (to: Lowering, statement: InsertStatement): SqlInsert => {
  // A column that gets its default is left out: the same in every database, and SQLite has no other way.
  const given = statement.columns.filter(({ write }) => write._tag !== 'default')
  const columns = lowerColumns(to, given)
  const { onConflict } = statement
  return {
    _tag: 'insert', ...target(statement), columns, width: widthOf(columns),
    returning: lowerReturning(to, 'insert', statement.returning),
    unnestable: given.every(({ type }) => isUnnestable(type)),
    ...(onConflict === undefined ? {} : { onConflict: { columns: onConflict.columns, update: onConflict.update.map(({ name, expr }) => ({ name, expr: lowerValue(to, excluded(to, expr)) })) } }),
  }
}

export const lowerUpdateRows = (to: Lowering, statement: UpdateRowsStatement): SqlUpdateRows => {
  if (statement.set.length === 0) refuse(to, 'malformed', `An update of ${statement.table} sets nothing.`, 'Set a column, or send no update.', { name: statement.table })
  if (statement.set.some(({ write }) => write._tag === 'default') && !to.dialect.supports.defaultInUpdate) {
    refuse(to, 'unsupported', `${to.dialect.name} cannot set a column of ${statement.table} to its default.`, 'Give the value.', { construct: 'default', name: statement.table })
  }
  requireKey(to, 'update', statement)
  const set = lowerColumns(to, statement.set)
  const values = widthOf(set)
  return {
    _tag: 'updateRows', ...target(statement), set: inOrderOfAssignment(to, set, statement.key), width: values + statement.key.length,
    key: lowerKey(statement.key, values),
    returning: lowerReturning(to, 'update', statement.returning),
    unnestable: [...statement.set, ...statement.key].every(({ type }) => isUnnestable(type)),
  }
}

export const lowerDeleteRows = (to: Lowering, statement: DeleteRowsStatement): SqlDeleteRows => {
  requireKey(to, 'delete', statement)
  return {
    _tag: 'deleteRows', ...target(statement), width: statement.key.length, key: lowerKey(statement.key, 0),
    unnestable: statement.key.every(({ type }) => isUnnestable(type)),
  }
}

export const lowerUpdateWhere = (to: Lowering, statement: UpdateWhereStatement): SqlUpdateWhere => {
  if (statement.set.length === 0) refuse(to, 'malformed', `An update of ${statement.table} sets nothing.`, 'Set a column.', { name: statement.table })
  return {
    _tag: 'updateWhere', ...target(statement), alias: statement.alias,
    set: statement.set.map(({ name, expr }) => ({ name, expr: lowerValue(to, expr) })),
    ...(statement.where === undefined ? {} : { where: lowerExpression(to, lowerSelect, statement.where) }),
    returning: lowerReturning(to, 'update', statement.returning),
  }
}

export const lowerDeleteWhere = (to: Lowering, statement: DeleteWhereStatement): SqlDeleteWhere => {
  return {
    _tag: 'deleteWhere', ...target(statement), alias: statement.alias,
    returning: lowerReturning(to, 'delete', statement.returning),
    ...(statement.where === undefined ? {} : { where: lowerExpression(to, lowerSelect, statement.where) }),
  }
}

/** Where SET sees what it has set: expressions come first, and last the columns by which the row is found. */
const inOrderOfAssignment = (to: Lowering, set: readonly SqlWriteColumn[], key: readonly { readonly name: string }[]): readonly SqlWriteColumn[] => {
  if (!to.dialect.write.assignsInOrder) return set
  const keys = new Set(key.map(({ name }) => name))
  const rest = set.filter(({ name }) => !keys.has(name))
  return [...rest.filter(({ _tag }) => _tag === 'expression'), ...rest.filter(({ _tag }) => _tag === 'cell'), ...set.filter(({ name }) => keys.has(name))]
}

const target = ({ table, schema }: SqlTarget): SqlTarget => schema === undefined ? { table } : { table, schema }

const widthOf = (columns: readonly SqlWriteColumn[]): number => columns.reduce((width, { _tag }) => _tag === 'cell' ? width + 1 : width, 0)

const lowerColumns = (to: Lowering, columns: readonly WriteColumn[]): readonly SqlWriteColumn[] => {
  let cell = 0
  return columns.map(({ name, type, write }): SqlWriteColumn => {
    switch (write._tag) {
      case 'value': return { _tag: 'cell', name, type, cell: cell++ }
      case 'expression': return { _tag: 'expression', name, type, expr: lowerExpression(to, lowerSelect, write.expr, { settled: false, type }) }
      case 'default': return { _tag: 'expression', name, type, expr: { _tag: 'keyword', word: 'default' } }
      default: {
        const impossible: never = write
        return impossible
      }
    }
  })
}

/** The row that was refused is the source `excluded`, which is a function here and there. */
const excluded = (to: Lowering, expr: PlanNode): PlanNode =>
  to.dialect.write.upsert !== 'values function'
    ? expr
    : mapLeaves<PlanLeaf, PlanLeaf>(expr, (leaf) =>
      leaf._tag === 'column' && leaf.source === 'excluded' ? { _tag: 'function', name: 'values', args: [{ ...leaf, source: '' }] } : leaf)

const assigned: Context = { settled: true }
const lowerValue = (to: Lowering, expr: PlanNode): SqlNode => lowerExpression(to, lowerSelect, expr, assigned)

const lowerKey = (key: UpdateRowsStatement['key'], after: number): readonly SqlKeyColumn[] =>
  key.map(({ name, type, nullable }, at) => ({ name, type, nullable: nullable === true, cell: after + at }))

const requireKey = (to: Lowering, verb: string, { table, key }: { readonly table: string; readonly key: readonly unknown[] }): void => {
  if (key.length === 0) refuse(to, 'malformed', `A row of ${table} is to be found by no column at all.`, `Name the key of the ${verb}, or write it by condition.`, { name: table })
}

const lowerReturning = (to: Lowering, verb: 'insert' | 'update' | 'delete', returning: readonly { readonly name: string }[]): readonly string[] => {
  if (returning.length > 0 && !to.dialect.supports.returning[verb]) {
    refuse(to, 'unsupported', `${to.dialect.name} returns no rows of ${verb === 'insert' ? 'an' : 'a'} ${verb}.`, 'Ask for no rows where `supports.returning` says so, and read them with a select.', { construct: 'returning' })
  }
  return returning.map(({ name }) => name)
}
