import { eq, select, where } from '@relata/core'
import { add, all, append, commit, create, expungeAll, flush, get, load, set, stateOf } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Address, inMemory, User } from '../blog.js'

test('a new graph is written, committed and read again', async () => {
  const home = create(Address, { email: 'ed@x.org' })
  const ed = create(User, { name: 'ed', addresses: [home] })
  expect(home.user).toBe(ed)
  pipe(ed, set(User, { nick: 'eddie' }), append(User.addresses, create(Address, { email: 'e@work.org' })))
  const { result, statements } = await inMemory(pipe(
    add(ed),
    RTE.chain(() => flush),
    RTE.map(() => expect([ed.id, home.userId, stateOf(home)]).toEqual([1, 1, 'persistent'])),
    RTE.chain(() => commit),
    RTE.chain(() => expungeAll),
    RTE.chain(() => all(pipe(select(User), where(eq(User.name, 'ed'))))),
    RTE.chain(load(User.addresses)),
    RTE.map((found) => found.map((user) => [user.name, user.nick, user.addresses.map((address) => address.email)])),
  ))
  expect(result).toEqual([['ed', 'eddie', ['ed@x.org', 'e@work.org']]])
  expect(statements).toEqual(['insert users 1', 'insert addresses 2', 'select users 1', 'select addresses 2'])
})

test('an object that the session has takes no statement', async () => {
  const { result, statements } = await inMemory(pipe(
    add(create(User, { name: 'ed' })),
    RTE.chain(() => flush),
    RTE.chain(() => get(User, 1)),
    RTE.map(O.map((user) => user.name)),
  ))
  expect(result).toEqual(O.some('ed'))
  expect(statements).toEqual(['insert users 1'])
})
