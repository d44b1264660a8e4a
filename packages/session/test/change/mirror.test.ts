import { column, entities, entity, eq, integer, registry, relationship, table } from '@relata/core'
import { append, create, edit, remove, set, unset } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { Author, Book, Editor, Note, Passport, Tag } from '../library.js'

describe('one to many', () => {
  test('a member of a collection refers back', () => {
    const book = create(Book, {})
    const author = create(Author, { books: [book] })
    expect(book.author).toBe(author)
  })

  test('a reference that is set puts its owner into the collection', () => {
    const author = create(Author, {})
    const book = create(Book, { author })
    expect(author.books).toEqual([book])
  })

  test('a member appended elsewhere leaves its first collection', () => {
    const book = create(Book, {})
    const [first, second] = [create(Author, { books: [book] }), create(Author, {})]
    append(Author.books, book)(second)
    expect([first.books, second.books, book.author]).toEqual([[], [book], second])
  })

  test('a member removed refers to nothing', () => {
    const book = create(Book, {})
    const author = create(Author, { books: [book] })
    remove(Author.books, book)(author)
    expect([author.books, book.author]).toEqual([[], null])
  })

  test('a member that is there twice refers back until it is out', () => {
    const book = create(Book, {})
    const author = create(Author, { books: [book, book] })
    remove(Author.books, book)(author)
    expect([author.books.length, book.author]).toEqual([1, author])
    remove(Author.books, book)(author)
    expect([author.books.length, book.author]).toEqual([0, null])
  })

  test('a whole assignment moves those who come and go', () => {
    const [a, b, c] = [create(Book, {}), create(Book, {}), create(Book, {})]
    const author = create(Author, { books: [a, b] })
    set(Author, { books: [b, c] })(author)
    expect([a.author, b.author, c.author]).toEqual([null, author, author])
  })

  test('the list that was there before a change stays as it was, except for append', () => {
    const [a, b] = [create(Book, {}), create(Book, {})]
    const author = create(Author, { books: [a] })
    const before = author.books
    append(Author.books, b)(author)
    expect(author.books).toBe(before)
    remove(Author.books, a)(author)
    expect([before, author.books]).toEqual([[a, b], [b]])
  })

  test('unset of a list that a new object was not given leaves it empty', () => {
    expect(unset(Author, 'books')(create(Author, { name: 'ann' })).books).toEqual([])
  })

  test('unset empties both sides', () => {
    const author = create(Author, {})
    const book = create(Book, { author })
    unset(Book, 'author')(book)
    expect([book.author, author.books]).toEqual([null, []])
  })
})

describe('one to one', () => {
  test('both sides are in step, whichever is set', () => {
    const passport = create(Passport, {})
    const author = create(Author, { passport })
    expect(passport.owner).toBe(author)
    const other = create(Author, {})
    set(Passport, { owner: other })(passport)
    expect([author.passport, other.passport]).toEqual([null, passport])
  })

  test('the replaced object refers to nothing', () => {
    const [old, now] = [create(Passport, {}), create(Passport, {})]
    const author = create(Author, { passport: old })
    set(Author, { passport: now })(author)
    expect([old.owner, now.owner]).toEqual([null, author])
  })
})

describe('many to many', () => {
  test('both collections are in step', () => {
    const tag = create(Tag, {})
    const book = create(Book, { tags: [tag] })
    expect(tag.books).toEqual([book])
    remove(Tag.books, book)(tag)
    expect(book.tags).toEqual([])
  })
})

describe('sets and keyed collections', () => {
  test('a set holds a member once', () => {
    const book = create(Book, {})
    const editor = create(Editor, { books: new Set([book]) })
    append(Editor.books, book)(editor)
    expect([...editor.books]).toEqual([book])
    expect(book.editor).toBe(editor)
  })

  test('a member with the key of another displaces it', () => {
    const [first, second] = [create(Note, { key: 'x' }), create(Note, { key: 'x' })]
    const book = create(Book, { notes: new Map([['x', first]]) })
    append(Book.notes, second)(book)
    expect([...book.notes.values()]).toEqual([second])
    expect([first.book, second.book]).toEqual([null, book])
  })
})

describe('edit', () => {
  test('inserts, replaces and takes out by index', () => {
    const [a, b, c] = [create(Book, { title: 'a' }), create(Book, { title: 'b' }), create(Book, { title: 'c' })]
    const author = create(Author, { books: [a] })
    pipe(author, edit(Author.books, { how: 'insert', at: 0, value: b }), edit(Author.books, { how: 'replaceAt', at: 1, value: c }))
    expect(author.books).toEqual([b, c])
    expect([a.author, b.author, c.author]).toEqual([null, author, author])
    edit(Author.books, { how: 'removeAt', at: -1 })(author)
    expect([author.books, c.author]).toEqual([[b], null])
  })

  test('splices and clears', () => {
    const [a, b, c] = [create(Book, {}), create(Book, {}), create(Book, {})]
    const author = create(Author, { books: [a, b] })
    edit(Author.books, { how: 'splice', at: 0, count: 1, values: [c] })(author)
    expect(author.books).toEqual([c, b])
    edit(Author.books, { how: 'clear' })(author)
    expect([author.books, b.author, c.author]).toEqual([[], null, null])
  })
})

describe('a many to many with itself', () => {
  const people = table('people', { id: column(integer, { primaryKey: true }) })
  const knows = table('knows', { fromId: column(integer, { primaryKey: true, references: 'people.id' }), toId: column(integer, { primaryKey: true, references: 'people.id' }) })
  const { Person } = registry(entities({
    Person: entity(people, {
      knows: relationship('Person', { secondary: knows, primaryjoin: eq(people.c.id, knows.c.fromId), secondaryjoin: eq(people.c.id, knows.c.toId), backPopulates: 'knownBy' }),
      knownBy: relationship('Person', { secondary: knows, primaryjoin: eq(people.c.id, knows.c.toId), secondaryjoin: eq(people.c.id, knows.c.fromId), backPopulates: 'knows' }),
    }),
  })).entities

  test('is mirrored to the other collection and no further', () => {
    const [ann, bob] = [create(Person, {}), create(Person, {})]
    append(Person.knows, bob)(ann)
    expect([ann.knows, ann.knownBy, bob.knows, bob.knownBy]).toEqual([[bob], [], [], [ann]])
    remove(Person.knownBy, ann)(bob)
    expect([ann.knows, bob.knownBy]).toEqual([[], []])
  })

  test('may be of one and the same object', () => {
    const ann = create(Person, {})
    append(Person.knows, ann)(ann)
    expect([ann.knows[0] === ann, ann.knows.length, ann.knownBy[0] === ann, ann.knownBy.length]).toEqual([true, 1, true, 1])
    remove(Person.knows, ann)(ann)
    expect([ann.knows, ann.knownBy]).toEqual([[], []])
  })
})
