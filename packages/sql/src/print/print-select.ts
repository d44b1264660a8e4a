// Selects as text.

import type { SqlCte, SqlFrom, SqlNode, SqlOrdering, SqlSelect } from '../lower/sql-tree.js'
import { orderingWords, printExpression } from './print-expression.js'
import { clause, separated, sourceName, write, writeName, writeTable } from './writer.js'
import type { Writer } from './writer.js'

export const printSelect = (to: Writer, select: SqlSelect): void => {
  const print = (node: SqlNode): void => printExpression(to, nested, node)
  if (select.ctes.length > 0) {
    write(to, select.recursive ? 'with recursive ' : 'with ')
    separated(to, select.ctes, (cte) => printCte(to, cte))
    clause(to, '')
  }
  printBody(to, print, select)
  for (const { operator, select: member } of select.compound) {
    clause(to, operator)
    clause(to, '')
    printBody(to, print, member)
  }
  if (select.orderBy.length > 0) {
    clause(to, 'order by ')
    separated(to, select.orderBy, (ordering: SqlOrdering) => { print(ordering.arg); write(to, orderingWords(ordering)) })
  }
  if (select.limit !== undefined) {
    clause(to, 'limit ')
    if (select.limit._tag === 'endless') write(to, select.limit.text)
    else print(select.limit)
  }
  if (select.offset !== undefined) {
    clause(to, 'offset ')
    print(select.offset)
  }
  if (select.lock !== undefined) {
    const { words, of, wait } = select.lock
    clause(to, words)
    if (of.length > 0) {
      write(to, ' of ')
      separated(to, of, (name) => writeName(to, sourceName(to, name)))
    }
    if (wait !== 'wait') write(to, ` ${wait}`)
  }
}

/** A select inside another statement: a step further to the right. */
export const nested = (to: Writer, select: SqlSelect): void => {
  to.depth += 1
  if (to.pretty) clause(to, '')
  printSelect(to, select)
  to.depth -= 1
}

const printBody = (to: Writer, print: (node: SqlNode) => void, select: SqlSelect): void => {
  write(to, select.distinct ? 'select distinct ' : 'select ')
  if (select.columns.length === 0) write(to, '1')
  separated(to, select.columns, ({ expr, name }) => {
    print(expr)
    if (expr._tag !== 'column' || expr.name !== name) {
      write(to, ' as ')
      writeName(to, name)
    }
  })
  if (select.from.length > 0) {
    clause(to, 'from ')
    separated(to, select.from, (from) => printFrom(to, print, from))
  }
  if (select.where !== undefined) {
    clause(to, 'where ')
    print(select.where)
  }
  if (select.groupBy.length > 0) {
    clause(to, 'group by ')
    separated(to, select.groupBy, print)
  }
  if (select.having !== undefined) {
    clause(to, 'having ')
    print(select.having)
  }
}

const printCte = (to: Writer, { name, columns, select, union }: SqlCte): void => {
  writeName(to, name)
  if (columns.length > 0) {
    write(to, ' (')
    separated(to, columns, (column) => writeName(to, column))
    write(to, ')')
  }
  write(to, ' as (')
  nested(to, select)
  if (union !== undefined) {
    to.depth += 1
    clause(to, union.all ? 'union all' : 'union')
    clause(to, '')
    printSelect(to, union.select)
    to.depth -= 1
  }
  write(to, ')')
}

const joinWords = { inner: 'join ', left: 'left join ', full: 'full join ' } as const

const printFrom = (to: Writer, print: (node: SqlNode) => void, from: SqlFrom): void => {
  switch (from._tag) {
    case 'table':
      writeTable(to, from)
      if (sourceName(to, from.alias) !== from.table) {
        write(to, ' as ')
        writeName(to, sourceName(to, from.alias))
      }
      return
    case 'select':
      write(to, from.lateral ? 'lateral (' : '(')
      nested(to, from.select)
      write(to, ') as ')
      return writeName(to, sourceName(to, from.alias))
    case 'join': {
      printFrom(to, print, from.left)
      clause(to, joinWords[from.kind])
      const inner = from.right._tag === 'join'
      if (inner) write(to, '(')
      printFrom(to, print, from.right)
      if (inner) write(to, ')')
      write(to, ' on ')
      return print(from.on)
    }
    default: {
      const impossible: never = from
      return impossible
    }
  }
}
