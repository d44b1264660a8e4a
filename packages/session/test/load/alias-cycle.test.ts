// SRF-18: a circle of eager relationships, one of which leads to an alias, ends by itself.

import { alias, and, column, desc, dynamicRegistry, entity, eq, integer, le, over, relationship, rowNumber, select, subquery, table, text } from '@relata/core'
import { add, all, create, expungeAll, flush } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id' }) })
const ranked = subquery('ranked', select({ id: posts.c.id, userId: posts.c.userId, place: over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] }) }))

test.each([['joined', 1], ['selectin', 2], ['subquery', 2], ['immediate', 3]] as const)('by %s', async (lazy, most) => {
  const forum = dynamicRegistry({
    User: entity(users, { newest: relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, ranked.userId), le(ranked.place, 2)), orderBy: ranked.place, lazy }) }),
    Post: entity(posts, { user: relationship('User', { lazy }) }),
  })
  const { User, Post } = forum.entities
  if (User === undefined || Post === undefined) throw new Error('they are there')
  const { result, statements } = await succeeding(forum, pipe(
    add(...[1, 2].map((key) => create(User, { id: key, name: `u${key}` })), ...[1, 2, 3, 4].map((key) => create(Post, { id: key, userId: key === 4 ? 2 : 1 }))),
    RTE.chain(() => flush), RTE.chain(() => expungeAll), RTE.chain(() => all(select(User))),
  ))
  expect(result).toMatchObject([{ name: 'u1', newest: [{ id: 3 }, { id: 2 }] }, { name: 'u2', newest: [{ id: 4 }] }])
  expect(statements.filter((statement) => statement.startsWith('select')).length).toBeLessThanOrEqual(most)
})
