// Programs that share a database with one connection: they take turns, and none waits for itself.

import { sqlite } from '@relata/adapters/sqlite'
import { logged } from '@relata/adapters/logged'
import { add, all, commit, create, createAll, disconnect, dropAll, run, transaction, type Db, type HasSession, type SessionError } from '@relata/session'
import { open, RelataError } from '@relata/session/plain'
import { select } from '@relata/core'
import type { Adapter } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { servers } from '../faults/subjects.js'
import { Author, library } from '../library.js'

const authors = pipe(all(select(Author)), RTE.map((found) => found.map(({ name }) => name)))
const newAuthor = (name: string): Db<void> => pipe(RTE.fromIO(() => create(Author, { name })), RTE.chain((author) => add(author)))
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds) })
const awaiting = <A>(work: () => Promise<A>): RTE.ReaderTaskEither<HasSession, SessionError, A> => () => async () => E.right(await work())

const reentrant = E.left(expect.objectContaining({ code: 'database', driver: expect.objectContaining({ kind: 'reentrant' }) as unknown }))

const subjects: readonly (readonly [string, string | undefined, (options: { readonly acquireTimeout: number; readonly max: 1 }) => Promise<Adapter>])[] = [
  ['sqlite', undefined, async (options) => sqlite(options)],
  ['sqlite, logged', undefined, async (options) => logged(() => {})(sqlite(options))],
  ...servers.map(({ name, missing, open: adapterOf }) => [`a pool of one, ${name}`, missing, adapterOf] as const),
]

describe.each(subjects)('%s', (_, missing, adapterOf) => {
  let adapter: Adapter
  beforeEach(async (context) => {
    if (missing !== undefined) return context.skip(missing)
    adapter = await adapterOf({ acquireTimeout: 5000, max: 1 })
    await run(library, adapter)(pipe(dropAll(library), RTE.chain(() => createAll(library)), RTE.chain(() => newAuthor('ann')), RTE.chain(() => commit)))()
  })
  afterEach(async () => { if (missing === undefined) await disconnect(adapter)() })

  test('a program inside a transaction that asks for the connection is told so at once', async () => {
    let before = 0
    const inside = () => {
      before = performance.now()
      return run(library, adapter)(authors)()
    }
    const result = await run(library, adapter)(transaction(pipe(newAuthor('bob'), RTE.chain(() => authors), RTE.chainFirst(() => awaiting(async () => expect(await inside()).toEqual(reentrant))), RTE.map(() => performance.now() - before))))()
    expect(E.isRight(result) && result.right < 100).toBe(true)
  })

  test('another program waits, however slow the one is that has the connection', async () => {
    const slow = run(library, adapter)(transaction(pipe(newAuthor('bob'), RTE.chain(() => authors), RTE.chain(() => awaiting(() => pause(300))))))()
    await pause(10)
    expect(await run(library, adapter)(authors)()).toEqual(E.right(['ann', 'bob']))
    expect(await slow).toEqual(E.right(undefined))
  })

  test('programs that were started together from one function wait for each other', async () => {
    const one = (name: string) => run(library, adapter)(transaction(pipe(newAuthor(name), RTE.chain(() => authors), RTE.chain(() => awaiting(() => pause(100))))))()
    expect(await Promise.all([one('bob'), one('cy'), one('dan')])).toEqual([E.right(undefined), E.right(undefined), E.right(undefined)])
    expect(await run(library, adapter)(authors)()).toEqual(E.right(['ann', 'bob', 'cy', 'dan']))
  })

  test('a program that has given the connection back may start another', async () => {
    expect(await run(library, adapter)(pipe(authors, RTE.chain(() => commit), RTE.chain(() => awaiting(() => run(library, adapter)(authors)()))))()).toEqual(E.right(E.right(['ann'])))
  })

  test('of the programs inside one, those that wait for each other take turns', async () => {
    const inside = () => run(library, adapter)(pipe(authors, RTE.chainFirst(() => awaiting(() => pause(50)))))()
    expect(await run(library, adapter)(awaiting(() => Promise.all([inside(), inside()])))()).toEqual(E.right([E.right(['ann']), E.right(['ann'])]))
  })

  test('a session of promises is told so inside its own transaction, and another one waits', async () => {
    const [db, other] = [await open(library, adapter), await open(library, adapter)]
    const inside = db.transaction(async (tx) => {
      await tx.all(select(Author))
      await (await open(library, adapter)).all(select(Author))
    })
    await expect(inside).rejects.toSatisfy((error) => error instanceof RelataError && error.error._tag === 'DatabaseFailed' && error.error.driver.kind === 'reentrant')
    const slow = db.transaction(async (tx) => {
      await tx.all(select(Author))
      await pause(300)
    })
    await pause(10)
    expect(await other.all(select(Author))).toHaveLength(1)
    await slow
    await Promise.all([db.close(), other.close()])
  })
})
