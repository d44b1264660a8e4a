// An adapter whose statements take turns of the event loop, so that verbs begun at the same time do overlap.

import type { Adapter, Connection, Driver } from '@relata/sql/driver'

const rest = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })

export const slow = (adapter: Adapter): Adapter => ({
  _tag: 'Adapter', name: adapter.name,
  connect: async (): Promise<Driver> => {
    const driver = await adapter.connect()
    const lent = new WeakMap<Connection, Connection>()
    return {
      name: driver.name, dialect: driver.dialect, capabilities: driver.capabilities,
      acquire: async (options) => {
        const connection = await driver.acquire(options)
        const slowed: Connection = {
          execute: async (query, how) => { await rest(); const result = await connection.execute(query, how); await rest(); return result },
          begin: async (how) => { await rest(); await connection.begin(how) },
          commit: async () => { await rest(); await connection.commit(); await rest() },
          rollback: async () => { await rest(); await connection.rollback(); await rest() },
          savepoint: async (name) => { await rest(); await connection.savepoint(name) },
          releaseSavepoint: async (name) => { await rest(); await connection.releaseSavepoint(name) },
          rollbackToSavepoint: async (name) => { await rest(); await connection.rollbackToSavepoint(name) },
          get broken() { return connection.broken },
        }
        lent.set(slowed, connection)
        return slowed
      },
      release: (connection) => driver.release(lent.get(connection) ?? connection),
      classify: (error) => driver.classify(error),
      close: () => driver.close(),
    }
  },
})
