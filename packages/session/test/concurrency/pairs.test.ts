// Every pair of verbs of one session, begun at the same time: the outcome is that of one after the other.

import { eq, options, orderBy, select, selectinload, update, where } from '@relata/core'
import {
  add, all, beginSavepoint, changes, close, commit, create, destroy, dryRun, execute, expire, expireAll, expunge, expungeAll, first, flush, flushWith, get, load, loadColumn, loadOld, merge, one, page, refresh, rollback,
  rollbackToSavepoint, save, savepoint, set, sql, stateOf, stream, type Db as Program,
} from '@relata/session'
import { open, RelataError, type Db } from '@relata/session/plain'
import { pglite } from '@relata/adapters/pglite'
import { sqlite } from '@relata/adapters/sqlite'
import type { Adapter } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { describe, expect, it } from 'vitest'
import { Address, blog, User } from '../blog.js'
import { withBlogTables } from './blog-tables.js'
import { slow } from './slow.js'

const ordered = pipe(select(User), orderBy(User.id))

/** What the verbs work on: users that are loaded, and new ones of this run. */
interface Scene { readonly db: Db; readonly users: readonly Awaited<ReturnType<typeof loadUsers>>[number][] }
const loadUsers = (db: Db) => db.all(ordered)

/** A verb on the scene; `nth` is 0 for the first of a pair and 1 for the second, so that both may do the same to other objects. */
/** A program with its result made comparable; unlike RTE.map it begins at once, so that verbs begin in the order in which they are called. */
const shown = <A>(program: Program<A>, f: (result: A) => unknown): Program<unknown> => (env) => () => program(env)().then(E.map(f))

const verbs: Readonly<Record<string, (scene: Scene, nth: number) => Program<unknown>>> = {
  all: () => shown(all(ordered), (users) => users.length),
  'all with a load': () => shown(all(pipe(ordered, options(selectinload(User.addresses)))), (users) => users.map(({ addresses }) => addresses.length)),
  one: () => shown(one(pipe(select(User), where(eq(User.id, 1)))), ({ nick }) => nick),
  first: () => shown(first(ordered), (found) => found._tag),
  page: () => shown(page(ordered, { first: 2 }), ({ items }) => items.length),
  get: () => shown(get(Address, 1), (found) => found._tag),
  load: ({ users }) => shown(load(User.addresses)([users[0], users[1]] as never), () => 'loaded'),
  loadColumn: ({ users }) => shown(loadColumn(User.name)(users[1] as never), () => 'loaded'),
  loadOld: ({ users }) => shown(loadOld(User.addresses)(users[1] as never), () => 'loaded'),
  refresh: ({ users }) => shown(refresh(User)(users[0] as never), ({ name }: { name: string }) => name),
  stream: () => stream(ordered, { batch: 2, by: 'keyset' })(() => RTE.right(undefined)),
  execute: (_scene, nth) => execute(pipe(update(User, { nick: `n${nth}` }), where(eq(User.id, 2)))),
  sql: () => sql('select id, name, nick from users order by id'),
  save: (_scene, nth) => shown(save(User)(create(User, { id: 30 + nth, name: `saved ${nth}` })), ({ id }) => id),
  add: (_scene, nth) => add(create(User, { id: 10 + nth, name: `new ${nth}` })),
  destroy: ({ users }, nth) => destroy(users[2 + nth] as never),
  expire: ({ users }) => shown(expire(User)(users[0] as never), () => 'expired'),
  expireAll: () => expireAll,
  expungeAll: () => expungeAll,
  expunge: ({ users }, nth) => expunge(users[2 + nth] as never),
  merge: (_scene, nth) => shown(merge(create(User, { id: 4, name: `merged ${nth}` }) as never), () => 'merged'),
  flush: () => flush,
  dryRun: () => shown(dryRun, ({ steps }) => steps.length),
  flushWith: () => flushWith(() => true),
  changes: () => shown(changes, ({ new: fresh, dirty, deleted }) => [fresh.length, dirty.length, deleted.length]),
  commit: () => commit,
  rollback: () => rollback,
  close: () => close,
  savepoint: (_scene, nth) => savepoint(add(create(User, { id: 20 + nth, name: `inner ${nth}` }))),
}

const outcome = async (adapter: Adapter, pair: readonly [string, string], together: boolean): Promise<unknown> => {
  const sent: string[] = []
  let isRecording = false
  const db = await open(blog, adapter, { onStatement: ({ kind, table, rows }) => { if (isRecording) sent.push(`${kind} ${table} ${rows}`) } })
  try {
    for (const text of ['delete from addresses', 'delete from users', `insert into users (id, name) values (1, 'ed'), (2, 'jo'), (3, 'al'), (4, 'di')`, `insert into addresses (id, user_id, email) values (1, 1, 'ed@x'), (2, 2, 'jo@x')`]) await db.run(sql(text))
    await db.commit()
    const users = await loadUsers(db)
    set(User, { nick: 'changed' })(users[0] as never)
    isRecording = true
    const perform = async (name: string, nth: number): Promise<unknown> => {
      try {
        return await db.run(verbs[name]?.({ db, users }, nth) as Program<unknown>)
      } catch (thrown) {
        if (thrown instanceof RelataError) return thrown.error.code
        throw thrown
      }
    }
    const results = together ? await Promise.all([perform(pair[0], 0), perform(pair[1], 1)]) : [await perform(pair[0], 0), await perform(pair[1], 1)]
    isRecording = false
    const objects = users.map((user) => [stateOf(user), { ...user }])
    await db.flush()
    return { results, sent, objects, rows: [await db.run(sql('select name, nick from users order by id')), await db.run(sql('select email, user_id from addresses order by id'))] }
  } finally {
    await db.close()
  }
}

