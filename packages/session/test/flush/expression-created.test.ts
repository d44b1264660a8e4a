// Expressions given to new objects, on every dialect: the database computes them as it inserts the row.

import { add as plus, coalesce, column, entities, entity, integer, literal, registry, select, table, text, upper, type Model } from '@relata/core'
import { create, history, isLoaded, loadColumn, set, stateOf } from '@relata/session'
import { query } from '@relata/session/plain'
import { describe, expect, test } from 'vitest'
import { embedded, servers } from '../faults/subjects.js'
import { opened } from '../opened.js'

const pages = table('expression_pages', {
  id: column(integer, { primaryKey: true }), title: column(text), visits: column(integer, { name: 'visit_count', nullable: true }), rank: column(integer, { default: 5 }),
})
const parts = entities({ Page: entity(pages, {}) })
interface Parts extends Model<typeof parts> {}
const web = registry<Parts>(parts)
const { Page } = web.entities

const shouted = () => create(Page, { title: upper(literal('quiet')), visits: plus(literal(1), 1) })

// PGlite speaks the dialect of the servers of PostgreSQL.
const subjects = [...embedded.filter(({ name }) => name !== 'pglite'), ...servers]

describe.each(subjects)('$name', ({ missing, open }) => {
  test.skipIf(missing !== undefined)('a new object has what the database computed', async () => {
    const { db } = await opened(web, {}, await open())
    const page = shouted()
    db.add(page)
    await db.commit()
    await db.run(loadColumn(Page.title)(page))
    expect([page.id, page.title, page.visits, page.rank, isLoaded(Page.visits)(page)]).toEqual([1, 'QUIET', 2, 5, true])
  })

  test.skipIf(missing !== undefined)('rows with values and rows with expressions are told apart', async () => {
    const { db } = await opened(web, {}, await open())
    const all = [create(Page, { title: 'a', visits: 1 }), shouted(), create(Page, { title: 'b', visits: 2 }), shouted()]
    db.add(...all)
    await db.commit()
    await db.run(loadColumn(Page.title)(all))
    expect(all.map(({ title, visits }) => [title, visits])).toEqual([['a', 1], ['QUIET', 2], ['b', 2], ['QUIET', 2]])
    expect(new Set(all.map(({ id }) => id)).size).toBe(4)
    expect((await db.all(query(select(Page)))).length).toBe(4)
  })

  test.skipIf(missing !== undefined)('one that is there has what the database computes of its row', async () => {
    const { db } = await opened(web, {}, await open())
    const page = create(Page, { title: 'a', visits: 1 })
    db.add(page)
    await db.commit()
    set(Page, { visits: plus(coalesce(Page.visits, 0), 40), title: upper(Page.title) })(page)
    await db.flush()
    await db.run(loadColumn(Page.visits)(page))
    expect([page.title, page.visits]).toEqual(['A', 41])
  })
})

describe('until its flush', () => {
  test('the object shows null, which is not relied on, and its history has the expression', () => {
    const given = upper(literal('quiet'))
    const page = create(Page, { title: given })
    expect([page.title, isLoaded(Page.title)(page), history(Page.title)(page)]).toEqual([null, false, { added: [given], unchanged: [], deleted: [] }])
  })

  test('a value set after it is what is inserted', async () => {
    const { db, texts } = await opened(web)
    const page = set(Page, { title: 'plain' })(create(Page, { title: upper(literal('quiet')) }))
    db.add(page)
    await db.flush()
    expect([texts(), page.title]).toEqual([['insert into "expression_pages" ("title", "visit_count", "rank") values (?, ?, ?) returning "id"'], 'plain'])
  })

  test('a value is replaced by an expression set after it', async () => {
    const { db, texts } = await opened(web)
    const page = set(Page, { title: upper(literal('quiet')) })(create(Page, { title: 'plain' }))
    db.add(page)
    await db.flush()
    expect([texts(), page.title]).toEqual([['insert into "expression_pages" ("title", "visit_count", "rank") values ((upper(?)), ?, ?) returning "id", "title"'], 'QUIET'])
  })

  test('an insert that the database refused is made again with it', async () => {
    const { db } = await opened(web)
    db.add(create(Page, { id: 1, title: 'first' }))
    await db.commit()
    const page = create(Page, { id: 1, title: upper(literal('quiet')) })
    db.add(page)
    await expect(db.flush()).rejects.toMatchObject({ code: 'integrity' })
    await db.rollback()
    expect(stateOf(page)).toBe('transient')
    db.add(set(Page, { id: 2 })(page))
    await db.commit()
    expect(page.title).toBe('QUIET')
  })
})

test('the compiler knows that a new object has no row to read', () => {
  const typed = () => {
    // @ts-expect-error: there is no row yet
    create(Page, { title: upper(Page.title) })
    // @ts-expect-error: a number for text
    create(Page, { title: plus(literal(1), 1) })
    return create(Page, { title: upper(literal('x')), rank: literal(1) })
  }
  expect(typed).toBeTypeOf('function')
})
