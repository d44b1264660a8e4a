// Expressions in every dialect.

import type { PlanNode } from '@relata/core'
import { dialects } from '@relata/sql'
import { describe, expect, it } from 'vitest'
import { binary, call, col, compiled, conditionIn, constant, filtering, inEvery, integer, isIn, notIn, refused, select, selecting, slot, text, tuple } from './plan-nodes.js'

const id = col('u', 'id')
const name = col('u', 'name', text)

describe('comparisons and logic', () => {
  it.each<readonly [string, PlanNode, string]>([
    ['equality', binary('eq', id, slot(0)), '"u"."id" = $1'],
    ['inequality', binary('ne', id, slot(0)), '"u"."id" <> $1'],
    ['like', binary('like', name, slot(0)), '"u"."name" like $1'],
    ['not like', binary('notLike', name, slot(0)), '"u"."name" not like $1'],
    ['null test', { _tag: 'nullTest', negated: false, arg: id }, '"u"."id" is null'],
    ['negated null test', { _tag: 'nullTest', negated: true, arg: id }, '"u"."id" is not null'],
    ['between', { _tag: 'between', arg: id, low: slot(0), high: slot(1) }, '"u"."id" between $1 and $2'],
    ['not', { _tag: 'not', arg: binary('eq', id, slot(0)) }, 'not ("u"."id" = $1)'],
    ['or within and', { _tag: 'logical', operator: 'and', args: [binary('eq', id, slot(0)), { _tag: 'logical', operator: 'or', args: [binary('eq', id, slot(1)), binary('eq', id, slot(2))] }] }, '"u"."id" = $1 and ("u"."id" = $2 or "u"."id" = $3)'],
    ['and within or', { _tag: 'logical', operator: 'or', args: [{ _tag: 'logical', operator: 'and', args: [binary('eq', id, slot(0)), binary('eq', id, slot(1))] }, binary('eq', id, slot(2))] }, '"u"."id" = $1 and "u"."id" = $2 or "u"."id" = $3'],
    ['nothing to hold', { _tag: 'logical', operator: 'and', args: [] }, 'true'],
    ['nothing of which one holds', { _tag: 'logical', operator: 'or', args: [] }, 'false'],
    ['one of one', { _tag: 'logical', operator: 'or', args: [binary('eq', id, slot(0))] }, '"u"."id" = $1'],
    ['a comparison of comparisons', binary('eq', binary('lt', id, slot(0)), binary('gt', id, slot(1))), '("u"."id" < $1) = ("u"."id" > $2)'],
    ['a mark', { _tag: 'marked', mark: 'foreign', arg: binary('eq', id, slot(0)) }, '"u"."id" = $1'],
    ['tuples', binary('eq', tuple(id, name), tuple(slot(0, integer), slot(1, text))), '("u"."id", "u"."name") = ($1::integer, $2::text)'],
    ['an operator of the program', { _tag: 'custom', symbol: '@>', comparison: true, left: id, right: slot(0) }, '"u"."id" @> $1'],
    ['an operator of words', { _tag: 'custom', symbol: 'is not distinct from', comparison: true, left: id, right: slot(0) }, '"u"."id" is not distinct from $1'],
    ['a fragment', { _tag: 'fragment', parts: ['extract(year from ', ') = ', ''], args: [id, slot(0)] }, 'extract(year from "u"."id") = $1'],
    ['a fragment beside others', { _tag: 'logical', operator: 'and', args: [{ _tag: 'fragment', parts: ['a or b'], args: [] }, binary('eq', id, slot(0))] }, '(a or b) and "u"."id" = $1'],
    ['an operator that binds loosely', { _tag: 'logical', operator: 'and', args: [{ _tag: 'custom', symbol: 'or', comparison: true, left: binary('eq', id, slot(0)), right: binary('eq', id, slot(1)) }, binary('eq', id, slot(2))] }, '(("u"."id" = $1) or ("u"."id" = $2)) and "u"."id" = $3'],
  ])('%s', (_, node, expected) => {
    expect(conditionInPostgres(node)).toBe(expected)
  })
})

describe('arithmetic keeps its order', () => {
  it.each<readonly [string, PlanNode, string]>([
    ['a - (b - c)', binary('sub', id, binary('sub', slot(0), slot(1))), '"u"."id" - ($1 - $2) = 0'],
    ['(a - b) - c', binary('sub', binary('sub', id, slot(0)), slot(1)), '"u"."id" - $1 - $2 = 0'],
    ['(a + b) * c', binary('mul', binary('add', id, slot(0)), slot(1)), '("u"."id" + $1) * $2 = 0'],
    ['a + b * c', binary('add', id, binary('mul', id, slot(0))), '"u"."id" + "u"."id" * $1 = 0'],
    ['a % b', binary('mod', id, slot(0)), '"u"."id" % $1 = 0'],
  ])('%s', (_, node, expected) => {
    expect(conditionIn(binary('eq', node, { _tag: 'fragment', parts: ['0'], args: [] })).postgres.replace('(0)', '0')).toBe(expected)
  })
})

