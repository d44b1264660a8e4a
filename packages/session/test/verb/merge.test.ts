import { add, all, commit, create, expungeAll, get, merge, set, stateOf } from '@relata/session'
import { select } from '@relata/core'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, Book, library } from '../library.js'
import { failing, succeeding } from '../in-session.js'

test('an object of elsewhere is copied onto the session\'s own', async () => {
  const { result } = await succeeding(library, pipe(
    add(create(Author, { id: 1, name: 'ann' })), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => merge(create(Author, { id: 1, name: 'anna' }))),
    RTE.chain((merged) => pipe(get(Author, 1), RTE.map((own) => [O.toNullable(own) as unknown === merged, merged.name, stateOf(merged)] as const))),
  ))
  expect(result).toEqual([true, 'anna', 'persistent'])
})

test('a graph is merged along its cascade, and what is left out of a collection goes', async () => {
  const { result } = await succeeding(library, pipe(
    add(create(Author, { id: 1, name: 'ann', books: [create(Book, { id: 1, title: 'a' }), create(Book, { id: 2, title: 'b' })] })),
    RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => merge(create(Author, { id: 1, books: [create(Book, { id: 2, title: 'B' }), create(Book, { title: 'c' })] }))),
    RTE.chainFirst(() => commit),
    RTE.chain((merged) => pipe(all(select(Book)), RTE.map((books) => [merged.name, books.map(({ title, authorId }) => [title, authorId])] as const))),
  ))
  expect(result).toEqual(['ann', [['a', null], ['B', 1], ['c', 1]]])
})

test('without load nothing is sent', async () => {
  const { statements } = await succeeding(library, pipe(
    add(create(Author, { id: 1, name: 'ann' })), RTE.chain(() => commit), RTE.chain(() => all(select(Author))),
    RTE.chainFirst(() => expungeAll),
    RTE.chain(([ann]) => merge(ann!, { load: false })),
    RTE.map((merged) => { expect([merged.name, stateOf(merged)]).toEqual(['ann', 'persistent']) }),
  ))
  expect(statements).toEqual(['insert authors 1', 'select authors 1'])
})

test('without load, new and changed objects are refused', async () => {
  expect(await failing(library, merge(create(Author, { name: 'ann' }), { load: false }))).toBe('invalid-request')
  expect(await failing(library, pipe(
    add(create(Author, { id: 1, name: 'ann' })), RTE.chain(() => commit), RTE.chain(() => all(select(Author))), RTE.chainFirst(() => expungeAll),
    RTE.chain(([ann]) => merge(set(Author, { name: 'anna' })(ann!), { load: false })),
  ))).toBe('invalid-request')
})

test('an object without a key, or with one that no row has, becomes a new one', async () => {
  const { result, statements } = await succeeding(library, pipe(
    merge(create(Author, { name: 'ann' })), RTE.map(stateOf), RTE.bindTo('without'), RTE.bind('unknown', () => merge(create(Author, { id: 7, name: 'bob' }))),
    RTE.map(({ without, unknown }) => [without, stateOf(unknown), unknown.id]),
  ))
  expect([result, statements]).toEqual([['pending', 'pending', 7], ['insert authors 1', 'select authors 0']])
})

test('what was not given stays; an empty collection that was given empties', async () => {
  const { result } = await succeeding(library, pipe(
    add(create(Author, { id: 1, name: 'ann', books: [create(Book, { id: 1 })] })), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => merge(create(Author, { id: 1 }))), RTE.bindTo('first'), RTE.bind('kept', () => pipe(all(select(Book)), RTE.map((books) => books.map(({ authorId }) => authorId)))),
    RTE.bind('second', () => merge(create(Author, { id: 1, books: [] }))), RTE.bind('left', () => pipe(commit, RTE.chain(() => expungeAll), RTE.chain(() => all(select(Book))))),
    RTE.map(({ first, kept, left }) => [first.name, kept, left.map(({ authorId }) => authorId)]),
  ))
  expect(result).toEqual(['ann', [1], [null]])
})

test('two given objects with one key end as one, in a circle too', async () => {
  const [first, second] = [create(Book, { id: 1, title: 'first' }), create(Book, { id: 1, title: 'second' })]
  const { result } = await succeeding(library, pipe(
    merge(create(Author, { id: 1, name: 'ann', books: [first, second] })), RTE.chainFirst(() => commit), RTE.chain((author) => pipe(all(select(Book)), RTE.map((books) => [books.length, books[0]?.title, books[0]?.authorId === author.id]))),
  ))
  expect(result).toEqual([1, 'second', true])
})

test('the object given is left as it is', async () => {
  const given = create(Author, { id: 1, name: 'given' })
  await succeeding(library, pipe(merge(given), RTE.chain((merged) => { set(Author, { name: 'merged' })(merged); return commit })))
  expect([stateOf(given), given.name]).toEqual(['transient', 'given'])
})
