// Collections by class: which members they hold under which key, and what is written of them.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, edit, expungeAll, load, remove, set, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { Author, Book, Editor, library, Note } from '../library.js'
import { opened } from '../opened.js'

const shelves = table('shelves', { id: column(integer, { primaryKey: true }) })
const books = table('books', { id: column(integer, { primaryKey: true }), shelfId: column(integer, { name: 'shelf_id', references: 'shelves.id', nullable: true }), row: column(integer), place: column(integer), title: column(text) })
const parts = entities({
  Shelf: entity(shelves, {
    byTitle: relationship('Book', { collectionClass: { keyedBy: 'title' }, overlaps: 'byPlace, byLength' }),
    byPlace: relationship('Book', { collectionClass: { keyedBy: ['row', 'place'] }, overlaps: 'byTitle, byLength' }),
    byLength: relationship('Book', { collectionClass: { keyedBy: (book: { readonly title: string }) => book.title.length }, overlaps: 'byTitle, byPlace' }),
  }),
  Book: entity(books),
})
interface Parts extends Model<typeof parts> {}
const room = registry<Parts>(parts)
const { Shelf, Book: Volume } = room.entities
const volume = (title: string, place: number) => create(Volume, { title, row: 1, place })

describe('a keyed collection', () => {
  test('holds members by an attribute, by several, and by a function of them, loaded as given', async () => {
    const { db } = await opened(room)
    const [one, two] = [volume('one', 1), volume('three', 2)]
    const shelf = create(Shelf, { id: 1 })
    append(Shelf.byTitle, one, two)(shelf)
    db.add(shelf)
    await db.commit()
    await db.run(expungeAll)
    const found = (await db.get(Shelf, 1))!
    const { byTitle } = await db.run(load(Shelf.byTitle)(found))
    const { byPlace } = await db.run(load(Shelf.byPlace)(found))
    const { byLength } = await db.run(load(Shelf.byLength)(found))
    expect([[...byTitle.keys()], [...byPlace.keys()], [...byLength.keys()]]).toEqual([['one', 'three'], ['[1,1]', '[1,2]'], [3, 5]])
  })

  test('keeps a member under its key when that changes, and has nothing under the new one', () => {
    const one = volume('one', 1)
    const shelf = append(Shelf.byTitle, one)(create(Shelf, {}))
    set(Volume, { title: 'uno' })(one)
    expect([[...shelf.byTitle.keys()], shelf.byTitle.get('one')]).toEqual([['one'], one])
    expect(() => edit(Shelf.byTitle, { how: 'removeKey', key: 'uno' })(shelf)).toThrow('nothing under the key uno')
    edit(Shelf.byTitle, { how: 'removeKey', key: 'one' })(shelf)
    expect(shelf.byTitle.size).toBe(0)
  })
})

describe('a list', () => {
  test('may hold one object twice: it is written once, and is there once when it is read', async () => {
    const { db, sent } = await opened(library)
    const book = create(Book, { title: 'a' })
    const author = create(Author, { id: 1, books: [book, book] })
    expect(author.books).toEqual([book, book])
    db.add(author)
    await db.commit()
    expect(sent()).toEqual(['insert authors 1', 'insert books 1'])
    await db.run(expungeAll)
    expect((await db.run(load(Author.books)((await db.get(Author, 1))!))).books.length).toBe(1)
  })

  test.each([
    ['extended', (author: object, book: object) => edit(Author.books, { how: 'extend', values: [book as never] })(author as never)],
    ['inserted into', (author: object, book: object) => edit(Author.books, { how: 'insert', at: 0, value: book as never })(author as never)],
    ['spliced', (author: object, book: object) => edit(Author.books, { how: 'splice', at: 0, count: 0, values: [book as never] })(author as never)],
    ['appended to', (author: object, book: object) => append(Author.books, book as never)(author as never)],
    ['assigned', (author: object, book: object) => set(Author, { books: [book as never] })(author as never)],
  ] as const)('%s tells the other side and the session', async (_how, change) => {
    const { db } = await opened(library)
    const [author, book] = [create(Author, { books: [] }), create(Book, {})]
    db.add(author)
    await db.commit()
    change(author, book)
    await db.flush()
    expect([book.author, book.authorId]).toEqual([author, author.id])
  })

  test.each([
    ['cleared', (author: object) => edit(Author.books, { how: 'clear' })(author as never)],
    ['cut by index', (author: object) => edit(Author.books, { how: 'removeAt', at: 0 })(author as never)],
    ['spliced', (author: object) => edit(Author.books, { how: 'splice', at: 0, count: 1, values: [] })(author as never)],
    ['given another in its place', (author: object) => edit(Author.books, { how: 'replaceAt', at: 0, value: create(Book, {}) as never })(author as never)],
    ['emptied by assignment', (author: object) => set(Author, { books: [] })(author as never)],
  ] as const)('%s lets the member go on both sides', async (_how, change) => {
    const { db } = await opened(library)
    const book = create(Book, {})
    const author = create(Author, { books: [book] })
    db.add(author)
    await db.commit()
    change(author)
    await db.flush()
    expect([book.author, book.authorId]).toEqual([null, null])
  })

  test('that was replaced is an array like any other: what becomes of it is not written', async () => {
    const { db, sent } = await opened(library)
    const [book, other] = [create(Book, {}), create(Book, {})]
    const author = create(Author, { books: [book] })
    db.add(author, other)
    await db.commit()
    const before = author.books as unknown[]
    remove(Author.books, book)(author)
    sent()
    before.push(other)
    await db.flush()
    expect([sent(), author.books, await db.run(sql('select count(*) from books where "authorId" is not null'))]).toEqual([['update books 1'], [], [[0]]])
  })
})

test('the compiler takes the shape of its class for a collection, and no other', () => {
  const typed = () => {
    // @ts-expect-error: a list for a set
    set(Editor, { books: [create(Book, {})] })
    // @ts-expect-error: a map for a list
    set(Author, { books: new Map([['a', create(Book, {})]]) })
    // @ts-expect-error: a list for a keyed collection
    return set(Book, { notes: [create(Note, { key: 'x' })] })
  }
  expect(typed).toBeTypeOf('function')
})
