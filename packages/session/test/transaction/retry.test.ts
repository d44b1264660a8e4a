import { sqlite } from '@relata/adapters/sqlite'
import { add, all, commit, create, createAll, disconnect, run, stateOf, transaction, type Db, type HasSession, type SessionError } from '@relata/session'
import { select } from '@relata/core'
import type { Adapter, DriverErrorKind } from '@relata/sql/driver'
import { driverError } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, library } from '../library.js'

interface Refusals { left: number; readonly kind: DriverErrorKind }

/** An adapter whose commits are refused a number of times, as those of a database in conflict. */
const refusing = (adapter: Adapter, refusals: Refusals): Adapter => ({
  ...adapter,
  connect: async () => {
    const driver = await adapter.connect()
    return {
      ...driver,
      acquire: async (options) => {
        const lent = await driver.acquire(options)
        return Object.assign(Object.create(lent) as typeof lent, {
          commit: async () => {
            if (refusals.left-- > 0) throw driverError(refusals.kind, 'could not serialize access')
            await lent.commit()
          },
        })
      },
      release: (connection) => driver.release(Object.getPrototypeOf(connection) as typeof connection),
    }
  },
})

const running = async <A>(refusals: Refusals, program: Db<A>): Promise<E.Either<SessionError, A>> => {
  const adapter = refusing(sqlite(), refusals)
  const result = await run(library, adapter)(pipe(createAll(library), RTE.chain(() => commit), RTE.chainFirst(() => RTE.fromIO(() => { refusals.left = refusals.kind === 'other' ? 1 : 2 })), RTE.chain(() => program)))()
  await disconnect(adapter)()
  return result
}

test('a program is run again as a whole where the database asks for it', async () => {
  let runs = 0
  const waited: number[] = []
  const result = await running({ left: 0, kind: 'serialization' }, pipe(
    transaction(pipe(RTE.fromIO(() => { runs++; return create(Author, { name: `run ${runs}` }) }), RTE.chainFirst((author) => add(author))),
      { retry: { times: 3, delay: 8, random: () => 1, sleep: async (milliseconds) => { waited.push(milliseconds) } } }),
    RTE.chain((author) => pipe(all(select(Author)), RTE.map((found) => [found.map(({ name }) => name), stateOf(author)] as const))),
  ))
  expect(result).toEqual(E.right([['run 3'], 'persistent']))
  expect([runs, waited]).toEqual([3, [8, 16]])
})

test('it is not run again more often than asked, nor for another failure', async () => {
  let runs = 0
  const once = pipe(RTE.fromIO(() => { runs++ }), RTE.chain(() => add(create(Author, { name: 'ann' }))))
  const sleep = async (): Promise<void> => {}
  expect(await running({ left: 0, kind: 'serialization' }, transaction(once, { retry: { times: 1, sleep } }))).toMatchObject(E.left({ code: 'database', driver: { kind: 'serialization' } }))
  expect(runs).toBe(2)
  expect(await running({ left: 0, kind: 'other' }, transaction(once, { retry: { times: 5, sleep } }))).toMatchObject(E.left({ code: 'database' }))
  expect(runs).toBe(3)
})

test('after a commit that was refused, new objects are transient and the session goes on', async () => {
  const ann = create(Author, { name: 'ann' })
  const result = await running({ left: 0, kind: 'other' }, pipe(
    transaction(add(ann)), RTE.orElse(() => RTE.of<HasSession, SessionError, void>(undefined)),
    RTE.map(() => { expect(stateOf(ann)).toBe('transient') }), RTE.chain(() => all(select(Author))),
  ))
  expect(result).toEqual(E.right([]))
})

test('what holds for a whole transaction is refused once one has begun', async () => {
  const read = all(select(Author))
  for (const options of [{ isolation: 'serializable' }, { readOnly: true }, { retry: 1 }] as const) {
    expect(await running({ left: 0, kind: 'serialization' }, pipe(read, RTE.chain(() => transaction(read, options))))).toMatchObject(E.left({ code: 'invalid-request' }))
  }
})
