// Selects in every dialect.

import { dialects } from '@relata/sql'
import { describe, expect, it } from 'vitest'
import { binary, call, col, compiled, inEvery, orders, refused, select, selecting, slot, text, users } from './plan-nodes.js'

const on = binary('eq', col('o', 'user_id'), col('u', 'id'))

describe('from', () => {
  it('needs no alias for a table under its own name', () => {
    expect(inEvery(selecting({ from: [{ _tag: 'table', table: 'users', alias: 'users' }], columns: [{ expr: col('users', 'id'), name: 'id' }] })).sqlite).toBe('select "users"."id" from "users"')
  })

  it('names a schema', () => {
    expect(inEvery(selecting({ from: [{ _tag: 'table', table: 'users', schema: 'shop', alias: 'u' }] })).postgres).toBe('select "u"."id" from "shop"."users" as "u"')
  })

  it.each([['inner', 'join'], ['left', 'left join']] as const)('%s joins', (kind, words) => {
    expect(inEvery(selecting({ from: [{ _tag: 'join', kind, left: users, right: orders, on }] })).sqlite)
      .toBe(`select "u"."id" from "users" as "u" ${words} "orders" as "o" on "o"."user_id" = "u"."id"`)
  })

  it('nests a join at the right in parentheses', () => {
    const items = { _tag: 'table', table: 'items', alias: 'i' } as const
    const right = { _tag: 'join', kind: 'inner', left: orders, right: items, on: binary('eq', col('i', 'order_id'), col('o', 'id')) } as const
    expect(inEvery(selecting({ from: [{ _tag: 'join', kind: 'left', left: users, right, on }] })).mysql)
      .toBe('select `u`.`id` from `users` as `u` left join (`orders` as `o` join `items` as `i` on `i`.`order_id` = `o`.`id`) on `o`.`user_id` = `u`.`id`')
  })

  it('joins fully where there are full joins', () => {
    const statement = selecting({ from: [{ _tag: 'join', kind: 'full', left: users, right: orders, on }] })
    expect(compiled(dialects.postgres, statement).sql).toContain('full join')
    expect(compiled(dialects.sqlite, statement).sql).toContain('full join')
    expect(refused(dialects.mysql, statement)).toMatchObject({ code: 'unsupported', detail: { dialect: 'mysql', construct: 'full join' } })
    expect(refused(dialects.mariadb, statement)).toMatchObject({ code: 'unsupported' })
  })

  it('reads a select', () => {
    expect(inEvery(selecting({ from: [{ _tag: 'select', select: select({ from: [{ _tag: 'table', table: 'users', alias: 'inside' }], columns: [{ expr: col('inside', 'id'), name: 'id' }] }), alias: 'u' }] })).postgres)
      .toBe('select "u"."id" from (select "inside"."id" from "users" as "inside") as "u"')
  })

  it('reads a lateral select where there is one', () => {
    const statement = selecting({ from: [users, { _tag: 'select', select: select({ from: [orders], columns: [{ expr: col('o', 'id'), name: 'id' }], where: on }), alias: 'l', lateral: true }] })
    expect(compiled(dialects.mysql, statement).sql).toBe('select `u`.`id` from `users` as `u`, lateral (select `o`.`id` from `orders` as `o` where `o`.`user_id` = `u`.`id`) as `l`')
    expect(refused(dialects.sqlite, statement)).toMatchObject({ code: 'unsupported', detail: { construct: 'lateral' } })
    expect(refused(dialects.mariadb, statement)).toMatchObject({ code: 'unsupported' })
  })

  it('is told as the table read first', () => {
    expect(compiled(dialects.sqlite, selecting({ from: [{ _tag: 'join', kind: 'left', left: orders, right: users, on }] })).table).toBe('orders')
    expect(compiled(dialects.sqlite, selecting({ from: [{ _tag: 'select', select: select(), alias: 'x' }], columns: [] })).table).toBe('users')
    expect(compiled(dialects.sqlite, selecting({ from: [], columns: [] }))).toMatchObject({ table: '', sql: 'select 1' })
  })
})

