// Paths, conditions and joins that lead to entities which inherit: their columns, what lies below them, and rows of their kind alone.

import {
  any, asc, column, entities, entity, eq, gt, immediateload, integer, join, joinedload, leftJoin, ofType, only, options, orderBy, registry, relationship, select, selectinload, subqueryload, table, text, where, withLoaderCriteria,
} from '@relata/core'
import { all, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { overRows } from './store.js'

const firms = table('firms', { id: column(integer, { primaryKey: true }), name: column(text) })
const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text), firmId: column(integer, { name: 'firm_id', references: 'firms.id', nullable: true }) })
const engineers = table('engineers', { id: column(integer, { primaryKey: true, references: 'people.id' }), lang: column(text) })
const machines = table('machines', { id: column(integer, { primaryKey: true }), engineerId: column(integer, { name: 'engineer_id', references: 'engineers.id' }), label: column(text) })
const papers = table('papers', { id: column(integer, { primaryKey: true }), kind: column(text), firmId: column(integer, { name: 'firm_id', references: 'firms.id' }), sum: column(integer, { nullable: true }) })
const office = registry(entities({
  Firm: entity(firms, { people: relationship('Person', { orderBy: 'people.id' }), papers: relationship('Paper', { orderBy: 'papers.id' }), invoices: relationship('Invoice', { viewonly: true }) }),
  Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person' }),
  Engineer: entity(engineers, { machines: relationship('Machine', { orderBy: 'machines.id' }) }, { inherits: 'Person', identity: 'engineer' }),
  Machine: entity(machines),
  Paper: entity(papers, {}, { polymorphicOn: 'kind', identity: 'paper' }),
  Invoice: entity(papers, {}, { inherits: 'Paper', identity: 'invoice' }),
}))
const { Firm, Person, Engineer, Invoice } = office.entities
const rows = [
  "insert into firms values (1, 'one'), (2, 'two')", "insert into people values (1, 'person', 'ann', 1), (2, 'engineer', 'bob', 1), (3, 'engineer', 'cy', 1), (4, 'person', 'dan', 2)",
  "insert into engineers values (2, 'ts'), (3, 'go')", "insert into machines values (1, 2, 'saw'), (2, 2, 'mill'), (3, 3, 'press')",
  "insert into papers values (1, 'paper', 1, null), (2, 'invoice', 1, 10), (3, 'invoice', 1, 90)",
]
const ran = <A>(program: Db<A>) => overRows(office, rows, program)
const firm = pipe(select(Firm), where(eq(Firm.id, 1)))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)
/** The people of a firm: of an engineer also the language, and the machines that are loaded. */
const told = (people: readonly object[]): readonly unknown[] => people.map((person) => {
  const { id, lang, machines: own } = person as { readonly id: number; readonly lang?: string; readonly machines?: readonly { readonly id: number }[] }
  return [id, ...(lang === undefined ? [] : [lang]), ...(own === undefined ? [] : [ids(own)])]
})

