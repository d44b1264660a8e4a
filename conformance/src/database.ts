// A database for one case: emptied, its tables made, its rows put in before the session opens and read when it has closed.

import { isLeft } from 'fp-ts/lib/Either.js'
import { databaseName, type TableDescriptor } from '@relata/core'
import { compile, createAll, dialects, type Dialect, type Statement } from '@relata/sql'
import type { Connection, Driver, Query } from '@relata/sql/driver'
import type { Case } from './case.js'

type Tables = Readonly<Record<string, TableDescriptor>>
export type TableRow = Readonly<Record<string, unknown>>

/** Makes the tables of a case in an emptied database and puts its rows in. */
export const prepare = (driver: Driver, of: Case, tables: Tables): Promise<void> =>
  onConnection(driver, async (connection) => {
    const dialect = dialects[driver.dialect]
    await empty(connection, driver)
    const made = createAll(dialect, Object.values(tables))
    if (isLeft(made)) throw new Error(made.left.message)
    for (const query of made.right) await connection.execute(query)
    for (const name of of.rowOrder ?? Object.keys(of.rows ?? {})) {
      const table = tables[name]
      if (table === undefined) throw new Error(`rows for an unknown table ${name}`)
      for (const row of of.rows?.[name] ?? []) await insertRow(connection, dialect, table, row)
    }
  })

/** The rows of every table, columns by property name. */
export const rowsOf = (driver: Driver, tables: Tables): Promise<Readonly<Record<string, readonly TableRow[]>>> =>
  onConnection(driver, async (connection) => {
    const found: Record<string, readonly TableRow[]> = {}
    for (const [name, table] of Object.entries(tables)) found[name] = await selectRows(connection, dialects[driver.dialect], table)
    return found
  })

/** Takes out whatever an earlier case left. */
const empty = async (connection: Connection, driver: Driver): Promise<void> => {
  switch (driver.dialect) {
    case 'postgres':
      await connection.execute(raw('drop schema if exists public cascade'))
      await connection.execute(raw('create schema public'))
      return
    case 'mysql': case 'mariadb': {
      const { rows } = await connection.execute(raw('select table_name from information_schema.tables where table_schema = database()'))
      await connection.execute(raw('set foreign_key_checks = 0'))
      for (const [name] of rows) await connection.execute(raw(`drop table \`${String(name)}\``))
      await connection.execute(raw('set foreign_key_checks = 1'))
      return
    }
    case 'sqlite': return // every case has a database of its own
  }
}

/** Values that the case does not give are the column's default, where there is one. */
const insertRow = async (connection: Connection, dialect: Dialect, table: TableDescriptor, row: TableRow): Promise<void> => {
  const given = Object.keys(table.columns).filter((key) => row[key] !== undefined || table.columns[key]?.options.default !== undefined)
  const values = given.map((key) => row[key] === undefined ? table.columns[key]?.options.default : row[key])
  await connection.execute(queryOf(dialect, {
    _tag: 'insert', table: table.name, rows: 1, returning: [],
    columns: given.map((key) => ({ name: databaseName(table, key), type: typeOf(table, key), write: { _tag: 'value' } })),
  }, values))
}

const selectRows = async (connection: Connection, dialect: Dialect, table: TableDescriptor): Promise<readonly TableRow[]> => {
  const keys = Object.keys(table.columns)
  const { rows } = await connection.execute(queryOf(dialect, {
    _tag: 'select',
    select: {
      _tag: 'selectAst', ctes: [], distinct: false, groupBy: [], setOperations: [], orderBy: [],
      from: [{ _tag: 'table', table: table.name, alias: 't' }],
      columns: keys.map((key) => ({ name: key, expr: { _tag: 'column', source: 't', name: databaseName(table, key), type: typeOf(table, key) } })),
    },
  }, []))
  return rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index]])))
}

const onConnection = async <A>(driver: Driver, use: (connection: Connection) => Promise<A>): Promise<A> => {
  const connection = await driver.acquire()
  try {
    return await use(connection)
  } finally {
    await driver.release(connection)
  }
}

const raw = (sql: string): Query => ({ sql, params: [], kind: 'raw', table: '' })

const typeOf = (table: TableDescriptor, key: string) => table.columns[key]?.type.database ?? { kind: 'text' as const }

const queryOf = (dialect: Dialect, statement: Statement, values: readonly unknown[]): Query => {
  const compiled = compile(dialect, statement)
  if (isLeft(compiled)) throw new Error(compiled.left.message)
  return compiled.right.query(values, 1)
}