describe('columns', () => {
  it('are named where the name is not their own', () => {
    expect(inEvery(selecting({ columns: [{ expr: col('u', 'id'), name: 'user_id' }, { expr: call('count'), name: 'n' }] })).sqlite)
      .toBe('select "u"."id" as "user_id", count(*) as "n" from "users" as "u"')
  })

  it('tell their types', () => {
    const { returns } = compiled(dialects.sqlite, selecting({
      columns: [
        { expr: col('u', 'name', text), name: 'a' },
        { expr: call('count'), name: 'b' },
        { expr: binary('eq', col('u', 'id'), slot(0)), name: 'c' },
        { expr: call('max', col('u', 'name', text)), name: 'd' },
        { expr: { _tag: 'exists', select: select() }, name: 'e' },
        { expr: { _tag: 'fragment', parts: ['x'], args: [] }, name: 'f' },
        { expr: binary('mul', col('u', 'id'), col('u', 'price', { kind: 'real' })), name: 'g' },
        { expr: { _tag: 'subquery', select: select() }, name: 'h' },
      ],
    }))
    expect(returns).toEqual([text, { kind: 'integer' }, { kind: 'boolean' }, text, { kind: 'boolean' }, undefined, { kind: 'real' }, { kind: 'integer' }])
  })

  it('distinct', () => {
    expect(inEvery(selecting({ distinct: true })).sqlite).toBe('select distinct "u"."id" from "users" as "u"')
  })

  it('grouped', () => {
    expect(inEvery(selecting({ groupBy: [col('u', 'id')], having: binary('gt', call('count'), slot(0)) })).postgres)
      .toBe('select "u"."id" from "users" as "u" group by "u"."id" having count(*) > $1')
  })
})

describe('order and limits', () => {
  it('orders', () => {
    expect(inEvery(selecting({ orderBy: [{ arg: col('u', 'id'), direction: 'desc' }, { arg: col('u', 'name'), direction: 'asc' }] })).sqlite)
      .toBe('select "u"."id" from "users" as "u" order by "u"."id" desc, "u"."name"')
  })

  it('puts nulls first or last', () => {
    expect(inEvery(selecting({ orderBy: [{ arg: col('u', 'id'), direction: 'desc', nulls: 'last' }] }))).toMatchObject({
      postgres: 'select "u"."id" from "users" as "u" order by "u"."id" desc nulls last',
      mysql: 'select `u`.`id` from `users` as `u` order by `u`.`id` is null, `u`.`id` desc',
    })
    expect(inEvery(selecting({ orderBy: [{ arg: col('u', 'id'), direction: 'asc', nulls: 'first' }] })).mariadb)
      .toBe('select `u`.`id` from `users` as `u` order by `u`.`id` is null desc, `u`.`id`')
  })

  it('limits', () => {
    expect(inEvery(selecting({ limit: slot(0), offset: slot(1) })).postgres).toBe('select "u"."id" from "users" as "u" limit $1 offset $2')
  })

  it('skips without a limit', () => {
    expect(inEvery(selecting({ offset: slot(0) }))).toEqual({
      postgres: 'select "u"."id" from "users" as "u" offset $1',
      mysql: 'select `u`.`id` from `users` as `u` limit 18446744073709551615 offset ?',
      mariadb: 'select `u`.`id` from `users` as `u` limit 18446744073709551615 offset ?',
      sqlite: 'select "u"."id" from "users" as "u" limit -1 offset ?',
    })
  })

  it('locks rows where there are row locks', () => {
    expect(inEvery(selecting({ lock: { strength: 'share', wait: 'skip locked', of: ['u'] } }))).toEqual({
      postgres: 'select "u"."id" from "users" as "u" for share of "u" skip locked',
      mysql: 'select `u`.`id` from `users` as `u` for share of `u` skip locked',
      mariadb: 'select `u`.`id` from `users` as `u` lock in share mode skip locked',
      sqlite: 'select "u"."id" from "users" as "u"',
    })
  })
})

