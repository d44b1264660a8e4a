import { inspect } from 'node:util'
import { append, create, eqOf, isInstance, isLoaded, stateOf } from '@relata/session'
import { expect, test } from 'vitest'
import { Author, Book, Note, Tag } from '../library.js'

test('a new object shows null and empty, and has nothing that it was not given', () => {
  const author = create(Author, { name: 'ann' })
  expect({ ...author }).toEqual({ id: undefined, name: 'ann', books: [], passport: null })
  expect([isLoaded(Author.name)(author), isLoaded(Author.books)(author), stateOf(author)]).toEqual([true, false, 'transient'])
})

test('a console prints it by the name of its entity', () => {
  expect(inspect(create(Tag, { name: 'new' }))).toBe("Tag { id: undefined, name: 'new', books: [] }")
})

test('a copy has its values and is no instance', () => {
  const author = create(Author, { name: 'ann' })
  expect([isInstance(author), isInstance({ ...author }), isInstance(structuredClone(author))]).toEqual([true, false, false])
  expect(structuredClone(author)).toEqual({ id: undefined, name: 'ann', books: [], passport: null })
})

test('JSON has each object once, then its key', () => {
  const author = create(Author, { id: 1, name: 'ann' })
  append(Author.books, create(Book, { id: 7, title: 'first' }))(author)
  expect(JSON.parse(JSON.stringify(author))).toEqual({
    id: 1, name: 'ann', passport: null,
    books: [{ id: 7, title: 'first', authorId: null, editorId: null, author: { id: 1 }, editor: null, tags: [], notes: {} }],
  })
})

test('JSON of a keyed collection has its keys', () => {
  const book = create(Book, { id: 7, notes: new Map([['cover', create(Note, { id: 1, key: 'cover' })]]) })
  expect(JSON.parse(JSON.stringify(book))).toMatchObject({ notes: { cover: { id: 1, key: 'cover', book: { id: 7 } } } })
})

test('objects that show the same are equal, circles included', () => {
  const made = (title: string) => create(Author, { name: 'ann', books: [create(Book, { title })] })
  const { equals } = eqOf(Author)
  expect([equals(made('a'), made('a')), equals(made('a'), made('b')), equals(made('a'), create(Author, { name: 'ann' }))]).toEqual([true, false, false])
})
