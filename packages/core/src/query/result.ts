// What a query gives.

import type { Unchecked } from '../registry/inference-position.js'
import type { Instance } from '../registry/instance.js'
import type { Query, RowQuery, RowsOf } from './query.js'

/** One result of a query: an instance, or a row. */
export type ResultOf<Q> =
  Q extends Query<infer M, infer N, infer S, infer _Src, infer _Free> ? Instance<M, N, S>
  : Q extends RowQuery<infer R, infer _Src, infer O, infer _Free> ? RowsOf<R, O>
  : never

/** A query without free sources: only such a one can be run. */
export type Runnable = Query<Unchecked, Unchecked, unknown, Unchecked, never> | RowQuery<unknown, Unchecked, Unchecked, never>
