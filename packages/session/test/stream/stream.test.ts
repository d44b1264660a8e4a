// stream: batches with what the query loads, and a session that goes on however the stream ends.

import { asc, count, desc, eq, groupBy, joinedload, limit, options, orderBy, select, selectinload, subqueryload, where, type Loader } from '@relata/core'
import { all, enough, isModified, run, set, stateOf, stream, type Db } from '@relata/session'
import { RelataError } from '@relata/session/plain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Book, closeAdapter, databases, filled, library, Shelf, withSession } from './library.js'

const toArray = async <A>(results: AsyncIterable<A>): Promise<A[]> => {
  const all: A[] = []
  for await (const result of results) all.push(result)
  return all
}

describe.each(databases)('$name', ({ name, make, there }) => {
  const adapter = make()
  const exclusive = name === 'sqlite' || name === 'mysql'
  const inRun = async <A>(program: Db<A>): Promise<A> => pipe(await run(library, adapter)(program)(), E.getOrElseW((error) => { throw new RelataError(error) }))
  const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const ordered = pipe(select(Shelf), orderBy(Shelf.id))

  beforeAll(async () => { if (there) await filled(adapter) })
  afterAll(async () => { if (there) await closeAdapter(adapter) })
  const test = it.skipIf(!there)

  test('gives every result once, in batches', async () => {
    const batches: number[][] = []
    const given = await inRun(stream(ordered, { batch: 4 })((shelves) => RTE.fromIO(() => { batches.push(shelves.map(({ id }) => id)) })))
    expect(given).toBe(10)
    expect(batches).toEqual([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]])
  })

  test.each([['selectin', selectinload], ['joined', joinedload], ['subquery', subqueryload]] as const)('loads collections whole by %s', async (_name, load: Loader) => {
    const found: unknown[] = []
    await inRun(stream(pipe(ordered, options(load(Shelf.books))), { batch: 3 })((shelves) => RTE.fromIO(() => { for (const { id, books } of shelves) found.push([id, books.map((book) => book.id)]) })))
    expect(found).toEqual(ids.map((id) => [id, [id * 10, id * 10 + 1, id * 10 + 2]]))
  })

  test('loads references, and keeps to the limit of the query', async () => {
    const found: unknown[] = []
    await inRun(stream(pipe(select(Book), orderBy(desc(Book.id)), limit(5), options(joinedload(Book.shelf))), { batch: 2 })((books) => RTE.fromIO(() => { for (const { id, shelf } of books) found.push([id, shelf.id]) })))
    expect(found).toEqual([[102, 10], [101, 10], [100, 10], [92, 9], [91, 9]])
  })

  test('reads in every order, with nulls and moments', async () => {
    for (const order of [[asc(Shelf.floor), desc(Shelf.name)], [desc(Shelf.floor)], [asc(Shelf.floor, { nulls: 'last' })], [desc(Shelf.built), asc(Shelf.name)]] as const) {
      const query = pipe(select(Shelf), orderBy(...order, Shelf.id))
      const expected = (await inRun(all(query))).map(({ id }) => id)
      for (const by of ['keyset', ...(exclusive ? [] : ['cursor' as const])] as const) {
        const found: number[] = []
        await inRun(stream(query, { batch: 3, by })((shelves) => RTE.fromIO(() => { found.push(...shelves.map(({ id }) => id)) })))
        expect(found).toEqual(expected)
      }
    }
  })

  test('uses one cursor where it can, and a statement a batch where it cannot', async () => {
    await withSession(adapter, async (db, sent) => {
      for await (const shelf of db.stream(pipe(ordered, options(selectinload(Shelf.books))), { batch: 5 })) expect(shelf.books).toHaveLength(3)
      // A cursor tells of itself when it ends.
      expect(sent.filter((each) => each === 'select stream_books')).toHaveLength(2)
      expect(sent.filter((each) => each === 'select stream_shelves')).toHaveLength(exclusive ? 2 : 1)
    })
  })

  test('lets the program use the session between batches', async () => {
    const found: number[] = []
    await inRun(stream(ordered, { batch: 4 })(([first]) => pipe(all(pipe(select(Book), where(eq(Book.shelfId, first?.id ?? 0)))), RTE.map((books) => { found.push(books.length) }))))
    expect(found).toEqual([3, 3, 3])
  })

  test('ends where the program has enough, and the session goes on', async () => {
    const program = pipe(stream(ordered, { batch: 2 })((shelves) => RTE.right(shelves.some(({ id }) => id === 3) ? enough : undefined)), RTE.chain((given) => pipe(all(ordered), RTE.map((shelves) => [given, shelves.length]))))
    expect(await inRun(program)).toEqual([4, 10])
  })

  test('ends where the program fails or throws, and the session goes on', async () => {
    const failing = pipe(stream(ordered, { batch: 2 })(() => RTE.left('no more' as const)), RTE.orElseW((error) => pipe(all(ordered), RTE.map((shelves) => [error, shelves.length] as const))))
    expect(await run(library, adapter)(failing)()).toEqual(E.right(['no more', 10]))
    await withSession(adapter, async (db) => {
      await expect((async () => { for await (const { id } of db.stream(ordered, { batch: 2 })) if (id === 3) throw new Error('a bug') })()).rejects.toThrow('a bug')
      for await (const { id } of db.stream(ordered, { batch: 2 })) if (id === 3) break
      expect(await db.all(ordered)).toHaveLength(10)
    })
  })

  test('gives the connection back clean, also where nobody ends the stream', async () => {
    await withSession(adapter, async (db) => {
      const iterator = db.stream(ordered, { batch: 2 })[Symbol.asyncIterator]()
      expect((await iterator.next()).value?.id).toBe(1)
    })
    await withSession(adapter, async (db) => { expect(await db.all(ordered)).toHaveLength(10) })
  })

  test('ends by a signal', async () => {
    const controller = new AbortController()
    await withSession(adapter, async (db) => {
      const seen: number[] = []
      const reading = (async () => { for await (const { id } of db.stream(ordered, { batch: 2 })) { seen.push(id); if (id === 4) controller.abort() } })()
      await expect(reading).rejects.toMatchObject({ error: { _tag: 'DatabaseFailed', driver: { kind: 'cancelled' } } })
      expect(seen).toEqual([1, 2, 3, 4])
    }, { signal: controller.signal })
    await withSession(adapter, async (db) => { expect(await db.all(ordered)).toHaveLength(10) })
  })

  test('a commit between batches ends a cursor, and not a keyset', async () => {
    await withSession(adapter, async (db) => {
      const seen: number[] = []
      for await (const { id } of db.stream(ordered, { batch: 2, by: 'keyset' })) { seen.push(id); await db.commit() }
      expect(seen).toEqual(ids)
    })
    if (exclusive) return
    await withSession(adapter, async (db) => {
      await expect((async () => { for await (const shelf of db.stream(ordered, { batch: 2 })) { expect(shelf.id).toBeLessThan(3); await db.commit() } })()).rejects.toMatchObject({ error: { code: 'invalid-request' } })
      expect(await db.all(ordered)).toHaveLength(10)
    })
  })

  test('streams groups by a cursor, alone on the connection where it must be', async () => {
    const groups = pipe(select({ name: Shelf.name, n: count(Shelf.id) }), groupBy(Shelf.name), orderBy(Shelf.name))
    const program = pipe(stream(groups, { batch: 1 })(([group]) => pipe(all(ordered), RTE.map((shelves) => { expect([group?.n, shelves.length]).toEqual([5, 10]) }))))
    const result = await run(library, adapter)(program)()
    if (exclusive) expect(result).toMatchObject({ left: { code: 'invalid-request' } })
    else expect(result).toEqual(E.right(2))
    expect(await inRun(stream(groups, { batch: 1 })(() => RTE.right(undefined)))).toBe(2)
    expect(await run(library, adapter)(stream(groups, { by: 'keyset' })(() => RTE.right(undefined)))()).toMatchObject({ left: { code: 'not-supported' } })
  })

  test('writes what the program changes, and keeps it', async () => {
    await withSession(adapter, async (db) => {
      const seen: object[] = []
      for await (const shelf of db.stream(ordered, { batch: 3 })) {
        seen.push(shelf)
        if (shelf.id === 4) set(Shelf, { name: 'four' })(shelf)
      }
      await db.flush()
      expect((await db.all(pipe(select(Shelf), where(eq(Shelf.name, 'four'))))).map(({ id }) => id)).toEqual([4])
      expect(seen.map((each) => stateOf(each as never))).toEqual(ids.map((id) => (id === 4 || id === 5 || id === 6 ? 'persistent' : 'detached')))
      await db.rollback()
    })
  })

  test('lets go of batches that went by unchanged, and refuses to change them', async () => {
    await withSession(adapter, async (db) => {
      const query = pipe(ordered, options(selectinload(Shelf.books)))
      const [first] = await toArray(db.stream(query, { batch: 3 }))
      if (first === undefined) throw new Error('nothing')
      expect([stateOf(first), stateOf(first.books[0] as never)]).toEqual(['detached', 'detached'])
      expect(() => set(Shelf, { name: 'x' })(first)).toThrow(/let go/)
      db.add(first)
      set(Shelf, { name: 'x' })(first)
      expect(isModified(first)).toBe(true)
      await db.rollback()
      const [kept] = await toArray(db.stream(query, { batch: 3, keep: true }))
      expect(stateOf(kept as never)).toBe('persistent')
    })
  })

  test('does not let go of what was there before', async () => {
    await withSession(adapter, async (db) => {
      const [before] = await db.all(ordered)
      const [passed] = await toArray(db.stream(ordered, { batch: 3 }))
      expect(passed).toBe(before)
      expect(stateOf(before as never)).toBe('persistent')
    })
  })

  test('refuses a batch that is no number of results', async () => {
    expect(await run(library, adapter)(stream(ordered, { batch: 0 })(() => RTE.right(undefined)))()).toMatchObject({ left: { code: 'argument' } })
  })
})
