import { append, create, remove, set } from '@relata/session'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Author, Book, Passport, Tag } from '../library.js'

const authors = 3
const others = 4
const index = (below: number) => fc.nat(below - 1)

test('whatever is done, every side of every pair says the same', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(8), index(authors), index(others), fc.array(index(others), { maxLength: 4 })), { maxLength: 30 }), (steps) => {
    const people = Array.from({ length: authors }, () => create(Author, {}))
    const books = Array.from({ length: others }, () => create(Book, {}))
    const passports = Array.from({ length: others }, () => create(Passport, {}))
    const tags = Array.from({ length: authors }, () => create(Tag, {}))
    for (const [kind, a, b, many] of steps) {
      const [person, book, passport, tag] = [people[a]!, books[b]!, passports[b]!, tags[a]!]
      switch (kind) {
        case 0: if (!person.books.includes(book)) append(Author.books, book)(person); break
        case 1: if (person.books.includes(book)) remove(Author.books, book)(person); break
        case 2: set(Author, { books: [...new Set(many)].map((each) => books[each]!) })(person); break
        case 3: set(Book, { author: person })(book); break
        case 4: set(Book, { author: null })(book); break
        case 5: set(Passport, { owner: person })(passport); break
        case 6: if (!tag.books.includes(book)) append(Tag.books, book)(tag); break
        case 7: if (book.tags.includes(tag)) remove(Book.tags, tag)(book); break
        default: set(Book, { tags: [...new Set(many)].filter((each) => each < authors).map((each) => tags[each]!) })(book)
      }
    }
    for (const person of people) {
      for (const book of books) expect(person.books.filter((each) => each === book).length).toBe(book.author === person ? 1 : 0)
    }
    for (const tag of tags) {
      for (const book of books) expect(tag.books.filter((each) => each === book).length).toBe(book.tags.filter((each) => each === tag).length)
    }
  }), { numRuns: 2000 })
})
