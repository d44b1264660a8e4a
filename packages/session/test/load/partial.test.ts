// Collections loaded with a condition: marked as partial, and left as they are until all of them is read.

import { asc, column, containsEager, entities, entity, eq, gt, immediateload, integer, join, joinedload, lazyload, only, options, orderBy, populateExisting, registry, relationship, select, selectinload, subqueryload, table, where } from '@relata/core'
import type { LoadOption, Model } from '@relata/core'
import { add, all, append, create, expire, expungeAll, flush, isPartial, load, refresh, remove, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const users = table('users', { id: column(integer, { primaryKey: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }) })
const blogEntities = entities({ User: entity(users, { posts: relationship('Post', { backPopulates: 'user', orderBy: 'posts.id' }) }), Post: entity(posts, { user: relationship('User', { backPopulates: 'posts' }) }) })
interface Blog extends Model<typeof blogEntities> {}
const blog = registry<Blog>(blogEntities)
const { User, Post } = blog.entities

const filled = () => pipe(add(create(User, { id: 1, posts: [1, 2, 3].map((id) => create(Post, { id })) }), create(User, { id: 2 })), RTE.chain(() => flush), RTE.chain(() => expungeAll))
const everyone = pipe(select(User), orderBy(asc(User.id)))
const first = only(eq(Post.id, 1))
type Listed = readonly { readonly id: number; readonly posts: readonly { readonly id: number }[] }[]
const shown = (found: Listed) => found.map((user) => [user.posts.map(({ id }) => id), isPartial(User.posts)(user)])
const seen = async (program: () => Db<Listed>): Promise<unknown> => (await succeeding(blog, pipe(filled(), RTE.chain(program), RTE.map(shown)))).result
const whole = [[[1, 2, 3], false], [[], false]]
const partly = [[[1], true], [[], true]]

describe('a list loaded with a condition is partial', () => {
  test.each<readonly [string, LoadOption<Blog, 'User', { readonly posts: {} }>]>([
    ['selectin', selectinload(User.posts, first)], ['joined', joinedload(User.posts, first)], ['subquery', subqueryload(User.posts, first)], ['immediate', immediateload(User.posts, first)],
  ])('by %s', async (_name, option) => {
    expect(await seen(() => all(pipe(everyone, options(option))))).toEqual(partly)
  })

  test('from the rows of a join of the query', async () => {
    expect(await seen(() => all(pipe(everyone, join(User.posts), where(eq(Post.id, 1)), options(containsEager(User.posts)))))).toEqual(partly.slice(0, 1))
  })

  test('by a later load, of one or of many', async () => {
    expect(await seen(() => pipe(all(everyone), RTE.chain(load(User.posts, first))))).toEqual(partly)
    expect(await seen(() => pipe(all(pipe(everyone, where(eq(User.id, 1)))), RTE.chain(load(User.posts, first))))).toEqual(partly.slice(0, 1))
    expect(await seen(() => pipe(all(pipe(everyone, options(lazyload(User.posts, first)))), RTE.chain(load(User.posts))))).toEqual(partly)
  })
})

test('a list loaded without one is whole', async () => {
  expect(await seen(() => all(pipe(everyone, options(selectinload(User.posts)))))).toEqual(whole)
  expect(await seen(() => pipe(all(everyone), RTE.chain(load(User.posts)), RTE.chain(load(User.posts, first))))).toEqual(whole)
})

describe('a partial list', () => {
  const partial = () => all(pipe(everyone, options(selectinload(User.posts, first))))

  test('stays as it is where it is loaded again, whatever the condition', async () => {
    expect(await seen(() => pipe(partial(), RTE.chain(load(User.posts))))).toEqual(partly)
    expect(await seen(() => pipe(partial(), RTE.chain(load(User.posts, only(gt(Post.id, 1))))))).toEqual(partly)
    expect(await seen(() => pipe(partial(), RTE.chain(() => all(pipe(everyone, options(selectinload(User.posts)))))))).toEqual(partly)
  })

  test('becomes whole by a refresh, by populateExisting, and after an expiry', async () => {
    expect(await seen(() => pipe(partial(), RTE.chain(([user]) => refresh(User, 'posts')(user!)), RTE.map((user) => [user])))).toEqual(whole.slice(0, 1))
    expect(await seen(() => pipe(partial(), RTE.chain(() => all(pipe(everyone, populateExisting, options(selectinload(User.posts)))))))).toEqual(whole)
    expect(await seen(() => pipe(partial(), RTE.chainFirst(([user]) => expire(User, 'posts')(user!)), RTE.chain(load(User.posts))))).toEqual([[[1, 2, 3], false], [[], true]])
  })

  test('stays partial where members come and go', async () => {
    expect(await seen(() => pipe(partial(), RTE.map((found) => { append(User.posts, create(Post, { id: 9 }))(found[0]!); remove(User.posts, found[0]!.posts[0]!)(found[0]!); return found })))).toEqual([[[9], true], [[], true]])
  })
})
