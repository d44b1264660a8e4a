// Keyed collections and members whose key is not there yet.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { append, attempt, create, set } from '@relata/session'

const books = table('books', { id: column(integer, { primaryKey: true }) })
const notes = table('notes', { id: column(integer, { primaryKey: true }), key: column(text, { nullable: true }), bookId: column(integer, { references: 'books.id', nullable: true }) })
const parts = entities({
  Book: entity(books, {
    notes: relationship('Note', { collectionClass: { keyedBy: 'key' }, backPopulates: 'book' }),
    lenient: relationship('Note', { collectionClass: { keyedBy: 'key', ignoreUnpopulated: true }, viewonly: true }),
  }),
  Note: entity(notes, { book: relationship('Book', { backPopulates: 'notes' }) }),
})
interface Parts extends Model<typeof parts> {}
const { Book, Note } = registry<Parts>(parts).entities

const refusal = (change: () => unknown): string => {
  const outcome = attempt(change)
  return E.isLeft(outcome) ? `${outcome.left.code}: ${outcome.left.message}` : 'no refusal'
}

describe('a member whose key was not given', () => {
  test('is refused, from either side, and nothing changed', () => {
    const book = create(Book, {})
    const note = create(Note, {})
    const said = "invalid-request: Book.notes is keyed by 'key', which new Note was not given yet"
    expect([refusal(() => pipe(book, append(Book.notes, note))), refusal(() => set(Note, { book })(note))]).toEqual([said, said])
    expect([book.notes.size, note.book]).toEqual([0, null])
  })

  test('may be given its key with the object, in any order', () => {
    const book = create(Book, {})
    const note = create(Note, { book, key: 'x' })
    expect(book.notes.get('x')).toBe(note)
  })

  test('may have null for a key, if it was given', () => {
    const book = create(Book, {})
    const note = create(Note, { key: null })
    pipe(book, append(Book.notes, note))
    expect([...book.notes]).toEqual([[null, note]])
  })

  test('is left out where the mapping says so', () => {
    const book = create(Book, {})
    pipe(book, append(Book.lenient, create(Note, {})))
    expect(book.lenient.size).toBe(0)
  })
})
