// Generated keys go on after the largest one present. SQLite does so by itself, and the recorded keys are of SQLite; a sequence of
// PostgreSQL goes its own way after rows given with their keys, deleted rows and rollbacks, so it is set before every insert.

import { databaseName, type TableDescriptor } from '@relata/core'
import type { Connection, Driver, Query } from '@relata/sql/driver'

/** A driver whose inserts take the key after the largest one present. */
export const keysAfterLargest = (driver: Driver, tables: Readonly<Record<string, TableDescriptor>>): Driver => {
  if (driver.dialect !== 'postgres') return driver
  const byName = new Map(Object.values(tables).map((table) => [table.name, table]))
  const inner = new WeakMap<Connection, Connection>()
  return {
    ...driver,
    acquire: async (options) => {
      const connection = await driver.acquire(options)
      const resumed = resuming(connection, byName)
      inner.set(resumed, connection)
      return resumed
    },
    release: (connection) => driver.release(inner.get(connection) ?? connection),
    classify: (error) => driver.classify(error),
  }
}

const resuming = (connection: Connection, tables: ReadonlyMap<string, TableDescriptor>): Connection => ({
  execute: async (query, options) => {
    const table = query.kind === 'insert' ? tables.get(query.table) : undefined
    const resume = table === undefined ? undefined : resumeKeys(table)
    if (resume !== undefined) await connection.execute(resume)
    return connection.execute(query, options)
  },
  begin: (options) => connection.begin(options),
  commit: () => connection.commit(),
  rollback: () => connection.rollback(),
  savepoint: (name) => connection.savepoint(name),
  releaseSavepoint: (name) => connection.releaseSavepoint(name),
  rollbackToSavepoint: (name) => connection.rollbackToSavepoint(name),
  get broken() { return connection.broken },
})

/** Sets the sequence of a table, if it has one. */
const resumeKeys = (table: TableDescriptor): Query | undefined => {
  const [key] = table.primaryKey
  if (key === undefined || table.primaryKey.length > 1) return undefined
  const column = table.columns[key]
  if (column === undefined || column.type.database.kind !== 'integer' || column.options.autoincrement === false) return undefined
  const name = databaseName(table, key)
  return { sql: `select setval(pg_get_serial_sequence('"${table.name}"', '${name}'), coalesce(max("${name}"), 0) + 1, false) from "${table.name}"`, params: [], kind: 'raw', table: table.name }
}
