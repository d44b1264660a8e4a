// A forum whose relationships lead to aliases: the newest posts of a user by a query with a window function, and a post's reviewed
// version by way of a join.

import {
  alias, and, column, desc, entities, entity, eq, integer, le, over, registry, relationship, rowNumber, select, subquery, table, tableJoin, text, type Model,
} from '@relata/core'
import { add, create, expungeAll, flush, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text), badgeId: column(integer, { name: 'badge_id', references: 'badges.id', nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id' }), title: column(text) })
const comments = table('comments', { id: column(integer, { primaryKey: true }), postId: column(integer, { name: 'post_id', references: 'posts.id' }), body: column(text) })
const badges = table('badges', { id: column(integer, { primaryKey: true }), label: column(text) })
const grants = table('grants', { id: column(integer, { primaryKey: true }), badgeId: column(integer, { references: 'badges.id' }), reason: column(text) })

export const ranked = subquery('ranked', select({
  id: posts.c.id, userId: posts.c.userId, title: posts.c.title, place: over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] }),
}))
const granted = tableJoin(badges, grants, eq(grants.c.badgeId, badges.c.id))

export const forumEntities = entities({
  User: entity(users, {
    posts: relationship('Post', { backPopulates: 'user' }),
    newest: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, ranked.userId), le(ranked.place, 2)), orderBy: ranked.place }),
    badge: relationship(alias('Badge', granted, 'granted'), { primaryjoin: eq(users.c.badgeId, badges.c.id) }),
  }),
  Post: entity(posts, { user: relationship('User', { backPopulates: 'posts' }), comments: relationship('Comment', { backPopulates: 'post' }) }),
  Comment: entity(comments, { post: relationship('Post', { backPopulates: 'comments' }) }),
  Badge: entity(badges),
  Grant: entity(grants),
})
interface Forum extends Model<typeof forumEntities> {}
export const forum = registry<Forum>(forumEntities)
export const { User, Post, Comment, Badge, Grant } = forum.entities
export const Ranked = alias(Post, ranked)

/** Two users: one with three posts, the last with a comment, and a badge that was granted; one with one post and a badge that was not. */
export const filled: Db<void> = pipe(
  RTE.of(undefined),
  RTE.chain(() => add(
    create(Badge, { id: 1, label: 'gold' }), create(Badge, { id: 2, label: 'tin' }), create(Grant, { id: 1, badgeId: 1, reason: 'good' }),
    create(User, { id: 1, name: 'ada', badgeId: 1, posts: [1, 2, 3].map((id) => create(Post, { id, title: `a${id}`, comments: id === 3 ? [create(Comment, { id: 1, body: 'yes' })] : [] })) }),
    create(User, { id: 2, name: 'bob', badgeId: 2, posts: [create(Post, { id: 4, title: 'b1' })] }),
  )),
  RTE.chain(() => flush), RTE.chain(() => expungeAll),
)
