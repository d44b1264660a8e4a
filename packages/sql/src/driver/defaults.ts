// What a connection does where its adapter says nothing: one `execute` after another, and a stream read at once.

import type { Connection, ExecuteOptions } from './driver.js'
import type { Query, Result } from './query.js'

type Executes = Pick<Connection, 'execute'>

/** The rows matched by each set of values, by one `execute` after another. Rejects with the first error. */
export const executeManyByDefault = async (
  connection: Executes,
  query: Query,
  sets: readonly (readonly unknown[])[],
  options?: ExecuteOptions,
): Promise<readonly number[]> => {
  const matched: number[] = []
  for (const params of sets) matched.push((await connection.execute({ ...query, params }, options)).matched)
  return matched
}

/** The results of several queries, by one `execute` after another. Rejects with the first error; later queries are not sent. */
export const pipelineByDefault = async (connection: Executes, queries: readonly Query[], options?: ExecuteOptions): Promise<readonly Result[]> => {
  const results: Result[] = []
  for (const query of queries) results.push(await connection.execute(query, options))
  return results
}

/** Batches of a result that was read at once: no memory is saved, but the shape is that of a cursor. */
export async function* streamByDefault(
  connection: Executes,
  query: Query,
  options: ExecuteOptions & { readonly batch?: number } = {},
): AsyncGenerator<readonly (readonly unknown[])[], void, undefined> {
  const size = Math.max(1, options.batch ?? 1000)
  const { rows } = await connection.execute(query, options)
  for (let start = 0; start < rows.length; start += size) {
    options.signal?.throwIfAborted()
    yield rows.slice(start, start + size)
  }
}
