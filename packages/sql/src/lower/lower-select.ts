// Selects of a plan, rewritten to what the dialect can say.

import { typeOf } from '@relata/core'
import type { From, Ordering, PlanNode, SelectAst } from '@relata/core'
import { comparable } from './comparable.js'
import { lowerExpression } from './lower-expression.js'
import { wrapped } from './lower-membership.js'
import type { Context } from './lower-parameter.js'
import type { Lowering } from './lowering.js'
import { refuse } from './lowering.js'
import type { SqlCte, SqlFrom, SqlNode, SqlOrdering, SqlSelect } from './sql-tree.js'

/** A select in the dialect's terms. What the dialect cannot say is added to the problems. */
export const lowerSelect = (to: Lowering, select: SelectAst): SqlSelect => {
  const lower = (node: PlanNode, context?: Context): SqlNode => lowerExpression(to, lowerSelect, node, context)
  const base: SqlSelect = {
    recursive: select.ctes.some(({ recursive }) => recursive),
    ctes: select.ctes.map((cte) => lowerCte(to, cte)),
    distinct: select.distinct,
    columns: select.columns.map(({ expr, name }) => ({ expr: lower(expr), name, type: typeOf(expr) })),
    from: select.from.map((from) => lowerFrom(to, from)),
    ...(select.where === undefined ? {} : { where: lower(select.where) }),
    groupBy: select.groupBy.map((node) => lower(node)),
    ...(select.having === undefined ? {} : { having: lower(select.having) }),
    compound: [],
    orderBy: [],
  }
  const compounded = select.setOperations.reduce((so, { operator, select: member }) => withMember(so, operator, lowerSelect(to, member)), base)
  return {
    ...compounded,
    orderBy: select.orderBy.flatMap((ordering) => lowerOrdering(to, lower, ordering)),
    ...lowerLimit(to, lower, select),
    ...lowerLock(to, select),
  }
}

/** INTERSECT binds more tightly in some databases and not in others: what it follows is made one source. */
const withMember = (so: SqlSelect, operator: SqlSelect['compound'][number]['operator'], member: SqlSelect): SqlSelect => {
  const plain = isPlainMember(member) ? member : wrapped(member, 'member')
  const first = operator === 'intersect' && so.compound.some((earlier) => earlier.operator !== 'intersect') ? wrapped(so, 'members') : so
  return { ...first, compound: [...first.compound, { operator, select: plain }] }
}

const isPlainMember = (select: SqlSelect): boolean =>
  select.ctes.length === 0 && select.compound.length === 0 && select.orderBy.length === 0
  && select.limit === undefined && select.offset === undefined && select.lock === undefined

const lowerCte = (to: Lowering, { name, select, union, unionAll }: SelectAst['ctes'][number]): SqlCte => ({
  name,
  columns: select.columns.map((column) => column.name),
  select: lowerSelect(to, select),
  ...(union === undefined ? {} : { union: { all: unionAll === true, select: lowerSelect(to, union) } }),
})

const lowerFrom = (to: Lowering, from: From): SqlFrom => {
  switch (from._tag) {
    case 'table': return from
    case 'cte': return { _tag: 'table', table: from.name, alias: from.alias }
    case 'select':
      if (from.lateral === true && !to.dialect.supports.lateral) {
        refuse(to, 'unsupported', `${to.dialect.name} has no lateral joins.`, 'Rank rows with a window function and filter by the rank, or load them with a second query.', { construct: 'lateral' })
      }
      return { _tag: 'select', select: lowerSelect(to, from.select), alias: from.alias, lateral: from.lateral === true }
    case 'join':
      if (from.kind === 'full' && !to.dialect.supports.fullJoin) {
        refuse(to, 'unsupported', `${to.dialect.name} has no full joins.`, 'Unite a left join with the rows of the other side that have no partner.', { construct: 'full join' })
      }
      return { _tag: 'join', kind: from.kind, left: lowerFrom(to, from.left), right: lowerFrom(to, from.right), on: lowerExpression(to, lowerSelect, from.on) }
    default: {
      const impossible: never = from
      return impossible
    }
  }
}

/** Without NULLS FIRST an order by the null test comes before: false sorts before true. */
const lowerOrdering = (to: Lowering, lower: (node: PlanNode) => SqlNode, ordering: Ordering<PlanNode>): readonly SqlOrdering[] => {
  const { nulls, direction } = ordering
  const arg = comparable(to, ordering.arg, lower(ordering.arg))
  if (nulls === undefined) return [{ arg, direction }]
  if (to.dialect.supports.nullsOrdering) return [{ arg, direction, nulls }]
  return [{ arg: { _tag: 'nullTest', negated: false, arg }, direction: nulls === 'first' ? 'desc' : 'asc' }, { arg, direction }]
}

const lowerLimit = (to: Lowering, lower: (node: PlanNode, context?: Context) => SqlNode, { limit, offset }: SelectAst): Pick<SqlSelect, 'limit' | 'offset'> => {
  const endless = to.dialect.select.limitWithoutEnd
  return {
    ...(limit !== undefined
      ? { limit: lower(limit, rowCount) }
      : offset !== undefined && endless !== undefined ? { limit: { _tag: 'endless', text: endless } as const } : {}),
    ...(offset === undefined ? {} : { offset: lower(offset, rowCount) }),
  }
}

const rowCount: Context = { settled: true, type: { kind: 'integer' } }

const lowerLock = (to: Lowering, { lock }: SelectAst): Pick<SqlSelect, 'lock'> => {
  const forms = to.dialect.select.lock
  return lock === undefined || forms === undefined
    ? {}
    : { lock: { words: forms[lock.strength], of: forms.of ? lock.of ?? [] : [], wait: lock.wait } }
}
