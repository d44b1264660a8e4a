// What streams and pages give, and what they take.

import { cursorOf, eq, limit, options, select, selectinload, where, type Cursor, type ResultOf } from '@relata/core'
import { budget, enough, flush, page, stream, type Db, type HasSession, type Page, type SessionError } from '@relata/session'
import type { Db as Plain } from '@relata/session/plain'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import { Address, User } from '../blog.js'

const users = pipe(select(User), options(selectinload(User.addresses)))

test('a batch has what the query loads', () => {
  stream(users, { batch: 10 })((batch) => {
    expectTypeOf(batch).toEqualTypeOf<ReadonlyArray<ResultOf<typeof users>>>()
    expectTypeOf(batch[0]?.addresses[0]?.email).toEqualTypeOf<string | undefined>()
    return flush
  })
  // @ts-expect-error nothing loads the addresses
  stream(select(User))((batch) => RTE.right(batch[0]?.addresses))
})

test('a stream has the environment and the errors of its program', () => {
  interface HasLog extends HasSession { readonly log: (text: string) => void }
  const program = stream(users)((): ReaderTaskEither<HasLog, 'no', void> => RTE.left('no'))
  expectTypeOf(program).toEqualTypeOf<ReaderTaskEither<HasLog, 'no' | SessionError, number>>()
  expectTypeOf(stream(users)(() => RTE.right(enough))).toExtend<ReaderTaskEither<HasSession, SessionError, number>>()
})

test('rows of fields stream too', () => {
  stream(select({ name: User.name }))((rows) => {
    expectTypeOf(rows).toEqualTypeOf<ReadonlyArray<{ readonly name: string }>>()
    return flush
  })
})

test('a cursor belongs to the results of its query', () => {
  expectTypeOf(page(users, { first: 1 })).toEqualTypeOf<Db<Page<ResultOf<typeof users>>>>()
  const cursor = cursorOf(select(Address), 'text')
  expectTypeOf(cursor).toEqualTypeOf<Cursor<ResultOf<ReturnType<typeof addresses>>>>()
  page(select(Address), { first: 1, after: cursor })
  // @ts-expect-error a cursor of addresses
  page(select(User), { first: 1, after: cursor })
  // @ts-expect-error a text that nobody took for a cursor
  page(select(User), { first: 1, after: 'text' })
})
const addresses = () => select(Address)

test('the facade iterates results', async () => {
  const read = async (db: Plain): Promise<void> => {
    for await (const user of db.stream(pipe(users, where(eq(User.id, 1)), limit(1)))) expectTypeOf(user.addresses[0]?.email).toEqualTypeOf<string | undefined>()
    expectTypeOf((await db.page(users, { first: 1 })).items).toEqualTypeOf<readonly ResultOf<typeof users>[]>()
  }
  expectTypeOf(read).toBeFunction()
})

test('a budget keeps the program and adds the errors of a session', () => {
  expectTypeOf(budget(2)(RTE.left<HasSession, 'no', number>('no'))).toEqualTypeOf<ReaderTaskEither<HasSession, 'no' | SessionError, number>>()
})
