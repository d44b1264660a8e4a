// page: results from a place in a query's order on.

import { asc, column, count, cursorOf, desc, entities, entity, eq, groupBy, integer, joinedload, leftJoin, limit, options, orderBy, registry, relationship, select, selectinload, table, text, timestamp, where, type Cursor, type Model } from '@relata/core'
import { create, createAll, sql } from '@relata/session'
import { closeAdapter, open } from '@relata/session/plain'
import { pglite } from '@relata/adapters/pglite'
import { sqlite } from '@relata/adapters/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pipe } from 'fp-ts/lib/function.js'

const authors = table('authors', { id: column(integer, { primaryKey: true }), name: column(text), born: column(integer, { nullable: true }), seen: column(timestamp) })
const poems = table('poems', { authorId: column(integer, { name: 'author_id', primaryKey: true, references: 'authors.id' }), nr: column(integer, { primaryKey: true }), title: column(text) })
const poetryEntities = entities({
  Author: entity(authors, { poems: relationship('Poem', { backPopulates: 'author', orderBy: poems.c.nr }) }),
  Poem: entity(poems, { author: relationship('Author', { backPopulates: 'poems' }) }),
})
interface Poetry extends Model<typeof poetryEntities> {}
const poetry = registry<Poetry>(poetryEntities)
const { Author, Poem } = poetry.entities

describe.each([{ name: 'sqlite', adapter: sqlite() }, { name: 'pglite', adapter: pglite() }])('page on $name', ({ name, adapter }) => {
  const withDb = async <A>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<A>): Promise<A> => {
    const db = await open(poetry, adapter)
    try { return await work(db) } finally { await db.close() }
  }
  beforeAll(() => withDb(async (db) => {
    await db.run(createAll(poetry))
    for (let n = 1; n <= 7; n++) db.add(create(Author, { id: n, name: `a${n % 3}`, born: n % 2 === 0 ? null : 1900 + n % 4, seen: new Date(0), poems: [1, 2].map((nr) => create(Poem, { nr, title: `p${nr}` })) }))
    await db.flush()
    // Moments finer than a Date: a cursor must not cut them off.
    if (name === 'pglite') await db.run(sql("update authors set seen = timestamp '2024-01-01 00:00:00.000001' + id * interval '1 microsecond'"))
    await db.commit()
  }))
  afterAll(() => closeAdapter(adapter))

  // A cursor goes back as it came.
  const pages = async <A>(turn: (after: never) => Promise<{ readonly items: readonly A[]; readonly end: Cursor<A> | undefined; readonly hasMore: boolean }>): Promise<A[][]> => {
    const found: A[][] = []
    let after: Cursor<A> | undefined
    for (;;) {
      const { items, end, hasMore } = await turn(after as never)
      found.push([...items])
      if (!hasMore) return found
      after = end
    }
  }

  it.each([
    ['by the key', () => select(Author)],
    ['by a name downward', () => pipe(select(Author), orderBy(desc(Author.name)))],
    ['by a nullable column', () => pipe(select(Author), orderBy(Author.born))],
    ['by a nullable column downward, nulls first', () => pipe(select(Author), orderBy(desc(Author.born, { nulls: 'first' }), desc(Author.id)))],
    ['by a moment', () => pipe(select(Author), orderBy(asc(Author.seen)))],
    ['with a joined collection', () => pipe(select(Author), orderBy(Author.name), options(joinedload(Author.poems)))],
  ])('gives every object once, %s', (_name, query) => withDb(async (db) => {
    const found = await pages((after) => db.page(query(), { first: 3, after }))
    expect(found.map((each) => each.length)).toEqual([3, 3, 1])
    const expected = await db.all(pipe(query(), orderBy(Author.id)))
    expect(found.flat().map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  }))

  it('loads collections of the page alone, whole', () => withDb(async (db) => {
    const query = pipe(select(Author), options(joinedload(Author.poems)))
    const { items, hasMore } = await db.page(query, { first: 2 })
    expect(items.map(({ id, poems: own }) => [id, own.map(({ nr }) => nr)])).toEqual([[1, [1, 2]], [2, [1, 2]]])
    expect(hasMore).toBe(true)
    const { items: others } = await db.page(pipe(select(Author), options(selectinload(Author.poems))), { first: 2 })
    expect(others.map(({ poems: own }) => own.length)).toEqual([2, 2])
  }))

  it('goes by composite keys, and by rows of several entities', () => withDb(async (db) => {
    const found = await pages((after) => db.page(select(Poem), { first: 5, after }))
    expect(found.flat().map(({ authorId, nr }) => [authorId, nr])).toEqual([1, 2, 3, 4, 5, 6, 7].flatMap((id) => [[id, 1], [id, 2]]))
    const rows = pipe(select({ author: Author.name, title: Poem.title }), leftJoin(Author.poems), orderBy(Author.name))
    expect((await pages((after) => db.page(rows, { first: 4, after }))).flat()).toHaveLength(14)
  }))

  it('ends exactly: no empty last page, and nothing where there is nothing', () => withDb(async (db) => {
    expect(await db.page(select(Author), { first: 7 })).toMatchObject({ hasMore: false })
    expect(await db.page(pipe(select(Author), where(eq(Author.name, 'nobody'))), { first: 7 })).toEqual({ items: [], end: undefined, hasMore: false })
  }))

  it('goes on after what was added meanwhile', () => withDb(async (db) => {
    const { end } = await db.page(select(Author), { first: 3 })
    db.add(create(Author, { id: 0, name: 'zero', seen: new Date(0) }))
    await db.flush()
    expect((await db.page(select(Author), { first: 2, after: end })).items.map(({ id }) => id)).toEqual([4, 5])
    await db.rollback()
  }))

  it('takes a cursor from outside, and refuses a forged or a foreign one as a value', () => withDb(async (db) => {
    const query = pipe(select(Author), orderBy(Author.name))
    const { end } = await db.page(query, { first: 2 })
    const text: string = end ?? ''
    expect((await db.page(query, { first: 1, after: cursorOf(query, text) })).items).toHaveLength(1)
    for (const after of ['', 'nonsense', `${text}AAAA`, cursorOf(query, (await db.page(pipe(select(Author), orderBy(desc(Author.name))), { first: 1 })).end ?? '')]) {
      await expect(db.page(query, { first: 1, after: cursorOf(query, after) })).rejects.toMatchObject({ error: { _tag: 'QueryRefused', code: 'argument' } })
    }
    expect(await db.all(query)).toHaveLength(7)
  }))

  it('refuses what it cannot page', () => withDb(async (db) => {
    const code = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', (thrown: { readonly error: { readonly code: string } }) => thrown.error.code)
    expect(await code(db.page(select(Author), { first: 0 }))).toBe('argument')
    expect(await code(db.page(select(Author), { first: 1.5 }))).toBe('argument')
    expect(await code(db.page(pipe(select(Author), limit(3)), { first: 1 }))).toBe('argument')
    expect(await code(db.page(pipe(select({ name: Author.name, n: count(Author.id) }), groupBy(Author.name)), { first: 1 }))).toBe('not-supported')
  }))
})
