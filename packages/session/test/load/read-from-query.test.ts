// Entities read from a query: an alias of one in queries, and one that is mapped over a query.

import {
  alias, asc, column, containsEager, count, desc, distinct, entities, entity, eq, foreign, gt, groupBy, integer, join, like, limit, ofType, options, orderBy, registry, relationship, select, selectinload,
  subquery, table, text, where, cte, type Model,
} from '@relata/core'
import { add, all, append, commit, create, expungeAll, flush, get, load, type Db } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { failing, succeeding } from '../in-session.js'
import { Comment, filled, forum, Post, User } from './forum.js'

const after = async <A>(program: Db<A>): Promise<A> => (await succeeding(forum, pipe(filled, RTE.chain(() => program)))).result

const newest = alias(Post, subquery('newest', pipe(select(Post), orderBy(desc(Post.id)), limit(2))))

test('objects are loaded from the rows of a subquery', async () => {
  expect((await after(all(pipe(select(newest), orderBy(asc(newest.title)))))).map(({ title }) => title)).toEqual(['a3', 'b1'])
  expect((await after(all(pipe(select(newest), where(like(newest.title, 'a%')))))).map(({ id }) => id)).toEqual([3])
})

test('they are the objects of the entity', async () => {
  const [post, same] = await after(pipe(get(Post, 4), RTE.chain((post) => pipe(all(pipe(select(newest), where(eq(newest.id, 4)))), RTE.map(([found]) => [O.toNullable(post), found] as const)))))
  expect(same).toBe(post)
})

test('what the subquery leaves out is not loaded', async () => {
  const named = alias(Post, subquery('named', select({ id: Post.id, userId: Post.userId })))
  const [post] = await after(all(pipe(select(named), orderBy(asc(named.id)))))
  expect(Object.keys(post ?? {})).toEqual(['id', 'userId'])
})

test('without the key it is refused', async () => {
  const nameless = alias(Post, subquery('nameless', select({ title: Post.title })))
  expect(await failing(forum, all(select(nameless)))).toBe('argument')
})

test('a relationship joins to it, and containsEager reads from it', async () => {
  const users = await after(all(pipe(select(User), join(User.posts, newest), orderBy(asc(User.id)), options(containsEager(ofType(User.posts, newest))))))
  expect(users.map(({ name, posts }) => [name, posts.map(({ title }) => title)])).toEqual([['ada', ['a3']], ['bob', ['b1']]])
})

test('its relationships join from it and load as of any alias', async () => {
  const posts = await after(all(pipe(select(newest), join(newest.comments), where(like(Comment.body, 'y%')), options(selectinload(newest.comments)))))
  expect(posts.map(({ id, comments }) => [id, comments.length])).toEqual([[3, 1]])
})

test('its attributes stand among others in a query of rows', async () => {
  const rows = await after(all(pipe(select({ name: User.name, title: newest.title }), join(newest, eq(newest.userId, User.id)), orderBy(asc(User.name)))))
  expect(rows).toEqual([{ name: 'ada', title: 'a3' }, { name: 'bob', title: 'b1' }])
})

test('a common table does as well', async () => {
  const early = alias(Post, cte('early', pipe(select({ id: Post.id, userId: Post.userId, title: Post.title }), where(eq(Post.userId, 1)))))
  expect((await after(all(pipe(select(early), orderBy(asc(early.id)))))).map(({ title }) => title)).toEqual(['a1', 'a2', 'a3'])
})

// ---------- an entity over a query

const items = table('items', { id: column(integer, { primaryKey: true }), policy: column(text), kind: column(text) })
const policies = subquery('policies', pipe(select({ policy: items.c.policy, kind: items.c.kind }), distinct))
const tallies = subquery('tallies', pipe(select({ policy: items.c.policy, lines: count(items.c.id) }), groupBy(items.c.policy)))
const insuranceEntities = entities({
  Item: entity(items),
  Policy: entity(policies, {
    items: relationship('Item', { primaryjoin: eq(policies.policy, foreign(items.c.policy)), cascade: 'all, delete-orphan', orderBy: items.c.id }),
    tally: relationship('Tally', { primaryjoin: eq(policies.policy, foreign(tallies.policy)), uselist: false, viewonly: true }),
  }, { primaryKey: ['policy'] }),
  Tally: entity(tallies, {}, { primaryKey: ['policy'] }),
})
interface Insurance extends Model<typeof insuranceEntities> {}
const insurance = registry<Insurance>(insuranceEntities)
const { Item, Policy, Tally } = insurance.entities

const insured: Db<void> = pipe(
  RTE.of(undefined),
  RTE.chain(() => add(...[1, 2, 3].map((id) => create(Item, { id, policy: id === 3 ? 'B' : 'A', kind: 'car' })))),
  RTE.chain(() => commit), RTE.chain(() => expungeAll),
)
const inInsurance = async <A>(program: Db<A>) => succeeding(insurance, pipe(insured, RTE.chain(() => program)))

test('an entity over a query loads, and its relationships with it', async () => {
  const { result } = await inInsurance(all(pipe(select(Policy), orderBy(asc(Policy.policy)), options(selectinload(Policy.items), selectinload(Policy.tally)))))
  expect(result.map(({ policy, items, tally }) => [policy, items.map(({ id }) => id), tally?.lines])).toEqual([['A', [1, 2], 2], ['B', [3], 1]])
})

test('it is found by its key, queried by its columns, and joined', async () => {
  expect(O.isSome((await inInsurance(get(Policy, 'A'))).result)).toBe(true)
  expect((await inInsurance(all(pipe(select(Tally), where(gt(Tally.lines, 1)))))).result.map(({ policy }) => policy)).toEqual(['A'])
  expect((await inInsurance(all(pipe(select(Policy), join(Policy.items, eq(Item.id, 3)))))).result.map(({ policy }) => policy)).toEqual(['B'])
})

test('a new one writes no row, and the rows of its members get its values', async () => {
  const { result, statements } = await inInsurance(pipe(
    RTE.of(undefined),
    RTE.chain(() => add(create(Policy, { policy: 'C', kind: 'house', items: [create(Item, { id: 9, policy: '', kind: 'house' })] }))),
    RTE.chain(() => flush), RTE.chain(() => expungeAll),
    RTE.chain(() => all(pipe(select(Policy), orderBy(asc(Policy.policy))))),
  ))
  expect(result.map(({ policy }) => policy)).toEqual(['A', 'B', 'C'])
  expect(statements.filter((each) => each.startsWith('insert')).slice(-1)).toEqual(['insert items 1'])
})

test('a member moves by the values of its new parent', async () => {
  const { result } = await inInsurance(pipe(
    get(Policy, 'A'), RTE.chain((a) => load(Policy.items)(O.toNullable(a)!)),
    RTE.map((a) => append(Policy.items, create(Item, { id: 7, policy: '', kind: 'car' }))(a)),
    RTE.chain(() => flush), RTE.chain(() => expungeAll), RTE.chain(() => get(Item, 7)),
  ))
  expect(O.toNullable(result)?.policy).toBe('A')
})
