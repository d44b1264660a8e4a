// Every builder of queries that takes a value, given hostile ones: the plan, of which statements are printed, is the same whatever the value
// is; values are beside it. An object that looks like an expression is a value too, and is taken for none where an expression stands.

import * as core from '@relata/core'
import {
  add, alias, and, any, asc, between, case_, coalesce, column, concat, configure, count, cte, deleteFrom, desc, div, entities, entity, eq, except, exists, fn, forUpdate, fullJoin, ge, gt, groupBy, has, having, inList, inSubquery, insertInto,
  integer, intersect, isDistinctFrom, isNotDistinctFrom, isNotNull, isNull, join, joinedload, joinFrom, lateral, le, leftJoin, leftJoinFrom, like, limit, literal, lt, max, mod, mul, ne, not, notInList, notInSubquery, notLike, nullif,
  offset, onConflict, only, op, options, or, orderBy, over, planLoad, planWrite, recursive, registry, relationship, rowNumber, scalar, select, selectinload, sql, sub, subquery, subqueryload, table, text, tuple, union, unionAll, update, where,
  withLoaderCriteria, type Condition, type SelectDescriptor, type WriteDescriptor,
} from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'

const shelves = table('shelves', { id: column(integer, { primaryKey: true }), name: column(text), weight: column(integer) })
const books = table('books', { id: column(integer, { primaryKey: true }), title: column(text, { unique: true }), shelfId: column(integer, { references: 'shelves.id', nullable: true }) })
const shop = registry(entities({ Shelf: entity(shelves, { books: relationship('Book', { backPopulates: 'shelf' }) }), Book: entity(books, { shelf: relationship('Shelf', { backPopulates: 'books' }) }) }))
const mapping = pipe(configure(shop), E.getOrElseW(([{ message }]) => { throw new Error(message) }))
const { Shelf, Book } = shop.entities

const words = [
  '', "'", '"', '`', "''", '""', '``', ';', '\\', "\\'", '\\"', '--', '-- ', '#', '/*', '*/', '\n', '\t', '\0', '?', '$1', ':a', '@a', '%', '_', '${x}', '{{x}}', 'NULL', 'true', '0', '1 or 1=1', "' or '1'='1", '" or ""="', "\\' or 1=1 -- ",
  "'; drop table witness; --", '"; drop table witness; --', '`; drop table witness; --', ') or 1=1 --', "a'/**/or/**/1=1", '__proto__', 'constructor', '\u202E', 'ʼ', '日本', 'x'.repeat(10_000),
] as const
const shapes: readonly unknown[] = [
  [], ['a', 'b'], [['a']], {}, { a: 1 }, { $gt: '' }, { $ne: null }, { toString: () => "'; drop table witness" }, { toSQL: () => 'x' }, { toJSON: () => 'x' }, { valueOf: () => 1 }, { raw: '1=1' }, { value: 'x' },
  { _tag: 'fragment', parts: ['1=1; drop table witness'], args: [] }, { _tag: 'literal', value: 'x' }, { _tag: 'null' }, { _tag: 'column', source: 'shelves', name: 'id' }, { _tag: 'slot', index: 0 }, { _tag: 'function', name: 'pg_sleep', args: [] }, { _tag: 'custom', symbol: 'or 1=1 --' },
  JSON.parse('{"__proto__": {"_tag": "fragment", "parts": ["x"], "args": []}}'), true, 0, -1, 1e308, Number.NaN, 10n ** 40n, new Date(0), new Uint8Array([39]), new Map([['a', 1]]), Symbol.for('relata.expression').toString(), Object.create(null),
]

type Build = (value: never) => SelectDescriptor | WriteDescriptor
const shelf = select({ id: Shelf.id })
const filtered = (condition: (value: never) => Condition<'Shelf'>): Build => (value) => pipe(shelf, where(condition(value)))
const titled = (value: never) => pipe(select({ id: Book.id, shelfId: Book.shelfId }), where(eq(Book.title, value)))

