// A prepared statement with how its values go in and come out. This is the hot path: a cached read is a microsecond.

import type Sqlite from 'better-sqlite3'
import type { Query, Result } from '@relata/sql/driver'
import { encodeParam, encodeParams, encodersOf } from '../value/encoder.js'
import type { Encode } from '../value/encoder.js'
import { rowReading, sqliteForm } from './values.js'
import type { RowReading } from './values.js'

/** A statement of the library; its codecs are those of the types that it was last used with. */
export interface Prepared {
  readonly statement: Sqlite.Statement<unknown[]>
  readonly reader: boolean
  readonly readonly: boolean
  readonly columns: readonly string[]
  types: Query['types']
  kind: Query['kind'] | undefined
  encoders: readonly Encode[]
  returns: Query['returns']
  reading: RowReading | undefined
}

/** Prepares a text that holds one statement. */
export const prepareStatement = (database: Sqlite.Database, sql: string): Prepared => {
  const statement = database.prepare<unknown[]>(sql)
  const { reader } = statement
  if (reader) statement.raw(true)
  return {
    statement,
    reader,
    readonly: statement.readonly,
    columns: reader ? statement.columns().map((column) => column.name) : [],
    types: undefined,
    kind: undefined,
    encoders: [],
    returns: undefined,
    reading: undefined,
  }
}

/** Executes it with the values and types of a query. */
export const executePrepared = (prepared: Prepared, query: Query): Result => {
  const { params, returns } = query
  if (!prepared.reader) {
    const { changes, lastInsertRowid } = runPrepared(prepared, query)
    return query.kind === 'insert' ? { rows: noRows, matched: changes, insertId: lastInsertRowid } : { rows: noRows, matched: changes }
  }
  const encoders = encodersFor(prepared, query, params.length)
  const reading = readingFor(prepared, query)
  // One value bound by itself is quicker than a list of one.
  const read = params.length === 1 ? prepared.statement.all(encodeParam(params, encoders, 0)) : prepared.statement.all(encodeParams(params, encoders))
  const rows = reading.decode === undefined ? arrays(read) : reading.decode(arrays(read))
  const matched = prepared.readonly ? 0 : rows.length
  return returns === undefined ? { rows, matched, columns: prepared.columns } : { rows, matched }
}

/** Executes what returns no rows. */
export const runPrepared = (prepared: Prepared, query: Query): Sqlite.RunResult => prepared.statement.run(encodeParams(query.params, encodersFor(prepared, query, query.params.length)))

/** Executes it with several sets of values; the rows that each changed. */
export const executePreparedMany = (prepared: Prepared, query: Query, sets: readonly (readonly unknown[])[]): readonly number[] =>
  sets.map((params) =>
    prepared.reader
      ? executePrepared(prepared, { ...query, params }).matched
      : prepared.statement.run(encodeParams(params, encodersFor(prepared, query, params.length))).changes,
  )

/** The rows of it in batches of `size`. */
export function* preparedBatches(prepared: Prepared, query: Query, size: number): Generator<unknown[][], void, undefined> {
  const { decode } = readingFor(prepared, query)
  let batch: unknown[][] = []
  for (const row of prepared.statement.iterate(encodeParams(query.params, encodersFor(prepared, query, query.params.length)))) {
    batch.push(row as unknown[])
    if (batch.length < size) continue
    yield decode === undefined ? batch : decode(batch)
    batch = []
  }
  if (batch.length > 0) yield decode === undefined ? batch : decode(batch)
}

const noRows: readonly (readonly unknown[])[] = Object.freeze([])

function encodersFor(prepared: Prepared, query: Query, count: number): readonly Encode[] {
  if (prepared.types !== query.types || prepared.kind !== query.kind || prepared.encoders.length !== count) {
    prepared.types = query.types
    prepared.kind = query.kind
    prepared.encoders = encodersOf(count, query.types, sqliteForm, query.kind === 'insert' || query.kind === 'update')
  }
  return prepared.encoders
}

function readingFor(prepared: Prepared, query: Query): RowReading {
  if (prepared.reading === undefined || prepared.returns !== query.returns) {
    prepared.returns = query.returns
    prepared.reading = rowReading(query.returns, prepared.columns.length)
    prepared.statement.safeIntegers(prepared.reading.safeIntegers)
  }
  return prepared.reading
}

// `raw` makes rows arrays, which the types of the library do not follow.
function arrays(rows: unknown[]): unknown[][] {
  return rows as unknown[][]
}
