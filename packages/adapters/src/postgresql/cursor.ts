// A stream of rows through a cursor of the server: other statements may be sent between its batches.

import type { ExecuteOptions, Query, Result } from '@relata/sql/driver'
import { raise, withSql } from '../error/classified.js'
import { classifyPostgresql } from './classify.js'

/** What a cursor needs of its connection. */
export interface CursorConnection {
  /** Sends a statement that is not worth preparing: the same FETCH may give other columns the next time. */
  readonly ask: (query: Query, options?: ExecuteOptions) => Promise<Result>
  readonly inTransaction: boolean
  readonly broken: boolean
}

/** Batches of the rows of a query. A cursor lives in a transaction: where none is open, in its own, which is over when the stream is. */
export async function* cursorBatches(
  connection: CursorConnection,
  name: string,
  query: Query,
  options: ExecuteOptions & { readonly batch?: number } = {},
): AsyncGenerator<Result['rows'], void, undefined> {
  const size = Math.max(1, Math.floor(options.batch ?? 1000))
  const fetch: Query = { sql: `fetch ${size} from ${name}`, params: [], kind: 'select', table: query.table, ...(query.returns === undefined ? {} : { returns: query.returns }) }
  const own = !connection.inTransaction
  let open = false
  if (own) await connection.ask(command('begin'))
  try {
    await connection.ask({ ...query, sql: `declare ${name} no scroll cursor for ${query.sql}`, kind: 'select' }, options)
    open = true
    for (;;) {
      const { rows } = await connection.ask(fetch, options)
      if (rows.length > 0) yield rows
      if (rows.length < size) return
    }
  } catch (thrown) {
    // An error has ended the transaction, and the cursor with it.
    open = false
    raise(withSql(classifyPostgresql(thrown), query.sql))
  } finally {
    if (!connection.broken) {
      if (open) await connection.ask(command(`close ${name}`))
      if (own) await connection.ask(command('rollback'))
    }
  }
}

function command(sql: string): Query {
  return { sql, params: [], kind: 'ddl', table: '' }
}
