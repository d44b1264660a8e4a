// Lists given when a statement runs: one parameter where the dialect has arrays, a few lengths elsewhere.

import { dialects } from '@relata/sql'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { col, compiled, filtering, integer, isIn, list, notIn, text, tuple } from './plan-nodes.js'

const id = col('u', 'id')
const name = col('u', 'name', text)
const some = filtering(isIn(id, list(0, integer)))
const none = filtering(notIn(id, list(0, integer)))
const pairs = filtering(isIn(tuple(id, name), list(0, integer, text)))

describe('a list on postgres', () => {
  it('is one parameter of any length', () => {
    const statement = compiled(dialects.postgres, some)
    expect(statement.query([[1, 2, 3]])).toMatchObject({
      sql: 'select "u"."id" from "users" as "u" where "u"."id" = any($1)', params: [[1, 2, 3]], types: [{ kind: 'array', of: integer }],
    })
    expect(statement.query([[]]).sql).toBe(statement.query([[1, 2]]).sql)
  })

  it('is one parameter where it is negated', () => {
    expect(compiled(dialects.postgres, none).sql).toBe('select "u"."id" from "users" as "u" where "u"."id" <> all($1)')
  })

  it('of tuples is one parameter a member', () => {
    expect(compiled(dialects.postgres, pairs).query([[[1, 'a'], [2, 'b']]])).toMatchObject({
      sql: 'select "u"."id" from "users" as "u" where ("u"."id", "u"."name") in (select * from unnest($1::integer[], $2::text[]))',
      params: [[1, 2], ['a', 'b']],
      types: [{ kind: 'array', of: integer }, { kind: 'array', of: text }],
    })
  })

  it('of tuples with arrays among them is written out', () => {
    const tags = { kind: 'custom', name: 'text[]' } as const
    expect(compiled(dialects.postgres, filtering(isIn(tuple(id, col('u', 'tags', tags)), list(0, integer, tags)))).query([[[1, 'a'], [2, 'b']]]).sql)
      .toBe('select "u"."id" from "users" as "u" where ("u"."id", "u"."tags") in (($1, $2), ($3, $4))')
  })
})

describe('a list elsewhere', () => {
  const statement = compiled(dialects.sqlite, some)

  it.each([[1, 1], [2, 2], [3, 4], [5, 8], [9, 16], [500, 512]])('of %i values has a text for %i', (length, places) => {
    const { sql, params } = statement.query([Array.from({ length }, (_, at) => at)])
    expect(sql.match(/\?/g)).toHaveLength(places)
    expect(params).toHaveLength(places)
  })

  it('repeats its last value', () => {
    expect(statement.query([[1, 2, 3]]).params).toEqual([1, 2, 3, 3])
  })

  it('that is empty is false, or true negated', () => {
    expect(statement.query([[]])).toMatchObject({ sql: 'select "u"."id" from "users" as "u" where false', params: [] })
    expect(compiled(dialects.mysql, none).query([[]])).toMatchObject({ sql: 'select `u`.`id` from `users` as `u` where true', params: [] })
  })

  it('of tuples', () => {
    expect(compiled(dialects.mysql, pairs).query([[[1, 'a'], [2, 'b'], [3, 'c']]])).toMatchObject({
      sql: 'select `u`.`id` from `users` as `u` where (`u`.`id`, `u`.`name`) in ((?, ?), (?, ?), (?, ?), (?, ?))',
      params: [1, 'a', 2, 'b', 3, 'c', 3, 'c'],
    })
    expect(compiled(dialects.sqlite, pairs).query([[[1, 'a'], [2, 'b']]]).sql)
      .toBe('select "u"."id" from "users" as "u" where ("u"."id", "u"."name") in (values (?, ?), (?, ?))')
  })

  it('of tuples where a dialect cannot compare them', () => {
    const dialect = { ...dialects.sqlite, expression: { ...dialects.sqlite.expression, tupleIn: 'or' as const } }
    expect(compiled(dialect, pairs).query([[[1, 'a'], [2, 'b']]]).sql)
      .toBe('select "u"."id" from "users" as "u" where ("u"."id" = ? and "u"."name" = ? or "u"."id" = ? and "u"."name" = ?)')
  })

  it('says how long it may be', () => {
    expect(statement.maxListLength).toBe(32_766)
    expect(compiled(dialects.sqlite, pairs).maxListLength).toBe(16_383)
    expect(compiled(dialects.postgres, some).maxListLength).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('as long as may be is not padded beyond', () => {
    expect(statement.query([Array.from({ length: 20_000 }, () => 1)]).params).toHaveLength(32_766)
  })

  it('of more values than parameters is one text on SQLite', () => {
    const database = new Database(':memory:')
    database.exec('create table users (id integer primary key, name text)')
    database.exec("insert into users values (1, 'a'), (2, 'b\"'), (3, null), (9007199254740993, 'c')")
    const read = (found: { readonly sql: string; readonly params: readonly unknown[] }): unknown => database.prepare(found.sql).safeIntegers().pluck().all(found.params)

    const many = Array.from({ length: 50_000 }, (_, at) => BigInt(at + 3))
    const query = compiled(dialects.sqlite, filtering(isIn(col('u', 'id', { kind: 'bigint' }), list(0, { kind: 'bigint' })))).query([[...many, 9_007_199_254_740_993n]])
    expect(query.sql).toBe('select "u"."id" from "users" as "u" where "u"."id" in (select "value" from json_each(?))')
    expect(query.params).toHaveLength(1)
    expect(read(query)).toEqual([3n, 9_007_199_254_740_993n])
    expect(read(compiled(dialects.sqlite, filtering(isIn(name, list(0, text)))).query([[...many.map(String), 'b"']]))).toEqual([2n])
    expect(read(compiled(dialects.sqlite, filtering(notIn(name, list(0, text)))).query([[...many.map(String), 'b"']]))).toEqual([1n, 9_007_199_254_740_993n])
    database.close()
  })

  it('beside another shares the limit', () => {
    const both = compiled(dialects.mysql, filtering({ _tag: 'logical', operator: 'and', args: [isIn(id, list(0, integer)), isIn(name, list(1, text))] }))
    expect(both.maxListLength).toBe(32_767)
    expect(both.query([Array.from({ length: 20_000 }, () => 1), Array.from({ length: 10_000 }, () => 'a')]).params.length).toBeLessThanOrEqual(65_535)
  })

  it('is refused where it is no list', () => {
    expect(() => compiled(dialects.postgres, some).query([7])).toThrow('Slot 0 takes a list.')
  })
})
