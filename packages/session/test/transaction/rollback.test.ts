import { add, all, append, beginSavepoint, commit, create, destroy, expungeAll, flush, get, history, isLoaded, load, releaseSavepoint, remove, rollback, set, stateOf } from '@relata/session'
import { select } from '@relata/core'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import type { HasSession, SessionError } from '@relata/session'
import { Author, Book, library } from '../library.js'
import { failing, succeeding } from '../in-session.js'

const andThen = RTE.chainFirst
const then = (check: () => void) => RTE.map(<A>(a: A): A => { check(); return a })

test('a persistent object shows what it had before the transaction, stale', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    add(ann), andThen(() => commit),
    then(() => { set(Author, { name: 'anna' })(ann) }), andThen(() => flush), andThen(() => rollback),
    then(() => { expect([ann.name, isLoaded(Author.name)(ann), stateOf(ann)]).toEqual(['ann', false, 'persistent']) }),
  ))
})

test('a collection shows the members that it had before', async () => {
  const [a, b] = [create(Book, { title: 'a' }), create(Book, { title: 'b' })]
  const ann = create(Author, { books: [a] })
  await succeeding(library, pipe(
    add(ann, b), andThen(() => commit),
    then(() => { remove(Author.books, a)(append(Author.books, b)(ann)) }), andThen(() => flush),
    then(() => { expect(ann.books).toEqual([b]) }), andThen(() => rollback),
    then(() => { expect(ann.books).toEqual([a]) }),
  ))
})

test('a new object becomes transient and keeps its values and key', async () => {
  const ann = create(Author, { name: 'ann' })
  const { result } = await succeeding(library, pipe(
    add(ann), andThen(() => flush), andThen(() => rollback),
    then(() => { expect([stateOf(ann), ann.id, ann.name]).toEqual(['transient', 1, 'ann']) }),
    andThen(() => add(ann)), andThen(() => commit), RTE.chain(() => get(Author, 1)),
  ))
  expect(result).toEqual(O.some(ann))
})

test('a deleted object is persistent again', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    add(ann), andThen(() => commit), andThen(() => destroy(ann)), andThen(() => flush),
    then(() => { expect(stateOf(ann)).toBe('deleted') }), andThen(() => rollback),
    then(() => { expect(stateOf(ann)).toBe('persistent') }),
  ))
})

test('an object whose row was deleted cannot be added again', async () => {
  const ann = create(Author, { name: 'ann' })
  expect(await failing(library, pipe(add(ann), andThen(() => commit), andThen(() => destroy(ann)), andThen(() => commit), andThen(() => expungeAll), andThen(() => add(ann))))).toBe('has-been-deleted')
})

test('what is not committed is rolled back at the end of a run', async () => {
  const { result } = await succeeding(library, pipe(
    add(create(Author, { name: 'ann' })), andThen(() => flush), andThen(() => rollback), RTE.chain(() => all(select(Author))),
  ))
  expect(result).toEqual([])
})

test('a failed flush leaves the session waiting for its rollback', async () => {
  const [first, second] = [create(Author, { id: 1, name: 'a' }), create(Author, { id: 1, name: 'b' })]
  expect(await failing(library, pipe(
    add(first), andThen(() => commit), andThen(() => add(second)),
    andThen(() => pipe(flush, RTE.orElse(() => RTE.of<HasSession, SessionError, void>(undefined)))), andThen(() => all(select(Author))),
  ))).toBe('pending-rollback')
})

test('after the rollback of a failed flush the session goes on', async () => {
  const [first, second] = [create(Author, { id: 1, name: 'a' }), create(Author, { id: 1, name: 'b' })]
  const { result } = await succeeding(library, pipe(
    add(first), andThen(() => commit), then(() => { set(Author, { name: 'changed' })(first) }), andThen(() => add(second)),
    andThen(() => pipe(flush, RTE.orElse(() => rollback))),
    then(() => { expect([stateOf(second), first.name]).toEqual(['transient', 'a']) }),
    RTE.chain(() => all(select(Author))), RTE.map((found) => found.map(({ name }) => name)),
  ))
  expect(result).toEqual(['a'])
})

test('with expireOnCommit everything is read again', async () => {
  const ann = create(Author, { name: 'ann', books: [create(Book, { title: 'a' })] })
  const { statements } = await succeeding(library, pipe(
    add(ann), andThen(() => commit), then(() => { expect([isLoaded(Author.name)(ann), ann.name]).toEqual([false, 'ann']) }),
    RTE.chain(() => load(Author.books)(ann as never)),
  ), { expireOnCommit: true })
  expect(statements.filter((each) => each.startsWith('select'))).toEqual(['select authors 1', 'select books 1'])
})

test('a history after a flush is empty', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    add(ann), andThen(() => flush), then(() => {
      expect(history(Author.name)(ann)).toEqual({ added: [], unchanged: ['ann'], deleted: [] })
      set(Author, { name: 'anna' })(ann)
      expect(history(Author.name)(ann)).toEqual({ added: ['anna'], unchanged: [], deleted: ['ann'] })
      set(Author, { name: 'ann' })(ann)
      expect(history(Author.name)(ann)).toEqual({ added: [], unchanged: ['ann'], deleted: [] })
    }),
  ))
})

test('a flush of nothing does nothing while the session waits for its rollback, and a commit is refused', async () => {
  const failed = pipe(add(create(Book, { authorId: 99 })), RTE.chain(() => flush), RTE.orElse(() => RTE.of<HasSession, SessionError, void>(undefined)))
  await succeeding(library, pipe(failed, RTE.chain(() => flush)))
  expect(await failing(library, pipe(failed, RTE.chain(() => flush), RTE.chain(() => commit)))).toBe('pending-rollback')
})

test('a new object that the session let go is transient too once its row is rolled back', async () => {
  const [ann, bob] = [create(Author, { name: 'ann' }), create(Author, { name: 'bob' })]
  const { result } = await succeeding(library, pipe(
    add(bob), andThen(() => commit), andThen(() => add(ann)), andThen(() => flush), andThen(() => expungeAll),
    then(() => { expect([stateOf(ann), stateOf(bob)]).toEqual(['detached', 'detached']) }), andThen(() => rollback),
    then(() => { expect([stateOf(ann), stateOf(bob)]).toEqual(['transient', 'detached']) }),
    andThen(() => add(ann)), andThen(() => commit), RTE.chain(() => all(select(Author))),
  ))
  expect(result.map(({ name }) => name)).toEqual(['bob', 'ann'])
})

test('what a savepoint inserted and the session let go is transient once all is rolled back', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    beginSavepoint, andThen(() => add(ann)), andThen(() => flush), andThen(() => expungeAll), andThen(() => releaseSavepoint),
    then(() => { expect(stateOf(ann)).toBe('detached') }), andThen(() => rollback), then(() => { expect(stateOf(ann)).toBe('transient') }),
  ))
})
