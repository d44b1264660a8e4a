import { PGlite } from '@electric-sql/pglite'
import { pglite } from '@relata/adapters/pglite'
import { configure, planJoin, planLoad, readPlan } from '@relata/core'
import type { JoinPlan, Runnable } from '@relata/core'
import { all, disconnect, run } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrate } from '../src/demonstrate.js'
import { fill } from '../src/fill.js'
import { pgliteDialect } from '../src/kysely/pglite-dialect.js'
import type { Tables } from '../src/kysely/render-select.js'
import { runLoad } from '../src/load/run-load.js'
import { late, magicians, sequels } from '../src/queries.js'
import { renderJoin } from '../src/render-join.js'
import { library } from '../src/schema.js'

let database: PGlite
let db: Kysely<Tables>
const sent: string[] = []

beforeAll(async () => {
  database = await PGlite.create()
  db = new Kysely<Tables>({ dialect: pgliteDialect(database), log: ({ query }) => void sent.push(query.sql) })
  await fill(db)
}, 120_000)
afterAll(async () => {
  await db.destroy()
  await database.close()
})

const right = <L, A>(result: E.Either<L, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}
const mapping = right(configure(library))

/** What Kysely gives, and in how many statements. */
const byKysely = async (query: Runnable) => {
  sent.length = 0
  return { records: await runLoad(db, mapping, right(planLoad(mapping, query))), statements: sent.length }
}

describe('joins', () => {
  it('are rendered by the builder, to be asked for any columns', async () => {
    const join = right(planJoin(mapping, 'Book.subjects', { parent: 'b', target: 's' }))
    const rows = await renderJoin(db, join, { title: ['b', 'title'], word: ['s', 'word'] }).orderBy('title').execute()
    expect(rows).toEqual([
      { title: 'A Wizard of Earthsea', word: 'islands' },
      { title: 'A Wizard of Earthsea', word: 'magic' },
      { title: 'The Tombs of Atuan', word: 'magic' },
      { title: 'Solaris', word: 'memory' },
    ])
  })

  it('hold the conditions that the mapping gives them', () => {
    const join = right(planJoin(mapping, 'Author.lateBooks', { parent: 'a', target: 'b' }))
    const { sql, parameters } = renderJoin(db, join, { title: ['b', 'title'] }).compile()
    expect(sql).toMatch(/^select "b"\."title" as "title" from "authors" as "a" inner join "books" as "b" on \(.*"author_id".* and "b"\."year" >= \$1\)$/)
    expect(parameters).toEqual([1970])
  })

  it('are the same from a plan that was JSON in between', async () => {
    const join = right(planJoin(mapping, 'Book.subjects', { parent: 'b', target: 's' }))
    const rows = (plan: JoinPlan) => renderJoin(db, plan, { title: ['b', 'title'], word: ['s', 'word'] }).orderBy('title').orderBy('word').execute()
    expect(await rows(right(readPlan(mapping, 'JoinPlan', JSON.stringify(join))))).toEqual(await rows(join))
  })
})

describe('loads', () => {
  it('fill lists of lists, one statement a relationship', async () => {
    const { records, statements } = await byKysely(magicians)
    expect(statements).toBe(3)
    expect(records).toMatchObject([{ name: 'Le Guin', books: [{ subjects: [{ word: 'islands' }, { word: 'magic' }] }, { subjects: [{ word: 'magic' }] }, { subjects: [] }] }])
  })

  it('fill objects of the same row', async () => {
    const { records, statements } = await byKysely(sequels)
    expect(statements).toBe(1)
    expect(records).toMatchObject([
      { title: 'The Tombs of Atuan', author: { name: 'Le Guin' }, predecessor: { title: 'A Wizard of Earthsea' } },
      { title: 'The Futurological Congress', author: { name: 'Lem' }, predecessor: null },
      { title: 'The Farthest Shore', predecessor: { title: 'The Tombs of Atuan' } },
    ])
  })

  it('leave those without members empty, and repeat nobody', async () => {
    const { records, statements } = await byKysely(late)
    expect(statements).toBe(2)
    expect(records).toMatchObject([
      { name: 'Le Guin', lateBooks: [{ title: 'The Tombs of Atuan', subjects: [{ word: 'magic' }] }, { title: 'The Farthest Shore', subjects: [] }] },
      { name: 'Lem', lateBooks: [{ title: 'The Futurological Congress' }] },
      { name: 'unread', lateBooks: [] },
    ])
  })

  type Shape = { readonly [name: string]: true | Shape }

  /** What both give, whatever class their objects are of. */
  const picked = (value: unknown, shape: Shape): unknown =>
    value === null || typeof value !== 'object' ? value
    : Array.isArray(value) ? value.map((each) => picked(each, shape))
    : Object.fromEntries(Object.entries(shape).map(([name, inner]) => {
        const found = (value as Record<string, unknown>)[name]
        return [name, inner === true ? found : picked(found, inner)]
      }))

  it.each([
    ['lists of lists', magicians, { id: true, name: true, books: { id: true, title: true, year: true, subjects: { id: true, word: true } } }],
    ['objects of the same row', sequels, { id: true, title: true, sequelOf: true, author: { name: true }, predecessor: { id: true, title: true } }],
    ['a condition of the mapping', late, { name: true, lateBooks: { title: true, authorId: true, subjects: { word: true } } }],
  ] satisfies readonly (readonly [string, Runnable, Shape])[])('show the same rows as the session does: %s', async (_, query, shape) => {
    const adapter = pglite({ instance: database })
    const bySession = right(await run(library, adapter)(all(query as Runnable))())
    await disconnect(adapter)()
    expect(picked((await byKysely(query)).records, shape)).toEqual(picked(bySession, shape))
  })

  it('are the same from a plan that was JSON in between', async () => {
    const { plan, values } = right(planLoad(mapping, magicians))
    expect(await runLoad(db, mapping, { plan: JSON.parse(JSON.stringify(plan)), values })).toEqual((await byKysely(magicians)).records)
  })
})

it('the program prints a join, a load and what they bring', async () => {
  sent.length = 0
  const lines: string[] = []
  const tables: unknown[] = []
  await demonstrate(db, { line: (text) => void lines.push(text), rows: (rows) => void tables.push(rows) })
  expect(lines[0]).toMatch(/^join Book\.subjects \(many-to-many, list\)/)
  expect(lines[2]).toMatch(/^load Author\n/)
  expect(sent).toHaveLength(4)
  expect(tables).toEqual([[{ title: 'A Wizard of Earthsea', subject: 'islands' }, { title: 'A Wizard of Earthsea', subject: 'magic' }, { title: 'Solaris', subject: 'memory' }]])
  expect(JSON.parse(lines[4] ?? '')).toMatchObject([{ name: 'Le Guin', books: [{ title: 'A Wizard of Earthsea', subjects: [{ word: 'islands' }, { word: 'magic' }] }, {}, {}] }])
})
