// Short constructors of plan nodes and selects for the tests of printing.

import type { BinaryOperator, DatabaseType, From, PlanNode, SelectAst } from '@relata/core'
import { compile, dialects } from '@relata/sql'
import type { CompiledStatement, CompileOptions, Dialect, SqlError, Statement } from '@relata/sql'

export const integer: DatabaseType = { kind: 'integer' }
export const text: DatabaseType = { kind: 'text' }

export const col = (source: string, name: string, type: DatabaseType = integer): PlanNode => ({ _tag: 'column', source, name, type })
export const slot = (index: number, type?: DatabaseType): PlanNode => type === undefined ? { _tag: 'slot', index } : { _tag: 'slot', index, type }
export const list = (index: number, ...types: readonly (DatabaseType | undefined)[]): PlanNode => ({ _tag: 'listSlot', index, types })
export const constant = (value: string | number | boolean): PlanNode => ({ _tag: 'constant', value })
export const binary = (operator: BinaryOperator, left: PlanNode, right: PlanNode): PlanNode => ({ _tag: 'binary', operator, left, right })
export const isIn = (arg: PlanNode, ...items: readonly PlanNode[]): PlanNode => ({ _tag: 'in', negated: false, arg, items })
export const notIn = (arg: PlanNode, ...items: readonly PlanNode[]): PlanNode => ({ _tag: 'in', negated: true, arg, items })
export const tuple = (...items: readonly PlanNode[]): PlanNode => ({ _tag: 'tuple', items })
export const call = (name: string, ...args: readonly PlanNode[]): PlanNode => ({ _tag: 'function', name, args })

export const users: From = { _tag: 'table', table: 'users', alias: 'u' }
export const orders: From = { _tag: 'table', table: 'orders', alias: 'o' }

export const select = (parts: Partial<SelectAst> = {}): SelectAst => ({
  _tag: 'selectAst', ctes: [], distinct: false, columns: [{ expr: col('u', 'id'), name: 'id' }], from: [users],
  groupBy: [], setOperations: [], orderBy: [], ...parts,
})

export const selecting = (parts: Partial<SelectAst> = {}): Statement => ({ _tag: 'select', select: select(parts) })
export const filtering = (where: PlanNode): Statement => selecting({ where })

/** The compiled statement, or a failure of the test. */
export const compiled = (dialect: Dialect, statement: Statement, options?: CompileOptions): CompiledStatement => {
  const result = compile(dialect, statement, options)
  if (result._tag === 'Left') throw new Error(result.left.message)
  return result.right
}

export const refused = (dialect: Dialect, statement: Statement): SqlError => {
  const result = compile(dialect, statement)
  if (result._tag === 'Right') throw new Error(`not refused: ${result.right.sql}`)
  return result.left
}

/** The text in every dialect. */
export const inEvery = (statement: Statement): Readonly<Record<Dialect['name'], string>> => ({
  postgres: compiled(dialects.postgres, statement).sql,
  mysql: compiled(dialects.mysql, statement).sql,
  mariadb: compiled(dialects.mariadb, statement).sql,
  sqlite: compiled(dialects.sqlite, statement).sql,
})

/** What follows WHERE in every dialect. */
export const conditionIn = (where: PlanNode): Readonly<Record<Dialect['name'], string>> => {
  const texts = inEvery(filtering(where))
  const condition = (sql: string): string => sql.slice(sql.indexOf(' where ') + 7)
  return { postgres: condition(texts.postgres), mysql: condition(texts.mysql), mariadb: condition(texts.mariadb), sqlite: condition(texts.sqlite) }
}
