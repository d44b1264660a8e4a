// Synchronous verbs while another verb is in flight: always allowed, never lost, and never part of what was sent before.

import { orderBy, select } from '@relata/core'
import { append, commit, create, expire, flush, isModified, load, refresh, rollback, set, sql, stateOf, type Db as Program } from '@relata/session'
import { open, type Db } from '@relata/session/plain'
import { sqlite } from '@relata/adapters/sqlite'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { Address, blog, User } from '../blog.js'
import { withBlogTables } from './blog-tables.js'
import { slow } from './slow.js'

const adapter = slow(sqlite())
const ordered = pipe(select(User), orderBy(User.id))
const loadUsers = (db: Db) => db.all(ordered)
type UserObject = Awaited<ReturnType<typeof loadUsers>>[number]

withBlogTables(adapter)

/** Two users loaded; `sent` tells the statements from then on. */
const scene = async (work: (db: Db, users: readonly [UserObject, UserObject], sent: string[]) => Promise<void>): Promise<void> => {
  const sent: string[] = []
  const db = await open(blog, adapter, { onStatement: ({ kind, table }) => { sent.push(`${kind} ${table}`) } })
  try {
    for (const text of ['delete from addresses', 'delete from users', `insert into users (id, name) values (1, 'ed'), (2, 'jo')`, `insert into addresses (id, user_id, email) values (1, 1, 'ed@x')`]) await db.run(sql(text))
    await db.commit()
    const [first, second] = await loadUsers(db)
    if (first === undefined || second === undefined) throw new Error('no users')
    sent.length = 0
    await work(db, [first, second], sent)
  } finally {
    await db.close()
  }
}
/** Begins a verb, lets its first statement go, and changes something before it is over. */
const during = async (db: Db, verb: Program<unknown>, change: () => void): Promise<unknown> => {
  const flying = db.run(verb)
  await new Promise<void>((resolve) => { setImmediate(resolve) })
  change()
  return flying
}
const nicks = (db: Db): Promise<unknown> => db.run(sql('select nick from users order by id')).then((result) => JSON.stringify(result))

describe('a change while', () => {
  it('a query is in flight is kept, whatever the query brings', () => scene(async (db, [ed]) => {
    await during(db, (env) => async () => ({ _tag: 'Right', right: await db.all(ordered).then(() => env) }), () => { set(User, { nick: 'eddie' })(ed) })
    expect([ed.nick, isModified(ed)]).toEqual(['eddie', true])
    await db.flush()
    expect(await nicks(db)).toContain('eddie')
  }))
  it('a stale object is read again is kept', () => scene(async (db, [ed]) => {
    await db.run(expire(User)(ed))
    await during(db, load(User.addresses)(ed), () => { set(User, { nick: 'eddie' })(ed) })
    await db.flush()
    expect(ed.nick).toBe('eddie')
    expect(await nicks(db)).toContain('eddie')
  }))
  it('a collection is loaded is merged into what comes', () => scene(async (db, [ed]) => {
    const more = create(Address, { email: 'more@x' })
    await during(db, load(User.addresses)(ed), () => { append(User.addresses, more)(ed) })
    expect(isModified(ed)).toBe(true)
    await db.flush()
    const loaded = await db.run(load(User.addresses)(ed))
    expect(loaded.addresses.map(({ email }) => email)).toEqual(['ed@x', 'more@x'])
    expect(stateOf(more)).toBe('persistent')
  }))
  it('a flush is in flight belongs to the next', () => scene(async (db, [ed, jo], sent) => {
    set(User, { nick: 'first' })(ed)
    await during(db, flush, () => { set(User, { nick: 'second' })(ed); set(User, { nick: 'late' })(jo) })
    expect(sent).toEqual(['update users'])
    expect([ed.nick, jo.nick, isModified(ed), isModified(jo)]).toEqual(['second', 'late', true, true])
    await db.flush()
    expect(await nicks(db)).toMatch(/second.*late/)
  }))
  it('a flush is in flight may add objects: they are inserted by the next', () => scene(async (db, [ed], sent) => {
    set(User, { nick: 'first' })(ed)
    const al = create(User, { name: 'al' })
    await during(db, flush, () => { db.add(al) })
    expect([stateOf(al), sent]).toEqual(['pending', ['update users']])
    await db.flush()
    expect(stateOf(al)).toBe('persistent')
  }))
  it('a commit is in flight is not lost', () => scene(async (db, [ed]) => {
    set(User, { nick: 'first' })(ed)
    await during(db, commit, () => { set(User, { nick: 'second' })(ed) })
    expect(ed.nick).toBe('second')
    await db.commit()
    expect(await nicks(db)).toContain('second')
  }))
  it('a rollback is in flight is undone with the rest', () => scene(async (db, [ed, jo]) => {
    set(User, { nick: 'first' })(ed)
    await db.flush()
    await during(db, rollback, () => { set(User, { nick: 'late' })(jo) })
    expect([ed.nick, jo.nick, isModified(jo)]).toEqual([null, null, false])
  }))
  it('a flush is in flight that fails goes with it', () => scene(async (db, [ed, jo]) => {
    await db.run(sql('create unique index if not exists users_nick on users (nick)'))
    await db.commit()
    set(User, { nick: 'same' })(ed)
    await db.flush()
    set(User, { nick: 'same' })(jo)
    await expect(during(db, flush, () => { set(User, { name: 'late' })(ed) })).rejects.toMatchObject({ error: { code: 'integrity' } })
    await db.rollback()
    expect([ed.nick, ed.name, jo.nick]).toEqual([null, 'ed', null])
    await db.run(sql('drop index users_nick'))
    await db.commit()
  }))
  it('a refresh is in flight: the refreshed object keeps what was set since it was sent', () => scene(async (db, [ed]) => {
    await during(db, refresh(User)(ed), () => { set(User, { nick: 'eddie' })(ed) })
    expect(ed.nick).toBe('eddie')
  }))
})
