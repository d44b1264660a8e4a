// A small library: books by authors, on shelves, in series, under subjects.

import { and, column, entities, entity, eq, foreign, ge, integer, registry, relationship, remote, table, text } from '@relata/core'
import type { Model } from '@relata/core'

export const authors = table('authors', {
  id: column(integer, { primaryKey: true }),
  name: column(text),
})
export const books = table('books', {
  id: column(integer, { primaryKey: true }),
  authorId: column(integer, { name: 'author_id', references: 'authors.id' }),
  sequelOf: column(integer, { name: 'sequel_of', references: 'books.id', nullable: true }),
  title: column(text),
  year: column(integer),
})
export const subjects = table('subjects', { id: column(integer, { primaryKey: true }), word: column(text) })
export const bookSubjects = table('book_subjects', {
  bookId: column(integer, { name: 'book_id', primaryKey: true, references: 'books.id' }),
  subjectId: column(integer, { name: 'subject_id', primaryKey: true, references: 'subjects.id' }),
})

const libraryEntities = entities({
  Author: entity(authors, {
    books: relationship('Book', { backPopulates: 'author', orderBy: books.c.year }),
    lateBooks: relationship('Book', { viewonly: true, primaryjoin: and(eq(authors.c.id, foreign(books.c.authorId)), ge(books.c.year, 1970)) }),
  }),
  Book: entity(books, {
    author: relationship('Author', { backPopulates: 'books' }),
    subjects: relationship('Subject', { secondary: bookSubjects, orderBy: subjects.c.word }),
    predecessor: relationship('Book', { primaryjoin: eq(books.c.sequelOf, remote(books.c.id)), backref: 'sequels' }),
  }),
  Subject: entity(subjects),
})

export interface Library extends Model<typeof libraryEntities> {}
export const library = registry<Library>(libraryEntities)
export const { Author, Book, Subject } = library.entities
