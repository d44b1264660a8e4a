// A query read by keyset: so many results after a place in its order, and the place where they end.

import { keysetOf, readAfter, readFrom, reversed, type EntityRead, type Keyset, type LoadPlan, type QueryError, type SelectDescriptor } from '@relata/core'
import { isLeft, type Either } from 'fp-ts/lib/Either.js'
import { identityKey } from '../state/identity-map.js'
import type { SessionState } from '../state/model.js'
import { autoflush } from '../verb/autoflush.js'
import { compiledRead, type CompiledRead } from './compile-read.js'
import type { Row } from './hydrate.js'
import { selectPlan } from './plan-cache.js'
import { failQuery } from './refused-query.js'
import { rowsOf } from './run-plan.js'
import { givenValues, selected, type SelectedRow } from './run-select.js'

export interface KeysetRead {
  readonly results: readonly SelectedRow[]
  /** Where the first and the last of them stand; undefined where there are none. */
  readonly start: readonly unknown[] | undefined
  readonly end: readonly unknown[] | undefined
  /** Is there anything after them? */
  readonly more: boolean
}

/** The keyset of a query on the session's database, or why it has none. */
export const keysetOn = async (session: SessionState, select: SelectDescriptor): Promise<Either<QueryError, Keyset>> => {
  const { dialect } = session.executor.connected ?? await session.executor.connect()
  return keysetOf(session.mapping, select, dialect.supports.nullsGreatest ? 'greatest' : 'least')
}

/** The same, or a failure of the verb. */
export const keysetFor = async (session: SessionState, select: SelectDescriptor): Promise<Keyset> => {
  const found = await keysetOn(session, select)
  return isLeft(found) ? failQuery(found.left) : found.right
}

/** Reads so many results after a place; one more is asked for, to know whether anything follows. */
export const readKeyset = async (session: SessionState, select: SelectDescriptor, keyset: Keyset, after: readonly unknown[] | undefined, count: number): Promise<KeysetRead> =>
  (await readWith(session, select, readAfter(select, keyset, after, count + 1), count)).read

/** The same, with whether anything stands at the place or before it: what stands there comes along, and a further statement asks where it is gone. */
export const readBetween = async (session: SessionState, select: SelectDescriptor, keyset: Keyset, after: readonly unknown[], count: number): Promise<KeysetRead & { readonly before: boolean }> => {
  const { read, met } = await readWith(session, select, readFrom(select, keyset, after, count + 2), count, keyset.terms.length)
  return { ...read, before: met || await isAnything(session, readAfter({ ...select, options: select.options.filter(({ _tag }) => _tag === 'criteria') }, reversed(keyset), after, 1)) }
}

/** Reads a query; rows that say by their place at `at` that they are the one gone on from are left out. */
const readWith = async (session: SessionState, select: SelectDescriptor, reading: SelectDescriptor, count: number, at?: number): Promise<{ readonly read: KeysetRead; readonly met: boolean }> => {
  const planned = selectPlan(session.mapping, reading)
  await autoflush(session, select.autoflush)
  const given = await givenValues(session, planned)
  const found = await rowsOf(session, planned.plan, given)
  const offsets = planned.plan.keyset ?? []
  const level = at === undefined ? undefined : offsets[at]
  // A database says true in its own way.
  const rows = level === undefined ? found : found.filter((row) => Number(row[level]) !== 1)
  const kept = cut(session, planned.plan, rows, count)
  const placeOf = (row: Row | undefined): readonly unknown[] | undefined => row === undefined ? undefined : offsets.slice(0, at).map((offset) => row[offset] ?? null)
  const read = { results: await selected(session, planned.plan, select, kept, given), start: placeOf(kept[0]), end: placeOf(kept.at(-1)), more: kept.length < rows.length }
  return { read, met: rows.length < found.length }
}

const isAnything = async (session: SessionState, select: SelectDescriptor): Promise<boolean> => {
  const planned = selectPlan(session.mapping, select)
  return (await rowsOf(session, planned.plan, await givenValues(session, planned))).length > 0
}

/** Can several rows of a read be one object, because a collection comes along with it? */
export const bringsCollections = ({ related }: CompiledRead): boolean => related.some((each) => each.uselist || bringsCollections(each.read))

/** The rows of the first `count` results, each with all of its rows: those of one object stand together. */
const cut = (session: SessionState, { result }: LoadPlan, rows: readonly Row[], count: number): readonly Row[] => {
  if (result._tag === 'fields' || !bringsCollections(compiledRead(session.mapping, result))) return rows.length > count ? rows.slice(0, count) : rows
  const same = rowsOfOne(result)
  let met = 0
  for (let at = 0; at < rows.length; at++) {
    if (at > 0 && same(rows[at - 1] as Row, rows[at] as Row)) continue // both are rows of the list
    if (++met > count) return rows.slice(0, at)
  }
  return rows
}

const rowsOfOne = ({ key }: EntityRead) => (a: Row, b: Row): boolean =>
  identityKey(key.map((offset) => a[offset])) === identityKey(key.map((offset) => b[offset]))
