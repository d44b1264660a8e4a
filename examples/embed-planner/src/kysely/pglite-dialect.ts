// Kysely on PGlite: its PostgreSQL compiler, over one connection in this process.

import type { PGlite } from '@electric-sql/pglite'
import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'

export const pgliteDialect = (database: PGlite): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver: () => driver(connection(database)),
})

const driver = (only: DatabaseConnection): Driver => {
  const say = (sql: string) => async (): Promise<void> => void (await only.executeQuery(CompiledQuery.raw(sql)))
  return {
    init: async () => {},
    acquireConnection: async () => only,
    beginTransaction: say('begin'),
    commitTransaction: say('commit'),
    rollbackTransaction: say('rollback'),
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}

const connection = (database: PGlite): DatabaseConnection => ({
  executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => ({ rows: (await database.query<R>(sql, [...parameters])).rows }),
  // eslint-disable-next-line require-yield
  streamQuery: async function* () {
    throw new Error('PGlite has no cursors here')
  },
})
