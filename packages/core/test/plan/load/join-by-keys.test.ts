// Joins of an entity that say no condition: by the one foreign key between it and what the query has.

import { pipe } from 'fp-ts/lib/function.js'
import { expect, expectTypeOf, test } from 'vitest'
import { alias, column, configure, entities, entity, eq, explainLoad, integer, join, joinFrom, leftJoin, planLoad, registry, relationship, select, subquery, table, text, type Model, type ResultOf, type SelectDescriptor } from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), authorId: column(integer, { references: 'users.id' }), title: column(text) })
const reviews = table('reviews', { id: column(integer, { primaryKey: true }), postId: column(integer, { references: 'posts.id' }), byId: column(integer, { references: 'users.id' }), forId: column(integer, { references: 'users.id' }) })
const parts = table('parts', { a: column(integer, { primaryKey: true }), b: column(integer, { primaryKey: true }) })
const uses = table('uses', { id: column(integer, { primaryKey: true }), a: column(integer), b: column(integer) }, { foreignKeys: [{ columns: ['b', 'a'], table: 'parts', references: ['b', 'a'] }] })
const all = entities({
  User: entity(users), Post: entity(posts, { author: relationship('User') }), Review: entity(reviews), Part: entity(parts), Use: entity(uses),
})
interface Joins extends Model<typeof all> {}
const registered = registry<Joins>(all)
const { User, Post, Review, Part, Use } = registered.entities

const sourceOf = (query: SelectDescriptor): string => {
  const mapping = configure(registered)
  if (mapping._tag === 'Left') throw new Error(JSON.stringify(mapping.left))
  const planned = planLoad(mapping.right, query)
  return planned._tag === 'Left' ? planned.left.message : explainLoad(planned.right.plan).split('\n').find((line) => line.includes('from '))?.replace(/^.*from /, '') ?? ''
}

test.each<readonly [string, SelectDescriptor, string]>([
  ['the key is on what is joined', pipe(select(User), join(Post)), 'users as users_1 join posts as posts_1 on users_1.id = posts_1.authorId'],
  ['the key is on what is there', pipe(select(Post), leftJoin(User)), 'posts as posts_1 left join users as users_1 on users_1.id = posts_1.authorId'],
  ['under an alias', pipe(select(User), join(alias(Post, 'P'))), 'users as users_1 join posts as posts_1 on users_1.id = posts_1.authorId'],
  ['of several columns', pipe(select(Part), join(Use)), 'parts as parts_1 join uses as uses_1 on parts_1.b = uses_1.b AND parts_1.a = uses_1.a'],
  ['to the one of several sources that has it', pipe(select(User), join(Post), join(Review, eq(Review.postId, Post.id))), 'users as users_1 join posts as posts_1 on users_1.id = posts_1.authorId join reviews as reviews_1 on reviews_1.postId = posts_1.id'],
  ['there are several', pipe(select(User), join(Review)), "2 foreign keys lead from 'Review' to User or back: Review by reviews.byId; Review by reviews.forId"],
  ['to the side that is named', pipe(select(Post), join(Review, eq(Review.postId, Post.id)), join(User, eq(User.id, Post.authorId)), joinFrom(Post, alias(User, 'Author'))), 'posts as posts_1 join reviews as reviews_1 on reviews_1.postId = posts_1.id join users as users_1 on users_1.id = posts_1.authorId join users as users_2 on users_2.id = posts_1.authorId'],
  ['to the side that is named, on a condition', pipe(select({ id: User.id, part: Part.a }), joinFrom(User, Post, eq(Post.authorId, User.id))), 'users as users_1 join posts as posts_1 on posts_1.authorId = users_1.id, parts as parts_1'],
  ['beside what the condition reads, and not beside the last source', pipe(select({ id: User.id, part: Part.a }), join(Post, eq(Post.authorId, User.id))), 'users as users_1 join posts as posts_1 on posts_1.authorId = users_1.id, parts as parts_1'],
  ['several sides have a key', pipe(select(Post), join(Review, eq(Review.postId, Post.id)), join(alias(User, 'Author'))), "3 foreign keys lead from 'Author' to Post, Review or back: Post by posts.authorId; Review by reviews.byId; Review by reviews.forId"],
  ['there is none', pipe(select(Part), join(User)), "no foreign key leads from 'User' to Part or back"],
])('%s', (_what, query, source) => {
  expect(sourceOf(query)).toBe(source)
})

test('it is typed as any join: a left one may find nobody', () => {
  const query = pipe(select({ title: Post.title, name: User.name }), leftJoin(User))
  expectTypeOf<ResultOf<typeof query>['name']>().toEqualTypeOf<string | null>()
})

test('the side that is named is one of the query', () => {
  // @ts-expect-error the query does not read Post
  pipe(select(User), joinFrom(Post, Review))
})

test('fields of a subquery have no keys to go by', () => {
  const fields = subquery('s', select({ id: Post.id }))
  // @ts-expect-error a condition is missing
  expect(sourceOf(pipe(select(User), join(fields)))).toBe("'s' is joined without a condition")
  // @ts-expect-error a text
  expect(() => join('posts')).toThrow("join: 'posts' is no source")
})
