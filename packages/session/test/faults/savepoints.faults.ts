// Scripts of random changes in savepoints inside savepoints, kept or rolled back, some after a flush that failed: after each end the
// objects are those of a plain model, at last the rows are, and the database has no savepoint left.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { beginSavepoint, commit, create, createAll, disconnect, dropAll, expireAll, load, releaseSavepoint, rollbackToSavepoint, run, set, sql, stateOf } from '@relata/session'
import { open, RelataError, type Db } from '@relata/session/plain'
import { logged } from '@relata/adapters/logged'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { embedded, seed, servers } from './subjects.js'

const shelves = table('sp_shelves', { id: column(integer, { primaryKey: true }), name: column(text) })
const books = table('sp_books', { id: column(integer, { primaryKey: true }), title: column(text), shelfId: column(integer, { references: 'sp_shelves.id', nullable: true }) })
const storeEntities = entities({
  Shelf: entity(shelves, { books: relationship('Book', { backPopulates: 'shelf' }) }),
  Book: entity(books, { shelf: relationship('Shelf', { backPopulates: 'books' }) }),
})
interface Store extends Model<typeof storeEntities> {}
const store = registry<Store>(storeEntities)
const { Shelf, Book } = store.entities
type ShelfObject = ReturnType<typeof makeShelf>
type BookObject = ReturnType<typeof makeBook>
const makeShelf = (name: string) => create(Shelf, { name, books: [] })
const makeBook = (title: string, shelf: ShelfObject | null) => create(Book, { title, shelf })

const numbered = (at: number): number | undefined => (at < 0 ? undefined : at)

const deepest = 20
const steps = 60

/** What the objects should show: shelves by number, and the books that are there. */
interface Shown { readonly names: readonly string[]; readonly books: ReadonlyMap<BookObject, { readonly title: string; readonly shelf: number | undefined }> }

interface Counts { scripts: number; savepoints: number; kept: number; undone: number; failed: number; depth: number }

