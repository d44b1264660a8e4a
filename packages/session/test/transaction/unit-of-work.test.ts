// Transactions and the objects in them: when they begin, and what a rollback and a savepoint give back.

import { append, beginSavepoint, contains, create, expungeAll, isLoaded, load, releaseSavepoint, remove, rollbackToSavepoint, set, sql, stateOf } from '@relata/session'
import { select } from '@relata/core'
import { query } from '@relata/session/plain'
import { describe, expect, test } from 'vitest'
import { Author, Book, Editor, library, Note } from '../library.js'
import { opened } from '../opened.js'

const withAuthor = async () => {
  const scene = await opened(library)
  const book = create(Book, { id: 1, title: 'a' })
  const author = create(Author, { id: 1, name: 'ann', books: [book] })
  scene.db.add(author)
  await scene.db.commit()
  scene.sent()
  return { ...scene, author, book }
}

describe('a transaction', () => {
  test('begins with the first statement and goes on to its end: what was written is there within, and gone after a rollback', async () => {
    const { db } = await withAuthor()
    await db.run(sql("update authors set name = 'x'"))
    expect(await db.run(sql('select name from authors'))).toEqual([['x']])
    await db.rollback()
    expect(await db.run(sql('select name from authors'))).toEqual([['ann']])
  })

  test('that is rolled back leaves the session\'s new objects outside, its deleted ones inside, and all of them to be read again', async () => {
    const { db, author, book } = await withAuthor()
    const fresh = create(Author, { name: 'new' })
    db.add(fresh)
    set(Author, { name: 'x' })(author)
    await db.destroy(book)
    await db.flush()
    await db.rollback()
    expect([stateOf(fresh), stateOf(book), await db.run(contains(fresh)), await db.run(contains(book))]).toEqual(['transient', 'persistent', false, true])
    expect([author.name, isLoaded(Author.name)(author), isLoaded(Book.title)(book)]).toEqual(['ann', false, false])
  })

  test('that is rolled back gives back keys', async () => {
    const { db, author } = await withAuthor()
    remove(Author.books, author.books[0]!)(author)
    await db.commit()
    set(Author, { id: 7 })(author)
    await db.flush()
    expect((await db.get(Author, 7)) === author as unknown).toBe(true)
    await db.rollback()
    expect([(await db.get(Author, 1)) === author as unknown, await db.get(Author, 7), author.id]).toEqual([true, undefined, 1])
  })

  test('that is rolled back gives collections back what the database has, orphans and cascades included', async () => {
    const { db } = await opened(library)
    const [kept, gone] = [create(Book, { title: 'kept' }), create(Book, { title: 'gone', notes: new Map([['x', create(Note, { key: 'x' })]]) })]
    const editor = create(Editor, { name: 'e', books: new Set([kept, gone]) })
    db.add(editor)
    await db.commit()
    remove(Editor.books, gone)(editor)
    await db.destroy(kept)
    await db.flush()
    await db.rollback()
    const { books } = await db.run(load(Editor.books)((await db.get(Editor, editor.id ?? 0))!))
    expect(new Set(books)).toEqual(new Set([kept, gone]))
    expect([stateOf(kept), stateOf(gone), await db.run(sql('select count(*) from notes'))]).toEqual(['persistent', 'persistent', [[1]]])
  })
})

describe('a savepoint', () => {
  test('flushes before it is set, and what did not change since is left as it is when it is rolled back', async () => {
    const { db, sent, author, book } = await withAuthor()
    set(Author, { name: 'before' })(author)
    await db.run(beginSavepoint)
    expect(sent()).toEqual(['update authors 1'])
    set(Book, { title: 'within' })(book)
    await db.flush()
    await db.run(rollbackToSavepoint)
    expect([isLoaded(Author.name)(author), author.name, isLoaded(Book.title)(book), book.title]).toEqual([true, 'before', false, 'a'])
  })

  test('that is rolled back lets go of what was added in it and takes back what was deleted', async () => {
    const { db, book } = await withAuthor()
    await db.run(beginSavepoint)
    const fresh = create(Author, { name: 'new' })
    db.add(fresh)
    await db.destroy(book)
    await db.flush()
    await db.run(rollbackToSavepoint)
    expect([stateOf(fresh), stateOf(book)]).toEqual(['transient', 'persistent'])
    await db.commit()
    expect((await db.all(query(select(Author)))).length).toBe(1)
  })

  test('that is rolled back gives collections back what they had, on both sides', async () => {
    const { db, author, book } = await withAuthor()
    const other = create(Author, { id: 2, name: 'bob', books: [] })
    db.add(other)
    await db.flush()
    await db.run(beginSavepoint)
    append(Author.books, book)(other)
    await db.flush()
    await db.run(rollbackToSavepoint)
    expect([author.books, other.books, book.author]).toEqual([[book], [], author])
  })

  test('inside another hands on what it did when it is released', async () => {
    const { db, author } = await withAuthor()
    await db.run(beginSavepoint)
    await db.run(beginSavepoint)
    await db.run(beginSavepoint)
    set(Author, { name: 'deep' })(author)
    await db.run(releaseSavepoint)
    await db.run(releaseSavepoint)
    expect(author.name).toBe('deep')
    await db.run(rollbackToSavepoint)
    expect([author.name, isLoaded(Author.name)(author), await db.run(sql('select name from authors'))]).toEqual(['ann', false, [['ann']]])
  })

  test('in which a constraint fails leaves what is around it to go on', async () => {
    const { db, author } = await withAuthor()
    set(Author, { name: 'around' })(author)
    await db.run(beginSavepoint)
    db.add(create(Author, { id: 1, name: 'twice' }))
    await expect(db.flush()).rejects.toMatchObject({ code: 'integrity' })
    await expect(db.all(query(select(Author)))).rejects.toMatchObject({ code: 'pending-rollback' })
    await db.run(rollbackToSavepoint)
    await db.commit()
    await db.run(expungeAll)
    expect((await db.get(Author, 1))?.name).toBe('around')
  })
})

test('what fails in an autoflush says that it was one', async () => {
  const { db } = await withAuthor()
  db.add(create(Author, { id: 1, name: 'twice' }))
  await expect(db.all(query(select(Author)))).rejects.toMatchObject({ code: 'integrity', message: expect.stringMatching(/another Author has id already.*in the autoflush before a read/) as string })
  await db.rollback()
})
