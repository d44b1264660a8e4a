// Values that plain JavaScript lets through: each is refused with a code, what it is about, and what to write instead.

import { limit, offset, select } from '@relata/core'
import { add, all, create, first, flush, get, set } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { blog, User } from '../blog.js'
import { running } from '../in-session.js'

test.each([-1, NaN, 0.5])('a limit or an offset of %s is refused before anything is sent', async (count) => {
  for (const query of [pipe(select(User), limit(count)), pipe(select(User), offset(count))]) {
    for (const run of [RTE.map((found: unknown) => found)(all(query)), RTE.map((found: unknown) => found)(first(query))]) {
      const { result, statements } = await running(blog, pipe(add(create(User, { name: 'ed' })), RTE.chain(() => run)))
      expect(result).toMatchObject({ _tag: 'Left', left: { _tag: 'QueryRefused', code: 'argument', hint: expect.stringContaining('whole number') } })
      expect(statements).toEqual([])
    }
  }
})

test('a value that can be none of its column is refused where it is given, by entity and attribute', () => {
  const wrong = (value: unknown): never => value as never
  expect(() => create(User, { name: wrong(7) })).toThrow(/create: User\.name is string, and got a number\n {2}give a string/)
  expect(() => pipe(create(User, { name: 'ed' }), set(User, { nick: wrong({}) }))).toThrow(/set: User\.nick is string, and got an object\n {2}give a string, or null/)
})

test('a key that can be none of its column is refused before anything is sent', async () => {
  const { result, statements } = await running(blog, get(User, '1x' as never))
  expect(result).toMatchObject({ _tag: 'Left', left: { code: 'type', message: 'the key User.id is integer, and got "1x"', hint: 'give a number' } })
  expect(statements).toEqual([])
})

test('a violated NOT NULL names entity and attribute', async () => {
  const { result } = await running(blog, pipe(add(create(User, { name: null as never })), RTE.chain(() => flush)))
  expect(result).toMatchObject({ _tag: 'Left', left: { _tag: 'DatabaseFailed', code: 'integrity', message: expect.stringMatching(/^User\.name may not be null: /), detail: { entity: 'User', attribute: 'name' } } })
})

test('a primary key set to null is refused by the flush, by its name', async () => {
  const ed = create(User, { name: 'ed' })
  const { result, statements } = await running(blog, pipe(add(ed), RTE.chain(() => flush), RTE.map(() => set(User, { id: null as never })(ed)), RTE.chain(() => flush)))
  expect(result).toMatchObject({ _tag: 'Left', left: { _tag: 'FlushFailed', code: 'blank-out-primary-key', message: expect.stringMatching(/^User\.id /), detail: { column: 'id' } } })
  expect(statements).toEqual(['insert users 1'])
})

test('an object of another entity in a collection is refused by its names', async () => {
  const { result } = await running(blog, pipe(add(create(User, { name: 'ed', addresses: [create(User, { name: 'x' }) as never] })), RTE.chain(() => flush)))
  expect(result).toMatchObject({ _tag: 'Left', left: { code: 'wrong-type', message: expect.stringMatching(/User\.addresses.*Address.*User/), hint: expect.stringContaining('Address') } })
})
