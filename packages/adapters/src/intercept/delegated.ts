// An adapter, driver or connection that passes everything on. Written out, as whoever wrote the inner one may have used a class.

import type { Adapter, BeginOptions, Connection, Driver } from '@relata/sql/driver'

/** The adapter under another name, whose driver is the inner one with something made of it. */
export const delegatedAdapter = (adapter: Adapter, name: string, connect: () => Promise<Driver>): Adapter => ({
  _tag: 'Adapter',
  name,
  connect,
  ...(adapter.scope === undefined ? {} : { scope: () => adapter.scope!() }),
})

/** The driver with `change` made to it. */
export const delegatedDriver = (driver: Driver, change: Partial<Driver>): Driver => ({
  name: driver.name,
  dialect: driver.dialect,
  ...(driver.engine === undefined ? {} : { engine: driver.engine }),
  capabilities: driver.capabilities,
  acquire: (options) => driver.acquire(options),
  release: (connection) => driver.release(connection),
  classify: (error) => driver.classify(error),
  close: () => driver.close(),
  ...change,
})

/** The connection without what is optional: statements go one by one through `execute`. */
export const requiredOnly = (connection: Connection): Connection => ({
  execute: (query, options) => connection.execute(query, options),
  begin: (options) => connection.begin(options),
  commit: () => connection.commit(),
  rollback: () => connection.rollback(),
  savepoint: (name) => connection.savepoint(name),
  releaseSavepoint: (name) => connection.releaseSavepoint(name),
  rollbackToSavepoint: (name) => connection.rollbackToSavepoint(name),
  get broken() {
    return connection.broken
  },
})

/** How a transaction's beginning is told to listeners, whatever the database is told. */
export const beginWords = (options: BeginOptions = {}): string =>
  ['begin', options.isolation, options.readOnly === true ? 'read only' : undefined].filter((word) => word !== undefined).join(' ')