const script = async (db: Db, random: () => number, counts: Counts): Promise<readonly (readonly [string, string | null])[]> => {
  const below = (count: number): number => Math.floor(random() * count)
  const shelf = [makeShelf('a'), makeShelf('b'), makeShelf('c')]
  const everyBook: BookObject[] = [makeBook('first', shelf[0]!), makeBook('second', null)]
  db.add(...shelf, ...everyBook)
  await db.commit()
  let now: Shown = { names: ['a', 'b', 'c'], books: new Map([[everyBook[0]!, { title: 'first', shelf: 0 }], [everyBook[1]!, { title: 'second', shelf: undefined }]]) }
  const outer: Shown[] = []
  const done: string[] = []
  const check = (): void => {
    const shown = {
      names: shelf.map(({ name }) => name),
      books: [...now.books.keys()].map((book) => [book.title, numbered(shelf.findIndex((each) => each === book.shelf)), stateOf(book)]),
      gone: everyBook.filter((book) => !now.books.has(book) && stateOf(book) === 'persistent').map(({ title }) => title),
    }
    expect(shown, done.join(', ')).toEqual({
      names: now.names,
      books: [...now.books.values()].map(({ title, shelf: on }) => [title, on, 'persistent']),
      gone: [],
    })
  }
  const undo = async (): Promise<void> => {
    await db.run(rollbackToSavepoint)
    now = outer.pop()!
    counts.undone++
    check()
  }
  const keep = async (): Promise<void> => {
    await db.run(releaseSavepoint)
    outer.pop()
    counts.kept++
    check()
  }
  for (let step = 0; step < steps; step++) {
    const kind = below(12)
    const present = [...now.books.keys()]
    const book = present[below(present.length)]
    const at = below(shelf.length)
    const name = `${step}`
    done.push(`${kind} ${at}`)
    if (kind < 4) {
      if (outer.length === deepest) continue
      await db.run(beginSavepoint)
      outer.push(now)
      counts.savepoints++
      counts.depth = Math.max(counts.depth, outer.length)
    } else if (kind === 4) {
      if (outer.length > 0) await keep()
    } else if (kind === 5) {
      if (outer.length > 0) await undo()
    } else if (kind === 6 || kind === 7) {
      set(Shelf, { name })(shelf[at]!)
      now = { ...now, names: now.names.with(at, name) }
    } else if (kind === 8) {
      const made = makeBook(name, shelf[at]!)
      everyBook.push(made)
      db.add(made)
      now = { ...now, books: new Map([...now.books, [made, { title: name, shelf: at }]]) }
    } else if (kind === 9) {
      if (book === undefined) continue
      const to = below(4)
      set(Book, { shelf: shelf[to] ?? null, title: name })(book)
      now = { ...now, books: new Map([...now.books, [book, { title: name, shelf: shelf[to] === undefined ? undefined : to }]]) }
    } else if (kind === 10) {
      if (book === undefined) continue
      // One that was never flushed can only be taken out again.
      await db.flush()
      await db.destroy(book)
      now = { ...now, books: new Map([...now.books].filter(([each]) => each !== book)) }
    } else {
      if (outer.length === 0) continue
      await db.flush()
      db.add(create(Shelf, { id: shelf[0]!.id ?? 0, name: 'a key that is there' }))
      const error = await db.flush().then(() => undefined, (thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(RelataError)
      counts.failed++
      await undo()
    }
  }
  const every = random() < 0.5
  while (outer.length > 0) await (every ? keep() : undo())
  await db.commit()
  check()
  // Collections may be stale after a rollback; what they then load is right.
  await db.run(expireAll)
  for (const [at, each] of shelf.entries()) {
    const found = await db.get(Shelf, each.id ?? 0)
    const on = found === undefined ? [] : (await db.run(load(Shelf.books)(found))).books
    expect(new Set(on), done.join(', ')).toEqual(new Set([...now.books].filter(([, { shelf: where }]) => where === at).map(([book]) => book)))
  }
  counts.scripts++
  return [...now.books.values()].map(({ title, shelf: on }) => [title, on === undefined ? null : now.names[on]!] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

const scriptsOf = (database: string): number => (database === 'sqlite' ? 10_000 : 60)

describe.each([...embedded, ...servers])('$name', ({ name, missing, open: adapterOf }) => {
  test.skipIf(missing !== undefined)(`${scriptsOf(name)} scripts${missing === undefined ? '' : `: ${missing}`}`, async () => {
    let left = 0
    const adapter = logged(({ operation, error }) => {
      if (error !== undefined) return
      if (operation === 'savepoint') left++
      if (operation === 'releaseSavepoint') left--
    })(await adapterOf())
    expect(await run(store, adapter)(pipe(dropAll(store), RTE.chain(() => createAll(store)), RTE.chain(() => commit)))()).toEqual(E.right(undefined))
    const counts: Counts = { scripts: 0, savepoints: 0, kept: 0, undone: 0, failed: 0, depth: 0 }
    for (let n = 0; n < scriptsOf(name); n++) {
      let state = (seed + n * 7919) % 2_147_483_647
      const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
      const db = await open(store, adapter)
      try {
        const expected = await script(db, random, counts)
        const rows = await db.run(sql('select b.title, s.name from sp_books b left join sp_shelves s on s.id = b."shelfId"'.replaceAll('"', name === 'mysql' ? '`' : '"')))
        expect(rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)), `script ${n}`).toEqual(expected)
        await db.run(pipe(sql('delete from sp_books'), RTE.chain(() => sql('delete from sp_shelves')), RTE.chain(() => commit)))
      } catch (thrown) {
        throw new Error(`script ${n} of seed ${seed}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown })
      } finally {
        await db.close()
      }
      expect([n, left]).toEqual([n, 0])
    }
    await disconnect(adapter)()
    console.info(`${name}: seed ${seed}, ${counts.scripts} scripts, ${counts.savepoints} savepoints to depth ${counts.depth}, ${counts.kept} kept, ${counts.undone} rolled back, ${counts.failed} of them after a failed flush, 0 wrong, ${left} left`)
    expect(counts.depth).toBe(deepest)
  }, 300_000)
})
