// Relationships to an alias of an entity: rows of a query, and of a join, loaded as objects of the entity in every way there is.

import {
  any, asc, containsEager, eq, immediateload, join, joinedload, like, ofType, options, orderBy, select, selectinload, subqueryload, where, withParent, contains, mappingOf,
} from '@relata/core'
import { all, expungeAll, flush, get, load, set, type Db } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { failing, succeeding } from '../in-session.js'
import { Badge, filled, forum, Post, Ranked, User } from './forum.js'

const after = async <A>(program: Db<A>): Promise<{ readonly result: A; readonly statements: readonly string[] }> => {
  const { result, statements } = await succeeding(forum, pipe(filled, RTE.chain(() => program)))
  return { result, statements: statements.filter((each) => each.startsWith('select')) }
}
const byId = orderBy(asc(User.id))
const titles = (users: readonly { readonly newest: readonly { readonly title: string }[] }[]): readonly (readonly string[])[] => users.map(({ newest }) => newest.map(({ title }) => title))
const newestOfEach = [['a3', 'a2'], ['b1']]

test('a load gives the rows that the query ranks first, in order, one statement for all parents', async () => {
  const { result, statements } = await after(pipe(all(pipe(select(User), byId)), RTE.chain(load(User.newest))))
  expect(titles(result)).toEqual(newestOfEach)
  expect(statements).toHaveLength(2)
})

test('a load for one parent gives the same', async () => {
  const { result } = await after(pipe(all(pipe(select(User), byId)), RTE.chain(([ada]) => load(User.newest)(ada!))))
  expect(titles([result])).toEqual([['a3', 'a2']])
})

test.each([
  ['joined', joinedload(User.newest), 1], ['selectin', selectinload(User.newest), 2], ['subquery', subqueryload(User.newest), 2], ['immediate', immediateload(User.newest), 3],
])('%s loading gives the same', async (_name, option, count) => {
  const { result, statements } = await after(all(pipe(select(User), byId, options(option))))
  expect(titles(result)).toEqual(newestOfEach)
  expect(statements).toHaveLength(count)
})

test('its members are objects of the entity, the same as by any other way', async () => {
  const { result } = await after(pipe(all(pipe(select(User), byId, options(selectinload(User.newest), selectinload(User.posts))))))
  expect(result[0]?.newest[0]).toBe(result[0]?.posts.find(({ id }) => id === 3))
})

test('a join reads from the query, and conditions speak of the alias', async () => {
  const { result } = await after(all(pipe(select(User), join(User.newest), where(eq(Ranked.title, 'a2')))))
  expect(result.map(({ name }) => name)).toEqual(['ada'])
  const none = await after(all(pipe(select(User), join(User.newest), where(eq(Ranked.title, 'a1')))))
  expect(none.result).toEqual([])
})

test('containsEager fills it from that join', async () => {
  const { result, statements } = await after(all(pipe(select(User), join(User.newest), where(like(Ranked.title, 'a%')), byId, options(containsEager(User.newest)))))
  expect(titles(result).map((each) => [...each].toSorted())).toEqual([['a2', 'a3']])
  expect(statements).toHaveLength(1)
})

test('any, contains and withParent ask the query too', async () => {
  const one = await after(all(pipe(select(User), where(any(User.newest, eq(Ranked.title, 'a1'))))))
  expect(one.result).toEqual([])
  const two = await after(pipe(get(Post, 3), RTE.chain((post) => all(pipe(select(User), where(contains(User.newest, O.toNullable(post)!)))))))
  expect(two.result.map(({ name }) => name)).toEqual(['ada'])
  const old = await after(pipe(get(Post, 1), RTE.chain((post) => all(pipe(select(User), where(contains(User.newest, O.toNullable(post)!)))))))
  expect(old.result).toEqual([])
  const three = await after(pipe(get(User, 1), RTE.chain((ada) => all(pipe(select(Ranked), where(withParent(User.newest, O.toNullable(ada)!)), orderBy(asc(Ranked.id)))))))
  expect(three.result.map(({ title }) => title)).toEqual(['a2', 'a3'])
})

test('options go on below it from the alias', async () => {
  const { result, statements } = await after(all(pipe(select(User), byId, options(selectinload(User.newest, joinedload(Ranked.comments))))))
  expect(result[0]?.newest[0]?.comments.map(({ body }) => body)).toEqual(['yes'])
  expect(statements).toHaveLength(2)
  const narrowed = await after(all(pipe(select(User), byId, options(selectinload(ofType(User.newest, Ranked), joinedload(Ranked.comments))))))
  expect(narrowed.statements).toHaveLength(2)
})

test('options that go on from the entity are refused, by the compiler too', async () => {
  // @ts-expect-error -- they start from the alias, not from Post
  expect(await failing(forum, all(pipe(select(User), options(selectinload(User.newest, joinedload(Post.comments))))))).toBe('argument')
  // @ts-expect-error -- they start from the alias, not from Post
  expect(await failing(forum, all(pipe(select(User), options(selectinload(ofType(User.newest, Ranked), joinedload(Post.comments))))))).toBe('argument')
})

test('rows of a query are viewed and not written', () => {
  const mapping = mappingOf(forum)
  expect(E.isRight(mapping) && mapping.right.entities['User']?.relationship['newest']).toMatchObject({ viewonly: true, direction: 'one-to-many', uselist: true, useGet: false, target: 'Post' })
})

test('what is read by way of a join is there only where the join has a row', async () => {
  for (const option of [joinedload(User.badge), selectinload(User.badge), subqueryload(User.badge), immediateload(User.badge)]) {
    const { result } = await after(all(pipe(select(User), byId, options(option))))
    expect(result.map(({ badge }) => badge?.label)).toEqual(['gold', undefined])
  }
})

test('where the columns are those of tables, such a reference is written like any', async () => {
  const { result, statements } = await succeeding(forum, pipe(
    filled,
    RTE.chain(() => get(User, 2)), RTE.bindTo('bob'), RTE.bind('gold', () => get(Badge, 1)),
    RTE.map(({ bob, gold }) => set(User, { badge: O.toNullable(gold) })(O.toNullable(bob)!)),
    RTE.chain(() => flush), RTE.chain(() => expungeAll), RTE.chain(() => get(User, 2)),
  ))
  expect(O.toNullable(result)?.badgeId).toBe(1)
  expect(statements.filter((each) => each.startsWith('update'))).toEqual(['update users 1'])
})

test('a reference to an alias is not answered by the identity map, which may have what the alias leaves out', async () => {
  const { result, statements } = await after(pipe(all(select(Badge)), RTE.chain(() => all(pipe(select(User), byId))), RTE.chain(load(User.badge))))
  expect(result.map(({ badge }) => badge?.label)).toEqual(['gold', undefined])
  expect(statements).toHaveLength(3)
})
