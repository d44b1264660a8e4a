// Selects of a plan through Kysely's builder.

import type { From, SelectAst } from '@relata/core'
import { sql } from 'kysely'
import type { AliasedExpression, Expression, Kysely, SelectQueryBuilder } from 'kysely'
import { render, renderCondition } from './render-expression.js'
import type { Rendering } from './render-expression.js'
import type { Slots } from './values.js'

/** Kysely is asked for tables and columns that only the plan knows. */
export type Tables = Record<string, Record<string, unknown>>
export type Row = Readonly<Record<string, unknown>>
export type Selecting = SelectQueryBuilder<Tables, string, Row>
type Source = AliasedExpression<Row, string>

/** A query builder with the whole select in it, to be compiled or executed. */
export const renderSelect = (db: Kysely<Tables>, select: SelectAst, slots: Slots): Selecting => {
  const at: Rendering = { slots, select: (inner) => renderSelect(db, inner, slots) }
  const [first, ...more] = select.from
  if (first === undefined || select.ctes.length > 0 || select.setOperations.length > 0) throw new Error('this example renders selects from tables, without common table expressions and unions')

  let query = startFrom(db, at, first)
  for (const from of more) query = query.innerJoin(source(at, from), (join) => join.onTrue())
  query = query.select(select.columns.map(({ expr, name }) => sql`${render(at, expr)}`.as(name)))
  if (select.columns.length === 0) query = query.select(sql`1`.as('one')) // it is asked only whether there are rows
  if (select.distinct) query = query.distinct()
  if (select.where !== undefined) query = query.where(renderCondition(at, select.where))
  if (select.groupBy.length > 0) query = query.groupBy(select.groupBy.map((expr) => render(at, expr)))
  if (select.having !== undefined) query = query.having(renderCondition(at, select.having))
  for (const { arg, direction, nulls } of select.orderBy) {
    query = query.orderBy(render(at, arg), (item) => {
      const directed = direction === 'desc' ? item.desc() : item.asc()
      return nulls === undefined ? directed : nulls === 'first' ? directed.nullsFirst() : directed.nullsLast()
    })
  }
  if (select.limit !== undefined) query = query.limit(render(at, select.limit) as Expression<number>)
  if (select.offset !== undefined) query = query.offset(render(at, select.offset) as Expression<number>)
  return query
}

/** Kysely's builder adds joins from left to right, as a chain of joins nests. */
const startFrom = (db: Kysely<Tables>, at: Rendering, from: From): Selecting => {
  if (from._tag !== 'join') return db.selectFrom(source(at, from)) as Selecting
  const query = startFrom(db, at, from.left)
  const right = source(at, from.right)
  const on = renderCondition(at, from.on)
  switch (from.kind) {
    case 'inner':
      return query.innerJoin(right, (join) => join.on(on)) as Selecting
    case 'left':
      return query.leftJoin(right, (join) => join.on(on)) as Selecting
    case 'full':
      return query.fullJoin(right, (join) => join.on(on)) as Selecting
    default:
      return from.kind satisfies never
  }
}

const source = (at: Rendering, from: From): Source => {
  switch (from._tag) {
    case 'table':
      return sql<Row>`${sql.id(...(from.schema === undefined ? [] : [from.schema]), from.table)}`.as(from.alias)
    case 'select':
      return sql<Row>`${sql.raw(from.lateral === true ? 'lateral ' : '')}${at.select(from.select)}`.as(from.alias)
    case 'join':
      return nested(sql<Row>`(${chain(at, from)})`)
    case 'cte':
      throw new Error('this example renders no common table expressions')
    default:
      return from satisfies never
  }
}

/** A join on the right of a join, in parentheses. */
const chain = (at: Rendering, from: From): Expression<unknown> =>
  from._tag === 'join'
    ? sql`${chain(at, from.left)} ${sql.raw(from.kind)} join ${source(at, from.right)} on ${renderCondition(at, from.on)}`
    : sql`${source(at, from)}`

/** Kysely gives every source an alias; a join in parentheses has those of its parts. */
const nested = (expression: Expression<Row>): Source => {
  const node = expression.toOperationNode()
  return { expression, alias: '', toOperationNode: () => node as never } // Kysely looks only at what kind of node it is
}
