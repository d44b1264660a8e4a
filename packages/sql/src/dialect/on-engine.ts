// An adapter of a protocol, told which engine answers at the other end.

import type { Adapter, Driver } from '../driver/driver.js'
import { engines } from './engines.js'
import type { EngineName } from './engines.js'

/**
 * The adapter with the dialect and the capabilities of an engine that speaks its protocol.
 *
 * @example
 * run(blog, onEngine('cockroachdb', postgres({ url })))
 */
export const onEngine = (engine: EngineName, adapter: Adapter): Adapter => ({
  _tag: 'Adapter',
  name: adapter.name,
  connect: async (): Promise<Driver> => {
    const driver = await adapter.connect()
    return {
      name: driver.name,
      dialect: driver.dialect,
      engine,
      capabilities: { ...driver.capabilities, ...engines[engine].capabilities },
      acquire: (options) => driver.acquire(options),
      release: (connection) => driver.release(connection),
      classify: (error) => driver.classify(error),
      close: () => driver.close(),
    }
  },
  ...(adapter.scope === undefined ? {} : { scope: () => adapter.scope!() }),
})
