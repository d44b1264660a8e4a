// Laws of printing, over random conditions: slots are bound in their order, values never enter the text, SQLite agrees.

import type { PlanNode } from '@relata/core'
import { dialects } from '@relata/sql'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binary, col, compiled, filtering, integer, list, slot } from './plan-nodes.js'

/** A condition over a, b and c with slots numbered from `next` on; returns the slots used. */
const { condition } = fc.letrec<{ readonly condition: PlanNode; readonly number: PlanNode }>((tie) => ({
  number: fc.oneof({ maxDepth: 3, depthSize: 'small' },
    fc.constantFrom('a', 'b', 'c').map((name) => col('u', name)),
    fc.integer({ min: 0, max: 5 }).map((index) => slot(index, integer)),
    fc.tuple(fc.constantFrom('add' as const, 'sub' as const, 'mul' as const), tie('number'), tie('number')).map(([operator, left, right]) => binary(operator, left, right)),
  ),
  condition: fc.oneof({ maxDepth: 3, depthSize: 'small' },
    fc.tuple(fc.constantFrom('eq' as const, 'ne' as const, 'lt' as const, 'ge' as const, 'isDistinctFrom' as const, 'isNotDistinctFrom' as const), tie('number'), tie('number')).map(([operator, left, right]) => binary(operator, left, right)),
    fc.tuple(fc.boolean(), tie('number')).map(([negated, arg]): PlanNode => ({ _tag: 'nullTest', negated, arg })),
    fc.tuple(fc.boolean(), tie('number'), fc.integer({ min: 6, max: 7 })).map(([negated, arg, index]): PlanNode => ({ _tag: 'in', negated, arg, items: [list(index, integer)] })),
    fc.tuple(tie('number'), tie('number'), tie('number')).map(([arg, low, high]): PlanNode => ({ _tag: 'between', arg, low, high })),
    tie('condition').map((arg): PlanNode => ({ _tag: 'not', arg })),
    fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('condition'), { maxLength: 3 })).map(([operator, args]): PlanNode => ({ _tag: 'logical', operator, args })),
  ),
}))

type Row = Readonly<Record<string, number | null>>
type Truth = boolean | null

const not = (truth: Truth): Truth => truth === null ? null : !truth
const and = (truths: readonly Truth[]): Truth => truths.includes(false) ? false : truths.includes(null) ? null : true
const or = (truths: readonly Truth[]): Truth => truths.includes(true) ? true : truths.includes(null) ? null : false

/** What a condition means, in three-valued logic. */
const holds = (node: PlanNode, row: Row, values: readonly unknown[]): Truth => {
  const compared = (left: number | null, right: number | null, compare: (a: number, b: number) => boolean): Truth => left === null || right === null ? null : compare(left, right)
  switch (node._tag) {
    case 'binary': {
      const [left, right] = [number(node.left, row, values), number(node.right, row, values)]
      switch (node.operator) {
        case 'eq': return compared(left, right, (a, b) => a === b)
        case 'ne': return compared(left, right, (a, b) => a !== b)
        case 'lt': return compared(left, right, (a, b) => a < b)
        case 'ge': return compared(left, right, (a, b) => a >= b)
        case 'isDistinctFrom': return left !== right
        case 'isNotDistinctFrom': return left === right
        default: throw new Error(node.operator)
      }
    }
    case 'nullTest': return (number(node.arg, row, values) === null) !== node.negated
    case 'between': return and([compared(number(node.arg, row, values), number(node.low, row, values), (a, b) => a >= b), compared(number(node.arg, row, values), number(node.high, row, values), (a, b) => a <= b)])
    case 'in': {
      const [item] = node.items
      if (item?._tag !== 'listSlot') throw new Error('a list')
      const left = number(node.arg, row, values)
      const found = or((values[item.index] as readonly number[]).map((member) => compared(left, member, (a, b) => a === b)))
      return node.negated ? not(found) : found
    }
    case 'not': return not(holds(node.arg, row, values))
    case 'logical': {
      const truths = node.args.map((arg) => holds(arg, row, values))
      return node.operator === 'and' ? and(truths) : or(truths)
    }
    default: throw new Error(node._tag)
  }
}

const number = (node: PlanNode, row: Row, values: readonly unknown[]): number | null => {
  switch (node._tag) {
    case 'column': return row[node.name] ?? null
    case 'slot': return values[node.index] as number | null
    case 'binary': {
      const [left, right] = [number(node.left, row, values), number(node.right, row, values)]
      if (left === null || right === null) return null
      return node.operator === 'add' ? left + right : node.operator === 'sub' ? left - right : left * right
    }
    default: throw new Error(node._tag)
  }
}

const small = fc.option(fc.integer({ min: -3, max: 3 }), { freq: 4 })
const given = fc.tuple(small, small, small, small, small, small, fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 5 }), fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 5 }))

describe('a random condition', () => {
  const database = new Database(':memory:')
  database.exec('create table users (id integer primary key, a integer, b integer, c integer)')
  const rows = [null, -2, 0, 1, 3].flatMap((a) => [null, 0, 2].flatMap((b) => [-1, null].map((c) => ({ a, b, c }))))
  const insert = database.prepare('insert into users (a, b, c) values (?, ?, ?)')
  for (const { a, b, c } of rows) insert.run(a, b, c)

  it('means on SQLite what it means', () => {
    fc.assert(fc.property(condition, given, (where, values) => {
      const { sql, params } = compiled(dialects.sqlite, filtering(where)).query(values)
      const integers = params.map((param) => typeof param === 'number' ? BigInt(param) : param)
      const found = database.prepare(sql).pluck().all(integers)
      expect(found).toEqual(rows.flatMap((row, at) => holds(where, row, values) === true ? [at + 1] : []))
    }), { numRuns: 1000 })
  })

  it.each(Object.values(dialects))('has as many parameters as places, on $name', (dialect) => {
    fc.assert(fc.property(condition, given, (where, values) => {
      const { sql, params, types } = compiled(dialect, filtering(where)).query(values)
      const places = sql.match(dialect.parameter.form === 'numbered' ? /\$\d+/g : /\?/g) ?? []
      expect(params).toHaveLength(places.length)
      expect(types).toHaveLength(places.length)
      if (dialect.parameter.form === 'numbered') expect(places).toEqual(places.map((_, at) => `$${at + 1}`))
    }))
  })

  it.each(Object.values(dialects))('never has a value in its text, on $name', (dialect) => {
    const marked = (value: unknown): unknown => Array.isArray(value) ? value.map(marked) : typeof value === 'number' ? `value-${value}'"\`\\` : value
    fc.assert(fc.property(condition, given, (where, values) => {
      expect(compiled(dialect, filtering(where)).query(values.map(marked)).sql).not.toContain('value-')
    }))
  })

  it('has the same text however often it is compiled', () => {
    fc.assert(fc.property(condition, given, (where, values) => {
      expect(compiled(dialects.mysql, filtering(where)).query(values)).toEqual(compiled(dialects.mysql, filtering(where)).query(values))
    }))
  })
})
