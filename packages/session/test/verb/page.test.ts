// page: results from a place in a query's order on.

import { asc, column, count, cursorOf, deleteFrom, desc, entities, entity, eq, groupBy, integer, joinedload, leftJoin, limit, options, orderBy, registry, relationship, select, selectinload, table, text, timestamp, where, type Cursor, type Model, type Of } from '@relata/core'
import { create, createAll, sql, type PageRequest } from '@relata/session'
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
  const pages = async <A>(turn: (after: never) => Promise<{ readonly items: readonly A[]; readonly end: Cursor<A> | undefined; readonly hasNext: boolean }>): Promise<A[][]> => {
    const found: A[][] = []
    let after: Cursor<A> | undefined
    for (;;) {
      const { items, end, hasNext } = await turn(after as never)
      found.push([...items])
      if (!hasNext) return found
      after = end
    }
  }

  const orders = [
    ['by the key', () => select(Author)],
    ['by a name downward', () => pipe(select(Author), orderBy(desc(Author.name)))],
    ['by a nullable column', () => pipe(select(Author), orderBy(Author.born))],
    ['by a nullable column downward, nulls first', () => pipe(select(Author), orderBy(desc(Author.born, { nulls: 'first' }), desc(Author.id)))],
    ['by a moment', () => pipe(select(Author), orderBy(asc(Author.seen)))],
    ['with a joined collection', () => pipe(select(Author), orderBy(Author.name), options(joinedload(Author.poems)))],
  ] as const

  it.each(orders)('gives every object once, %s', (_name, query) => withDb(async (db) => {
    const found = await pages((after) => db.page(query(), { first: 3, after }))
    expect(found.map((each) => each.length)).toEqual([3, 3, 1])
    const expected = await db.all(pipe(query(), orderBy(Author.id)))
    expect(found.flat().map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  }))

  it.each(orders)('goes back as it came, %s', (_name, query) => withDb(async (db) => {
    const ids = (items: readonly { readonly id: number }[]): readonly number[] => items.map(({ id }) => id)
    const everyone = ids(await db.all(pipe(query(), orderBy(Author.id))))
    const firstPage = await db.page(query(), { first: 3 })
    const second = await db.page(query(), { first: 3, after: firstPage.end })
    const third = await db.page(query(), { first: 3, after: second.end })
    expect([firstPage, second, third].map(({ hasPrevious, hasNext }) => [hasPrevious, hasNext])).toEqual([[false, true], [true, true], [true, false]])
    const last = await db.page(query(), { last: 3 })
    expect([ids(last.items), last.hasPrevious, last.hasNext]).toEqual([everyone.slice(-3), true, false])
    expect(last.end).toBe(third.end)
    const back = await db.page(query(), { last: 3, before: third.start })
    expect(back).toEqual(second)
    expect(await db.page(query(), { last: 3, before: back.start })).toEqual(firstPage)
    const rest = await db.page(query(), { last: 2, before: firstPage.end })
    expect([ids(rest.items), rest.hasPrevious, rest.hasNext]).toEqual([everyone.slice(0, 2), false, true])
  }))

  it('says what lies on the other side though the row of the cursor is gone', () => withDb(async (db) => {
    const { end, start } = await db.page(select(Poem), { first: 1 })
    const gone = deleteFrom(Poem)
    await db.execute(pipe(gone, where(eq(Poem.authorId, 1), eq(Poem.nr, 1))))
    expect(await db.page(select(Poem), { first: 1, after: end })).toMatchObject({ hasPrevious: false, hasNext: true })
    expect(await db.page(select(Poem), { last: 1, before: start })).toMatchObject({ items: [], hasPrevious: false, hasNext: true })
    await db.execute(gone)
    expect(await db.page(select(Poem), { first: 1, after: end })).toEqual({ items: [], start: undefined, end: undefined, hasPrevious: false, hasNext: false })
    await db.rollback()
  }))

  it('takes one statement where the row of the cursor is there, in both directions', async () => {
    let selects = 0
    const db = await open(poetry, adapter, { onStatement: ({ kind }) => { if (kind === 'select') selects++ } })
    const { end } = await db.page(select(Author), { first: 3 })
    await db.page(select(Author), { first: 2, after: end })
    await db.page(select(Author), { last: 2, before: end })
    expect(selects).toBe(3)
    await db.close()
  })

  it('goes one way at a time', () => withDb(async (db) => {
    const both = (request: unknown) => db.page(select(Author), request as PageRequest<Of<typeof Author>>).then(() => 'none', (thrown: { readonly error: { readonly code: string } }) => thrown.error.code)
    const { end } = await db.page(select(Author), { first: 1 })
    for (const request of [{ first: 1, last: 1 }, { first: 1, before: end }, { last: 1, after: end }, {}, { last: 0 }, { last: Number.NaN }, { last: Number.MAX_SAFE_INTEGER }]) expect(await both(request)).toBe('argument')
  }))

  it('loads collections of the page alone, whole', () => withDb(async (db) => {
    const query = pipe(select(Author), options(joinedload(Author.poems)))
    const { items, hasNext } = await db.page(query, { first: 2 })
    expect(items.map(({ id, poems: own }) => [id, own.map(({ nr }) => nr)])).toEqual([[1, [1, 2]], [2, [1, 2]]])
    expect(hasNext).toBe(true)
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
    expect(await db.page(select(Author), { first: 7 })).toMatchObject({ hasNext: false, hasPrevious: false })
    expect(await db.page(pipe(select(Author), where(eq(Author.name, 'nobody'))), { first: 7 })).toEqual({ items: [], start: undefined, end: undefined, hasPrevious: false, hasNext: false })
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
