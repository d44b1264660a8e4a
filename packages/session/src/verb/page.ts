// page: a query's results from a place in its order on, or up to one.

import { cursorAt, placeAt, reversed, type Cursor, type Keyset, type ResultOf, type Runnable } from '@relata/core'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { db, type Db } from '../db.js'
import { keysetFor, readBetween, readKeyset, type KeysetRead } from '../load/read-keyset.js'
import { failQuery } from '../load/refused-query.js'
import { fail } from '../relata-error.js'
import type { SessionState } from '../state/model.js'

/** The first results, or the first after the end of another page. */
export interface PageAfter<A> {
  readonly first: number
  readonly after?: Cursor<A> | undefined
  readonly last?: never
  readonly before?: never
}

/** The last results, or the last before the start of another page. */
export interface PageBefore<A> {
  readonly last: number
  readonly before?: Cursor<A> | undefined
  readonly first?: never
  readonly after?: never
}

export type PageRequest<A> = PageAfter<A> | PageBefore<A>

export interface Page<A> {
  /** In the query's order, whichever way they were asked for. */
  readonly items: ReadonlyArray<A>
  /** Where the first of them stands: what the page before is asked for with. None where there are no items. */
  readonly start: Option<Cursor<A>>
  /** Where the last of them stands: what the page after is asked for with. */
  readonly end: Option<Cursor<A>>
  /** Is there anything before them? */
  readonly hasPrevious: boolean
  /** Is there anything after them? */
  readonly hasNext: boolean
}

/**
 * The first results of a query, or those after a cursor; the last ones, or those before a cursor: by the query's order, ties broken by
 * the primary key, without counting rows. A cursor tells a place, so that rows added or deleted elsewhere neither repeat nor hide
 * anything. Fails with `argument` for a cursor that was forged or belongs to a query of another shape, and with `not-supported` for
 * groups and unions.
 *
 * @example
 * const newest = pipe(select(Order), orderBy(desc(Order.placedAt)), options(selectinload(Order.lines)))
 * pipe(page(newest, { first: 20 }), RTE.chain(({ end }) => page(newest, { first: 20, after: O.toUndefined(end) })))
 */
export const page = <Q extends Runnable>(query: Q, request: PageRequest<ResultOf<Q>>): Db<Page<ResultOf<Q>>> => db(async (session) => {
  const { backward, count, cursor } = checked(request)
  if (query.limit !== undefined || query.offset !== undefined) fail({ _tag: 'QueryRefused', code: 'argument', message: 'page: the query has a limit or an offset of its own', hint: 'leave them out: first and after, or last and before, say how many, and from where' })
  const keyset = await keysetFor(session, query)
  const { results, start, end, before, more } = await read(session, query, keyset, backward, cursor, count)
  const cursorOf = (place: readonly unknown[] | undefined): Option<Cursor<ResultOf<Q>>> => {
    if (place === undefined) return O.none
    const made = cursorAt(session.mapping, query, keyset, place) ?? fail({ _tag: 'QueryRefused', code: 'not-supported', message: 'page: the query is ordered by values that a cursor cannot hold', hint: 'order by columns of plain types' })
    return O.some(made as Cursor<ResultOf<Q>>) // made of this query
  }
  const items = results as ReadonlyArray<ResultOf<Q>> // the plan gives what the query's type says
  return backward
    ? { items: items.toReversed(), start: cursorOf(end), end: cursorOf(start), hasPrevious: more, hasNext: before }
    : { items, start: cursorOf(start), end: cursorOf(end), hasPrevious: before, hasNext: more }
})

/** Which way, how many and from where; what no compiler checked is looked at. */
const checked = <A>({ first, after, last, before }: PageRequest<A>): { readonly backward: boolean; readonly count: number; readonly cursor: string | undefined } => {
  const backward = last !== undefined
  if (backward ? first !== undefined || (after ?? undefined) !== undefined : (before ?? undefined) !== undefined) fail({ _tag: 'QueryRefused', code: 'argument', message: 'page: it goes one way', hint: 'give first with after, or last with before' })
  const count = backward ? last : first
  if (!Number.isSafeInteger(count) || count < 1 || count > Number.MAX_SAFE_INTEGER - 2) fail({ _tag: 'QueryRefused', code: 'argument', message: `page: ${String(count)} is no number of results`, hint: 'give a whole number from 1' })
  return { backward, count, cursor: (backward ? before : after) ?? undefined }
}

/** Reads in the direction asked for; `before` is what lies on the side that it came from. */
const read = async (session: SessionState, query: Runnable, keyset: Keyset, backward: boolean, cursor: string | undefined, count: number): Promise<KeysetRead & { readonly before: boolean }> => {
  const order = backward ? reversed(keyset) : keyset
  if (cursor === undefined) return { ...await readKeyset(session, query, order, undefined, count), before: false }
  const place = placeAt(session.mapping, query, keyset, cursor)
  return isLeft(place) ? failQuery(place.left) : readBetween(session, query, order, place.right, count)
}
