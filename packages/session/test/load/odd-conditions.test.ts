// Conditions that are more than one key: the same members by every way of loading, and by a join.

import { and, any, asc, between, cast, column, concat, entities, entity, eq, fn, foreign, integer, join, joinedload, like, options, or, orderBy, registry, relationship, remote, select, selectinload, subqueryload, table, text, where, type Condition } from '@relata/core'
import { all, expungeAll, load, sql, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const spans = table('spans', { id: column(integer, { primaryKey: true }), low: column(integer), high: column(integer), path: column(text) })
const points = table('points', { id: column(integer, { primaryKey: true }), spanId: column(integer, { references: 'spans.id' }), otherId: column(integer), at: column(integer), word: column(text) })
const marks = table('marks', { id: column(integer, { primaryKey: true }), spanId: column(integer), pointId: column(integer) })
const { id, low, high, path } = spans.c
const { spanId, otherId, at, word } = points.c

const filled = [
  "insert into spans values (1, 1, 5, 'a'), (2, 4, 9, 'a/b'), (3, 7, 7, 'C')",
  "insert into points values (1, 1, 2, 1, 'a'), (2, 1, 1, 4, 'a/b'), (3, 2, 3, 5, 'xa'), (4, 3, 1, 7, 'c'), (5, 3, 3, 40, '4')",
  'insert into marks values (1, 1, 5), (2, 2, 1), (3, 2, 3)',
]
const onFilled = <A>(program: Db<A>): Db<A> => pipe(RTE.sequenceSeqArray(filled.map((statement) => sql(statement))), RTE.chain(() => expungeAll), RTE.chain(() => program))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map((each) => each.id)

test.each<readonly [what: string, primaryjoin: Condition<string>, members: readonly (readonly number[])[]]>([
  ['a function of the near column', eq(fn<string>()('lower', path), foreign(word)), [[1], [2], [4]]],
  ['a function of the far column', eq(path, fn<string>()('lower', foreign(word))), [[1], [2], []]],
  ['a cast of the near column', eq(cast(low, text), foreign(word)), [[], [5], []]],
  ['a cast of the far column', eq(path, cast(foreign(word), text)), [[1], [2], []]],
  ['a function of both', fn<boolean>()('instr', remote(foreign(word)), path), [[1, 2, 3], [2], []]],
  ['between near bounds', between(foreign(at), low, high), [[1, 2, 3], [2, 3, 4], [4]]],
  ['a far column equal to a constant', and(eq(id, spanId), eq(at, 4)), [[2], [], []]],
  ['a near column equal to a constant', and(eq(id, spanId), eq(high, 7)), [[], [], [4, 5]]],
  ['a second equality that no key declares', and(eq(id, spanId), eq(low, at)), [[1], [], [4]]],
  ['an or of two far columns', or(eq(id, foreign(spanId)), eq(id, foreign(otherId))), [[1, 2, 4], [1, 3], [3, 4, 5]]],
  ['an or of two near columns', or(eq(low, foreign(at)), eq(high, foreign(at))), [[1, 3], [2], [4]]],
  ['a third table', and(eq(id, spanId), eq(marks.c.pointId, points.c.id)), [[1], [3], [5]]],
  ['a like', like(foreign(word), concat(path, '%')), [[1, 2], [2], [4]]],
])('%s', async (_what, primaryjoin, members) => {
  const geometry = registry(entities({ Span: entity(spans, { points: relationship('Point', { viewonly: true, primaryjoin, orderBy: asc(points.c.id) }) }), Point: entity(points), Mark: entity(marks) }))
  const { Span } = geometry.entities
  const query = pipe(select(Span), orderBy(asc(Span.id)))
  const after = async <A>(program: Db<A>): Promise<A> => (await succeeding(geometry, onFilled(program))).result
  expect((await after(pipe(all(query), RTE.chain(load(Span.points))))).map((span) => ids(span.points))).toEqual(members)
  for (const option of [joinedload(Span.points), selectinload(Span.points), subqueryload(Span.points)]) {
    expect((await after(all(pipe(query, options(option))))).map((span) => ids(span.points))).toEqual(members)
  }
  const holders = members.flatMap((those, place) => (those.length === 0 ? [] : [place + 1]))
  expect(ids(await after(all(pipe(query, join(Span.points)))))).toEqual(holders)
})

test('a path within one table', async () => {
  const tree = registry(entities({ Span: entity(spans, { below: relationship('Span', { viewonly: true, primaryjoin: like(remote(foreign(path)), concat(path, '/%')) }) }) }))
  const { Span } = tree.entities
  const query = pipe(select(Span), orderBy(asc(Span.id)))
  const after = async <A>(program: Db<A>): Promise<A> => (await succeeding(tree, pipe(sql(filled[0] ?? ''), RTE.chain(() => expungeAll), RTE.chain(() => program)))).result
  expect((await after(pipe(all(query), RTE.chain(load(Span.below))))).map((span) => ids(span.below))).toEqual([[2], [], []])
  for (const option of [joinedload(Span.below), selectinload(Span.below), subqueryload(Span.below)]) {
    expect((await after(all(pipe(query, options(option))))).map((span) => ids(span.below))).toEqual([[2], [], []])
  }
  expect(ids(await after(all(pipe(query, where(any(Span.below, eq(Span.path, 'a/b')))))))).toEqual([1])
})
