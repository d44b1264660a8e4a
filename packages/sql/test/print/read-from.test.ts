// Entities that are read from a query or a join, as SQL.

import { alias, and, column, configure, desc, distinct, entities, entity, eq, gt, integer, join, joinedload, le, limit, options, orderBy, over, planJoin, planLoad, registry, relationship, rowNumber, select, selectinload, subquery, table, tableJoin, text, where, type LoadPlan, type SelectDescriptor } from '@relata/core'
import type { Statement } from '@relata/sql'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { inEvery } from './plan-nodes.js'

const users = table('users', { id: column(integer, { primaryKey: true }), badgeId: column(integer, { name: 'badge_id', references: 'badges.id', nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id' }), title: column(text) })
const badges = table('badges', { id: column(integer, { primaryKey: true }) })
const grants = table('grants', { id: column(integer, { primaryKey: true }), badgeId: column(integer, { name: 'badge_id', references: 'badges.id' }) })

const ranked = subquery('ranked', select({ id: posts.c.id, userId: posts.c.userId, place: over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] }) }))
const titles = subquery('titles', pipe(select({ title: posts.c.title }), where(gt(posts.c.id, 7)), distinct))
const forum = registry(entities({
  User: entity(users, {
    newest: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, ranked.userId), le(ranked.place, 2)) }),
    badge: relationship(alias('Badge', tableJoin(badges, grants, eq(grants.c.badgeId, badges.c.id)), 'granted'), { primaryjoin: eq(users.c.badgeId, badges.c.id) }),
  }),
  Post: entity(posts),
  Badge: entity(badges),
  Title: entity(titles, {}, { primaryKey: ['title'] }),
}))
const { User, Post, Title } = forum.entities
const mapping = pipe(configure(forum), E.getOrElseW((errors) => { throw new Error(errors[0].message) }))
const statementOf = ({ statement }: LoadPlan): Statement => ({ _tag: 'select', select: statement })
const planOf = (query: SelectDescriptor): LoadPlan => pipe(planLoad(mapping, query), E.getOrElseW(({ message }) => { throw new Error(message) })).plan

test('a join to an alias reads the query in its place, its constants as parameters', () => {
  expect(inEvery(statementOf(planOf(pipe(select({ id: User.id }), join(User.newest)))))).toEqual({
    postgres: 'select "users_1"."id" from "users" as "users_1" join (select "posts_1"."id", "posts_1"."user_id" as "userId", row_number() over (partition by "posts_1"."user_id" order by "posts_1"."id" desc) as "place" from "posts" as "posts_1") as "ranked_1" on "users_1"."id" = "ranked_1"."userId" and "ranked_1"."place" <= $1',
    mysql: 'select `users_1`.`id` from `users` as `users_1` join (select `posts_1`.`id`, `posts_1`.`user_id` as `userId`, row_number() over (partition by `posts_1`.`user_id` order by `posts_1`.`id` desc) as `place` from `posts` as `posts_1`) as `ranked_1` on `users_1`.`id` = `ranked_1`.`userId` and `ranked_1`.`place` <= ?',
    mariadb: 'select `users_1`.`id` from `users` as `users_1` join (select `posts_1`.`id`, `posts_1`.`user_id` as `userId`, row_number() over (partition by `posts_1`.`user_id` order by `posts_1`.`id` desc) as `place` from `posts` as `posts_1`) as `ranked_1` on `users_1`.`id` = `ranked_1`.`userId` and `ranked_1`.`place` <= ?',
    sqlite: 'select "users_1"."id" from "users" as "users_1" join (select "posts_1"."id", "posts_1"."user_id" as "userId", row_number() over (partition by "posts_1"."user_id" order by "posts_1"."id" desc) as "place" from "posts" as "posts_1") as "ranked_1" on "users_1"."id" = "ranked_1"."userId" and "ranked_1"."place" <= ?',
  })
})

test('an eager join along a join keeps it on its own side', () => {
  expect(inEvery(statementOf(planOf(pipe(select(User), options(joinedload(User.badge)))))).postgres).toBe(
    'select "users_1"."id" as "users_1_id", "users_1"."badge_id" as "users_1_badge_id", "badges_1"."id" as "badges_1_id" from "users" as "users_1" left join ("badges" as "badges_1" join "grants" as "grants_1" on "grants_1"."badge_id" = "badges_1"."id") on "users_1"."badge_id" = "badges_1"."id"',
  )
})

test('a selectin load of the limited rows joins the parents to the query', () => {
  const [followUp] = (planOf(pipe(select(User), options(selectinload(User.newest)))).result as Extract<LoadPlan['result'], { _tag: 'entity' }>).followUps
  if (followUp?.load === undefined) throw new Error('nothing follows')
  expect(inEvery(statementOf(followUp.load.plan)).postgres).toBe(
    'select "ranked_1"."id" as "ranked_1_id", "ranked_1"."userId" as "ranked_1_userId", "users_2"."id" as "users_2_id" from "users" as "users_2" join (select "posts_1"."id", "posts_1"."user_id" as "userId", row_number() over (partition by "posts_1"."user_id" order by "posts_1"."id" desc) as "place" from "posts" as "posts_1") as "ranked_1" on "users_2"."id" = "ranked_1"."userId" and "ranked_1"."place" <= $1 where "users_2"."id" = any($2)',
  )
})

test('an alias over a subquery of objects', () => {
  const newest = alias(Post, subquery('newest', pipe(select(Post), orderBy(desc(Post.id)), limit(3))))
  expect(inEvery(statementOf(planOf(pipe(select(newest), where(eq(newest.title, 'x')))))).postgres).toBe(
    'select "newest_1"."id" as "newest_1_id", "newest_1"."userId" as "newest_1_userId", "newest_1"."title" as "newest_1_title" from (select "posts_1"."id", "posts_1"."user_id" as "userId", "posts_1"."title" from "posts" as "posts_1" order by "posts_1"."id" desc limit $1) as "newest_1" where "newest_1"."title" = $2',
  )
})

test('an entity over a query', () => {
  expect(inEvery(statementOf(planOf(select(Title)))).postgres).toBe('select "titles_1"."title" as "titles_1_title" from (select distinct "posts_1"."title" from "posts" as "posts_1" where "posts_1"."id" > $1) as "titles_1"')
})

test('a join plan has the query as its target', () => {
  const plan = pipe(planJoin(mapping, 'User.newest', { target: 'n' }), E.getOrElseW(({ message }) => { throw new Error(message) }))
  expect(plan.target).toMatchObject({ _tag: 'select', alias: 'n' })
  expect(plan.on).toMatchObject({ _tag: 'logical', args: [{ right: { source: 'n', name: 'userId' } }, { left: { source: 'n', name: 'place' }, right: { _tag: 'constant', value: 2 } }] })
})
