// A query read by keyset: so many results after a place in its order, and the place where they end.

import { keysetOf, readAfter, type EntityRead, type Keyset, type LoadPlan, type QueryError, type SelectDescriptor } from '@relata/core'
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
  /** Where the last of them stands; undefined where there are none. */
  readonly end: readonly unknown[] | undefined
  /** Is there anything after it? */
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
export const readKeyset = async (session: SessionState, select: SelectDescriptor, keyset: Keyset, after: readonly unknown[] | undefined, count: number): Promise<KeysetRead> => {
  const reading = readAfter(select, keyset, after, count + 1)
  const planned = selectPlan(session.mapping, reading)
  await autoflush(session, select.autoflush)
  const given = await givenValues(session, planned)
  const rows = await rowsOf(session, planned.plan, given)
  const kept = cut(session, planned.plan, rows, count)
  const last = kept[kept.length - 1]
  return {
    results: await selected(session, planned.plan, select, kept, given),
    end: last === undefined ? undefined : (planned.plan.keyset ?? []).map((offset) => last[offset] ?? null),
    more: kept.length < rows.length,
  }
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
