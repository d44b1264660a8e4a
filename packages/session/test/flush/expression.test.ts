// Columns given an expression of the database instead of a value.

import { add as plus, coalesce, column, concat, entities, entity, integer, literal, registry, relationship, table, text, upper, type Model } from '@relata/core'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, attempt, commit, create, dryRun, expire, flush, history, isLoaded, isModified, loadColumn, rollback, set, sql } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import { succeeding } from '../in-session.js'

const sites = table('sites', { id: column(integer, { primaryKey: true }), name: column(text) })
const pages = table('pages', {
  id: column(integer, { primaryKey: true }),
  siteId: column(integer, { name: 'site_id', references: 'sites.id', nullable: true }),
  title: column(text, { nullable: true }), visits: column(integer, { name: 'visit_count', nullable: true }),
})
const parts = entities({ Site: entity(sites, {}), Page: entity(pages, { site: relationship('Site') }) })
interface Parts extends Model<typeof parts> {}
const web = registry<Parts>(parts)
const { Page, Site } = web.entities

const page = () => create(Page, { title: 'home', visits: 1 })
const once = plus(coalesce(Page.visits, 0), 1)

describe('an expression given to a column', () => {
  test('is computed by the database when it is written, from what the row has then', async () => {
    const home = page()
    const { result, statements } = await succeeding(web, pipe(
      add(home), RTE.chain(() => commit), RTE.chain(() => sql('update pages set visit_count = 40')),
      RTE.chain(() => { set(Page, { visits: once, title: concat(upper(Page.title), '!') })(home); return flush }), RTE.map(() => [home.visits, home.title]),
    ))
    expect(statements.slice(1)).toEqual(['raw  0', 'update pages 1'])
    expect(result).toEqual([41, 'HOME!'])
  })

  test('shows the value from before until then, which is not relied on', async () => {
    const home = page()
    const { result } = await succeeding(web, pipe(add(home), RTE.chain(() => flush), RTE.map(() => {
      set(Page, { visits: once })(home)
      return [home.visits, isLoaded(Page.visits)(home), isModified(home), history(Page.visits)(home)]
    })))
    expect(result).toEqual([1, false, true, { added: [once], unchanged: [], deleted: [1] }])
  })

  test('is written once', async () => {
    const home = page()
    const { result, statements } = await succeeding(web, pipe(
      add(home), RTE.chain(() => flush), RTE.chain(() => { set(Page, { visits: once })(home); return flush }), RTE.chain(() => flush),
      RTE.chain(() => { set(Page, { title: 'x' })(home); return flush }), RTE.map(() => home.visits),
    ))
    expect([result, statements]).toEqual([2, ['insert pages 1', 'update pages 1', 'update pages 1']])
  })

  test('is inserted with a new object', async () => {
    const home = page()
    set(Page, { title: upper(literal('quiet')) })(home)
    const { result, statements } = await succeeding(web, pipe(add(home), RTE.chain(() => flush), RTE.map(() => [home.title, home.visits])))
    expect([result, statements]).toEqual([['QUIET', 1], ['insert pages 1']])
  })

  test('gives way to a value set after it, and is dropped by an expiry and a rollback', async () => {
    const home = page()
    const given = () => { set(Page, { visits: once })(home) }
    const { result, statements } = await succeeding(web, pipe(
      add(home), RTE.chain(() => commit),
      RTE.chain(() => { given(); set(Page, { visits: 7 })(home); return flush }), RTE.chain(() => commit),
      RTE.chain(() => { given(); return expire(Page)(home) }), RTE.chain(() => loadColumn(Page.visits)(home)), RTE.chain(() => flush),
      RTE.chain(() => { given(); return rollback }), RTE.chain(() => flush), RTE.chain(() => loadColumn(Page.visits)(home)), RTE.map(() => home.visits),
    ))
    expect([result, statements.filter((line) => !line.startsWith('select'))]).toEqual([7, ['insert pages 1', 'update pages 1']])
  })

  test('is in the plan as data, with its reason', async () => {
    const home = page()
    const { result } = await succeeding(web, pipe(add(home), RTE.chain(() => commit), RTE.chain(() => { set(Page, { visits: once })(home); return dryRun })))
    expect(result.steps).toMatchObject([{ _tag: 'update', table: 'pages', set: [{ name: 'visit_count' }], reasons: ['changed visits'] }])
    expect(JSON.parse(JSON.stringify(result.steps[0]?.rows.symbols))).toEqual(result.steps[0]?.rows.symbols)
  })

  test('gives way to a relationship that writes the column', async () => {
    const home = page()
    const site = create(Site, { name: 's' })
    const { result } = await succeeding(web, pipe(
      add(home, site), RTE.chain(() => flush), RTE.chain(() => { set(Page, { siteId: plus(coalesce(Page.siteId, 0), 99), site })(home); return flush }), RTE.map(() => home.siteId === site.id),
    ))
    expect(result).toBe(true)
  })
})

describe('refused, and nothing changed, is an expression', () => {
  const refusal = (change: () => unknown): string => {
    const outcome = attempt(change)
    return E.isLeft(outcome) ? `${outcome.left.code}: ${outcome.left.message}` : 'no refusal'
  }

  test('of the row of an object that has none yet', () => {
    const home = page()
    expect(refusal(() => set(Page, { title: 'x', visits: once })(home))).toBe('argument: set: Page.visits cannot be computed from its row, which is not there yet')
    expect(home.title).toBe('home')
  })

  test('for the key', () => {
    expect(refusal(() => set(Page, { id: plus(Page.id, 1) })(page()))).toBe('argument: set: Page.id is part of the primary key, by which the object is known')
  })

  test('of another entity', () => {
    expect(refusal(() => set(Page, { title: Site.name as never })(page()))).toMatch("argument: set: Page.title cannot be given this expression: 'Site' is not in this query")
  })
})

test('the compiler knows what an expression may read, and what it gives', () => {
  const typed = () => {
    // @ts-expect-error: text for a number
    set(Page, { visits: upper(Page.title) })
    // @ts-expect-error: of another entity
    set(Page, { title: Site.name })
    return set(Page, { visits: once, title: null })
  }
  expect(typed).toBeTypeOf('function')
})
