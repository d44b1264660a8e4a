// What relationships of each direction write, and what they do not, on a real database.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, expire, expungeAll, isLoaded, isModified, load, remove, set, sql, unset } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), title: column(text, { nullable: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }) })
const tags = table('tags', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const postTags = table('post_tags', {
  postId: column(integer, { name: 'post_id', primaryKey: true, references: 'posts.id' }), tagId: column(integer, { name: 'tag_id', primaryKey: true, references: 'tags.id' }),
  weight: column(integer, { default: 7 }), note: column(text, { serverDefault: "'by hand'" }),
})
const parts = entities({
  User: entity(users, { posts: relationship('Post', { backPopulates: 'user' }), drafts: relationship('Post', { viewonly: true }) }),
  Post: entity(posts, {
    user: relationship('User', { backPopulates: 'posts' }), reader: relationship('User', { viewonly: true }),
    tags: relationship('Tag', { secondary: postTags, backPopulates: 'posts' }),
    tagged: relationship('PostTag', { viewonly: true }),
  }),
  Tag: entity(tags, { posts: relationship('Post', { secondary: postTags, backPopulates: 'tags' }) }),
  PostTag: entity(postTags),
})
interface Parts extends Model<typeof parts> {}
const blog = registry<Parts>(parts)
const { User, Post, Tag, PostTag } = blog.entities

const written = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('select'))

describe('a many-to-one', () => {
  const stored = async () => {
    const scene = await opened(blog)
    scene.db.add(create(Post, { id: 1, user: create(User, { id: 1 }) }), create(User, { id: 2 }))
    await scene.db.commit()
    await scene.db.run(expungeAll)
    const post = (await scene.db.get(Post, 1))!
    scene.texts()
    return { ...scene, post }
  }

  test('that is set to another writes the key and does not load the old one', async () => {
    const { db, texts, post } = await stored()
    const other = (await db.get(User, 2))!
    texts()
    set(Post, { user: other })(post)
    await db.flush()
    expect([texts(), post.userId]).toEqual([['update "posts" set "user_id" = ? where "id" = ?'], 2])
  })

  test.each([['set to null', (post: object) => set(Post, { user: null })(post as never)], ['unset', (post: object) => unset(Post, 'user')(post as never)]] as const)('that is %s writes null and does not load the old one', async (_how, change) => {
    const { db, texts, post } = await stored()
    change(post)
    await db.flush()
    expect([texts(), post.userId]).toEqual([['update "posts" set "user_id" = ? where "id" = ?'], null])
  })

  test('that changed wins over a key given by hand', async () => {
    const { db, post } = await stored()
    set(Post, { userId: 1, user: (await db.get(User, 2))! })(post)
    await db.flush()
    expect(post.userId).toBe(2)
  })

  test('that did not change leaves a key given by hand, and shows what it showed until it is expired', async () => {
    const { db, texts, post } = await stored()
    const loaded = await db.run(load(Post.user)(post))
    texts()
    set(Post, { userId: 2 })(post)
    await db.flush()
    expect([texts(), loaded.user?.id]).toEqual([['update "posts" set "user_id" = ? where "id" = ?'], 1])
    await db.run(expire(Post, 'user')(post))
    expect((await db.run(load(Post.user)(post))).user?.id).toBe(2)
  })

  test('of a new object that was not given leaves the key that was', async () => {
    const { db } = await stored()
    const post = create(Post, { id: 9, userId: 2 })
    expect([post.user, post.tags]).toEqual([null, []])
    db.add(post)
    await db.flush()
    expect(await db.run(sql('select user_id from posts where id = 9'))).toEqual([[2]])
  })

  test('without another side leaves the key of a target that is deleted to the database', async () => {
    const oneWay = entities({ User: entity(users), Post: entity(posts, { user: relationship('User') }) })
    const registered = registry<Model<typeof oneWay>>(oneWay)
    const { db, sent } = await opened(registered)
    const user = create(registered.entities.User, {})
    const post = create(registered.entities.Post, { user })
    db.add(post)
    await db.commit()
    sent()
    await db.destroy(user)
    await expect(db.flush()).rejects.toMatchObject({ code: 'integrity' })
    await db.rollback()
    sent()
    set(registered.entities.Post, { user: null })(post)
    await db.destroy(user)
    await db.flush()
    expect(written(sent())).toEqual(['update posts 1', 'delete users 1'])
  })
})

