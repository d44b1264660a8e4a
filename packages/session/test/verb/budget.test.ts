// budget: a program that may send so many statements.

import { options, select, selectinload } from '@relata/core'
import { add, all, budget, commit, create, flush, rollback } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { describe, expect, it } from 'vitest'
import { Address, inMemory, User } from '../blog.js'

const seeded = pipe(RTE.fromIO(() => create(User, { name: 'ed', addresses: [create(Address, { email: 'ed@x' })] })), RTE.chainW((user) => add(user)), RTE.chain(() => commit))
const three = pipe(all(select(User)), RTE.chain(() => all(select(Address))), RTE.chain(() => all(select(User))))

describe('budget', () => {
  it('lets a program send as many as it may', async () => {
    const { result } = await inMemory(pipe(seeded, RTE.chain(() => budget(2)(all(pipe(select(User), options(selectinload(User.addresses))))))))
    expect(result).toHaveLength(1)
  })
  it('does not send one more, and fails with all of them', async () => {
    const { result, statements } = await inMemory(pipe(seeded, RTE.chain(() => (env) => async () => E.right(await budget(2)(three)(env)()))))
    expect(result).toMatchObject({ left: { _tag: 'BudgetExceeded', code: 'budget', statements: [{ kind: 'select', table: 'users' }, { kind: 'select', table: 'addresses' }, { kind: 'select', table: 'users' }] } })
    expect(statements.slice(-2)).toEqual(['select users 1', 'select addresses 1'])
  })
  it('fails whatever the program makes of it', async () => {
    const { result } = await inMemory(pipe(seeded, RTE.chain(() => (env) => async () => E.right(await budget(1)(pipe(three, RTE.orElseW(() => RTE.right([]))))(env)()))))
    expect(result).toMatchObject({ left: { _tag: 'BudgetExceeded' } })
  })
  it('counts anew each time, and within another', async () => {
    const { result } = await inMemory(pipe(seeded, RTE.chain(() => budget(4)(pipe(budget(1)(all(select(User))), RTE.chain(() => budget(2)(three)), RTE.orElseW((error) => RTE.right(error.code)))))))
    expect(result).toBe('budget')
  })
  it('stops a flush as a failed one', async () => {
    const jo = create(User, { name: 'jo', addresses: [create(Address, { email: 'jo@x' })] })
    const { result } = await inMemory(pipe(
      add(jo), RTE.chainW(() => pipe(budget(1)(flush), RTE.orElseW((error) => RTE.right(error.code)))),
      RTE.chain((code) => pipe(rollback, RTE.chain(() => all(select(User))), RTE.map((users) => [code, users.length]))),
    ))
    expect(result).toEqual(['budget', 0])
  })
  it('refuses what is no number', async () => {
    const { result } = await inMemory((env) => async () => E.right(await budget(Number.NaN)(three)(env)()))
    expect(result).toMatchObject({ left: { code: 'argument' } })
  })
})
