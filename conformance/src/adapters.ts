// The databases that cases can be run on. A case begins with an empty one.

import type { Adapter, Driver } from '@relata/sql/driver'

export type AdapterName = 'sqlite' | 'pglite' | 'postgres' | 'mysql'

export interface Databases {
  open(): Promise<Driver>
  /** After each case. */
  done(driver: Driver): Promise<void>
  close(): Promise<void>
}

/** SQLite gives each case a database of its own; the others, servers at `url`, are opened once and emptied before each case. */
export const opener = (name: AdapterName, url?: string): Databases => {
  if (name === 'sqlite') {
    return {
      open: async () => (await adapterOf(name, url)).connect(),
      done: (driver) => driver.close(),
      close: () => Promise.resolve(),
    }
  }
  let shared: Promise<Driver> | undefined
  return {
    open: () => (shared ??= adapterOf(name, url).then((adapter) => adapter.connect())),
    done: () => Promise.resolve(),
    close: async () => {
      if (shared !== undefined) await (await shared).close()
    },
  }
}

/** Only the chosen driver is loaded. */
const adapterOf = async (name: AdapterName, url?: string): Promise<Adapter> => {
  switch (name) {
    case 'sqlite': return (await import('@relata/adapters/sqlite')).sqlite()
    case 'pglite': return (await import('@relata/adapters/pglite')).pglite()
    case 'postgres': return (await import('@relata/adapters/postgres')).postgres({ url: url ?? process.env['RELATA_POSTGRES_URL'] ?? 'postgres://root@127.0.0.1:5432/relata_conformance' })
    case 'mysql': return (await import('@relata/adapters/mysql')).mysql({ url: url ?? process.env['RELATA_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/relata_conformance' })
  }
}

/** The adapter of a driver that is open: sessions of a case share it, and none of them closes it. */
export const adapterOver = (driver: Driver): Adapter => ({
  _tag: 'Adapter',
  name: driver.name,
  connect: () => Promise.resolve({
    name: driver.name,
    dialect: driver.dialect,
    capabilities: driver.capabilities,
    acquire: (options) => driver.acquire(options),
    release: (connection) => driver.release(connection),
    classify: (error) => driver.classify(error),
    close: () => Promise.resolve(),
  }),
})
