// The connection to one SQLite database. The library is synchronous: a statement is over when its promise is made.

import type Sqlite from 'better-sqlite3'
import type { Query, Result } from '@relata/sql/driver'
import { classified, expired, raise, withSql } from '../error/classified.js'
import type { PhysicalConnection } from '../lending/lease.js'
import { statementCache } from '../statement/statement-cache.js'
import { encodeParams, encodersOf } from '../value/encoder.js'
import type { Encode } from '../value/encoder.js'
import { classifySqlite } from './classify.js'
import { rowReading, sqliteForm } from './values.js'
import type { RowReading } from './values.js'

/** A prepared statement with how its values go in and come out, for the types that it was last used with. */
interface Prepared {
  readonly statement: Sqlite.Statement<unknown[]>
  readonly reader: boolean
  readonly columns: readonly string[]
  types: Query['types']
  kind: Query['kind']
  encoders: readonly Encode[]
  returns: Query['returns']
  reading: RowReading | undefined
}

const nothing: readonly (readonly unknown[])[] = Object.freeze([])

/** Operations on an open database; `immediate` takes the write lock when a transaction begins. */
export const sqliteConnection = (database: Sqlite.Database, statements: number, immediate: boolean): PhysicalConnection => {
  const cache = statementCache<Prepared>(statements)
  let sent = 0
  let queryOnly = false
  let begun = false
  // SQLite ends the transaction by itself after some errors: what came then would be committed one by one.
  let undone = false

  const attempt = <A>(sql: string, work: () => A): Promise<A> => {
    if (undone) return Promise.reject(withSql(classified('other', 'SQLite has rolled the transaction back: roll back before anything else'), sql))
    try {
      return Promise.resolve(work())
    } catch (thrown) {
      if (begun && database.open && !database.inTransaction) undone = true
      return Promise.reject(withSql(classifySqlite(thrown), sql))
    }
  }

  const prepare = (query: Query): Prepared => {
    const cached = cache.get(query.sql)
    if (cached !== undefined) return cached
    const statement = database.prepare<unknown[]>(query.sql)
    const { reader } = statement
    if (reader) statement.raw(true)
    const prepared: Prepared = {
      statement,
      reader,
      columns: reader ? statement.columns().map((column) => column.name) : [],
      types: query.types,
      kind: query.kind,
      encoders: [],
      returns: query.returns,
      reading: undefined,
    }
    cache.set(query.sql, prepared)
    return prepared
  }

  const encode = (prepared: Prepared, query: Query, params: readonly unknown[]): unknown[] => {
    if (prepared.types !== query.types || prepared.kind !== query.kind || prepared.encoders.length !== params.length) {
      prepared.types = query.types
      prepared.kind = query.kind
      prepared.encoders = encodersOf(params.length, query.types, sqliteForm, query.kind === 'insert' || query.kind === 'update')
    }
    return encodeParams(params, prepared.encoders)
  }

  const readingOf = (prepared: Prepared, query: Query): RowReading => {
    if (prepared.reading === undefined || prepared.returns !== query.returns) {
      prepared.returns = query.returns
      prepared.reading = rowReading(query.returns, prepared.columns.length)
      prepared.statement.safeIntegers(prepared.reading.safeIntegers)
    }
    return prepared.reading
  }

  const run = (query: Query): Result => {
    sent++
    // What is prepared may name columns that are about to change.
    if (query.kind === 'ddl') cache.clear()
    const prepared = prepare(query)
    const params = encode(prepared, query, query.params)
    if (prepared.reader) {
      const reading = readingOf(prepared, query)
      const read = all(prepared, params)
      const rows = reading.decode === undefined ? read : reading.decode(read)
      const matched = prepared.statement.readonly ? 0 : rows.length
      return query.returns === undefined ? { rows, matched, columns: prepared.columns } : { rows, matched }
    }
    const { changes, lastInsertRowid } = prepared.statement.run(params)
    return query.kind === 'insert' ? { rows: nothing, matched: changes, insertId: lastInsertRowid } : { rows: nothing, matched: changes }
  }

  const command = (sql: string): Promise<void> => attempt(sql, () => run({ sql, params: [], kind: 'transaction', table: '' })).then(noResult)

  return {
    execute: (query, options) => {
      const late = expired(options)
      return late === undefined ? attempt(query.sql, () => run(query)) : Promise.reject(withSql(late, query.sql))
    },
    executeMany: (query, sets, options) => {
      const late = expired(options)
      if (late !== undefined) return Promise.reject(withSql(late, query.sql))
      return attempt(query.sql, () => sets.map((params) => run({ ...query, params }).matched))
    },
    async *stream(query, options) {
      const late = expired(options)
      if (late !== undefined) raise(late)
      const size = Math.max(1, options?.batch ?? 1000)
      try {
        sent++
        // A statement of its own: one from the cache could not be used while its rows are read.
        const statement = database.prepare<unknown[]>(query.sql).raw(true)
        const reading = rowReading(query.returns, statement.columns().length)
        statement.safeIntegers(reading.safeIntegers)
        const encoders = encodersOf(query.params.length, query.types, sqliteForm, false)
        const decode = reading.decode ?? ((rows: unknown[][]) => rows)
        let batch: unknown[][] = []
        for (const row of statement.iterate(encodeParams(query.params, encoders))) {
          batch.push(rowOf(row))
          if (batch.length < size) continue
          yield decode(batch)
          batch = []
          const over = expired(options)
          if (over !== undefined) raise(over)
        }
        if (batch.length > 0) yield decode(batch)
      } catch (thrown) {
        raise(withSql(classifySqlite(thrown), query.sql))
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
    get sent() {
      return sent
    },
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

function noResult(): void {}

// `raw` makes rows arrays, which the types of the library do not follow.
function all(prepared: Prepared, params: unknown[]): unknown[][] {
  return prepared.statement.all(params) as unknown[][]
}

function rowOf(row: unknown): unknown[] {
  return row as unknown[]
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
