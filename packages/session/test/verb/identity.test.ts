// Objects and their session: one object a row, its states, what is expired and read again, and what leaves.

import { column, entities, entity, integer, registry, relationship, select, table, text, type Model } from '@relata/core'
import { append, close, create, expire, expireAll, expunge, expungeAll, flush, history, isLoaded, load, loadColumn, refresh, set, sql, stateOf } from '@relata/session'
import { query } from '@relata/session/plain'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text), bio: column(text, { nullable: true }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }), title: column(text, { nullable: true }) })
const seats = table('seats', { row: column(integer, { primaryKey: true }), number: column(integer, { primaryKey: true }), label: column(text, { nullable: true }) })
const parts = entities({
  User: entity(users, { posts: relationship('Post', { backPopulates: 'user' }), eager: relationship('Post', { viewonly: true, lazy: 'selectin' }) }, { deferred: ['bio'] }),
  Post: entity(posts, { user: relationship('User', { backPopulates: 'posts' }) }),
  Seat: entity(seats),
})
interface Parts extends Model<typeof parts> {}
const blog = registry<Parts>(parts)
const { User, Post, Seat } = blog.entities

const stored = async (options = {}) => {
  const scene = await opened(blog, options)
  const post = create(Post, { id: 1, title: 'first' })
  const ed = create(User, { id: 1, name: 'ed', bio: 'long', posts: [post] })
  scene.db.add(ed)
  await scene.db.commit()
  scene.sent()
  return { ...scene, ed, post }
}

test('an object is transient, pending, persistent, deleted and detached, and says so', async () => {
  const { db } = await opened(blog, { expireOnCommit: true })
  const ed = create(User, { name: 'ed' })
  const states = [stateOf(ed)]
  db.add(ed)
  states.push(stateOf(ed))
  await db.flush()
  states.push(stateOf(ed))
  await db.destroy(ed)
  await db.flush()
  states.push(stateOf(ed))
  await db.commit()
  states.push(stateOf(ed))
  expect(states).toEqual(['transient', 'pending', 'persistent', 'deleted', 'detached'])
})

describe('get', () => {
  test('answers from memory without a statement, and none where there is no row', async () => {
    const { db, sent, ed } = await stored()
    expect([(await db.get(User, 1)) === ed as unknown, sent(), await db.get(User, 9), sent()]).toEqual([true, [], undefined, ['select users 0']])
  })

  test('looks whether the row of an expired object is there', async () => {
    const { db, sent, ed } = await stored()
    await db.run(expireAll)
    expect([(await db.get(User, 1)) === ed as unknown, sent()]).toEqual([true, ['select users 1', 'select posts 1']])
    await db.run(expireAll)
    await db.run(sql('delete from posts'))
    await db.run(sql('delete from users'))
    expect([await db.get(User, 1), stateOf(ed)]).toEqual([undefined, 'deleted'])
  })

  test('takes a key of several columns by name or in order, and refuses any other', async () => {
    const { db } = await opened(blog)
    const seat = create(Seat, { row: 1, number: 2 })
    db.add(seat)
    await db.flush()
    expect([(await db.get(Seat, { number: 2, row: 1 })) === seat as unknown, (await db.get(Seat, [1, 2] as never)) === seat as unknown]).toEqual([true, true])
    await expect(db.get(Seat, [1] as never)).rejects.toMatchObject({ code: 'argument' })
    await expect(db.get(Seat, { row: 1, nr: 2 } as never)).rejects.toMatchObject({ code: 'argument' })
  })
})

describe('a row that is read again', () => {
  test('gives the object that is there, and overwrites neither what it has nor what was changed', async () => {
    const { db, ed } = await stored()
    await db.run(sql("update users set name = 'outside'"))
    set(User, { bio: 'mine' })(ed)
    const [found] = await db.all(query(select(User)))
    expect([found === ed as unknown, ed.name, ed.bio]).toEqual([true, 'ed', 'mine'])
  })

  test('fills what was expired', async () => {
    const { db, ed } = await stored()
    await db.run(sql("update users set name = 'outside'"))
    await db.run(expire(User, 'name')(ed))
    await db.all(query(select(User)))
    expect(ed.name).toBe('outside')
  })
})

