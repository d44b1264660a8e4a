// An adapter whose n-th write fails, as a database may at any of them.

import type { Adapter, Connection, Driver, Query } from '@relata/sql/driver'
import { driverError, executeManyByDefault, pipelineByDefault } from '@relata/sql/driver'

export interface Faults {
  /** Writes sent since it was set. */
  sent: number
  /** The write that fails, counted from 1; none where it is 0. */
  failAt: number
}

/** The adapter given, with faults. */
export const faulty = (adapter: Adapter, faults: Faults): Adapter => ({
  ...adapter,
  connect: async () => {
    const driver = await adapter.connect()
    const connections = new Map<Connection, Connection>()
    return {
      ...driver,
      acquire: async (options) => {
        const lent = await driver.acquire(options)
        const wrapped = withFaults(lent, faults)
        connections.set(wrapped, lent)
        return wrapped
      },
      release: (connection) => driver.release(connections.get(connection) ?? connection),
    } satisfies Driver
  },
})

const withFaults = (lent: Connection, faults: Faults): Connection => {
  const check = (query: Query): void => {
    if (query.kind !== 'insert' && query.kind !== 'update' && query.kind !== 'delete') return
    faults.sent++
    if (faults.sent === faults.failAt) throw driverError('check', `fault at write ${faults.sent}`, { sql: query.sql })
  }
  const self: Connection = {
    execute: async (query, options) => {
      check(query)
      return lent.execute(query, options)
    },
    executeMany: (query, sets, options) => executeManyByDefault(self, query, sets, options),
    pipeline: (queries, options) => pipelineByDefault(self, queries, options),
    begin: (options) => lent.begin(options),
    commit: () => lent.commit(),
    rollback: () => lent.rollback(),
    savepoint: (name) => lent.savepoint(name),
    releaseSavepoint: (name) => lent.releaseSavepoint(name),
    rollbackToSavepoint: (name) => lent.rollbackToSavepoint(name),
    get broken() { return lent.broken },
  }
  return self
}
