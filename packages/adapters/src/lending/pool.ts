// A pool of connections: tarn keeps count, and here is decided which of them may be lent again.

import { Pool, TimeoutError } from 'tarn'
import type { Connection, DriverError, ExecuteOptions } from '@relata/sql/driver'
import { classified, expired, raise } from '../error/classified.js'
import { within } from '../statement/within.js'
import { leaseOf } from './lease.js'
import type { Lease, PhysicalConnection } from './lease.js'
import type { Lender } from './single-connection.js'

export interface PoolOptions {
  /** The most connections that are open at a time; 10 if not given. */
  readonly max?: number
  /** Connections that stay open when nothing is done; 0 if not given. */
  readonly min?: number
  /** Milliseconds to wait for a connection to become free or be opened; 30,000 if not given. */
  readonly acquireTimeout?: number
  /** Milliseconds to wait for the server to accept a connection; 10,000 if not given. */
  readonly connectTimeout?: number
  /** Milliseconds after which a connection that is not used is closed; 30,000 if not given. */
  readonly idleTimeout?: number
  /** Milliseconds unused after which a connection is asked whether it lives before it is lent; 5,000 if not given. */
  readonly pingAfter?: number
  /** Milliseconds of age after which a connection is closed when it comes back; 1,800,000 if not given. */
  readonly maxLifetime?: number
}

export interface PoolStatus {
  readonly lent: number
  readonly free: number
}

const pingLimit = 1000

/** Lends connections that `open` makes, each to one borrower at a time. */
export const connectionPool = (
  open: () => Promise<PhysicalConnection>,
  classify: (thrown: unknown) => DriverError,
  options: PoolOptions = {},
): Lender & { readonly status: () => PoolStatus } => {
  const { pingAfter = 5000, maxLifetime = 1_800_000, connectTimeout = 10_000 } = options
  const lent = new Map<Connection, Lease>()
  const ages = new WeakMap<PhysicalConnection, { readonly born: number; used: number }>()
  let closed = false

  const pool = new Pool<PhysicalConnection>({
    min: options.min ?? 0,
    max: options.max ?? 10,
    create: async () => {
      const connection = await open()
      const now = Date.now()
      // A little younger or older than it is, so that connections opened together do not all end together.
      ages.set(connection, { born: now - maxLifetime * 0.2 * Math.random(), used: now })
      return connection
    },
    destroy: (connection) => connection.end(),
    validate: (connection) => !connection.broken,
    acquireTimeoutMillis: options.acquireTimeout ?? 30_000,
    createTimeoutMillis: connectTimeout,
    idleTimeoutMillis: options.idleTimeout ?? 30_000,
    propagateCreateError: true,
  })

  const take = async (borrower: ExecuteOptions | undefined): Promise<PhysicalConnection> => {
    const pending = pool.acquire()
    const { signal, deadline } = borrower ?? {}
    const stop = (): void => pending.abort()
    const timer = deadline === undefined ? undefined : setTimeout(stop, Math.max(0, deadline - Date.now()))
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await pending.promise
    } catch (thrown) {
      if (signal?.aborted === true) return raise(classified('cancelled', 'cancelled while waiting for a connection', { cause: signal.reason }))
      if (deadline !== undefined && deadline <= Date.now()) return raise(classified('timeout', 'the deadline passed while waiting for a connection'))
      if (closed) return raise(classified('closed', 'the driver is closed'))
      return raise(thrown instanceof TimeoutError ? classified('timeout', 'no connection became free in time', { cause: thrown }) : classify(thrown))
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }

  // Asks a connection that nobody used for a while; one that does not answer is ended.
  const lives = async (connection: PhysicalConnection): Promise<boolean> => {
    if (Date.now() - (ages.get(connection)?.used ?? 0) < pingAfter) return true
    const ping = connection.execute({ sql: 'select 1', params: [], kind: 'select', table: '' }).then(
      () => true,
      () => false,
    )
    if ((await within(ping, pingLimit)) === true) return true
    await connection.end()
    return false
  }

  const acquire = async (borrower?: ExecuteOptions): Promise<Connection> => {
    for (;;) {
      if (closed) return raise(classified('closed', 'the driver is closed'))
      const late = expired(borrower)
      if (late !== undefined) return raise(late)
      const physical = await take(borrower)
      if (await lives(physical)) {
        if (closed) {
          await physical.end()
          pool.release(physical)
          continue
        }
        const lease = leaseOf(physical)
        lent.set(lease.connection, lease)
        return lease.connection
      }
      // The next one may be as old: every turn ends one, so this ends with a new one.
      pool.release(physical)
    }
  }

  // No connection goes back in a transaction, or with a statement still running on it.
  const clean = async (physical: PhysicalConnection): Promise<void> => {
    if (physical.broken) return
    if (physical.running > 0 || physical.worn || Date.now() - (ages.get(physical)?.born ?? 0) > maxLifetime) {
      await physical.end()
      return
    }
    if (!physical.inTransaction) return
    const rolledBack = physical.rollback().then(
      () => true,
      () => false,
    )
    if ((await within(rolledBack, pingLimit)) !== true) await physical.end()
  }

  const giveBack = async (lease: Lease, ready: (physical: PhysicalConnection) => Promise<void>): Promise<void> => {
    const { physical } = lease
    lent.delete(lease.connection)
    lease.revoke()
    try {
      await ready(physical)
    } finally {
      const age = ages.get(physical)
      if (age !== undefined) age.used = Date.now()
      pool.release(physical)
    }
  }

  return {
    acquire,
    release: async (connection) => {
      const lease = lent.get(connection)
      if (lease !== undefined) await giveBack(lease, clean)
    },
    close: async () => {
      if (closed) return
      closed = true
      await Promise.all([...lent.values()].map((lease) => giveBack(lease, (physical) => physical.end())))
      await pool.destroy()
    },
    status: () => ({ lent: pool.numUsed(), free: pool.numFree() }),
  }
}
