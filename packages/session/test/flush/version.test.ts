// Versions: counted by the flush, asked for by every UPDATE and DELETE, and raised by what writes a column.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, expungeAll, merge, set, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

let stamps = 0
const docs = table('docs', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }), version: column(integer, { nullable: true }), folderId: column(integer, { name: 'folder_id', references: 'folders.id', nullable: true }) })
const folders = table('folders', { id: column(integer, { primaryKey: true }), version: column(integer, { nullable: true }) })
const stamped = table('stamped', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }), stamp: column(text, { nullable: true }) })
const manual = table('manual', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }), version: column(integer, { nullable: true }) })
const plain = table('plain', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const parts = entities({
  Doc: entity(docs, { folder: relationship('Folder', { backPopulates: 'docs' }) }, { version: 'version' }),
  Folder: entity(folders, { docs: relationship('Doc', { backPopulates: 'folder' }) }, { version: 'version' }),
  Stamped: entity(stamped, {}, { version: { attribute: 'stamp', next: () => `s${++stamps}` } }),
  Manual: entity(manual, {}, { version: { attribute: 'version', next: false } }),
  Plain: entity(plain),
})
interface Parts extends Model<typeof parts> {}
const archive = registry<Parts>(parts)
const { Doc, Folder, Stamped, Manual, Plain } = archive.entities

describe('a version', () => {
  test('is 1 in the INSERT, in the WHERE of every UPDATE and DELETE, and one more after each UPDATE', async () => {
    const { db, texts } = await opened(archive)
    const doc = create(Doc, { name: 'a' })
    db.add(doc)
    await db.commit()
    expect(doc.version).toBe(1)
    texts()
    for (const name of ['b', 'c']) {
      set(Doc, { name })(doc)
      await db.flush()
    }
    expect([doc.version, texts()]).toEqual([3, Array.from({ length: 2 }, () => 'update "docs" set "name" = ?, "version" = ? where "id" = ? and "version" = ?')])
    await db.destroy(doc)
    await db.flush()
    expect(texts()).toEqual(['delete from "docs" where "id" = ? and "version" = ?'])
  })

  test('that is another by now is stale data, for an UPDATE and for a DELETE', async () => {
    const { db } = await opened(archive)
    const doc = create(Doc, { id: 1 })
    db.add(doc)
    await db.commit()
    const outside = async () => { await db.run(sql('update docs set version = 9')); await db.commit() }
    await outside()
    set(Doc, { name: 'x' })(doc)
    await expect(db.flush()).rejects.toMatchObject({ code: 'stale-data' })
    await db.rollback()
    await db.get(Doc, 1)
    await db.run(sql('update docs set version = 10'))
    await db.destroy(doc)
    await expect(db.flush()).rejects.toMatchObject({ code: 'stale-data' })
    await db.rollback()
  })

  test('is raised by a change of its foreign key, and not by one that writes no column of its row', async () => {
    const { db } = await opened(archive)
    const [doc, folder] = [create(Doc, { id: 1 }), create(Folder, { id: 1 })]
    db.add(doc, folder)
    await db.commit()
    append(Folder.docs, doc)(folder)
    await db.flush()
    expect([doc.version, folder.version]).toEqual([2, 1])
  })

  test('may be made by a function, or given', async () => {
    const { db } = await opened(archive)
    const [made, given] = [create(Stamped, { name: 'a' }), create(Manual, { name: 'a', version: 5 })]
    db.add(made, given)
    await db.commit()
    const first = made.stamp
    set(Stamped, { name: 'b' })(made)
    set(Manual, { name: 'b', version: 6 })(given)
    await db.flush()
    expect([first?.startsWith('s'), made.stamp !== first, given.version]).toEqual([true, true, 6])
    await db.run(sql('update manual set version = 7'))
    set(Manual, { name: 'c', version: 8 })(given)
    await expect(db.flush()).rejects.toMatchObject({ code: 'stale-data' })
    await db.rollback()
  })

  test('goes on where a new object takes over the row of a deleted one', async () => {
    const { db, texts } = await opened(archive)
    const old = create(Doc, { id: 1, name: 'a' })
    db.add(old)
    await db.commit()
    set(Doc, { name: 'b' })(old)
    await db.commit()
    const fresh = create(Doc, { id: 1, name: 'c' })
    await db.destroy(old)
    db.add(fresh)
    texts()
    await db.flush()
    expect([texts().filter((line) => !line.startsWith('select')), fresh.version]).toEqual([['update "docs" set "name" = ?, "version" = ? where "id" = ? and "version" = ?'], 3])
  })

  test('of a merged object must be that of the row', async () => {
    const { db } = await opened(archive)
    db.add(create(Doc, { id: 1, name: 'a' }))
    await db.commit()
    await db.run(expungeAll)
    await expect(db.run(merge(create(Doc, { id: 1, name: 'b', version: 4 })))).rejects.toMatchObject({ code: 'stale-data' })
    expect((await db.run(merge(create(Doc, { id: 1, name: 'b', version: 1 })))).name).toBe('b')
    expect((await db.run(merge(create(Doc, { id: 1, name: 'c' })))).name).toBe('c')
  })
})

describe('without a version', () => {
  test('an UPDATE of a row that is gone is stale data', async () => {
    const { db } = await opened(archive)
    const one = create(Plain, { id: 1 })
    db.add(one)
    await db.commit()
    await db.run(sql('delete from plain'))
    set(Plain, { name: 'x' })(one)
    await expect(db.flush()).rejects.toMatchObject({ code: 'stale-data' })
    await db.rollback()
  })

  test('a DELETE of rows that are gone is warned of, and goes on', async () => {
    const { db, sent, warnings } = await opened(archive)
    const both = [create(Plain, { id: 1 }), create(Plain, { id: 2 })]
    db.add(...both)
    await db.commit()
    await db.run(sql('delete from plain where id = 1'))
    sent()
    await db.destroy(...both)
    await db.flush()
    expect([sent(), warnings.map(({ code }) => code)]).toEqual([['delete plain 1'], ['deleted-rows']])
  })
})