describe('what dialects say differently', () => {
  it('joins texts', () => {
    expect(inEvery(selecting({ columns: [{ expr: binary('concat', binary('concat', name, constant(' ')), name), name: 'x' }] }))).toEqual({
      postgres: 'select "u"."name" || $1::text || "u"."name" as "x" from "users" as "u"',
      mysql: 'select concat(`u`.`name`, ?, `u`.`name`) as `x` from `users` as `u`',
      mariadb: 'select concat(`u`.`name`, ?, `u`.`name`) as `x` from `users` as `u`',
      sqlite: 'select "u"."name" || ? || "u"."name" as "x" from "users" as "u"',
    })
  })

  it('compares null-safely', () => {
    expect(conditionIn(binary('isNotDistinctFrom', id, slot(0)))).toEqual({
      postgres: '"u"."id" is not distinct from $1', mysql: '`u`.`id` <=> ?', mariadb: '`u`.`id` <=> ?', sqlite: '"u"."id" is ?',
    })
    expect(conditionIn(binary('isDistinctFrom', id, slot(0)))).toEqual({
      postgres: '"u"."id" is distinct from $1', mysql: 'not (`u`.`id` <=> ?)', mariadb: 'not (`u`.`id` <=> ?)', sqlite: '"u"."id" is not ?',
    })
  })

  it('casts to types of its own', () => {
    expect(conditionIn(binary('eq', { _tag: 'cast', arg: name, type: { kind: 'integer' } }, slot(0)))).toEqual({
      postgres: 'cast("u"."name" as integer) = $1', mysql: 'cast(`u`.`name` as signed) = ?', mariadb: 'cast(`u`.`name` as signed) = ?', sqlite: 'cast("u"."name" as integer) = ?',
    })
  })

  it('finds a tuple among tuples', () => {
    expect(conditionIn(isIn(tuple(id, name), tuple(slot(0), slot(1)), tuple(slot(2), slot(3))))).toEqual({
      postgres: '("u"."id", "u"."name") in (($1, $2), ($3, $4))',
      mysql: '(`u`.`id`, `u`.`name`) in ((?, ?), (?, ?))',
      mariadb: '(`u`.`id`, `u`.`name`) in ((?, ?), (?, ?))',
      sqlite: '("u"."id", "u"."name") in (values (?, ?), (?, ?))',
    })
  })

  it('finds a tuple among tuples where a dialect cannot compare them', () => {
    const dialect = { ...dialects.sqlite, expression: { ...dialects.sqlite.expression, tupleIn: 'or' as const } }
    expect(compiled(dialect, filtering(notIn(tuple(id, name), tuple(slot(0), slot(1)), tuple(slot(2), slot(3))))).sql)
      .toBe('select "u"."id" from "users" as "u" where not ("u"."id" = ? and "u"."name" = ? or "u"."id" = ? and "u"."name" = ?)')
  })

  it('compares and orders decimals as numbers where they are stored as text', () => {
    const price = col('u', 'price', { kind: 'numeric', precision: 10, scale: 2 })
    expect(conditionIn(binary('lt', price, slot(0)))).toMatchObject({ sqlite: 'cast("u"."price" as real) < ?', postgres: '"u"."price" < $1' })
    expect(conditionIn({ _tag: 'between', arg: price, low: slot(0), high: slot(1) }).sqlite).toBe('cast("u"."price" as real) between ? and ?')
    expect(conditionIn(isIn(price, slot(0), slot(1))).sqlite).toBe('cast("u"."price" as real) in (?, ?)')
    expect(inEvery(selecting({ columns: [{ expr: call('max', price), name: 'x' }], orderBy: [{ arg: price, direction: 'asc' }] })).sqlite)
      .toBe('select max(cast("u"."price" as real)) as "x" from "users" as "u" order by cast("u"."price" as real)')
  })

  it('takes a wildcard at its word after a backslash', () => {
    expect(conditionIn(binary('like', name, slot(0)))).toMatchObject({ sqlite: '"u"."name" like ? escape \'\\\'', mysql: '`u`.`name` like ?' })
  })

  it('calls functions by its own names', () => {
    expect(conditionIn(binary('eq', call('length', name), slot(0))).mysql).toBe('char_length(`u`.`name`) = ?')
    expect(conditionIn(binary('lt', call('now'), slot(0))).sqlite).toBe('current_timestamp < ?')
  })
})

