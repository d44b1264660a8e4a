// What history says of references and collections, from what is in memory.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, expire, expungeAll, history, isLoaded, isModified, load, loadOld, remove, set, unset } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }), editorId: column(integer, { name: 'editor_id', references: 'users.id', nullable: true }) })
const parts = entities({
  User: entity(users, { posts: relationship('Post', { backPopulates: 'user', foreignKeys: ['posts.userId'] }) }),
  Post: entity(posts, { user: relationship('User', { backPopulates: 'posts', foreignKeys: ['posts.userId'] }), editor: relationship('User', { foreignKeys: ['posts.editorId'], activeHistory: true }) }),
})
interface Parts extends Model<typeof parts> {}
const blog = registry<Parts>(parts)
const { User, Post } = blog.entities

const stored = async () => {
  const scene = await opened(blog)
  const [ed, jo] = [create(User, { id: 1, name: 'ed' }), create(User, { id: 2, name: 'jo' })]
  const [a, b] = [create(Post, { id: 1, user: ed, editor: ed }), create(Post, { id: 2 })]
  scene.db.add(ed, jo, a, b)
  await scene.db.commit()
  scene.sent()
  return { ...scene, ed, jo, a, b }
}
const of = (added: readonly unknown[], unchanged: readonly unknown[], deleted: readonly unknown[]) => ({ added, unchanged, deleted })

describe('of a reference', () => {
  test('untouched is what it holds; replaced, both; set back, none; null, null', async () => {
    const { ed, jo, a } = await stored()
    expect(history(Post.user)(a)).toEqual(of([], [ed], []))
    set(Post, { user: jo })(a)
    expect([history(Post.user)(a), isModified(a)]).toEqual([of([jo], [], [ed]), true])
    set(Post, { user: ed })(a)
    expect([history(Post.user)(a), isModified(a)]).toEqual([of([], [ed], []), false])
    set(Post, { user: null })(a)
    expect(history(Post.user)(a)).toEqual(of([null], [], [ed]))
  })

  test('unset has the old one only', async () => {
    const { ed, a } = await stored()
    unset(Post, 'user')(a)
    expect(history(Post.user)(a)).toEqual(of([], [], [ed]))
  })

  test('that is not loaded has the new one only, and nothing is loaded', async () => {
    const { db, sent } = await stored()
    await db.run(expungeAll)
    const post = (await db.get(Post, 1))!
    const jo = (await db.get(User, 2))!
    sent()
    set(Post, { user: jo })(post)
    expect([history(Post.user)(post), sent()]).toEqual([of([jo], [], []), []])
  })

  test('with activeHistory has the old one too, loaded before it is replaced', async () => {
    const { db, sent } = await stored()
    await db.run(expungeAll)
    const post = (await db.get(Post, 1))!
    const jo = (await db.get(User, 2))!
    sent()
    set(Post, { editor: jo })(await db.run(loadOld(Post.editor)(post)))
    const [before] = history(Post.editor)(post).deleted
    expect([sent(), history(Post.editor)(post).added, (before as { readonly name: string }).name]).toEqual([['select users 1'], [jo], 'ed'])
  })

  test('set to what it holds is none', async () => {
    const { ed, a } = await stored()
    set(Post, { user: ed })(a)
    expect(isModified(a)).toBe(false)
  })
})

describe('of a collection', () => {
  test('is the difference to what was loaded, by identity, whatever led there', async () => {
    const { db, ed, a, b } = await stored()
    await db.run(load(User.posts)((await db.get(User, 1))!))
    append(User.posts, b)(ed)
    remove(User.posts, a)(ed)
    expect(history(User.posts)(ed)).toEqual(of([b], [], [a]))
    set(User, { posts: [a, b] })(ed)
    expect(history(User.posts)(ed)).toEqual(of([b], [a], []))
    remove(User.posts, b)(ed)
    expect([history(User.posts)(ed), isModified(ed)]).toEqual([of([], [a], []), false])
  })

  test('that is not loaded is empty, and reading it loads nothing', async () => {
    const { db, sent, ed } = await stored()
    await db.run(expire(User, 'posts')(ed))
    expect([history(User.posts)(ed), isLoaded(User.posts)(ed), sent()]).toEqual([of([], [], []), false, []])
  })

  test('has what was queued from the other side once it is loaded, without doubles', async () => {
    const { db, ed, a, b } = await stored()
    await db.run(expire(User, 'posts')(ed))
    set(Post, { user: ed })(b)
    expect(history(User.posts)(ed)).toEqual(of([], [], []))
    const [first] = [(await db.get(User, 1))!]
    const { posts: found } = await db.run(load(User.posts)(first))
    expect([found.length, new Set(found)]).toEqual([2, new Set([a, b])])
  })

  test('that a flush only had queued changes of is not loaded by it, and the queue is gone', async () => {
    const { db, sent, ed, b } = await stored()
    await db.run(expire(User, 'posts')(ed))
    sent()
    set(Post, { user: ed })(b)
    await db.flush()
    expect([sent(), isLoaded(User.posts)(ed)]).toEqual([['update posts 1'], false])
    await db.flush()
    expect(sent()).toEqual([])
  })

  test('is left out of a net change where that is asked', async () => {
    const { db, ed, b } = await stored()
    await db.run(load(User.posts)((await db.get(User, 1))!))
    append(User.posts, b)(ed)
    expect([isModified(ed), isModified(ed, { includeCollections: false })]).toEqual([true, false])
  })

  test('that was just loaded is unchanged only', async () => {
    const { db, a } = await stored()
    await db.run(expungeAll)
    const ed = await db.run(load(User.posts)((await db.get(User, 1))!))
    expect([history(User.posts)(ed).added, history(User.posts)(ed).unchanged.length, isModified(ed), a.id]).toEqual([[], 1, false, 1])
  })
})

test('reading what was not given changes nothing', () => {
  const post = create(Post, {})
  expect([post.user, post.userId, isLoaded(Post.user)(post), isModified(post), history(Post.user)(post)]).toEqual([null, null, false, false, of([], [], [])])
})

test('a parent that no longer holds it does not take a child\'s key back', async () => {
  const { db, texts, ed, jo, a } = await stored()
  await db.run(load(User.posts)((await db.get(User, 1))!))
  set(Post, { user: jo })(a)
  await db.flush()
  texts()
  expect(() => remove(User.posts, a)(ed)).toThrow('no member')
  await db.flush()
  expect([texts(), a.userId]).toEqual([[], 2])
})