describe('a path that leads to a subclass', () => {
  const everyone = [[1], [2, 'ts', [1, 2]], [3, 'go', [3]]]
  const below = joinedload(Engineer.machines)
  test.each<readonly [string, Db<readonly { readonly people: readonly object[] }[]>, number]>([
    ['joined', all(pipe(firm, options(joinedload(ofType(Firm.people, Engineer), below)))) as never, 1],
    ['selectin', all(pipe(firm, options(selectinload(ofType(Firm.people, Engineer), below)))) as never, 2],
    ['subquery', all(pipe(firm, options(subqueryload(ofType(Firm.people, Engineer), below)))) as never, 2],
    ['immediate', all(pipe(firm, options(immediateload(ofType(Firm.people, Engineer), below)))) as never, 2],
  ])('by %s brings its columns, what is said below it, and still the others', async (_how, query, statements) => {
    const { result, selects } = await ran(pipe(query, RTE.map(([found]) => told(found!.people))))
    expect(result).toEqual(everyone)
    expect(selects).toHaveLength(statements)
  })

  test('may have a condition, that reads the subclass', async () => {
    const inTs = only(eq(Engineer.lang, 'ts'))
    const joined = await ran(pipe(all(pipe(firm, options(joinedload(ofType(Firm.people, Engineer), inTs)))), RTE.map(([found]) => ids(found!.people))))
    expect(joined.result).toEqual([2])
    expect(joined.selects).toEqual(['from firms as firms_1 left join (people as people_1 left join engineers as engineers_1 on engineers_1.id = people_1.id) on firms_1.id = people_1.firm_id and engineers_1.lang = ? where firms_1.id = ? order by people_1.id'])
    const keyed = await ran(pipe(all(pipe(firm, options(selectinload(ofType(Firm.people, Engineer), inTs)))), RTE.map(([found]) => ids(found!.people))))
    expect(keyed.result).toEqual([2])
    const repeated = await ran(pipe(all(pipe(firm, options(subqueryload(ofType(Firm.people, Engineer), inTs)))), RTE.map(([found]) => ids(found!.people))))
    expect(repeated.result).toEqual([2])
  })
})

describe('a condition on a path that leads to a subclass', () => {
  test('asks for rows of that kind, by its columns', async () => {
    const { result, selects } = await ran(pipe(all(pipe(select(Firm), where(any(ofType(Firm.people, Engineer), eq(Engineer.lang, 'go'))))), RTE.map(ids)))
    expect(result).toEqual([1])
    expect(selects).toEqual(['from firms as firms_1 where exists (select 1 from people as people_1 join engineers as engineers_1 on engineers_1.id = people_1.id where firms_1.id = people_1.firm_id and engineers_1.lang = ?)'])
  })

  test('of one table asks for its identity', async () => {
    const { result, selects } = await ran(pipe(all(pipe(select(Firm), where(any(ofType(Firm.papers, Invoice), gt(Invoice.sum, 50))))), RTE.map(ids)))
    expect(result).toEqual([1])
    expect(selects[0]).toMatch(/papers_1\.kind (=|in)/)
  })
})

describe('a subclass of one table', () => {
  test('is joined to by its identity, in ON', async () => {
    const outer = await ran(all(pipe(select({ firm: Firm.id, paper: Invoice.id }), leftJoin(Firm.invoices), orderBy(asc(Firm.id), asc(Invoice.id)))))
    expect(outer.result).toEqual([{ firm: 1, paper: 2 }, { firm: 1, paper: 3 }, { firm: 2, paper: null }])
    expect(outer.selects[0]).toMatch(/left join papers as papers_1 on firms_1\.id = papers_1\.firm_id and papers_1\.kind (= \?|in \(\?\))/)
    const narrowed = await ran(pipe(all(pipe(select(Firm), join(ofType(Firm.papers, Invoice)), where(eq(Invoice.sum, 10)))), RTE.map(ids)))
    expect(narrowed.result).toEqual([1])
  })

  test('is loaded by it too', async () => {
    for (const option of [options(joinedload(Firm.invoices)), options(selectinload(Firm.invoices)), options(subqueryload(Firm.invoices))]) {
      const { result } = await ran(pipe(all(pipe(select(Firm), orderBy(asc(Firm.id)), option)), RTE.map((found) => found.map(({ invoices }) => ids(invoices).toSorted((a, b) => a - b)))))
      expect(result).toEqual([[2, 3], []])
    }
  })
})

test('criteria of an entity hold for those below it', async () => {
  const { result } = await ran(pipe(all(pipe(select(Engineer), orderBy(asc(Engineer.id)), options(withLoaderCriteria(Person, gt(Person.id, 2))))), RTE.map(ids)))
  expect(result).toEqual([3])
  const loaded = await ran(pipe(all(pipe(firm, options(selectinload(Firm.people), withLoaderCriteria(Person, gt(Person.id, 2))))), RTE.map(([found]) => ids(found!.people))))
  expect(loaded.result).toEqual([3])
})
