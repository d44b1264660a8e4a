import { add, changes, commit, create, destroy, flush, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, library } from '../library.js'
import { succeeding } from '../in-session.js'

type Author = ReturnType<typeof authors>[number]

const authors = (count: number) => Array.from({ length: count }, (_, i) => create(Author, { name: `author ${i}` }))

test('a list of more objects than a call has room for is added', async () => {
  const { result } = await succeeding(library, pipe(add(authors(200_000)), RTE.chain(() => changes)))
  expect(result.new).toHaveLength(200_000)
})

test('objects and lists of them are added in their order', async () => {
  const [first, second, third, fourth] = authors(4) as [Author, Author, Author, Author]
  await succeeding(library, pipe(add(first, [second, third], fourth), RTE.chain(() => flush)))
  expect([first, second, third, fourth].map(({ id }) => id)).toEqual([1, 2, 3, 4])
})

test('where one object cannot be added none is', async () => {
  const [ann, bob] = authors(2) as [Author, Author]
  const { result } = await succeeding(library, pipe(
    add(bob), RTE.chain(() => commit), RTE.chain(() => destroy(bob)), RTE.chain(() => commit),
    RTE.chain(() => pipe(add(ann, bob), RTE.map((): string => 'added'), RTE.orElse(({ code }): Db<string> => RTE.right(code)))),
    RTE.bindTo('answer'), RTE.bind('changes', () => changes),
  ))
  expect(result).toEqual({ answer: 'has-been-deleted', changes: { new: [], dirty: [], deleted: [] } })
})
