// Inserts of many rows without RETURNING, which costs SQLite more than the rows do: where nothing can come between them, the keys of
// the rows follow each other, and the last one tells all.
// https://www.sqlite.org/autoinc.html: without a value a row gets the largest key of its table and one.

import type Sqlite from 'better-sqlite3'
import type { Query, Result } from '@relata/sql/driver'
import type { Prepared } from './prepared.js'
import { runPrepared } from './prepared.js'

/** Executes such an insert; undefined where its keys could not be told, and nothing was executed. */
export type CountedInsert = (query: Query, counted: NonNullable<Query['counted']>, prepare: (query: Query) => Prepared) => Result | undefined

export const countedInsert = (database: Sqlite.Database): CountedInsert => {
  // The statement that tells the largest key of a table; false where its keys cannot be counted.
  const known = new Map<string, Sqlite.Statement | false>()
  let schema = ''
  let statements: Statements | undefined
  return (query, { sql, key }, prepare) => {
    statements ??= prepareStatements(database)
    const now = `${String(statements.schema.get())} ${String(statements.temporary.get())}`
    if (now !== schema) {
      known.clear()
      schema = now
    }
    const column = `${query.table}\u0000${key}`
    let largest = known.get(column)
    if (largest === undefined) {
      const counts = statements.counts.get({ table: query.table, key }) === 1
      known.set(column, largest = counts && database.prepare(`select max(${quoted(key)}) from ${quoted(query.table)}`).pluck())
    }
    // Where the largest key of all is taken, SQLite looks for gaps; and a number does not hold each of those near it.
    if (largest === false || Number(largest.get()) > mostCounted) return undefined
    const { changes, lastInsertRowid } = runPrepared(prepare({ ...query, sql }), query)
    return { rows: [], matched: changes, insertId: lastInsertRowid }
  }
}

const mostCounted = 2 ** 52

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

interface Statements { readonly schema: Sqlite.Statement; readonly temporary: Sqlite.Statement; readonly counts: Sqlite.Statement }

const prepareStatements = (database: Sqlite.Database): Statements => ({
  schema: database.prepare('pragma main.schema_version').pluck(),
  temporary: database.prepare('pragma temp.schema_version').pluck(),
  counts: database.prepare(isCounted).pluck(),
})

/** The one table of its name, with row ids, of which this column is the alias, and without triggers. */
const isCounted = `
select (select count(*) = 1 and sum(schema = 'main' and type = 'table' and wr = 0) = 1 from pragma_table_list where name = :table collate nocase)
  and (select count(*) = 1 and sum(name = :key collate nocase) = 1 from pragma_table_info(:table) where pk > 0)
  and not exists (select 1 from pragma_index_list(:table) where origin = 'pk')
  and not exists (select 1 from sqlite_schema where type = 'trigger' and tbl_name = :table collate nocase)
  and not exists (select 1 from sqlite_temp_schema where type = 'trigger' and tbl_name = :table collate nocase)`
