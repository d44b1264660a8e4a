import { add, all, append, commit, create, flush, get, load, set } from '@relata/session'
import { select } from '@relata/core'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, Book, library } from '../library.js'
import { succeeding } from '../in-session.js'
import type { Db, HasSession } from '@relata/session'

/** Both programs at once on one session. */
const both = <A, B>(a: Db<A>, b: Db<B>): Db<readonly [A, B]> => (env: HasSession) => async () => {
  const [left, right] = await Promise.all([a(env)(), b(env)()])
  if (E.isLeft(left)) return left
  return E.isLeft(right) ? right : E.right([left.right, right.right] as const)
}

test('equal loads at once are one statement', async () => {
  const ann = create(Author, { name: 'ann', books: [create(Book, { title: 'a' })] })
  const { statements } = await succeeding(library, pipe(
    add(ann), RTE.chain(() => commit), RTE.chain(() => get(Author, 1)),
    RTE.chain(() => all(select(Book))),
    RTE.chain(([book]) => both(load(Book.tags)(book!), load(Book.tags)(book!))),
  ))
  expect(statements.filter((each) => each.startsWith('select tags') || each.startsWith('select book_tags')).length).toBe(1)
})

test('two flushes at once write everything once', async () => {
  const { statements, result } = await succeeding(library, pipe(
    both(pipe(add(create(Author, { name: 'a' })), RTE.chain(() => flush)), pipe(add(create(Author, { name: 'b' })), RTE.chain(() => flush))),
    RTE.chain(() => all(select(Author))), RTE.map((found) => found.map(({ name }) => name)),
  ))
  expect(result).toEqual(['a', 'b'])
  expect(statements.filter((each) => each.startsWith('insert')).length).toBeLessThanOrEqual(2)
})

test('a change while a flush is in flight belongs to the next one', async () => {
  const ann = create(Author, { name: 'ann' })
  const { statements } = await succeeding(library, pipe(
    add(ann), RTE.chain(() => commit), RTE.map(() => { set(Author, { name: 'first' })(ann) }),
    RTE.chain(() => both(flush, (_env: HasSession) => async () => {
      // The flush has taken what was recorded by now, and waits for its statement.
      await Promise.resolve()
      set(Author, { name: 'second' })(ann)
      append(Author.books, create(Book, { title: 'late' }))(ann)
      return E.right(undefined)
    })),
    RTE.chain(() => commit),
  ))
  expect(ann.name).toBe('second')
  expect(statements).toContain('insert books 1')
})
