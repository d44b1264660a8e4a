import { add, append, attempt, commit, create, destroy, edit, flush, RelataError, remove, set, unset } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'
import { Author, Book, Editor, library, Note, Passport } from '../library.js'

const codeOf = (change: () => unknown): string => {
  const result = attempt(change)
  return E.isLeft(result) ? result.left.code : 'accepted'
}

test('removing an object that is no member changes nothing', () => {
  const [member, stranger] = [create(Book, {}), create(Book, {})]
  const author = create(Author, { books: [member] })
  expect(codeOf(() => remove(Author.books, member, stranger)(author))).toBe('value')
  expect([author.books, member.author]).toEqual([[member], author])
})

test('a second parent is refused where one is allowed', () => {
  const passport = create(Passport, {})
  const [first, second] = [create(Author, { passport }), create(Author, {})]
  expect(codeOf(() => set(Author, { name: 'x', passport })(second))).toBe('single-parent')
  expect([first.passport, second.passport, second.name]).toEqual([passport, null, null])
})

test('the same parent may be given its object again, and another one once the first let go', () => {
  const passport = create(Passport, {})
  const [first, second] = [create(Author, { passport }), create(Author, {})]
  expect(codeOf(() => set(Author, { passport })(first))).toBe('accepted')
  set(Author, { passport: null })(first)
  expect(codeOf(() => set(Author, { passport })(second))).toBe('accepted')
})

test.each([
  ['null for a collection', () => set(Author, { books: null as never })(create(Author, {})), 'collection-type'],
  ['one object for a collection', () => set(Author, { books: create(Book, {}) as never })(create(Author, {})), 'collection-type'],
  ['text for a collection', () => set(Author, { books: 'books' as never })(create(Author, {})), 'collection-type'],
  ['a plain object as a member', () => append(Author.books, { title: 'x' } as never)(create(Author, {})), 'attribute'],
  ['a spread copy as a member', () => append(Author.books, Object.assign({}, create(Book, {})) as never)(create(Author, {})), 'attribute'],
  ['a list for a reference', () => set(Book, { author: [create(Author, {})] as never })(create(Book, {})), 'attribute'],
  ['an attribute that is not there', () => set(Author, { bogus: 1 } as never)(create(Author, {})), 'attribute'],
  ['a subject of another entity', () => set(Author, { name: 'x' })(create(Editor, {}) as never), 'wrong-type'],
  ['a spread copy as the subject', () => set(Author, { name: 'x' })(Object.assign({}, create(Author, {})) as never), 'argument'],
  ['unsetting what has no value', () => unset(Author, 'name')(create(Author, {})), 'attribute'],
  ['an index that is not there', () => edit(Author.books, { how: 'removeAt', at: 0 })(create(Author, {})), 'value'],
  ['a key that is not there', () => edit(Book.notes, { how: 'removeKey', key: 'x' })(create(Book, {})), 'key'],
  ['an index into a keyed collection', () => edit(Book.notes, { how: 'insert', at: 0, value: create(Note, { key: 'x' }) })(create(Book, {})), 'collection-type'],
] as const)('%s is refused', (_what, change, code) => {
  expect(codeOf(change)).toBe(code)
})

test('a refusal is thrown as a RelataError that says what to do', () => {
  expect(() => set(Author, { books: null as never })(create(Author, {}))).toThrow(RelataError)
  expect(() => set(Author, { books: null as never })(create(Author, {}))).toThrow('give an array of its members')
})

test('what is not refused as a change goes on as the bug it is', () => {
  expect(() => attempt(() => { throw new TypeError('bug') })).toThrow(TypeError)
})

test('the object that a reference holds already is no newcomer, whatever became of its row', async () => {
  const [author, passport] = [create(Author, {}), create(Passport, {})]
  set(Author, { passport })(author)
  await succeeding(library, pipe(
    add(author), RTE.chain(() => commit), RTE.chain(() => destroy(passport)), RTE.chain(() => flush),
    RTE.map(() => { expect(codeOf(() => set(Author, { passport })(author))).toBe('accepted') }),
  ))
  const other = create(Author, {})
  await succeeding(library, pipe(add(other), RTE.map(() => { expect(codeOf(() => set(Author, { passport })(other))).not.toBe('accepted') })))
})
