// Destroying what was destroyed before, and expiring it.

import { changes, destroy, expire, refresh, stateOf, beginSavepoint, rollbackToSavepoint, create } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { Author, Book, library, Note } from '../library.js'
import { opened } from '../opened.js'

const withBook = async () => {
  const { db, sent, warnings } = await opened(library)
  const note = create(Note, { id: 1, key: 'x' })
  const book = create(Book, { id: 1, title: 'a', notes: new Map([['x', note]]) })
  db.add(book)
  await db.commit()
  sent()
  return { db, sent, warnings, book, note }
}

describe('an object that is to be deleted', () => {
  test('is so once, however often it is destroyed', async () => {
    const { db, sent, book, note } = await withBook()
    await db.destroy(book, book)
    await db.destroy(book)
    expect((await db.run(changes)).deleted).toEqual([book, note])
    await db.flush()
    expect(sent()).toEqual(['select book_tags 0', 'delete notes 1', 'delete books 1'])
  })

  test('may be expired', async () => {
    const { db, book } = await withBook()
    await db.destroy(book)
    await db.run(expire(Book)(book))
    expect((await db.run(changes)).deleted).toContain(book)
  })
})

describe('an object whose row this transaction deleted', () => {
  test('may be destroyed again: the flush asks for its row and warns that it is not there', async () => {
    const { db, sent, warnings, book, note } = await withBook()
    await db.destroy(book)
    await db.flush()
    sent()
    await db.destroy(book)
    expect((await db.run(changes)).deleted).toEqual([book, note])
    await db.flush()
    expect([sent(), (await db.run(changes)).deleted, stateOf(book)]).toEqual([['delete notes 0', 'delete books 0'], [], 'deleted'])
    expect(warnings.map(({ code }) => code)).toEqual(['deleted-rows', 'deleted-rows'])
  })

  test('comes back with the rollback of what deleted it first, not of what deleted it again', async () => {
    const { db, book } = await withBook()
    await db.destroy(book)
    await db.flush()
    await db.run(beginSavepoint)
    await db.destroy(book)
    await db.flush()
    await db.run(rollbackToSavepoint)
    expect(stateOf(book)).toBe('deleted')
    await db.rollback()
    expect(stateOf(book)).toBe('persistent')
  })

  test('is neither expired nor refreshed', async () => {
    const { db, book } = await withBook()
    await db.destroy(book)
    await db.flush()
    await expect(db.run(expire(Book)(book))).rejects.toMatchObject({ code: 'not-persistent' })
    await expect(db.run(refresh(Book)(book))).rejects.toMatchObject({ code: 'not-persistent' })
  })

  test('is not another session\'s to delete', async () => {
    const { db, book } = await withBook()
    await db.destroy(book)
    await db.flush()
    const { db: other } = await opened(library)
    await expect(other.run(destroy(book))).rejects.toMatchObject({ code: 'has-been-deleted' })
  })
})

test('an object without a row is not deleted, whatever follows it', async () => {
  const { db } = await withBook()
  await expect(db.destroy(create(Author, { name: 'ann' }))).rejects.toMatchObject({ code: 'not-persistent' })
})
