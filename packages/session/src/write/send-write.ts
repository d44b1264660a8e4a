// Updates, deletes and inserts by statement, sent in the session's transaction.

import { planWrite, type InsertDescriptor, type InsertPlan, type MappedEntity, type Planned, type QueryNode, type UpdatePlan, type DeletePlan, type WriteDescriptor, type WritePlan } from '@relata/core'
import { compile, type Dialect, type Statement } from '@relata/sql'
import type { Query, Result } from '@relata/sql/driver'
import { isLeft } from 'fp-ts/lib/Either.js'
import { failQuery, failSql } from '../load/refused-query.js'
import { givenValues, loadCompared } from '../load/run-select.js'
import { encoded, shownColumn, slotValues } from '../load/slot-values.js'
import { fail } from '../relata-error.js'
import type { SessionState } from '../state/model.js'
import { withDefaults } from './defaults.js'

/** The plan of a statement and its values. */
export const writePlan = (session: SessionState, write: WriteDescriptor): Planned<WritePlan> => {
  const planned = planWrite(session.mapping, write)
  return isLeft(planned) ? failQuery(planned.left) : planned.right
}

/** Sends an update or a delete; with `keys`, it gives back those of the rows it wrote where the dialect can. */
export const sendConditional = async (session: SessionState, planned: Planned<UpdatePlan | DeletePlan>, keys: boolean): Promise<Result> => {
  const { plan } = planned
  const values = await givenValues(session, planned)
  const dialect = await session.executor.dialect()
  const returning = keys ? plan.key : []
  const written = { table: plan.table, ...(plan.schema === undefined ? {} : { schema: plan.schema }), alias: plan.alias, ...(plan.where === undefined ? {} : { where: plan.where }), returning }
  const statement: Statement = plan._tag === 'delete' ? { _tag: 'deleteWhere', ...written } : { _tag: 'updateWhere', ...written, set: plan.set.map(({ name, expr }) => ({ name, expr })) }
  return session.executor.execute(queryOf(dialect, statement, values))
}

/** Inserts plain records: those of one shape together, as many a statement as the database takes. Gives their number. */
export const sendInsert = async (session: SessionState, entity: MappedEntity, insert: InsertDescriptor): Promise<number> => {
  const dialect = await session.executor.dialect()
  let written = 0
  const settled = await Promise.all(insert.rows.map((row) => withOwnerValues(session, row)))
  for (const rows of byShape(settled.map((row) => withDefaults(entity, row)))) {
    const [first] = rows
    if (first === undefined) continue
    if (rows.every((row) => Object.values(row).every(isValue))) written += await sendRows(session, dialect, entity, writePlan(session, { ...insert, rows: [first] }), rows)
    else for (const row of rows) written += await sendExpressions(session, dialect, writePlan(session, { ...insert, rows: [row] }))
  }
  return written
}

/** Rows of values only: one plan for all of them, whose own slots stand behind the rows. */
const sendRows = async (session: SessionState, dialect: Dialect, entity: MappedEntity, { plan, values }: Planned<WritePlan>, rows: readonly Row[]): Promise<number> => {
  if (plan._tag !== 'insert') return 0
  const compiled = compile(dialect, insertStatement(plan, plan.columns.map(({ name, type }) => ({ name, type, write: { _tag: 'value' as const } })), rows.length))
  if (isLeft(compiled)) return failSql(compiled.left)
  const slots = slotValues(values)
  let written = 0
  for (let from = 0; from < rows.length; from += compiled.right.maxRows) {
    const part = rows.slice(from, from + compiled.right.maxRows)
    const cells: unknown[] = []
    for (const row of part) for (const { attribute } of plan.columns) cells.push(valueOf(entity, attribute, row[attribute]))
    written += (await session.executor.execute(compiled.right.query([...cells, ...slots], part.length))).matched
  }
  return written
}

const sendExpressions = async (session: SessionState, dialect: Dialect, { plan, values }: Planned<WritePlan>): Promise<number> => {
  if (plan._tag !== 'insert') return 0
  const statement = insertStatement(plan, plan.columns.map(({ name, type, expr }) => ({ name, type, write: { _tag: 'expression' as const, expr } })), 1)
  return (await session.executor.execute(queryOf(dialect, statement, slotValues(values), 1))).matched
}

const insertStatement = (plan: InsertPlan, columns: Extract<Statement, { _tag: 'insert' }>['columns'], rows: number): Extract<Statement, { _tag: 'insert' }> => ({
  _tag: 'insert', table: plan.table, ...(plan.schema === undefined ? {} : { schema: plan.schema }), columns, rows, returning: [],
  ...(plan.onConflict === undefined ? {} : { onConflict: { columns: plan.onConflict.columns, update: plan.onConflict.update.map(({ name, expr }) => ({ name, expr })) } }),
})

const queryOf = (dialect: Dialect, statement: Statement, values: readonly unknown[], rows?: number): Query => {
  const compiled = compile(dialect, statement)
  return isLeft(compiled) ? failSql(compiled.left) : compiled.right.query(values, rows)
}

type Row = Readonly<Record<string, QueryNode>>

/** A row whose values that an object shows are values like others. An object without them makes no members. */
const withOwnerValues = async (session: SessionState, row: Row): Promise<Row> => {
  const settled: Record<string, QueryNode> = {}
  for (const [name, node] of Object.entries(row)) {
    settled[name] = node
    if (node._tag !== 'objectValue') continue
    const { object, table, column } = node
    const slot = { _tag: 'columnOf', object, column: { table, column }, unset: 'null' } as const
    await loadCompared(session, [slot])
    const { value } = shownColumn(slot)
    if (value === null) fail({ _tag: 'QueryRefused', code: 'invalid-request', message: `the object whose members are inserted has no ${table}.${column} yet`, hint: 'add it and flush first' })
    settled[name] = { _tag: 'literal', value }
  }
  return settled
}

const byShape = (rows: readonly Row[]): Iterable<readonly Row[]> => {
  const shapes = new Map<string, Row[]>()
  for (const row of rows) {
    const shape = JSON.stringify(Object.keys(row))
    const alike = shapes.get(shape)
    if (alike === undefined) shapes.set(shape, [row])
    else alike.push(row)
  }
  return shapes.values()
}

const isValue = (node: QueryNode): boolean => node._tag === 'literal' || node._tag === 'null'

const valueOf = (entity: MappedEntity, attribute: string, node: QueryNode | undefined): unknown => {
  const value = node?._tag === 'literal' ? node.value : null
  const type = entity.attribute[attribute]?.descriptor.type
  return type === undefined ? value : encoded(type, value)
}
