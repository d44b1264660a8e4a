// all, one, first: what queries give.

import type { ResultOf, Runnable, SelectDescriptor } from '@relata/core'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { db, type Db } from '../db.js'
import { runSelect } from '../load/run-select.js'
import { fail } from '../relata-error.js'

/**
 * Everything that a query gives: objects, each once, or rows. Pending changes are flushed before, unless the query, the program around
 * it or the session asks for none.
 *
 * @example
 * all(pipe(select(User), where(like(User.name, 'e%')), options(selectinload(User.addresses))))
 */
export const all = <Q extends Runnable>(query: Q): Db<ReadonlyArray<ResultOf<Q>>> => db(async (session) =>
  await runSelect(session, query) as ReadonlyArray<ResultOf<Q>> /* the plan gives what the query's type says */)

/**
 * The only result of a query. Fails with `no-result` or `multiple-results`.
 *
 * @example
 * one(pipe(select(User), where(eq(User.name, 'ed'))))
 */
export const one = <Q extends Runnable>(query: Q): Db<ResultOf<Q>> => db(async (session) => {
  const results = await runSelect(session, query)
  if (results.length === 0) fail({ _tag: 'ResultFailed', code: 'no-result', message: 'one: the query gave nothing', hint: 'use first where nothing is an answer' })
  if (results.length > 1) fail({ _tag: 'ResultFailed', code: 'multiple-results', message: `one: the query gave ${results.length} results`, hint: 'use first, or narrow the query' })
  return results[0] as ResultOf<Q> // as in all
})

/**
 * The first result of a query, or none; no more than one row is asked for.
 *
 * @example
 * first(pipe(select(User), orderBy(User.name)))
 */
export const first = <Q extends Runnable>(query: Q): Db<Option<ResultOf<Q>>> => db(async (session) => {
  const limited: SelectDescriptor = query.limit === undefined ? { ...query, limit: 1 } : query
  const results = await runSelect(session, limited)
  return results.length === 0 ? O.none : O.some(results[0] as ResultOf<Q> /* as in all */)
})
