// Every synchronous change during every verb in flight: nothing is lost, and the rows have it at the next commit.

import { eq, options, orderBy, select, selectinload, update, where } from '@relata/core'
import { all, append, changes, commit, create, dryRun, edit, execute, expire, first, flush, flushWith, get, load, loadColumn, merge, one, page, refresh, remove, save, savepoint, set, sql, unset, type Db as Program } from '@relata/session'
import { open, type Db } from '@relata/session/plain'
import { sqlite } from '@relata/adapters/sqlite'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { Address, blog, User } from '../blog.js'
import { withBlogTables } from './blog-tables.js'
import { slow } from './slow.js'

const adapter = slow(sqlite())
const ordered = pipe(select(User), orderBy(User.id))

withBlogTables(adapter)

const loaded = async (db: Db) => {
  const users = await db.all(pipe(ordered, options(selectinload(User.addresses))))
  const [ed, jo] = users
  const home = await db.get(Address, 1)
  if (ed === undefined || jo === undefined || home === undefined) throw new Error('nothing is there')
  return { ed, jo, home }
}
type Scene = Awaited<ReturnType<typeof loaded>>

/** In flight: what reads, what writes, and what ends; all of other objects than those that are changed meanwhile. */
const verbs: Readonly<Record<string, (scene: Scene) => Program<unknown>>> = {
  all: () => all(ordered), one: () => one(pipe(select(User), where(eq(User.id, 1)))), first: () => first(ordered), page: () => page(ordered, { first: 2 }), get: () => get(User, 3),
  load: ({ jo }) => load(User.addresses)(jo), loadColumn: ({ jo }) => loadColumn(User.name)(jo), refresh: ({ jo }) => refresh(User)(jo), expire: ({ jo }) => expire(User)(jo),
  execute: () => execute(pipe(update(User, { nick: 'by statement' }), where(eq(User.id, 2)))), sql: () => sql('select 1'), merge: () => merge(create(User, { id: 2, name: 'merged' })),
  save: () => save(User)(create(User, { name: 'saved' })), changes: () => changes, flush: () => flush, dryRun: () => dryRun, flushWith: () => flushWith(() => true), commit: () => commit, savepoint: () => savepoint(all(ordered)),
}

const edRow = `select u.nick, (select count(*) from addresses a where a.user_id = u.id) from users u where u.id = 1`
/** What is changed, and what the rows say of it afterwards. */
const made: Readonly<Record<string, readonly [change: (scene: Scene, db: Db) => void, asked: string, expected: readonly (readonly unknown[])[]]>> = {
  'a column set': [({ ed }) => { set(User, { nick: 'new' })(ed) }, edRow, [['new', 1]]],
  'a column unset': [({ ed }) => { unset(User, 'nick')(ed) }, edRow, [[null, 1]]],
  'a member appended': [({ ed }) => { append(User.addresses, create(Address, { email: 'new@x' }))(ed) }, edRow, [['was', 2]]],
  'a member removed': [({ ed, home }) => { remove(User.addresses, home)(ed) }, edRow, [['was', 0]]],
  'a list cleared': [({ ed }) => { edit(User.addresses, { how: 'clear' })(ed) }, edRow, [['was', 0]]],
  'a reference set': [({ jo, home }) => { set(Address, { user: jo })(home) }, 'select user_id from addresses where id = 1', [[2]]],
  'an object added': [(_scene, db) => { db.add(create(User, { id: 9, name: 'added' })) }, 'select name from users where id = 9', [['added']]],
}

describe.each(Object.entries(made))('%s', (_what, [change, asked, expected]) => {
  test.each(Object.keys(verbs))('while %s is in flight', async (name) => {
    const db = await open(blog, adapter)
    try {
      for (const text of ['delete from addresses', 'delete from users', `insert into users (id, name, nick) values (1, 'ed', 'was'), (2, 'jo', 'was')`, `insert into addresses (id, user_id, email) values (1, 1, 'ed@x')`]) await db.run(sql(text))
      await db.commit()
      const scene = await loaded(db)
      // Something to flush, of another object.
      set(User, { name: 'jo 2' })(scene.jo)
      const flying = db.run(verbs[name]?.(scene) as Program<unknown>)
      await new Promise<void>((resolve) => { setImmediate(resolve) })
      change(scene, db)
      await flying
      await db.commit()
      expect(await db.run(sql(asked))).toEqual(expected)
    } finally {
      await db.close()
    }
  })
})
