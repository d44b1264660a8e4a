// Entities read from something else than their tables, as the compiler sees them.

import { pipe } from 'fp-ts/lib/function.js'
import {
  alias, and, any, column, containsEager, count, defaultload, desc, distinct, entities, entity, eq, foreign, groupBy, integer, join, joinedload, lazyload, le, like, limit, loadOnly, ofType, options, orderBy, over, raiseload, registry, relationship,
  rowNumber, select, selectinload, subquery, table, tableJoin, text, where,
} from '@relata/core'
import type { Instance, Model, ResultOf } from '@relata/core'
import { expectTypeOf, test } from 'vitest'

const users = table('users', { id: column(integer, { primaryKey: true }), favouriteId: column(integer, { references: 'posts.id' }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), title: column(text), replyToId: column(integer, { references: 'posts.id', nullable: true }) })
const votes = table('votes', { id: column(integer, { primaryKey: true }), postId: column(integer, { references: 'posts.id' }), note: column(text, { nullable: true }) })

const ranked = subquery('ranked', select({ id: posts.c.id, userId: posts.c.userId, place: over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] }) }))
const answers = subquery('answers', select({ id: posts.c.id, replyToId: posts.c.replyToId }))
const tallies = subquery('tallies', pipe(select({ postId: votes.c.postId, note: votes.c.note, n: count(votes.c.id) }), groupBy(votes.c.postId, votes.c.note)))

const forumEntities = entities({
  User: entity(users, {
    newest: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, foreign(ranked.userId)), le(ranked.place, 3)) }),
    last: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, foreign(ranked.userId)), eq(ranked.place, 1)), uselist: false }),
    favourite: relationship(alias('Post', tableJoin(posts, votes, eq(votes.c.postId, posts.c.id)), 'voted'), { primaryjoin: eq(foreign(users.c.favouriteId), posts.c.id) }),
  }),
  Post: entity(posts, { answers: relationship(alias('Post', answers), { primaryjoin: eq(posts.c.id, foreign(answers.replyToId)) }) }),
  Vote: entity(votes),
  Tally: entity(tallies, { post: relationship('Post', { primaryjoin: eq(foreign(tallies.postId), posts.c.id), viewonly: true }) }, { primaryKey: ['postId'] }),
})
interface Forum extends Model<typeof forumEntities> {}
const { User, Post, Tally } = registry<Forum>(forumEntities).entities
const Ranked = alias(Post, ranked)

test('members are instances of the entity; cardinality and nullability follow the condition', () => {
  const query = pipe(select(User), options(selectinload(User.newest), joinedload(User.last), joinedload(User.favourite)))
  type Found = ResultOf<typeof query>
  expectTypeOf<Found['newest']>().toEqualTypeOf<ReadonlyArray<Instance<Forum, 'Post', {}, 'User' | 'Post'>>>()
  expectTypeOf<Found['last']>().toEqualTypeOf<Instance<Forum, 'Post', {}, 'User' | 'Post'> | null>()
  expectTypeOf<Found['favourite']>().toEqualTypeOf<Instance<Forum, 'Post', {}, 'User' | 'Post'> | null>()
  const answered = pipe(select(Post), options(selectinload(Post.answers)))
  expectTypeOf<ResultOf<typeof answered>['answers']>().toEqualTypeOf<ReadonlyArray<Instance<Forum, 'Post'>>>()
})

test('what is joined goes by the alias', () => {
  pipe(select(User), join(User.newest), where(like(Ranked.title, 'x%')))
  pipe(select(User), where(any(User.newest, eq(Ranked.title, 'x'))))
  // @ts-expect-error -- the query reads from the alias, not from Post
  pipe(select(User), join(User.newest), where(like(Post.title, 'x%')))
})

test('options go on from the alias that a relationship leads to, and from nothing else', () => {
  pipe(select(User), options(selectinload(User.newest, joinedload(Ranked.answers))))
  pipe(select(User), options(selectinload(ofType(User.newest, Ranked), joinedload(Ranked.answers, raiseload(alias(Post, answers).answers)))))
  // @ts-expect-error -- they start from the alias, not from Post
  pipe(select(User), options(selectinload(User.newest, joinedload(Post.answers))))
  // @ts-expect-error -- they start from the alias, not from Post
  pipe(select(User), options(defaultload(User.newest, raiseload(Post.answers))))
  // @ts-expect-error -- they start from the alias, not from Post
  pipe(select(User), options(containsEager(User.newest, containsEager(Post.answers))))
  // @ts-expect-error -- they start from the alias, not from Post
  pipe(select(User), options(joinedload(User.newest, lazyload(Post.answers))))
  // An alias of a query is not one that a relationship leads to: either name will do at the start.
  pipe(select(Ranked), options(selectinload(Ranked.answers)))
  // Columns are named by the entity.
  pipe(select(User), options(selectinload(User.newest, loadOnly(Post.title))))
})

test('a condition may read parent, target, and what the alias is read from, and nothing else', () => {
  const other = table('others', { id: column(integer, { primaryKey: true }) })
  entities({
    // @ts-expect-error -- primaryjoin reads 'others', which is neither side
    User: entity(users, { x: relationship(alias('Post', ranked), { primaryjoin: eq(other.c.id, ranked.userId) }) }),
    Post: entity(posts), Vote: entity(votes),
  })
})

test('where tables refer to each other and the condition marks nothing, uselist must be said', () => {
  entities({
    // @ts-expect-error -- say uselist
    User: entity(users, { x: relationship(alias('Post', ranked), { primaryjoin: eq(users.c.id, ranked.userId) }) }),
    Post: entity(posts),
  })
  entities({
    User: entity(users),
    // @ts-expect-error -- say uselist
    Post: entity(posts, { x: relationship(alias('Post', answers), { primaryjoin: eq(posts.c.id, answers.replyToId) }) }),
  })
})

test('an entity over a query has the fields as columns', () => {
  expectTypeOf<ResultOf<ReturnType<typeof select<Forum, 'Tally', 'Tally'>>>['n']>().toEqualTypeOf<number>()
  expectTypeOf<Forum['Tally']['row']>().toEqualTypeOf<{ readonly postId: number; readonly note: string | null; readonly n: number }>()
  pipe(select(Tally), where(eq(Tally.n, 3)))
  // @ts-expect-error -- no such field
  entity(tallies, {}, { primaryKey: ['nope'] })
})

test('an alias over a subquery has the attributes of the entity under the subquery\'s name', () => {
  const newest = alias(Post, subquery('newest', pipe(select(Post), orderBy(desc(Post.id)), limit(2), distinct)))
  const query = pipe(select(newest), where(eq(newest.title, 'x')))
  expectTypeOf<ResultOf<typeof query>['title']>().toEqualTypeOf<string>()
  // @ts-expect-error -- the query reads from the alias, not from Post
  pipe(select(newest), where(eq(Post.title, 'x')))
})
