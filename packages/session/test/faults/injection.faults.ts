// Hostile names for tables, columns, indexes and aliases, and hostile values through the public builders, on every database and in
// every mode of its session: each name and value comes back as it was, and nothing else happens.

import { alias, asc, coalesce, column, concat, count, cte, deleteFrom, entities, entity, eq, exists, foreign, inList, insertInto, integer, isDistinctFrom, isNotNull, ne, orderBy, registry, relationship, select, subquery, table, text, union, update, where, type Model } from '@relata/core'
import { commit, create, createAll, disconnect, dropAll, load, run, set, sql } from '@relata/session'
import { open, query, type Db } from '@relata/session/plain'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { embedded, mysqlIn, servers, type Subject } from './subjects.js'

const names = [
  'a"b', '"', '""', "'", "''", 'a`b', '`', '``', ';', '; drop table witness; --', '"; drop table witness; --', '`; drop table witness; -- ', "'; drop table witness; --", '--', '/*', '*/', '\\', '\\"', '\\`', '\n', '\t',
  'select', 'from', 'null', '*', '?', '$1', ':a', '@a', '%', '[a]', '(', ') or 1=1 --', '__proto__', 'constructor', 'excluded', 'ä', '日本', '0', "a' or '1'='1",
] as const

const values = [
  ...names, '', 'NULL', "\\' or 1=1 -- ", '" or ""="', "1' or '1'='1", '1; delete from witness', '${x}', '{{x}}', '%00', '\u202E', '\\\\', "\\'", "'\\", 'x'.repeat(10_000), '{"a":1}', '{a,b}', 'true', '%_%', "a'/**/or/**/1=1",
] as const

/** A mapping in which everything bears a name made of this one. */
const library = (name: string) => {
  const shelves = table(`${name} s`, { id: column(integer, { primaryKey: true, name: `${name} i` }), label: column(text, { name: `${name} l` }) })
  const books = table(`${name} b`, {
    id: column(integer, { primaryKey: true, name: `${name} i` }), title: column(text, { name, nullable: true }), shelfId: column(integer, { name: `${name} f`, nullable: true }),
  }, { indexes: [{ name: `${name} x`, columns: ['shelfId'] }] })
  const made = entities({
    Shelf: entity(shelves, { books: relationship('Book', { primaryjoin: eq(shelves.c.id, foreign(books.c.shelfId)) }) }),
    Book: entity(books, {}),
  })
  interface Library extends Model<typeof made> {}
  return registry<Library>(made)
}

/** Every value through the builders; the number of statements. What comes back otherwise throws. */
const tried = async (name: string, registered: ReturnType<typeof library>, db: Db): Promise<void> => {
  const { Shelf, Book } = registered.entities
  const again = alias(Book, `${name} again`)
  const shelf = create(Shelf, { label: name, books: values.map((title) => create(Book, { title })) })
  db.add(shelf)
  await db.commit()
  const titles = async (): Promise<readonly unknown[]> => (await db.all(query(select({ id: Book.id, title: Book.title }), orderBy(asc(Book.id))))).map(({ title }) => title)
  expect(await titles()).toEqual(values)
  expect((await db.run(load(Shelf.books)(await db.one(query(select(Shelf), where(eq(Shelf.label, name))))))).books).toHaveLength(values.length)
  for (const value of values) {
    const same = subquery(`${name} q`, query(select({ [name]: Book.title, id: Book.id }), where(eq(Book.title, value))))
    const [row, ...more] = await db.all(query(
      select({ title: Book.title, longer: concat(Book.title, value), given: coalesce(Book.title, value), key: same.id }),
      where(eq(Book.id, same.id), inList(Book.title, [value, `${value}!`]), ne(Book.title, `${value}?`)),
    ))
    expect([row?.title, row?.longer, row?.given, more.length]).toEqual([value, value + value, value, 0])
    const common = cte(`${name} c`, query(select({ id: again.id }), where(eq(again.title, value))))
    const [counted] = await db.all(query(select({ n: count(Book.id) }), where(eq(Book.title, value), exists(query(select({ id: common.id }), where(isNotNull(common.id)))), isDistinctFrom(Book.title, `${value}.`))))
    expect(counted?.n).toBe(1)
    const other = query(select({ title: Book.title }), where(eq(Book.title, `${value}!`)))
    expect(await db.all(query(select({ title: Book.title }), where(eq(Book.title, value)), union(other)))).toEqual([{ title: value }])
  }
  // Each value is written over the one before it, by statements and by a flush.
  for (const [at, value] of values.entries()) await db.execute(query(update(Book, { title: `${value}!` }), where(eq(Book.title, value), eq(Book.id, shelf.books[at]?.id ?? 0))))
  expect(await titles()).toEqual(values.map((value) => `${value}!`))
  for (const [at, book] of shelf.books.entries()) set(Book, { title: values[values.length - 1 - at] ?? null })(book)
  await db.commit()
  expect(await titles()).toEqual(values.toReversed())
  for (const value of values) await db.execute(query(deleteFrom(Book), where(eq(Book.title, value))))
  await db.execute(insertInto(Book, values.map((title, id) => ({ id: id + 1000, title, shelfId: null }))))
  expect(await titles()).toEqual(values)
  await db.commit()
}

const subjects: readonly Subject[] = [
  ...embedded, ...servers.filter(({ name }) => name !== 'mysql'),
  ...['', 'NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES', 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'].map((mode) => mysqlIn(mode)),
]

describe.each(subjects)('$name', ({ name: database, missing, open: adapterOf }) => {
  test.skipIf(missing !== undefined)(`${names.length} names × ${values.length} values${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter = await adapterOf()
    const [first] = [library('first')]
    const raw = (text: string) => run(first, adapter)(pipe(sql(text), RTE.chainFirst(() => commit)))()
    await raw('drop table if exists witness')
    await raw('create table witness (x int)')
    await raw('insert into witness values (1)')
    const refused: string[] = []
    let statements = 0
    for (const name of names) {
      const registered = library(name)
      const made = await run(registered, adapter)(pipe(dropAll(registered), RTE.chain(() => createAll(registered)), RTE.chain(() => commit)))()
      if (E.isLeft(made)) {
        refused.push(`${name}: ${made.left.message}`)
        continue
      }
      const db = await open(registered, adapter, { onStatement: () => { statements++ } })
      try {
        await tried(name, registered, db)
      } catch (thrown) {
        throw new Error(`${JSON.stringify(name)}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown })
      } finally {
        await db.close()
      }
      await run(registered, adapter)(pipe(dropAll(registered), RTE.chain(() => commit)))()
    }
    const witness = await run(first, adapter)(sql('select x from witness'))()
    await disconnect(adapter)()
    console.info(`${database}: ${names.length} names × ${values.length} values in ${statements} statements, each as it was, names refused ${JSON.stringify(refused)}; the witness has ${JSON.stringify(E.isRight(witness) ? witness.right : witness.left)}`)
    // MySQL drops a space at the end.
    expect(refused.filter((each) => !each.includes('ends in a space'))).toEqual([])
    expect(E.isRight(witness) && witness.right).toEqual([[1]])
  }, 180_000)
})
