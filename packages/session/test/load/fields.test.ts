// Queries that give rows: aggregates, subqueries, common tables, set operations and windows, end to end.

import { asc, and, count, cte, desc, eq, exists, correlate, groupBy, gt, having, inList, inSubquery, isNull, join, leftJoin, like, limit, max, not, orderBy, over, recursive, rowNumber, scalar, select, sql, subquery, sum, union, where, any, alias, type SelectDescriptor } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runSelect } from '../../src/load/run-select.js'
import { Address, openBlog, Tag, User } from './blog.js'

let blog: Awaited<ReturnType<typeof openBlog>>
beforeAll(async () => { blog = await openBlog() })
afterAll(async () => { await blog.close() })

const Other = alias(Address, 'other')
const counts = subquery('counts', pipe(select({ id: Address.userId, n: count(Address.id) }), groupBy(Address.userId)))
const many = cte('many', pipe(select({ id: Address.userId, n: count(Address.id) }), groupBy(Address.userId), having(gt(count(Address.id), 1))))
const numbers = recursive('numbers', pipe(select({ id: User.id }), where(eq(User.id, 1))), (self) => pipe(select({ id: User.id }), join(self, gt(User.id, self.id))))

const queries: readonly (readonly [string, SelectDescriptor, readonly unknown[]])[] = [
  ['columns by name', pipe(select({ who: User.name, mail: Address.email }), join(User.addresses), orderBy(asc(Address.id))), [{ who: 'ada', mail: 'ada@x' }, { who: 'ada', mail: 'ada@y' }, { who: 'bob', mail: 'bob@x' }]],
  ['aggregates over an outer join', pipe(select({ who: User.name, n: count(Address.id) }), leftJoin(User.addresses), groupBy(User.name), orderBy(desc(count(Address.id)), asc(User.name))), [{ who: 'ada', n: 2 }, { who: 'bob', n: 1 }, { who: 'cy', n: 0 }]],
  ['having', pipe(select({ who: User.name, last: max(Address.id) }), join(User.addresses), groupBy(User.name), having(gt(count(Address.id), 1))), [{ who: 'ada', last: 2 }]],
  ['a subquery as a source', pipe(select({ who: User.name, n: counts.n }), where(eq(User.id, counts.id)), orderBy(asc(User.id))), [{ who: 'ada', n: 2 }, { who: 'bob', n: 1 }]],
  ['a correlated EXISTS', pipe(select({ who: User.name }), where(not(exists(pipe(select({ one: Address.id }), correlate(User), where(eq(Address.userId, User.id))))))), [{ who: 'cy' }]],
  ['a scalar subquery', pipe(select({ who: User.name, n: scalar(pipe(select({ n: count(Address.id) }), correlate(User), where(eq(Address.userId, User.id)))) }), orderBy(asc(User.id)), limit(1)), [{ who: 'ada', n: 2 }]],
  ['membership in a subquery', pipe(select({ who: User.name }), where(inSubquery(User.id, pipe(select({ id: Address.userId }), where(like(Address.email, '%@y')))))), [{ who: 'ada' }]],
  ['a common table', pipe(select({ who: User.name, n: many.n }), join(many, eq(many.id, User.id))), [{ who: 'ada', n: 2 }]],
  ['a recursive common table', pipe(select({ n: numbers.id }), orderBy(asc(numbers.id))), [{ n: 1 }, { n: 2 }, { n: 3 }]],
  ['a union', pipe(select({ name: User.name }), where(eq(User.id, 1)), union(pipe(select({ name: Tag.label }), where(eq(Tag.id, 2))))), [{ name: 'ada' }, { name: 'work' }]],
  ['a window', pipe(select({ id: Address.id, nth: over(rowNumber(), { partitionBy: [Address.userId], orderBy: [desc(Address.id)] }) }), where(eq(Address.userId, 1)), orderBy(asc(Address.id))), [{ id: 1, nth: 2 }, { id: 2, nth: 1 }]],
  ['a fragment with a parameter', pipe(select({ id: Address.id }), where(inList(Address.id, [1, 3])), where(and(gt(Address.id, 1), isNull(sql<number | null>()`nullif(${Address.id}, ${3})`)))), [{ id: 3 }]],
  ['one entity twice', pipe(select({ a: Address.id, b: Other.id }), join(Address.user), join(User.addresses, Other), where(gt(Other.id, Address.id))), [{ a: 1, b: 2 }]],
  ['a relationship as a condition', pipe(select({ n: sum(User.id) }), where(any(User.addresses, any(Address.tags, eq(Tag.label, 'work'))))), [{ n: 3 }]],
]

test.each(queries)('%s', async (_name, query, rows) => {
  expect(await runSelect(blog.session, query)).toEqual(rows)
})
