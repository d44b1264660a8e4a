// The options of a relationship that say how its entity is created, printed and compared.

import { inspect } from 'node:util'
import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { create, eqOf, expungeAll, history, isLoaded, merge, set, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }) })
const parts = entities({
  User: entity(users, {
    posts: relationship('Post', { backPopulates: 'user', defaultFactory: () => [], repr: false, compare: false }),
    drafts: relationship('Post', { viewonly: true, init: false }),
    log: relationship('Post', { lazy: 'write_only', defaultFactory: () => [], overlaps: 'posts, user' }),
  }),
  Post: entity(posts, { user: relationship('User', { backPopulates: 'posts', default: null, kwOnly: true }) }),
})
interface Parts extends Model<typeof parts> {}
const blog = registry<Parts>(parts)
const { User, Post } = blog.entities

describe('init: false', () => {
  test('refuses it in creation, and leaves it unset', () => {
    expect(() => create(User, { drafts: [] })).toThrow('User.drafts takes no part in creation')
    expect(isLoaded(User.drafts)(create(User, {}))).toBe(false)
  })
})

describe('repr: false', () => {
  test('leaves it out of what a console prints, so that pairs end', () => {
    const user = create(User, { id: 1, name: 'ed' })
    create(Post, { user })
    expect(inspect(user)).toContain("name: 'ed'")
    expect(inspect(user)).not.toContain('posts')
  })
})

describe('compare: false', () => {
  test('leaves it out of equality', () => {
    const user = () => create(User, { name: 'ed' })
    const withPost = user()
    create(Post, { user: withPost })
    expect([eqOf(User).equals(user(), withPost), eqOf(User).equals(user(), create(User, { name: 'jo' }))]).toEqual([true, false])
  })
})

describe('default: null', () => {
  test('leaves a key that is given, and what a merged object has', async () => {
    const { db } = await opened(blog)
    db.add(create(User, { id: 1, name: 'ed' }), create(Post, { id: 1, userId: 1 }))
    await db.flush()
    expect(await db.run(sql('select user_id from posts'))).toEqual([[1]])
    await db.run(expungeAll)
    await db.run(merge(create(Post, { id: 1 })))
    await db.flush()
    expect(await db.run(sql('select user_id from posts'))).toEqual([[1]])
  })
})

describe('defaultFactory', () => {
  test('gives every object a list of its own, which counts as given', () => {
    const [a, b] = [create(User, {}), create(User, {})]
    expect([a.posts === b.posts, isLoaded(User.posts)(a), history(User.posts)(a)]).toEqual([false, true, { added: [], unchanged: [], deleted: [] }])
  })

  test('of a write-only one leaves it empty', async () => {
    const { db, sent } = await opened(blog)
    const user = create(User, {})
    db.add(user)
    await db.flush()
    expect([sent(), history(User.log)(user).added]).toEqual([['insert users 1'], []])
  })

  test('is replaced with a history that is right', async () => {
    const { db } = await opened(blog)
    const [first, second] = [create(Post, {}), create(Post, {})]
    const user = create(User, {})
    set(User, { posts: [first] })(user)
    expect(history(User.posts)(user).added).toEqual([first])
    db.add(user)
    await db.flush()
    set(User, { posts: [second] })(user)
    expect(history(User.posts)(user)).toEqual({ added: [second], unchanged: [], deleted: [first] })
  })
})
