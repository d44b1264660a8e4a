// What the save-update cascade brings into a session, and what is written where it does not.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, changes, create, expungeAll, remove, set, stateOf } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { Author, Book, library, Tag } from '../library.js'
import { opened } from '../opened.js'

describe('an object comes into the session', () => {
  test('with all that it reaches, through objects that are in none, once each and in a circle too', async () => {
    const [tag, other] = [create(Tag, { name: 't' }), create(Tag, { name: 'u' })]
    const author = create(Author, { name: 'ann', books: [create(Book, { tags: [tag] }), create(Book, { tags: [tag, other] })] })
    const { db, sent } = await opened(library)
    db.add(author)
    expect([(await db.run(changes)).new.length, new Set((await db.run(changes)).new)]).toEqual([5, new Set([author, ...author.books, tag, other])])
    await db.flush()
    expect(sent()).toEqual(['insert authors 1', 'insert tags 2', 'insert books 2', 'insert book_tags 3'])
  })

  test('at once, where the one that takes it is there', async () => {
    const [author, book, tag] = [create(Author, {}), create(Book, {}), create(Tag, {})]
    const { db } = await opened(library)
    db.add(author)
    append(Author.books, book)(author)
    append(Book.tags, tag)(book)
    expect([stateOf(book), stateOf(tag)]).toEqual(['pending', 'pending'])
  })

  test('where it is set as the one a persistent object refers to', async () => {
    const [book, author] = [create(Book, {}), create(Author, {})]
    const { db } = await opened(library)
    db.add(book)
    await db.commit()
    set(Book, { author })(book)
    expect(stateOf(author)).toBe('pending')
  })

  test('not where it only refers to one that is: the flush says so, and writes nothing of it', async () => {
    const { db, sent, warnings } = await opened(library)
    const author = create(Author, { name: 'ann' })
    db.add(author)
    await db.commit()
    sent()
    const book = create(Book, { title: 'left out', author })
    expect(stateOf(book)).toBe('transient')
    await db.flush()
    expect([sent(), stateOf(book)]).toEqual([[], 'transient'])
    expect(warnings.map(({ code, message }) => [code, message.includes('Author.books'), message.includes('Book'), message.includes('adding')])).toEqual([['not-in-session-cascade', true, true, true]])
  })

  test('with what was taken out of it while it was in none: the key of that is to be nulled', async () => {
    const { db, texts } = await opened(library)
    const book = create(Book, { title: 'a' })
    const author = create(Author, { name: 'ann', books: [book] })
    db.add(author)
    await db.commit()
    await db.run(expungeAll)
    remove(Author.books, book)(author)
    db.add(author)
    texts()
    expect(stateOf(book)).toBe('persistent')
    await db.flush()
    expect(texts()).toEqual(['update "books" set "authorId" = ? where "id" = ?'])
  })
})

// ---------- without the cascade

const owners = table('owners', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const pets = table('pets', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { name: 'owner_id', references: 'owners.id', nullable: true }) })
const toys = table('toys', { id: column(integer, { primaryKey: true }) })
const petToys = table('pet_toys', { petId: column(integer, { name: 'pet_id', primaryKey: true, references: 'pets.id' }), toyId: column(integer, { name: 'toy_id', primaryKey: true, references: 'toys.id' }) })
const parts = entities({
  Owner: entity(owners, { pets: relationship('Pet', { cascade: 'merge', backPopulates: 'owner' }) }),
  Pet: entity(pets, { owner: relationship('Owner', { cascade: 'merge', backPopulates: 'pets' }), toys: relationship('Toy', { secondary: petToys, cascade: 'merge' }) }),
  Toy: entity(toys),
})
interface Parts extends Model<typeof parts> {}
const zoo = registry<Parts>(parts)
const { Owner, Pet, Toy } = zoo.entities

describe('without it, a related object that is not in the session', () => {
  test('of a one-to-many is not written, and warned of', async () => {
    const { db, sent, warnings } = await opened(zoo)
    db.add(create(Owner, { pets: [create(Pet, {})] }))
    await db.flush()
    expect([sent(), warnings.map(({ code, relationship: key }) => [code, key])]).toEqual([['insert owners 1'], [['not-in-session-cascade', 'Owner.pets']]])
  })

  test('of a many-to-one leaves the key null, and is warned of', async () => {
    const { db, sent, warnings } = await opened(zoo)
    const pet = create(Pet, { owner: create(Owner, {}) })
    db.add(pet)
    await db.flush()
    expect([sent(), pet.ownerId, warnings.map(({ code, relationship: key }) => [code, key])]).toEqual([['insert pets 1'], null, [['not-in-session-cascade', 'Pet.owner']]])
  })

  test('of a many-to-many has no association row, and is warned of', async () => {
    const { db, sent, warnings } = await opened(zoo)
    const [toy, left] = [create(Toy, {}), create(Toy, {})]
    db.add(toy, create(Pet, { toys: [toy, left] }))
    await db.flush()
    expect(sent()).toEqual(['insert pets 1', 'insert toys 1', 'insert pet_toys 1'])
    expect(warnings.map(({ code, relationship: key }) => [code, key])).toEqual([['not-in-session-cascade', 'Pet.toys']])
  })

  test('is written once it is added', async () => {
    const { db } = await opened(zoo)
    const pet = create(Pet, {})
    const owner = create(Owner, { pets: [pet] })
    db.add(owner, pet)
    await db.flush()
    expect(pet.ownerId).toBe(owner.id)
  })
})
