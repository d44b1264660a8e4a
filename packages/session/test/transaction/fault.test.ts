import { sqlite } from '@relata/adapters/sqlite'
import { add, commit, create, createAll, destroy, disconnect, expungeAll, flush, isModified, load, one, remove, rollback, run, set, sql, stateOf, type Db } from '@relata/session'
import { select } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, Book, Editor, library, Note, Passport, Tag } from '../library.js'
import { faulty, type Faults } from './faulty.js'

const tables = ['authors', 'books', 'editors', 'passports', 'tags', 'book_tags', 'notes']
const rows: Db<readonly unknown[]> = pipe(tables, RTE.traverseSeqArray((name) => sql(`select * from ${name} order by 1, 2`)))

/** What is there before: an author with a passport and three books, of which one has notes and tags. */
const before = () => {
  const tags = [create(Tag, { name: 'x' }), create(Tag, { name: 'y' })]
  const noted = create(Book, { title: 'noted', tags, notes: new Map([['a', create(Note, { key: 'a' })], ['b', create(Note, { key: 'b' })]]) })
  return create(Author, { name: 'ann', passport: create(Passport, { number: '1' }), books: [noted, create(Book, { title: 'second' }), create(Book, { title: 'third' })] })
}

/** A unit of work with writes of every kind. */
const work = pipe(
  one(select(Author)), RTE.chain(load(Author.books)), RTE.chain(load(Author.passport)),
  RTE.chain((ann) => pipe(
    load(Book.tags)(ann.books), RTE.chain(load(Book.notes)),
    RTE.map((books) => {
      const [first, second, third] = books
      set(Author, { name: 'anna', passport: create(Passport, { number: '2' }) })(ann)
      set(Book, { title: 'changed', tags: [create(Tag, { name: 'z' })], notes: new Map([['c', create(Note, { key: 'c' })]]) })(first!)
      remove(Author.books, second!)(ann)
      const editor = create(Editor, { name: 'ed', books: new Set([first!, create(Book, { title: 'new' })]) })
      return { ann, editor, third: third!, persistent: [ann, ann.passport, ...books] }
    }),
  )),
)

test('wherever a flush fails, nothing has happened, and the same work succeeds afterwards', async () => {
  const faults: Faults = { sent: 0, failAt: 0 }
  const writes = async (failAt: number): Promise<{ readonly sent: number; readonly after: readonly unknown[] }> => {
    const adapter = faulty(sqlite(), faults)
    const result = await run(library, adapter)(pipe(
      createAll(library), RTE.chain(() => add(before())), RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.chain(() => rows),
      RTE.chain((image) => pipe(
        work, RTE.chainFirst(({ editor, third }) => pipe(add(editor), RTE.chain(() => destroy(third)))),
        RTE.chain((done) => pipe(
          RTE.fromIO(() => { faults.sent = 0; faults.failAt = failAt }),
          RTE.chain(() => flush), RTE.map(() => 'flushed'), RTE.orElse(() => RTE.of('failed')),
          RTE.chainFirst((outcome) => {
            expect(outcome).toBe(failAt === 0 ? 'flushed' : 'failed')
            faults.failAt = 0
            if (failAt === 0) return commit
            return pipe(
              rollback, RTE.chain(() => rows),
              RTE.chain((now) => {
                expect(now).toEqual(image)
                expect([done.ann.name, stateOf(done.ann), stateOf(done.editor), stateOf(done.third)]).toEqual(['ann', 'persistent', 'transient', 'persistent'])
                expect(isModified(done.ann)).toBe(false)
                // The same again, from the database as it is.
                return pipe(expungeAll, RTE.chain(() => work), RTE.chain(({ editor, third }) => pipe(add(editor), RTE.chain(() => destroy(third)))), RTE.chain(() => commit))
              }),
            )
          }),
        )),
      )),
      RTE.chain(() => rows),
    ))()
    await disconnect(adapter)()
    if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
    return { sent: faults.sent, after: result.right }
  }
  const { sent, after } = await writes(0)
  expect(sent).toBeGreaterThan(8)
  for (let failAt = 1; failAt <= sent; failAt++) expect((await writes(failAt)).after).toEqual(after)
}, 60_000)