describe.each([['sqlite', () => slow(sqlite())], ['pglite', pglite]] as const)('on %s', (database, make) => {
  const adapter = make()
  withBlogTables(adapter)

  // A server in this process takes its time: there, the pairs that write.
  const names = database === 'sqlite' ? Object.keys(verbs) : ['load', 'refresh', 'add', 'flush', 'commit', 'rollback']
  // A savepoint and a stream are programs of several verbs: others come between them.
  const whole = names.filter((name) => name !== 'savepoint' && name !== 'stream')
  it.each(whole.flatMap((a) => whole.map((b) => [a, b] as const)))('%s and %s', async (a, b) => {
    expect(await outcome(adapter, [a, b], true)).toEqual(await outcome(adapter, [a, b], false))
  })
})

describe('programs of several verbs', () => {
  const adapter = slow(sqlite())
  withBlogTables(adapter)
  const inDb = async <A>(work: (db: Db, sent: string[]) => Promise<A>): Promise<A> => {
    const sent: string[] = []
    const db = await open(blog, adapter, { onStatement: ({ kind, table }) => { sent.push(`${kind} ${table}`) } })
    try {
      for (const text of ['delete from addresses', 'delete from users', `insert into users (id, name) values (1, 'ed'), (2, 'jo'), (3, 'al')`, `insert into addresses (id, user_id, email) values (1, 1, 'ed@x')`]) await db.run(sql(text))
      await db.commit()
      sent.length = 0
      return await work(db, sent)
    } finally {
      await db.close()
    }
  }
  const namesOf = async (db: Db): Promise<unknown> => (await db.all(ordered)).map(({ name }) => name)

  it('equal loads share one statement', () => inDb(async (db, sent) => {
    const users = await db.all(ordered)
    sent.length = 0
    const [a, b] = await Promise.all([db.run(load(User.addresses)(users)), db.run(load(User.addresses)(users))])
    expect(sent).toEqual(['select addresses'])
    expect([a[0]?.addresses.length, b[0]?.addresses]).toEqual([1, a[0]?.addresses])
  }))
  it('gets of one key share one statement', () => inDb(async (db, sent) => {
    const [a, b] = await Promise.all([db.get(User, 1), db.get(User, 1)])
    expect(sent).toEqual(['select users'])
    expect(a).toBe(b)
  }))
  it('two transactions do not mix: the one begun second is refused, and nothing of it happens', () => inDb(async (db) => {
    const program = (name: string, fails: boolean) => db.transaction(async (tx) => {
      tx.add(create(User, { name }))
      await tx.flush()
      if (fails) throw new Error('a bug')
    })
    const settled = await Promise.allSettled([program('a', false), program('b', true)])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await namesOf(db)).toEqual(['ed', 'jo', 'al', 'a'])
  }))
  it('a failing transaction takes with it what another program wrote on the session meanwhile', () => inDb(async (db) => {
    const failing = db.transaction(async (tx) => { await tx.flush(); await tx.all(ordered); throw new Error('a bug') })
    db.add(create(User, { name: 'beside' }))
    await Promise.allSettled([failing, db.flush()])
    expect(await namesOf(db)).toEqual(['ed', 'jo', 'al'])
  }))
  it('a stream leaves turns to others between its batches', () => inDb(async (db) => {
    const seen: string[] = []
    await Promise.all([
      (async () => { for await (const { name } of db.stream(ordered, { batch: 1 })) seen.push(name) })(),
      (async () => { seen.push(`${(await db.all(select(Address))).length} address`) })(),
    ])
    expect(seen.toSorted()).toEqual(['1 address', 'al', 'ed', 'jo'])
    expect(seen.indexOf('1 address')).toBeLessThan(3)
  }))
  it('two streams go on side by side', () => inDb(async (db) => {
    const read = async (): Promise<string[]> => { const names: string[] = []; for await (const { name } of db.stream(ordered, { batch: 1 })) names.push(name); return names }
    expect(await Promise.all([read(), read()])).toEqual([['ed', 'jo', 'al'], ['ed', 'jo', 'al']])
  }))
  it('a savepoint of one program holds what the other wrote meanwhile', () => inDb(async (db) => {
    await Promise.all([db.run(beginSavepoint), db.run(add(create(User, { name: 'beside' })))])
    await db.flush()
    await db.run(rollbackToSavepoint)
    expect(await namesOf(db)).toEqual(['ed', 'jo', 'al'])
  }))
})
