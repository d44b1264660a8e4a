// The connection to one SQLite database. The library is synchronous: a statement is over when its promise is made.

import type Sqlite from 'better-sqlite3'
import type { DriverError, ExecuteOptions, Query, Result } from '@relata/sql/driver'
import { classified, expired, raise, withSql } from '../error/classified.js'
import type { PhysicalConnection } from '../lending/lease.js'
import { statementCache } from '../statement/statement-cache.js'
import { classifySqlite } from './classify.js'
import { countedInsert } from './counted-keys.js'
import { executePrepared, executePreparedMany, prepareStatement, preparedBatches } from './prepared.js'
import type { Prepared } from './prepared.js'

/** Operations on an open database; `immediate` takes the write lock when a transaction begins. */
export const sqliteConnection = (database: Sqlite.Database, statements: number, immediate: boolean): PhysicalConnection => {
  const cache = statementCache<Prepared>(statements)
  const insertCounted = countedInsert(database)
  let queryOnly = false
  let begun = false
  // SQLite ends the transaction by itself after some errors: what came then would be committed one by one.
  let undone = false

  const prepare = (query: Query): Prepared => {
    // What is prepared may name columns that are about to change.
    if (query.kind === 'ddl') cache.clear()
    const cached = cache.get(query.sql)
    if (cached !== undefined) return cached
    const prepared = prepareStatement(database, query.sql)
    cache.set(query.sql, prepared)
    return prepared
  }

  // Throws what stands in the way of executing anything.
  const usable = (options: ExecuteOptions | undefined): void => {
    const late = expired(options)
    if (late !== undefined) raise(late)
    if (undone) raise(classified('other', 'SQLite has rolled the transaction back: roll back before anything else'))
  }

  const failure = (thrown: unknown, sql: string): DriverError => {
    if (begun && database.open && !database.inTransaction) undone = true
    return withSql(classifySqlite(thrown), sql)
  }

  const execute = (query: Query, options?: ExecuteOptions): Promise<Result> => {
    try {
      usable(options)
      const counted = query.counted === undefined ? undefined : insertCounted(query, query.counted, prepare)
      return Promise.resolve(counted ?? executePrepared(prepare(query), query))
    } catch (thrown) {
      return Promise.reject(failure(thrown, query.sql))
    }
  }

  const command = async (sql: string): Promise<void> => {
    await execute({ sql, params: [], kind: 'transaction', table: '' })
  }

  return {
    execute,
    executeMany: async (query, sets, options) => {
      try {
        usable(options)
        return executePreparedMany(prepare(query), query, sets)
      } catch (thrown) {
        return raise(failure(thrown, query.sql))
      }
    },
    async *stream(query, options) {
      try {
        usable(options)
        // A statement of its own: one from the cache could not be used while its rows are read.
        for (const rows of preparedBatches(prepareStatement(database, query.sql), query, Math.max(1, Math.floor(options?.batch ?? 1000)))) {
          yield rows
          usable(options)
        }
      } catch (thrown) {
        raise(failure(thrown, query.sql))
      }
    },
    begin: async (options) => {
      if (options?.readOnly === true) {
        await command('pragma query_only = 1')
        queryOnly = true
      }
      await command(immediate && options?.readOnly !== true ? 'begin immediate' : 'begin')
      begun = true
    },
    commit: async () => {
      await command('commit')
      begun = false
      await writable()
    },
    rollback: async () => {
      begun = false
      undone = false
      if (database.open && database.inTransaction) await command('rollback')
      await writable()
    },
    savepoint: (name) => command(`savepoint ${quoted(name)}`),
    releaseSavepoint: (name) => command(`release ${quoted(name)}`),
    rollbackToSavepoint: (name) => command(`rollback to ${quoted(name)}`),
    get broken() {
      return !database.open
    },
    get inTransaction() {
      return database.open && database.inTransaction
    },
    running: 0,
    end: async () => {
      cache.clear()
      database.close()
    },
  }

  async function writable(): Promise<void> {
    if (!queryOnly) return
    queryOnly = false
    await command('pragma query_only = 0')
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
