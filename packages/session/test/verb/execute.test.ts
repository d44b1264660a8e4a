import { add as plus, deleteFrom, eq, insertInto, like, update, where } from '@relata/core'
import { add, create, execute, flush, isLoaded, set, sql, stateOf } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Address, inMemory, User } from '../blog.js'

test('an update writes the rows that its condition holds for, and objects show the value', async () => {
  const ed = create(User, { name: 'ed' })
  const wendy = create(User, { name: 'wendy' })
  const { result, statements } = await inMemory(pipe(
    add(ed, wendy),
    RTE.chain(() => execute(pipe(update(User, { nick: 'e' }), where(like(User.name, 'e%'))))),
  ))
  expect(result).toEqual({ rowCount: 1 })
  expect([ed.nick, wendy.nick]).toEqual(['e', null])
  expect(statements).toEqual(['insert users 2', 'update users 1'])
})

test('what an expression made is stale on the objects concerned', async () => {
  const home = create(Address, { email: 'ed@x.org', user: create(User, { name: 'ed' }) })
  const { statements } = await inMemory(pipe(
    add(home),
    RTE.chain(() => execute(update(Address, { userId: plus(Address.userId, 0) }))),
    RTE.map(() => { expect(isLoaded(Address.userId)(home)).toBe(false) }),
  ))
  expect(statements).toEqual(['insert users 1', 'insert addresses 1', 'update addresses 1'])
})

test('a delete by statement makes its objects deleted', async () => {
  const ed = create(User, { name: 'ed' })
  await inMemory(pipe(
    add(ed),
    RTE.chain(() => flush),
    RTE.chain(() => execute(pipe(deleteFrom(User), where(eq(User.name, 'ed'))))),
    RTE.map(() => { expect(stateOf(ed)).toBe('deleted') }),
  ))
})

test('synchronize false leaves objects as they are', async () => {
  const ed = create(User, { name: 'ed' })
  await inMemory(pipe(
    add(ed),
    RTE.chain(() => flush),
    RTE.chain(() => execute(update(User, { nick: 'e' }, { synchronize: false }))),
  ))
  expect(ed.nick).toBe(null)
})

test('what the program changed and did not flush stays', async () => {
  const ed = create(User, { name: 'ed', nick: 'old' })
  await inMemory(pipe(
    add(ed),
    RTE.chain(() => flush),
    RTE.map(() => { set(User, { nick: 'mine' })(ed) }),
    RTE.chain(() => execute(update(User, { name: 'edward' }))),
  ))
  expect([ed.name, ed.nick]).toEqual(['edward', 'mine'])
})

test('records of one shape are one insert', async () => {
  const { result, statements } = await inMemory(pipe(
    execute(insertInto(User, [{ name: 'ed' }, { name: 'wendy' }, { name: 'fred', nick: null }])),
    RTE.chain((written) => pipe(sql('select name, nick from users order by id'), RTE.map((rows) => [written.rowCount, rows] as const))),
  ))
  expect(result).toEqual([3, [['ed', null], ['wendy', null], ['fred', null]]])
  expect(statements).toEqual(['insert users 2', 'insert users 1', 'raw  3'])
})