describe('expiring', () => {
  test('names drops their values and changes, and one statement reads them', async () => {
    const { db, texts, ed } = await stored()
    set(User, { name: 'mine', bio: 'mine' })(ed)
    await db.run(expire(User, 'name')(ed))
    expect([ed.name, isLoaded(User.name)(ed), ed.bio, history(User.name)(ed)]).toEqual(['ed', false, 'mine', { added: [], unchanged: [], deleted: [] }])
    texts()
    await db.run(flush)
    await db.run(loadColumn(User.name)(ed))
    expect(texts()).toEqual(['update "users" set "bio" = ? where "id" = ?', 'select "users_1"."id" as "users_1_id", "users_1"."name" as "users_1_name" from "users" as "users_1" where "users_1"."id" = ?'])
  })

  test('a relationship drops what was queued for it', async () => {
    const { db, ed, post } = await stored()
    await db.run(expire(User, 'posts')(ed))
    append(User.posts, create(Post, { id: 9 }))(ed)
    await db.run(expire(User, 'posts')(ed))
    expect(history(User.posts)(ed).added).toEqual([])
    await db.run(expungeAll)
    expect((await db.run(load(User.posts)((await db.get(User, 1))!))).posts.map(({ id }) => id)).toEqual([post.id])
  })

  test('leaves setting to be done without a load, and what was set stays when the rest is read', async () => {
    const { db, sent, ed } = await stored()
    await db.run(expire(User)(ed))
    set(User, { name: 'set' })(ed)
    expect(sent()).toEqual([])
    await db.run(loadColumn(User.bio)(ed))
    expect([ed.name, ed.bio]).toEqual(['set', 'long'])
  })

  test('an object whose row is gone shows when it is read, and when it is refreshed', async () => {
    const { db, ed } = await stored()
    await db.run(sql('delete from posts'))
    await db.run(sql('delete from users'))
    await db.run(expire(User)(ed))
    await expect(db.run(loadColumn(User.name)(ed))).rejects.toMatchObject({ code: 'object-deleted' })
    await expect(db.run(refresh(User)(ed))).rejects.toMatchObject({ code: 'invalid-request', message: expect.stringContaining('its row is gone') as string })
  })
})

describe('refreshing', () => {
  test('reads what the mapping loads along; a lazy relationship that is named is loaded at once', async () => {
    const { db, sent, ed } = await stored()
    await db.run(expungeAll)
    const found = (await db.get(User, 1))!
    sent()
    await db.run(sql("update posts set title = 'x'"))
    sent()
    await db.run(refresh(User, 'posts')(found))
    expect(sent()).toEqual(['select posts 1'])
    await db.run(refresh(User)(found))
    expect([sent().at(0), ed.id]).toEqual(['select users 1', 1])
  })
})

describe('autoflush', () => {
  test('comes before a lazy load, a deferred column and a refresh, and is not asked for within noAutoflush', async () => {
    const { db, sent, ed } = await stored()
    await db.run(expungeAll)
    const found = (await db.get(User, 1))!
    const change = () => { db.add(create(Post, {})); sent() }
    change()
    await db.run(load(User.posts)(found))
    expect(sent()).toEqual(['insert posts 1', 'select posts 1'])
    change()
    await db.run(loadColumn(User.bio)(found))
    expect(sent()).toEqual(['insert posts 1', 'select users 1'])
    change()
    await db.run(refresh(User, 'name')(found))
    expect([sent(), ed.id]).toEqual([['insert posts 1', 'select users 1'], 1])
  })

  test('that a session does without is not done', async () => {
    const { db, sent } = await stored({ autoflush: false })
    db.add(create(Post, {}))
    await db.all(query(select(Post)))
    expect(sent()).toEqual(['select posts 1'])
  })
})

describe('leaving', () => {
  test('an expunged object is read as it is, and loads nothing more', async () => {
    const { db, ed } = await stored()
    await db.run(expire(User, 'posts')(ed))
    const found = (await db.get(User, 1))!
    await db.run(expunge(found))
    expect([stateOf(found), found.name]).toEqual(['detached', 'ed'])
    await expect(db.run(load(User.posts)(found))).rejects.toMatchObject({ code: 'detached' })
  })

  test('close rolls back, lets every object go, and the session begins anew', async () => {
    const { db, ed, post } = await stored()
    set(User, { name: 'x' })(ed)
    db.add(create(Post, {}))
    await db.flush()
    await db.run(close)
    expect([stateOf(ed), stateOf(post), await db.run(sql('select name from users')), await db.run(sql('select count(*) from posts'))]).toEqual(['detached', 'detached', [['ed']], [[1]]])
  })
})