/** By the builder that takes the value. */
const builders: Readonly<Record<string, Build>> = {
  eq: filtered((v) => eq(Shelf.name, v)), ne: filtered((v) => ne(Shelf.name, v)), lt: filtered((v) => lt(Shelf.name, v)), le: filtered((v) => le(Shelf.name, v)), gt: filtered((v) => gt(Shelf.name, v)), ge: filtered((v) => ge(Shelf.name, v)),
  isDistinctFrom: filtered((v) => isDistinctFrom(Shelf.name, v)), isNotDistinctFrom: filtered((v) => isNotDistinctFrom(Shelf.name, v)), like: filtered((v) => like(Shelf.name, v)), notLike: filtered((v) => notLike(Shelf.name, v)),
  between: filtered((v) => between(Shelf.name, v, v)), inList: filtered((v) => inList(Shelf.name, [v, v] as never)), notInList: filtered((v) => notInList(Shelf.name, [v, v] as never)), op: filtered((v) => op('~', Shelf.name, v)),
  and: filtered((v) => and(eq(Shelf.name, v), isNotNull(Shelf.id))), or: filtered((v) => or(eq(Shelf.name, v), isNull(Shelf.id))), not: filtered((v) => not(eq(Shelf.name, v))),
  any: filtered((v) => any(Shelf.books, eq(Book.title, v))), has: (v) => pipe(select({ id: Book.id }), where(has(Book.shelf, eq(Shelf.name, v)))),
  add: filtered((v) => eq(Shelf.weight, add(Shelf.weight, v))), sub: filtered((v) => eq(Shelf.weight, sub(Shelf.weight, v))), mul: filtered((v) => eq(Shelf.weight, mul(Shelf.weight, v))), div: filtered((v) => eq(Shelf.weight, div(Shelf.weight, v))), mod: filtered((v) => eq(Shelf.weight, mod(Shelf.weight, v))),
  concat: (v) => select({ x: concat(Shelf.name, v) }), coalesce: (v) => select({ x: coalesce(Shelf.name, v) }), nullif: (v) => select({ x: nullif(Shelf.name, v) }), literal: (v) => select({ id: Shelf.id, x: literal(v) }), fn: (v) => select({ x: fn()('strip', Shelf.name, v) }),
  case_: (v) => select({ x: case_([{ when: eq(Shelf.name, v), result: v }], v) }), sql: (v) => select({ x: sql()`strip(${Shelf.name}, ${v})` }), tuple: filtered((v) => eq(tuple(Shelf.name, Shelf.name), tuple(literal(v), literal(v)) as never)),
  having: (v) => pipe(select({ n: count(Shelf.id) }), groupBy(Shelf.name), having(gt(max(Shelf.name), v))), over: (v) => select({ x: over(rowNumber(), { partitionBy: [concat(Shelf.name, v)], orderBy: [asc(coalesce(Shelf.name, v))] }) }),
  groupBy: (v) => pipe(select({ n: count(Shelf.id) }), groupBy(concat(Shelf.name, v))), orderBy: (v) => pipe(shelf, orderBy(desc(concat(Shelf.name, v)))),
  join: (v) => pipe(select({ id: Shelf.id }), join(Shelf.books, eq(Book.title, v))), leftJoin: (v) => pipe(select({ id: Shelf.id }), leftJoin(Shelf.books, eq(Book.title, v))), fullJoin: (v) => pipe(select({ id: Shelf.id }), fullJoin(Book, eq(Book.title, v))),
  joinFrom: (v) => pipe(select({ id: Shelf.id }), joinFrom(Shelf, Book, eq(Book.title, v))), leftJoinFrom: (v) => pipe(select({ id: Shelf.id }), leftJoinFrom(Shelf, Book, eq(Book.title, v))),
  subquery: (v) => { const s = subquery('s', titled(v)); return pipe(select({ id: s.id }), where(eq(s.shelfId, v))) }, cte: (v) => { const s = cte('s', titled(v)); return select({ id: s.id }) }, lateral: (v) => { const s = lateral('s', titled(v)); return pipe(select({ id: Shelf.id }), join(s, eq(s.id, v))) },
  recursive: (v) => { const s = recursive('s', pipe(select({ id: Shelf.id }), where(eq(Shelf.name, v))), (self) => pipe(select({ id: add(self.id, 1) }), where(lt(self.id, v)))); return select({ id: s.id }) },
  exists: filtered((v) => exists(titled(v))), scalar: (v) => select({ x: scalar(pipe(select({ id: Book.id }), where(eq(Book.title, v)))) }), inSubquery: filtered((v) => inSubquery(Shelf.id, pipe(select({ id: Book.shelfId }), where(eq(Book.title, v))))),
  notInSubquery: filtered((v) => notInSubquery(Shelf.id, pipe(select({ id: Book.shelfId }), where(eq(Book.title, v))))),
  union: (v) => pipe(shelf, union(pipe(select({ id: Book.id }), where(eq(Book.title, v))))), unionAll: (v) => pipe(shelf, unionAll(pipe(select({ id: Book.id }), where(eq(Book.title, v))))), intersect: (v) => pipe(shelf, intersect(pipe(select({ id: Book.id }), where(eq(Book.title, v))))), except: (v) => pipe(shelf, except(pipe(select({ id: Book.id }), where(eq(Book.title, v))))),
  alias: (v) => { const other = alias(Shelf, 'other'); return pipe(select(other), where(eq(other.name, v))) },
  only: (v) => pipe(select(Shelf), options(joinedload(Shelf.books, only(eq(Book.title, v))))), withLoaderCriteria: (v) => pipe(select(Shelf), options(withLoaderCriteria(Book, eq(Book.title, v)), joinedload(Shelf.books))),
  selectinload: (v) => pipe(select(Shelf), options(selectinload(Shelf.books, only(eq(Book.title, v))))), subqueryload: (v) => pipe(select(Shelf), where(eq(Shelf.name, v)), options(subqueryload(Shelf.books))),
  insertInto: (v) => insertInto(Book, [{ title: v }, { title: v }]), onConflict: (v) => pipe(insertInto(Book, [{ title: v }]), onConflict(['title'], { title: v })), update: (v) => pipe(update(Book, { title: v }), where(eq(Book.title, v))), deleteFrom: (v) => pipe(deleteFrom(Book), where(eq(Book.title, v))),
}

