// A member that has moved on: to take it out of where it was does not undo where it went.

import { attempt, commit, create, expire, flush, load, noAutoflush, remove, save, set } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'
import { Author, Book, library } from '../library.js'

/** A book that was of the first author, whose books are not loaded, and is of the second now. */
const moved = () => {
  const book = create(Book, {})
  return pipe(
    save(Author)(create(Author, { books: [book] })), RTE.bindTo('first'), RTE.bind('second', () => save(Author)(create(Author, {}))),
    RTE.tap(() => commit), RTE.tap(({ first }) => expire(Author)(first)),
    RTE.map(({ first, second }) => { set(Book, { author: second })(book); return { first, second, book } }),
  )
}

test('taken out of a collection that is not loaded', async () => {
  await succeeding(library, pipe(moved(), RTE.chain(({ first, second, book }) => {
    remove(Author.books, book)(first)
    expect(book.author).toBe(second)
    return pipe(flush, RTE.map(() => { expect(book.authorId).toBe(second.id) }))
  })))
})

test('not in the collection that is loaded before the flush, and not taken out of it', async () => {
  await succeeding(library, pipe(moved(), RTE.chain(({ first, second, book }) => pipe(load(Author.books)(first), noAutoflush, RTE.map(({ books }) => {
    expect(books).toEqual([])
    expect(E.isLeft(attempt(() => remove(Author.books, book)(first)))).toBe(true)
    expect(book.author).toBe(second)
  })))))
})
