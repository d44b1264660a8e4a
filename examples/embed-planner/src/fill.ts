// The tables of the example and some rows, as Kysely makes them.

import type { Kysely } from 'kysely'
import type { Tables } from './kysely/render-select.js'

/** Makes the tables of an empty database, and fills them. */
export const fill = async (db: Kysely<Tables>): Promise<void> => {
  await db.schema.createTable('authors').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('name', 'text', (c) => c.notNull()).execute()
  await db.schema.createTable('books').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id'))
    .addColumn('sequel_of', 'integer', (c) => c.references('books.id')).addColumn('title', 'text', (c) => c.notNull()).addColumn('year', 'integer', (c) => c.notNull()).execute()
  await db.schema.createTable('subjects').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('word', 'text', (c) => c.notNull()).execute()
  await db.schema.createTable('book_subjects').addColumn('book_id', 'integer', (c) => c.notNull().references('books.id')).addColumn('subject_id', 'integer', (c) => c.notNull().references('subjects.id'))
    .addPrimaryKeyConstraint('book_subjects_key', ['book_id', 'subject_id']).execute()

  await db.insertInto('authors').values([{ id: 1, name: 'Le Guin' }, { id: 2, name: 'Lem' }, { id: 3, name: 'unread' }]).execute()
  await db.insertInto('books').values([
    { id: 1, author_id: 1, sequel_of: null, title: 'A Wizard of Earthsea', year: 1968 },
    { id: 2, author_id: 1, sequel_of: 1, title: 'The Tombs of Atuan', year: 1971 },
    { id: 3, author_id: 1, sequel_of: 2, title: 'The Farthest Shore', year: 1972 },
    { id: 4, author_id: 2, sequel_of: null, title: 'Solaris', year: 1961 },
    { id: 5, author_id: 2, sequel_of: null, title: 'The Futurological Congress', year: 1971 },
  ]).execute()
  await db.insertInto('subjects').values([{ id: 1, word: 'islands' }, { id: 2, word: 'magic' }, { id: 3, word: 'memory' }]).execute()
  await db.insertInto('book_subjects').values([{ book_id: 1, subject_id: 1 }, { book_id: 1, subject_id: 2 }, { book_id: 2, subject_id: 2 }, { book_id: 4, subject_id: 3 }]).execute()
}