describe('membership', () => {
  it('in nothing is false, and not in nothing true', () => {
    expect(conditionIn(isIn(id)).sqlite).toBe('false')
    expect(conditionIn(notIn(id)).sqlite).toBe('true')
  })

  it('in a select', () => {
    expect(conditionIn(isIn(id, { _tag: 'subquery', select: select() })).postgres).toBe('"u"."id" in (select "u"."id" from "users" as "u")')
  })

  it('in a limited select, which MySQL wraps', () => {
    expect(conditionIn(isIn(id, { _tag: 'subquery', select: select({ limit: slot(0) }) }))).toMatchObject({
      mysql: '`u`.`id` in (select `apart`.`id` from (select `u`.`id` from `users` as `u` limit ?) as `apart`)',
      sqlite: '"u"."id" in (select "u"."id" from "users" as "u" limit ?)',
    })
  })
})

describe('parameters whose type nothing else tells', () => {
  it('are cast where the dialect would ask', () => {
    expect(inEvery(selecting({ columns: [{ expr: slot(0, text), name: 'x' }], from: [] }))).toMatchObject({ postgres: 'select $1::text as "x"', sqlite: 'select ? as "x"' })
    expect(conditionIn(binary('eq', call('coalesce', id, constant(5)), slot(0))).postgres).toBe('coalesce("u"."id", $1::integer) = $2')
  })

  it('are never cut to a length by their cast', () => {
    expect(inEvery(selecting({ columns: [{ expr: slot(0, { kind: 'varchar', length: 3 }), name: 'x' }], from: [] })).postgres).toBe('select $1::text as "x"')
  })

  it('are fractions beside integers', () => {
    expect(conditionIn(binary('gt', id, constant(1.5))).postgres).toBe('"u"."id" > $1::double precision')
  })

  it('take the type of what they stand beside', () => {
    const real = { kind: 'real' } as const
    expect(compiled(dialects.sqlite, filtering(binary('eq', col('u', 'price', real), constant(5)))).query([]).types).toEqual([real])
    expect(compiled(dialects.sqlite, filtering(binary('eq', id, slot(0)))).query([7]).types).toEqual([integer])
  })
})

describe('functions', () => {
  it('counts rows', () => {
    expect(inEvery(selecting({ columns: [{ expr: call('count'), name: 'n' }] })).sqlite).toBe('select count(*) as "n" from "users" as "u"')
  })

  it('of distinct values', () => {
    expect(inEvery(selecting({ columns: [{ expr: { _tag: 'function', name: 'count', args: [id], distinct: true }, name: 'n' }] })).sqlite).toBe('select count(distinct "u"."id") as "n" from "users" as "u"')
  })

  it('over windows', () => {
    const expr: PlanNode = { _tag: 'function', name: 'row_number', args: [], over: { partitionBy: [name], orderBy: [{ arg: id, direction: 'desc' }] } }
    expect(inEvery(selecting({ columns: [{ expr, name: 'n' }] })).postgres).toBe('select row_number() over (partition by "u"."name" order by "u"."id" desc) as "n" from "users" as "u"')
  })

  it('in cases', () => {
    const expr: PlanNode = { _tag: 'case', branches: [{ when: binary('eq', id, slot(0)), result: constant('one') }], otherwise: { _tag: 'null' } }
    expect(inEvery(selecting({ columns: [{ expr, name: 'n' }] })).postgres).toBe('select case when "u"."id" = $1 then $2::text else null end as "n" from "users" as "u"')
  })
})

describe('text that could say something else', () => {
  it.each(['', 'f(x', 'a;b', 'a b', '"a"', 'a--', 'ä', "x'"])('is no function: %s', (bad) => {
    expect(refused(dialects.sqlite, filtering(binary('eq', call(bad, id), slot(0))))).toMatchObject({ _tag: 'SqlError', code: 'operator' })
  })

  it.each(['', ';', '= 1 or', '--', '/*', "'", '= (', 'union select', '=\0', 'or 1=1 or', '"'])('is no operator: %s', (bad) => {
    expect(refused(dialects.postgres, filtering({ _tag: 'custom', symbol: bad, comparison: true, left: id, right: slot(0) }))).toMatchObject({ code: 'operator' })
  })

  it('a question mark is an operator only where it is no parameter', () => {
    const node: PlanNode = { _tag: 'custom', symbol: '?', comparison: true, left: id, right: slot(0) }
    expect(conditionInPostgres(node)).toBe('"u"."id" ? $1')
    expect(refused(dialects.sqlite, filtering(node))).toMatchObject({ code: 'operator' })
  })

  it.each(['int; drop table users', "text'", 'x)--'])('is no type: %s', (bad) => {
    expect(refused(dialects.postgres, filtering(binary('eq', { _tag: 'cast', arg: id, type: { kind: 'custom', name: bad } }, slot(0))))).toMatchObject({ code: 'operator' })
  })

  it('a list is no value', () => {
    expect(refused(dialects.sqlite, filtering(binary('eq', id, { _tag: 'listSlot', index: 0, types: [integer] })))).toMatchObject({ code: 'malformed' })
  })
})

const conditionInPostgres = (node: PlanNode): string => {
  const { sql } = compiled(dialects.postgres, filtering(node))
  return sql.slice(sql.indexOf(' where ') + 7)
}
