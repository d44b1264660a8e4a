// page: a query's results from a place in its order on.

import { cursorAt, placeAt, type Cursor, type ResultOf, type Runnable } from '@relata/core'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { db, type Db } from '../db.js'
import { keysetFor, readKeyset } from '../load/read-keyset.js'
import { failQuery } from '../load/refused-query.js'
import { fail } from '../relata-error.js'

export interface PageRequest<A> {
  /** How many results. */
  readonly first: number
  /** Where the page before ended. */
  readonly after?: Cursor<A> | undefined
}

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Where this page ends: what the next one is asked for with. None where there are no items. */
  readonly end: Option<Cursor<A>>
  readonly hasMore: boolean
}

/**
 * The first results of a query, or those after a cursor: by the query's order, ties broken by the primary key, without counting rows
 * that came before. A cursor tells a place, so that rows added or deleted elsewhere neither repeat nor hide anything. Fails with
 * `argument` for a cursor that was forged or belongs to a query of another shape, and with `not-supported` for groups and unions.
 *
 * @example
 * const newest = pipe(select(Order), orderBy(desc(Order.placedAt)), options(selectinload(Order.lines)))
 * pipe(page(newest, { first: 20 }), RTE.chain(({ end }) => page(newest, { first: 20, after: O.toUndefined(end) })))
 */
export const page = <Q extends Runnable>(query: Q, { first, after }: PageRequest<ResultOf<Q>>): Db<Page<ResultOf<Q>>> => db(async (session) => {
  if (!Number.isSafeInteger(first) || first < 1 || first >= Number.MAX_SAFE_INTEGER) fail({ _tag: 'QueryRefused', code: 'argument', message: `page: ${String(first)} is no number of results`, hint: 'give a whole number from 1' })
  if (query.limit !== undefined || query.offset !== undefined) fail({ _tag: 'QueryRefused', code: 'argument', message: 'page: the query has a limit or an offset of its own', hint: 'leave them out: first and after say how many, and from where' })
  const keyset = await keysetFor(session, query)
  const place = after === undefined || after === null ? undefined : placeAt(session.mapping, query, keyset, after)
  if (place !== undefined && isLeft(place)) return failQuery(place.left)
  const { results, end, more } = await readKeyset(session, query, keyset, place?.right, first)
  const cursor = end === undefined ? undefined : cursorAt(session.mapping, query, keyset, end)
  if (end !== undefined && cursor === undefined) fail({ _tag: 'QueryRefused', code: 'not-supported', message: 'page: the query is ordered by values that a cursor cannot hold', hint: 'order by columns of plain types' })
  return {
    items: results as ReadonlyArray<ResultOf<Q>>, // the plan gives what the query's type says
    end: O.fromNullable(cursor as Cursor<ResultOf<Q>> | undefined /* made of this query */),
    hasMore: more,
  }
})
