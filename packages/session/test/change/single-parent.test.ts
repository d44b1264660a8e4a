// singleParent: a second parent is refused before anything is changed, whichever verb and side brings it.

import { column, entities, entity, integer, registry, relationship, table } from '@relata/core'
import { append, create, edit, remove, set } from '@relata/session'
import { expect, test } from 'vitest'

const shelves = table('shelves', { id: column(integer, { primaryKey: true }) })
const books = table('books', { id: column(integer, { primaryKey: true }) })
const shelfBooks = table('shelf_books', { shelfId: column(integer, { primaryKey: true, references: 'shelves.id' }), bookId: column(integer, { primaryKey: true, references: 'books.id' }) })
const { Shelf, Book } = registry(entities({
  Shelf: entity(shelves, { books: relationship('Book', { secondary: shelfBooks, cascade: 'all, delete-orphan', singleParent: true, backPopulates: 'shelves' }) }),
  Book: entity(books, { shelves: relationship('Shelf', { secondary: shelfBooks, backPopulates: 'books' }) }),
})).entities

const held = () => {
  const book = create(Book, {})
  return { book, first: create(Shelf, { books: [book] }), second: create(Shelf, {}) }
}

test.each([
  ['appended', ({ book, second }: ReturnType<typeof held>) => append(Shelf.books, book)(second)],
  ['assigned', ({ book, second }: ReturnType<typeof held>) => set(Shelf, { books: [book] })(second)],
  ['put in by index', ({ book, second }: ReturnType<typeof held>) => edit(Shelf.books, { how: 'insert', at: 0, value: book })(second)],
  ['given to a new one', ({ book }: ReturnType<typeof held>) => create(Shelf, { books: [book] })],
] as const)('%s', (_how, give) => {
  const scene = held()
  expect(() => give(scene)).toThrow(expect.objectContaining({ code: 'single-parent' }))
  expect([scene.first.books, scene.second.books, scene.book.shelves]).toEqual([[scene.book], [], [scene.first]])
})

test('the same parent may be given it again, and another once the first let it go', () => {
  const { book, first, second } = held()
  set(Shelf, { books: [book] })(first)
  remove(Shelf.books, book)(first)
  append(Shelf.books, book)(second)
  expect([first.books, second.books]).toEqual([[], [book]])
})