describe('selects within selects', () => {
  it('exist', () => {
    expect(inEvery(selecting({ where: { _tag: 'not', arg: { _tag: 'exists', select: select({ columns: [], from: [orders], where: on }) } } })).sqlite)
      .toBe('select "u"."id" from "users" as "u" where not exists (select 1 from "orders" as "o" where "o"."user_id" = "u"."id")')
  })

  it('are values', () => {
    expect(inEvery(selecting({ columns: [{ expr: { _tag: 'subquery', select: select({ columns: [{ expr: call('count'), name: 'n' }], from: [orders] }) }, name: 'n' }] })).sqlite)
      .toBe('select (select count(*) as "n" from "orders" as "o") as "n" from "users" as "u"')
  })

  it('are common tables, recursive ones too', () => {
    const tree = select({ from: [{ _tag: 'table', table: 'nodes', alias: 'n' }], columns: [{ expr: col('n', 'id'), name: 'id' }] })
    const below = select({ from: [{ _tag: 'cte', name: 'tree', alias: 't' }], columns: [{ expr: col('t', 'id'), name: 'id' }] })
    expect(inEvery(selecting({ ctes: [{ name: 'tree', recursive: true, select: tree, union: below, unionAll: true }], from: [{ _tag: 'cte', name: 'tree', alias: 'u' }] })).postgres)
      .toBe('with recursive "tree" ("id") as (select "n"."id" from "nodes" as "n" union all select "t"."id" from "tree" as "t") select "u"."id" from "tree" as "u"')
  })
})

describe('set operations', () => {
  it('order and limit the whole', () => {
    expect(inEvery(selecting({ setOperations: [{ operator: 'union', select: select() }], orderBy: [{ arg: col('', 'id'), direction: 'asc' }], limit: slot(0) })).sqlite)
      .toBe('select "u"."id" from "users" as "u" union select "u"."id" from "users" as "u" order by "id" limit ?')
  })

  it('wrap members that are ordered or limited', () => {
    expect(inEvery(selecting({ setOperations: [{ operator: 'union all', select: select({ limit: slot(0) }) }] })).sqlite)
      .toBe('select "u"."id" from "users" as "u" union all select "member"."id" from (select "u"."id" from "users" as "u" limit ?) as "member"')
  })

  it('are taken from left to right', () => {
    expect(inEvery(selecting({ setOperations: [{ operator: 'union', select: select() }, { operator: 'intersect', select: select() }] })).postgres)
      .toBe('select "members"."id" from (select "u"."id" from "users" as "u" union select "u"."id" from "users" as "u") as "members" intersect select "u"."id" from "users" as "u"')
  })
})

describe('for people', () => {
  it('every clause has its line', () => {
    expect(compiled(dialects.sqlite, selecting({
      from: [{ _tag: 'join', kind: 'left', left: users, right: orders, on }],
      where: { _tag: 'exists', select: select({ columns: [], from: [orders], where: on }) }, limit: slot(0),
    }), { pretty: true }).sql).toBe([
      'select "u"."id"',
      'from "users" as "u"',
      'left join "orders" as "o" on "o"."user_id" = "u"."id"',
      'where exists (',
      '  select 1',
      '  from "orders" as "o"',
      '  where "o"."user_id" = "u"."id")',
      'limit ?',
    ].join('\n'))
  })
})

describe('a compiled statement', () => {
  it('has a name that is the same for the same text only', () => {
    const one = compiled(dialects.postgres, selecting()).query([])
    expect(one.name).toBe(compiled(dialects.postgres, selecting()).query([]).name)
    expect(one.name).not.toBe(compiled(dialects.postgres, selecting({ distinct: true })).query([]).name)
    expect(one.name?.length).toBeLessThan(63)
  })

  it('gives values in the order of the text', () => {
    const statement = selecting({ columns: [{ expr: slot(1, text), name: 'x' }], where: binary('eq', col('u', 'id'), slot(0)), limit: slot(2) })
    expect(compiled(dialects.sqlite, statement).query([7, 'x', 10]).params).toEqual(['x', 7, 10])
  })
})