describe('a many-to-many', () => {
  test('writes one row a pair, whichever side says it, leaving further columns to their defaults', async () => {
    const { db, sent } = await opened(blog)
    const [post, tag, other] = [create(Post, { id: 1 }), create(Tag, { id: 1 }), create(Tag, { id: 2 })]
    append(Post.tags, tag, other)(post)
    db.add(post)
    await db.flush()
    expect(sent()).toEqual(['insert posts 1', 'insert tags 2', 'insert post_tags 2'])
    expect(await db.run(sql('select * from post_tags order by 2'))).toEqual([[1, 1, 7, 'by hand'], [1, 2, 7, 'by hand']])
    sent()
    remove(Tag.posts, post)(other)
    await db.flush()
    expect(sent()).toEqual(['delete post_tags 1'])
    expect(post.tags).toEqual([tag])
  })

  const pairs = async () => {
    const scene = await opened(blog)
    scene.db.add(create(Post, { id: 1, tags: [create(Tag, { id: 1 }), create(Tag, { id: 2 })] }))
    await scene.db.commit()
    await scene.db.run(expungeAll)
    scene.sent()
    return scene
  }

  test('writes nothing for a member that the other side shows already', async () => {
    const { db, sent } = await pairs()
    const [post, tag] = [(await db.get(Post, 1))!, (await db.get(Tag, 1))!]
    await db.run(load(Post.tags)(post))
    sent()
    append(Tag.posts, post)(tag)
    await db.flush()
    expect(sent()).toEqual([])
  })

  test.each([['one side', async (db: Awaited<ReturnType<typeof pairs>>['db']) => db.destroy((await db.get(Post, 1))!), ['select posts 1', 'select post_tags 2', 'delete post_tags 2', 'delete posts 1']],
    ['the other', async (db: Awaited<ReturnType<typeof pairs>>['db']) => db.destroy((await db.get(Tag, 1))!), ['select tags 1', 'select post_tags 1', 'delete post_tags 1', 'delete tags 1']]] as const)('deletes its rows before those of %s, loading them', async (_which, destroying, expected) => {
    const { db, sent } = await pairs()
    await destroying(db)
    await db.flush()
    expect(sent().filter((line) => line !== 'select posts 0')).toEqual(expected)
  })

  test('of which a row is gone that should be deleted is stale data', async () => {
    const { db } = await pairs()
    const post = (await db.get(Post, 1))!
    const { tags: [first] } = await db.run(load(Post.tags)(post))
    await db.run(sql('delete from post_tags where tag_id = 1'))
    remove(Post.tags, first!)(post)
    await expect(db.flush()).rejects.toMatchObject({ code: 'stale-data' })
    await db.rollback()
  })

  test('over a table that is an entity too writes what is written twice, and a viewonly one does not', async () => {
    const { db, sent } = await opened(blog)
    const [post, tag] = [create(Post, { id: 1 }), create(Tag, { id: 1 })]
    db.add(post, tag, create(PostTag, { postId: 1, tagId: 1 }))
    await db.flush()
    expect(sent()).toEqual(['insert posts 1', 'insert tags 1', 'insert post_tags 1'])
    append(Post.tags, tag)(post)
    await expect(db.flush()).rejects.toMatchObject({ code: 'integrity' })
    await db.rollback()
    db.add(post, tag)
    append(Post.tagged, create(PostTag, { postId: 1, tagId: 1 }))(post)
    await db.flush()
    expect((await db.run(sql('select count(*) from post_tags')))[0]).toEqual([1])
  })
})

describe('viewonly', () => {
  test('what changes in it is neither written nor a change of its owner', async () => {
    const { db, sent } = await opened(blog)
    const [user, post] = [create(User, { id: 1 }), create(Post, { id: 1 })]
    db.add(user, post)
    await db.commit()
    sent()
    set(Post, { reader: user })(post)
    set(User, { drafts: [post] })(user)
    expect([isModified(user), isModified(post)]).toEqual([false, false])
    await db.flush()
    expect(sent()).toEqual([])
  })

  test('beside one that writes shows what was written when it is read again', async () => {
    const { db } = await opened(blog)
    const [user, post] = [create(User, { id: 1 }), create(Post, { id: 1 })]
    db.add(user, post)
    await db.flush()
    append(User.posts, post)(user)
    set(User, { drafts: [] })(user)
    await db.flush()
    await db.run(expire(User, 'drafts')(user))
    expect(isLoaded(User.drafts)(user)).toBe(false)
    expect((await db.run(load(User.drafts)((await db.get(User, 1))!))).drafts).toEqual([post])
  })
})
