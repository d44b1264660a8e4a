// Tries again what can be tried again without doing anything twice: to connect, and to read outside of a transaction.

import type { Adapter, Connection, Driver, Query, Result } from '@relata/sql/driver'
import { delegatedAdapter, delegatedDriver } from '../intercept/delegated.js'
import { backingOff } from './back-off.js'
import type { BackOff } from './back-off.js'

export type { BackOff } from './back-off.js'

/**
 * Connects again, with growing pauses, when the server is gone; and sends a read again on a new connection when it was lost
 * outside of a transaction. A write or a commit is never repeated: whether it happened is not known. A transaction that met
 * another is retried as a whole by the session's `transaction`, not here.
 *
 * @example
 * const adapter = retrying({ attempts: 8 })(postgres())
 */
export const retrying = (options: BackOff = {}) => (adapter: Adapter): Adapter =>
  delegatedAdapter(adapter, `retrying(${adapter.name})`, async () =>
    // There is no driver yet that could classify: an adapter rejects with a driver error.
    retryingDriver(await backingOff(() => adapter.connect(), (error) => kindOf(error) === 'connection lost', options), options))

function retryingDriver(driver: Driver, options: BackOff): Driver {
  const inner = new WeakMap<Connection, () => Connection>()
  const lost = (error: unknown): boolean => driver.classify(error).kind === 'connection lost'
  const acquire: Driver['acquire'] = (borrower) =>
    backingOff(() => driver.acquire(borrower), (error) => lost(error) && borrower?.signal?.aborted !== true && (borrower?.deadline ?? Infinity) > Date.now(), options)

  return delegatedDriver(driver, {
    acquire: async (borrower) => {
      let connection = await acquire(borrower)
      // Once anything but a read went over it, a new connection would not be the same.
      let pure = true
      const outer = delegating(() => connection, {
        execute: async (query, settings) => {
          if (query.kind !== 'select') pure = false
          if (!pure) return connection.execute(query, settings)
          return backingOff(
            async () => {
              if (connection.broken) {
                await driver.release(connection)
                connection = await driver.acquire(settings)
              }
              return connection.execute(query, settings)
            },
            (error) => pure && lost(error),
            options,
          )
        },
        impure: () => {
          pure = false
        },
      })
      inner.set(outer, () => connection)
      return outer
    },
    release: (connection) => driver.release(inner.get(connection)?.() ?? connection),
  })
}

interface Delegation {
  readonly execute: (query: Query, options?: Parameters<Connection['execute']>[1]) => Promise<Result>
  readonly impure: () => void
}

// What is optional is left out: its defaults execute one statement after another, each of which is retried.
function delegating(current: () => Connection, { execute, impure }: Delegation): Connection {
  const verb = <A extends readonly unknown[]>(run: (...args: A) => Promise<void>) => (...args: A): Promise<void> => {
    impure()
    return run(...args)
  }
  return {
    execute,
    stream: (query, options) => {
      impure()
      return current().stream?.(query, options) ?? once(execute(query, options))
    },
    begin: verb((options) => current().begin(options)),
    commit: verb(() => current().commit()),
    rollback: verb(() => current().rollback()),
    savepoint: verb((name: string) => current().savepoint(name)),
    releaseSavepoint: verb((name: string) => current().releaseSavepoint(name)),
    rollbackToSavepoint: verb((name: string) => current().rollbackToSavepoint(name)),
    get broken() {
      return current().broken
    },
  }
}

async function* once(result: Promise<Result>): AsyncGenerator<Result['rows'], void, undefined> {
  const { rows } = await result
  if (rows.length > 0) yield rows
}

function kindOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'kind') : undefined
}
