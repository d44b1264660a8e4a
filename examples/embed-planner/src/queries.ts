// What is asked, once, of Kysely and of the session.

import { and, any, asc, eq, ge, joinedload, like, options, orderBy, select, selectinload, where } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { Author, Book, Subject } from './schema.js'

/** Authors of magic, with their books and what those are about: three statements. */
export const magicians = pipe(
  select(Author),
  where(any(Author.books, any(Book.subjects, eq(Subject.word, 'magic')))),
  orderBy(asc(Author.id)),
  options(selectinload(Author.books, selectinload(Book.subjects))),
)

/** Books of 1968 and later with author and predecessor: one statement. */
export const sequels = pipe(
  select(Book),
  where(and(ge(Book.year, 1968), like(Book.title, 'The %'))),
  orderBy(asc(Book.year), asc(Book.id)),
  options(joinedload(Book.author), joinedload(Book.predecessor)),
)

/** Everybody with the books that a condition of the mapping picks, and many-to-many by a join: two statements. */
export const late = pipe(select(Author), orderBy(asc(Author.id)), options(selectinload(Author.lateBooks, joinedload(Book.subjects))))
