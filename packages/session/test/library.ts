// A registry with every pair of directions and every class of collection, for tests of what changes do in memory.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'

const authors = table('authors', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const books = table('books', {
  id: column(integer, { primaryKey: true }), title: column(text, { nullable: true }),
  authorId: column(integer, { references: 'authors.id', nullable: true }), editorId: column(integer, { references: 'editors.id', nullable: true }),
})
const editors = table('editors', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const passports = table('passports', { id: column(integer, { primaryKey: true }), number: column(text, { nullable: true }), authorId: column(integer, { references: 'authors.id', nullable: true }) })
const tags = table('tags', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const bookTags = table('book_tags', { bookId: column(integer, { primaryKey: true, references: 'books.id' }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })
const notes = table('notes', { id: column(integer, { primaryKey: true }), key: column(text), bookId: column(integer, { references: 'books.id', nullable: true }) })

export const libraryEntities = entities({
  Author: entity(authors, {
    books: relationship('Book', { backPopulates: 'author' }),
    passport: relationship('Passport', { backPopulates: 'owner', uselist: false, cascade: 'all, delete-orphan', singleParent: true }),
  }),
  Editor: entity(editors, { books: relationship('Book', { backPopulates: 'editor', collectionClass: 'set', cascade: 'all, delete-orphan' }) }),
  Book: entity(books, {
    author: relationship('Author', { backPopulates: 'books' }),
    editor: relationship('Editor', { backPopulates: 'books' }),
    tags: relationship('Tag', { secondary: bookTags, backPopulates: 'books' }),
    notes: relationship('Note', { collectionClass: { keyedBy: 'key' }, backPopulates: 'book', cascade: 'all, delete-orphan' }),
  }),
  Passport: entity(passports, { owner: relationship('Author', { backPopulates: 'passport' }) }),
  Tag: entity(tags, { books: relationship('Book', { secondary: bookTags, backPopulates: 'tags' }) }),
  Note: entity(notes, { book: relationship('Book', { backPopulates: 'notes' }) }),
})
export interface Library extends Model<typeof libraryEntities> {}
export const library = registry<Library>(libraryEntities)
export const { Author, Editor, Book, Passport, Tag, Note } = library.entities
