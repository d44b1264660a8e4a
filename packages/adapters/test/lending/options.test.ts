// Options that cannot be meant are refused when the driver is opened, before anything else is, and the same by every adapter.

import { describe, expect, test } from 'vitest'
import type { PoolOptions } from '../../src/lending/pool-options.js'
import { mysql } from '../../src/mysql/index.js'
import { pg } from '../../src/pg/index.js'
import { pglite } from '../../src/pglite/index.js'
import { postgres } from '../../src/postgres/index.js'
import { sqlite } from '../../src/sqlite/index.js'

const wrong: readonly (readonly [PoolOptions & { readonly statements?: number }, string])[] = [
  [{ max: 0 }, 'max is 0: it is a whole number, 1 or more'],
  [{ max: -1 }, 'max is -1: it is a whole number, 1 or more'],
  [{ max: 1.5 }, 'max is 1.5: it is a whole number, 1 or more'],
  [{ max: Number.NaN }, 'max is NaN: it is a whole number, 1 or more'],
  // What an environment variable gives.
  [{ max: '5' as unknown as number }, 'max is "5": it is a whole number, 1 or more'],
  [{ statements: 0 }, 'statements is 0: it is a whole number, 1 or more'],
  [{ min: 5, max: 2 }, 'min is 5: it is a whole number from 0 to max, which is 2'],
  [{ min: -1 }, 'min is -1: it is a whole number from 0 to max, which is 10'],
  [{ acquireTimeout: 0 }, 'acquireTimeout is 0: it is in milliseconds, from 1 to 2147483647'],
  [{ acquireTimeout: Infinity }, 'acquireTimeout is Infinity: it is in milliseconds, from 1 to 2147483647'],
  [{ connectTimeout: -1 }, 'connectTimeout is -1: it is in milliseconds, from 1 to 2147483647'],
  [{ idleTimeout: Number.NaN }, 'idleTimeout is NaN: it is in milliseconds, from 1 to 2147483647'],
  [{ pingAfter: -1 }, 'pingAfter is -1: it is in milliseconds, 0 or more'],
  [{ maxLifetime: Number.NaN }, 'maxLifetime is NaN: it is in milliseconds, 0 or more'],
]

const wrongOfOne = wrong.filter(([options]) => 'acquireTimeout' in options || 'statements' in options)

const adapters = [['postgres', postgres, 'postgres://127.0.0.1:1/x'], ['pg', pg, 'postgres://127.0.0.1:1/x'], ['mysql', mysql, 'mysql://127.0.0.1:1/x']] as const

describe.each(adapters)('%s', (name, adapter, url) => {
  test.each(wrong)('%o', async (options, message) => {
    await expect(adapter({ url, ...options }).connect()).rejects.toMatchObject({ _tag: 'DriverError', kind: 'value', message })
  })

  test.each(['shop', `${name}:/root@127.0.0.1/shop`, 'http://127.0.0.1/shop', ''])('the url %j', async (typed) => {
    await expect(adapter({ url: typed }).connect()).rejects.toMatchObject({ _tag: 'DriverError', kind: 'value', message: expect.stringContaining('user:password@host:port/database') as unknown })
  })

  test('a server that does not run is a lost connection', async () => {
    const opened = async () => (await adapter({ url }).connect()).acquire()
    await expect(opened()).rejects.toMatchObject({ _tag: 'DriverError', kind: 'connection lost', code: 'ECONNREFUSED' })
  })
})

describe.each([['sqlite', sqlite], ['pglite', pglite]] as const)('%s', (_name, adapter) => {
  test.each(wrongOfOne)('%o', async (options, message) => {
    await expect(adapter(options).connect()).rejects.toMatchObject({ _tag: 'DriverError', kind: 'value', message })
  })
})

test.each([
  ['sqlite', () => sqlite({ busyTimeout: -1 }), 'busyTimeout is -1: it is in milliseconds, 0 or more'],
  ['postgres', () => postgres({ url: 'postgres://127.0.0.1:1/x', statementTimeout: 0 }), 'statementTimeout is 0: it is in milliseconds, from 1 to 2147483647'],
] as const)('%s has a timeout of its own', async (_name, adapter, message) => {
  await expect(adapter().connect()).rejects.toMatchObject({ _tag: 'DriverError', kind: 'value', message })
})
