// onRepeatedLoad: loads that repeat one by one across a result, told with the line that asked for them.

import { options, orderBy, select, selectinload } from '@relata/core'
import { add, all, create, createAll, flush, expungeAll, load, run, type Db, type RepeatedLoad } from '@relata/session'
import { closeAdapter, open } from '@relata/session/plain'
import { pglite } from '@relata/adapters/pglite'
import { sqlite } from '@relata/adapters/sqlite'
import type { Adapter } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { describe, expect, it } from 'vitest'
import { Address, blog, User } from '../blog.js'

const ordered = pipe(select(User), orderBy(User.id))
const filled: Db<void> = pipe(createAll(blog), RTE.map(() => ['ed', 'jo', 'al'].map((name) => create(User, { name, addresses: [create(Address, { email: `${name}@x` })] }))), RTE.chain((users) => add(...users)), RTE.chain(() => flush), RTE.chain(() => expungeAll))

const told = async <A>(program: Db<A>, adapter: Adapter = sqlite()): Promise<readonly RepeatedLoad[]> => {
  const found: RepeatedLoad[] = []
  const result = await run(blog, adapter, { onRepeatedLoad: (repeated) => { found.push(repeated) } })(pipe(filled, RTE.chain(() => program)))()
  await closeAdapter(adapter)
  if (E.isLeft(result)) throw new Error(result.left.message)
  return found
}
const oneByOne = pipe(all(ordered), RTE.chain((users) => pipe(users, RTE.traverseSeqArray((user) => load(User.addresses)(user)))))

describe.each([['sqlite', sqlite], ['pglite', pglite]] as const)('on %s', (_name, adapter) => {
  it('tells the relationship, the siblings and the line, once', { timeout: 60_000 }, async () => {
    const found = await told(oneByOne, adapter())
    expect(found).toMatchObject([{ relationship: 'User.addresses', siblings: 3, hint: expect.stringContaining('selectinload(User.addresses)') as string }])
  })
})

it('points to the line of the program', async () => {
  const found: RepeatedLoad[] = []
  const adapter = sqlite()
  const db = await open(blog, adapter, { onRepeatedLoad: (repeated) => { found.push(repeated) } })
  await db.run(filled)
  for (const user of await db.all(ordered)) await db.run(load(User.addresses)(user))
  expect(found[0]?.callSite).toMatch(/repeated-load\.test\.ts:39:/)
  await db.close()
  await closeAdapter(adapter)
})

it('points into a pipeline too', async () => {
  const [found] = await told(oneByOne)
  // It was put together before any session listened, so that only the stack at work is known.
  expect(found?.callSite ?? '').not.toContain('fp-ts')
  const late = await told((env) => async () => pipe(all(ordered), RTE.chain((users) => pipe(users, RTE.traverseSeqArray((user) => load(User.addresses)(user)))))(env)())
  expect(late[0]?.callSite).toContain('repeated-load.test.ts')
})

it('says nothing of one load, of loads together, of eager loads, and of what the session answers', async () => {
  expect(await told(pipe(all(ordered), RTE.chain(([user]) => load(User.addresses)(user as NonNullable<typeof user>))))).toEqual([])
  expect(await told(pipe(all(ordered), RTE.chain(load(User.addresses))))).toEqual([])
  expect(await told(pipe(all(pipe(ordered, options(selectinload(User.addresses)))), RTE.chain((users) => pipe(users, RTE.traverseSeqArray((user) => load(User.addresses)(user))))))).toEqual([])
  expect(await told(pipe(all(ordered), RTE.chain(() => all(select(Address))), RTE.chain((addresses) => pipe(addresses, RTE.traverseSeqArray((address) => load(Address.user)(address))))))).toEqual([])
})

it('tells of references one by one', async () => {
  expect(await told(pipe(all(select(Address)), RTE.chain((addresses) => pipe(addresses, RTE.traverseSeqArray((address) => load(Address.user)(address))))))).toMatchObject([{ relationship: 'Address.user', siblings: 3 }])
})

it('notes no stack where nobody listens', async () => {
  const limit = Error.stackTraceLimit
  let taken = 0
  const prepare = Error.prepareStackTrace
  Error.prepareStackTrace = (error, frames) => { if (error.message === 'call site') taken++; return String(frames.length) }
  try {
    const adapter = sqlite()
    await run(blog, adapter)(pipe(filled, RTE.chain(() => oneByOne)))()
    await closeAdapter(adapter)
  } finally {
    if (prepare === undefined) delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace
    else Error.prepareStackTrace = prepare
    Error.stackTraceLimit = limit
  }
  expect(taken).toBe(0)
})
