import { add, all, changes, commit, contains, create, destroy, dryRun, expire, expunge, expungeAll, flush, flushWith, get, load, loadColumn, noAutoflush, one, refresh, save, set, sql, stateOf } from '@relata/session'
import { eq, select, where } from '@relata/core'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, Book, library, Note } from '../library.js'
import { failing, succeeding } from '../in-session.js'

const then = (check: () => void) => RTE.map(<A>(a: A): A => { check(); return a })

test('a query flushes what is pending, unless it is asked not to', async () => {
  const { result, statements } = await succeeding(library, pipe(
    add(create(Author, { name: 'ann' })), RTE.chain(() => noAutoflush(all(select(Author)))),
    RTE.chain((before) => pipe(all(select(Author)), RTE.map((after) => [before.length, after.length]))),
  ))
  expect(result).toEqual([0, 1])
  expect(statements).toEqual(['select authors 0', 'insert authors 1', 'select authors 1'])
})

test('get gives none for a key without a row, and refuses a key of another shape', async () => {
  expect((await succeeding(library, get(Author, 7))).result).toEqual(O.none)
  expect(await failing(library, get(Author, { nr: 7 } as never))).toBe('argument')
})

test('one refuses none and many', async () => {
  expect(await failing(library, one(select(Author)))).toBe('no-result')
  expect(await failing(library, pipe(add(create(Author, {}), create(Author, {})), RTE.chain(() => one(select(Author)))))).toBe('multiple-results')
})

test('save gives the object with its key', async () => {
  expect((await succeeding(library, pipe(create(Author, { name: 'ann' }), save(Author), RTE.map(({ id }) => id)))).result).toBe(1)
})

test('an expired value is read again, a changed one with it', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    add(ann), RTE.chain(() => commit), RTE.chain(() => sql("update authors set name = 'bob'")),
    then(() => { set(Author, { name: 'carl' })(ann) }),
    RTE.chain(() => expire(Author)(ann)), then(() => { expect(ann.name).toBe('ann') }),
    RTE.chain(() => loadColumn(Author.name)(ann)), then(() => { expect(ann.name).toBe('bob') }),
  ))
})

test('refresh reads an object over what it has', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    add(ann), RTE.chain(() => commit), RTE.chain(() => sql("update authors set name = 'bob'")), RTE.chain(() => refresh(Author, 'name')(ann)),
    then(() => { expect(ann.name).toBe('bob') }),
  ))
  expect(await failing(library, refresh(Author)(create(Author, {})))).toBe('not-persistent')
})

test('destroy takes what its cascade reaches along, loading it', async () => {
  const { statements } = await succeeding(library, pipe(
    add(create(Book, { id: 1, notes: new Map([['x', create(Note, { key: 'x' })]]) })), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => one(select(Book))), RTE.chain((book) => destroy(book)), RTE.chain(() => flush),
  ))
  expect(statements).toContain('delete notes 1')
  expect(statements).toContain('delete books 1')
})

test('destroying a new object is refused', async () => {
  expect(await failing(library, destroy(create(Author, {})))).toBe('not-persistent')
})

test('an expunged object is not written, and one that is not there is refused', async () => {
  const ann = create(Author, { name: 'ann' })
  const { statements } = await succeeding(library, pipe(add(ann), RTE.chain(() => expunge(ann)), RTE.chain(() => flush)))
  expect([statements, stateOf(ann)]).toEqual([[], 'transient'])
  expect(await failing(library, expunge(create(Author, {})))).toBe('not-in-session')
})

test('an object of another session is refused', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(add(ann), RTE.chainTaskEitherK(() => async () => {
    expect(await failing(library, add(ann))).toBe('already-attached')
    return { _tag: 'Right', right: undefined } as const
  })))
})

test('a second object with a present key is refused', async () => {
  const ann = create(Author, { id: 1, name: 'ann' })
  expect(await failing(library, pipe(
    add(ann), RTE.chain(() => commit), RTE.chain(() => expunge(ann)), RTE.chain(() => get(Author, 1)), RTE.chain(() => add(ann)),
  ))).toBe('identity-conflict')
})

test('changes tells what the next flush looks at', async () => {
  const [ann, bob, carl] = [create(Author, { name: 'ann' }), create(Author, { name: 'bob' }), create(Author, { name: 'carl' })]
  const { result } = await succeeding(library, pipe(
    add(ann, bob), RTE.chain(() => commit), then(() => { set(Author, { name: 'anna' })(ann) }), RTE.chain(() => noAutoflush(destroy(bob))), RTE.chain(() => add(carl)),
    RTE.chain(() => noAutoflush(changes)),
    RTE.chain((told) => pipe(contains(carl), RTE.map((isIn) => [told.new.length, told.dirty.length, told.deleted.length, isIn]))),
  ))
  expect(result).toEqual([1, 1, 1, true])
})

test('a dry run writes nothing and says why each step would be', async () => {
  const { result, statements } = await succeeding(library, pipe(
    add(create(Author, { name: 'ann', books: [create(Book, { title: 'a' })] })), RTE.chain(() => dryRun),
    RTE.map(({ steps }) => steps.map((step) => `${step._tag} ${step.table}`)),
  ))
  expect(result).toEqual(['insert authors', 'insert books'])
  expect(statements).toEqual([])
})

test('a flush that is not approved writes nothing, and what it would have written stays recorded', async () => {
  const ann = create(Author, { name: 'ann' })
  const { result, statements } = await succeeding(library, pipe(
    add(ann), RTE.chain(() => flushWith(() => false)),
    RTE.chain((approved) => pipe(flushWith(() => true), RTE.map((later) => [approved, later, stateOf(ann)]))),
  ))
  expect(result).toEqual([false, true, 'persistent'])
  expect(statements).toEqual(['insert authors 1'])
})

test('a batch of loads is one statement', async () => {
  const { statements } = await succeeding(library, pipe(
    add(...['a', 'b', 'c'].map((name) => create(Author, { name, books: [create(Book, { title: name })] }))), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => all(select(Author))), RTE.chain(load(Author.books)),
    RTE.map((authors) => { expect(authors.map(({ books }) => books.length)).toEqual([1, 1, 1]) }),
  ))
  expect(statements.slice(-2)).toEqual(['select authors 3', 'select books 3'])
})

test('a query is answered with the objects that are there, changed as they are', async () => {
  const ann = create(Author, { name: 'ann' })
  const { result } = await succeeding(library, pipe(
    add(ann), RTE.chain(() => flush), then(() => { set(Author, { name: 'anna' })(ann) }),
    RTE.chain(() => noAutoflush(one(pipe(select(Author), where(eq(Author.name, 'ann')))))),
  ))
  expect([result as unknown === ann, result.name]).toEqual([true, 'anna'])
})
