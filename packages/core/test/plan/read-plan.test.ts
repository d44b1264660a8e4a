// Plans are JSON: taken up again they are the same, and only by the mapping that they were made from.

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import {
  alias, and, column, configure, desc, dynamicRegistry, entity, eq, explain, integer, le, options, over, planJoin, planLoad, readPlan, relationship, rowNumber, select, selectinload, subquery, subqueryload, table, text,
  type Mapping,
} from '@relata/core'
import { blogWith, fresh, links, planOf } from './flush/flush-world.js'
import { mapping, Order, User } from './load/shop.js'

const right = <A>(either: E.Either<{ readonly message: string }, A>): A => pipe(either, E.getOrElseW(({ message }) => { throw new Error(message) }))

/** A registry built anew each time, with a query of its own. */
const forum = (limit: number): Mapping => {
  const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
  const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }) })
  const ranked = subquery('ranked', select({ id: posts.c.id, userId: posts.c.userId, place: over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] }) }))
  const configured = configure(dynamicRegistry({
    User: entity(users, { newest: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, ranked.userId), le(ranked.place, limit)) }) }),
    Post: entity(posts),
  }))
  return pipe(configured, E.getOrElseW(([{ message }]) => { throw new Error(message) }))
}

const query = pipe(select(User), options(selectinload(User.orders, subqueryload(Order.items))))
const plans = [
  ['JoinPlan', mapping, () => right(planJoin(mapping, 'Order.items'))],
  ['JoinPlan', forum(3), () => right(planJoin(forum(3), 'User.newest'))],
  ['LoadPlan', mapping, () => right(planLoad(mapping, query)).plan],
  ['FlushPlan', blogWith(), () => planOf(
    blogWith(),
    fresh('User', 0, { now: { name: 'ed' }, relationships: { addresses: links({ added: ['new:1'] }) } }),
    fresh('Address', 1, { now: { email: 'e' }, relationships: { user: links({ added: ['new:0'] }) } }),
  )],
] as const

test.each(plans)('a %s is the same after a journey through JSON, and prints alike', (kind, of, plan) => {
  const made = plan()
  const read = right(readPlan(of, kind, JSON.stringify(made)))
  expect(read).toEqual(JSON.parse(JSON.stringify(made)))
  expect(explain(read)).toBe(explain(made))
  expect(right(readPlan(of, kind, read))).toBe(read)
})

test.each(plans)('a %s has the same bytes whenever it is made', (_kind, _of, plan) => {
  expect(JSON.stringify(plan())).toBe(JSON.stringify(plan()))
})

test.each(plans)('a %s of another mapping is refused', (kind, _of, plan) => {
  expect(readPlan(forum(4), kind, JSON.stringify(plan()))).toMatchObject({ _tag: 'Left', left: { code: 'argument', message: expect.stringContaining('another mapping') as string } })
})

test.each(plans)('a %s of another version or kind is refused, and so is what is none', (kind, of, plan) => {
  const other = kind === 'JoinPlan' ? 'LoadPlan' : 'JoinPlan'
  for (const json of [{ ...plan(), version: 2 }, { ...plan(), _tag: other }, '{', '', 'null', null, undefined, 7, []]) expect(readPlan(of, kind, json)).toMatchObject({ _tag: 'Left', left: { code: 'argument' } })
})