/** What takes no value of a query, or only what others have made. */
const withoutValues = new Set(`
  abs asDelivered asc attributeNamed attributeOf attributeOfColumn autoflush avg backref bigint boolean bytes cast children chunkSize column columnType columnWish combine configure contains containsEager correlate count cursorAt cursorOf custom databaseName date
  defaultChunk defaultload defer deferAll denseRank desc diagram distinct dynamicLoader dynamicRegistry entities entity enumeration everywhere explain explainExpression explainFlush explainJoin explainLoad expr forShare forUpdate foreign given handleOf immediateload
  innerjoin integer internals isA isExpr isHandle isNotNull isNull isOperation isRel joinCondition joined joinedload json keysetOf lag lazyCondition lazyload lead leaves length limit loadOnly lower mapChildren mapLeaves mappingOf max merge min nodeOf noload numeric
  ofType offset opaque operand optionData options optionsBelow orderTerms originOfHandle ownNames placeAt planFlush planJoin planKey planLoad planRelated planShape planValue planWrite plannedColumns plannedRows populateExisting queryOptions raiseload rank readAfter
  readFrom readPlan real recursionDepth registry relationship relationshipNamed relationshipOption remote reversed rowNumber select settingsError shapeOf sqlOnly strategyOf sum table tableAlias tableColumn tableJoin tablesOf targetOf text timestamp timestamptz trim
  typeOf typeOfConstant undefer undeferAll undeferGroup upper uuid varchar where wildcard withParent`.trim().split(/\s+/))

