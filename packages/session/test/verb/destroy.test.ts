import { add, commit, create, destroy, expungeAll, all, flush } from '@relata/session'
import { select } from '@relata/core'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Book, library, Note } from '../library.js'
import { succeeding } from '../in-session.js'

const books = () => Array.from({ length: 3 }, (_, i) => create(Book, { title: `book ${i}`, notes: new Map([['x', create(Note, { key: 'x' })]]) }))

test('what a list of objects cascades to is loaded by one statement a relationship', async () => {
  const { statements } = await succeeding(library, pipe(
    add(books()), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => all(select(Book))), RTE.chain((found) => destroy(found)),
  ))
  expect(statements.slice(-2)).toEqual(['select books 3', 'select notes 3'])
})

test('a list of objects is deleted by one statement a table', async () => {
  const { statements } = await succeeding(library, pipe(
    add(books()), RTE.chain(() => commit), RTE.chain(() => all(select(Book))), RTE.chain((found) => destroy(found)), RTE.chain(() => flush),
  ))
  expect(statements.slice(-2)).toEqual(['delete notes 3', 'delete books 3'])
})
