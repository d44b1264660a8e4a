// Objects that leave a session by a flush: deleted ones, and new ones that nobody holds.

import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { add, commit, create, destroy, flush, history, remove, set, stateOf } from '@relata/session'
import { Author, Book, Editor, library } from '../library.js'
import { succeeding } from '../in-session.js'

test('a deleted object was not written: its changes stay changes', async () => {
  const book = create(Book, { id: 1, title: 'old' })
  const { result } = await succeeding(library, pipe(
    add(book), RTE.chain(() => commit), RTE.chain(() => destroy(book)), RTE.chain(() => { set(Book, { title: 'new' })(book); return flush }),
    RTE.map(() => history(Book.title)(book)),
  ))
  expect(result).toEqual({ added: ['new'], unchanged: [], deleted: ['old'] })
})

/** A book that an editor let go before it was in a session, and an author who holds it. */
const stray = () => {
  const book = create(Book, { id: 1, title: 'stray' })
  pipe(create(Editor, { books: new Set([book]) }), remove(Editor.books, book))
  return { book, author: create(Author, { books: [book] }) }
}

test('a new object that was let go outside is not written where another brings it along', async () => {
  const { book, author } = stray()
  const { result, statements } = await succeeding(library, pipe(add(author), RTE.chain(() => flush), RTE.map(() => stateOf(book))))
  expect([result, statements]).toEqual(['transient', ['insert authors 1']])
})

test('it is written where it is added itself', async () => {
  const { book, author } = stray()
  const { result, statements } = await succeeding(library, pipe(add(book, author), RTE.chain(() => flush), RTE.map(() => stateOf(book))))
  expect([result, statements]).toEqual(['persistent', ['insert authors 1', 'insert books 1']])
})