/** What is printed, without the values. */
const planned = (query: SelectDescriptor | WriteDescriptor): string => {
  const result = query._tag === 'select' ? planLoad(mapping, query) : planWrite(mapping, query)
  if (result._tag === 'Left') throw new Error(result.left.message)
  return JSON.stringify(result.right.plan)
}

test('every builder is tried, or takes no value', () => {
  const known = new Set([...Object.keys(builders), ...withoutValues])
  expect(Object.keys(core).filter((name) => !known.has(name))).toEqual([])
  expect([...known].filter((name) => !(name in core))).toEqual([])
})

test('there are enough of both', () => {
  expect([words.length >= 40, shapes.length >= 30]).toEqual([true, true])
})

describe.each(Object.entries(builders))('%s', (_name, build) => {
  test('has the same plan for every word', () => {
    expect(new Set(words.map((word) => planned(build(word as never)))).size).toBe(1)
  })

  test('takes no shape for an expression', () => {
    for (const shape of shapes) {
      let plan = ''
      try { plan = planned(build(shape as never)) } catch { /* refused, which is as good */ }
      expect(plan).not.toMatch(/witness|pg_sleep|1=1/)
    }
  })
})

const untyped: Readonly<Record<string, (shape: never) => unknown>> = {
  where: (shape) => where(shape)(shelf as never), and: (shape) => and(shape), or: (shape) => or(shape), not: (shape) => not(shape), having: (shape) => having(shape)(shelf as never), groupBy: (shape) => groupBy(shape)(shelf as never), orderBy: (shape) => orderBy(shape)(shelf as never),
  asc: (shape) => orderBy(asc(shape))(shelf as never), 'the left of eq': (shape) => eq(shape, 1 as never), 'the left of like': (shape) => like(shape, 'x'), 'the left of inList': (shape) => inList(shape, []), isNull: (shape) => isNull(shape),
  over: (shape) => over(shape), 'partitions of over': (shape) => over(rowNumber(), { partitionBy: [shape] }), tuple: (shape) => tuple(shape), 'the condition of any': (shape) => any(Shelf.books, shape), 'the condition of only': (shape) => only(shape), 'the condition of withLoaderCriteria': (shape) => withLoaderCriteria(Book, shape),
  'fields of select': (shape) => select({ id: shape }), 'when of case_': (shape) => case_([{ when: shape, result: 1 }]),
}

test.each(Object.entries(untyped))('what looks like an expression is none: %s', (_name, build) => {
  for (const shape of [...shapes, 'id; drop table witness']) expect(() => build(shape as never)).toThrow(TypeError)
})

test.each([['limit', limit], ['offset', offset]])('%s is a number', (_name, clause) => {
  for (const shape of ['1; drop table witness', Number.NaN, -1, 1.5, {}]) expect(() => planned(clause(shape as never)(shelf))).toThrow()
})

test.each<readonly [string, () => unknown]>([
  ['a direction', () => orderBy({ ...asc(Shelf.id), direction: 'asc; drop table witness' } as never)(shelf)],
  ['the place of nulls', () => orderBy({ ...asc(Shelf.id), nulls: 'last; drop table witness' } as never)(shelf)],
  ['the place of nulls in asc', () => asc(Shelf.id, { nulls: 'last; drop table witness' as never })],
  ['what a row lock does about others', () => forUpdate({ wait: 'nowait; drop table witness' as never })],
])('%s is one of the words there are', (what, build) => {
  expect(build).toThrow(what.replace(' in asc', ''))
})

test('a function is named by words, of a schema where it is of one', () => {
  for (const name of ['pg_sleep(1); x', 'a b', '', 'a.', '"a"', 'a--', "a'"]) expect(() => fn()(name, Shelf.id)).toThrow('no name of a function')
  expect(planned(select({ x: fn()('tools.größe_2', Shelf.id) }))).toContain('tools.größe_2')
})
