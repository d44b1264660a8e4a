// A pool of connections: tarn keeps count, and here is decided which of them may be lent again.

import { Pool, TimeoutError } from 'tarn'
import type { Adapter, Connection, DriverError, ExecuteOptions } from '@relata/sql/driver'
import { classified, expired, raise } from '../error/classified.js'
import { within } from '../statement/within.js'
import { leaseOf } from './lease.js'
import type { Lease, PhysicalConnection } from './lease.js'
import { currentScope, isWithin, openScope, reentrant } from './scope.js'
import type { Scope } from './scope.js'
import type { PoolOptions } from './pool-options.js'
import type { Lender } from './single-connection.js'

export interface PoolStatus {
  readonly lent: number
  readonly free: number
}

/** A connection that is lent, and to whom. */
interface Lent {
  readonly lease: Lease
  readonly scope: Scope | undefined
}

/** Who waits for a connection. */
interface Waiter {
  readonly scope: Scope | undefined
  readonly refuse: () => void
}

const pingLimit = 1000

/**
 * The scopes of a pool, which it needs to see that a program waits for itself. A larger pool is rarely empty of others, and
 * does without: a scope costs each promise of the process a little.
 */
export const poolScope = ({ max }: PoolOptions): Pick<Adapter, 'scope'> => (max === 1 ? { scope: openScope } : {})

/** Lends connections that `open` makes, each to one borrower at a time. */
export const connectionPool = (
  open: () => Promise<PhysicalConnection>,
  classify: (thrown: unknown) => DriverError,
  options: PoolOptions = {},
): Lender & { readonly status: () => PoolStatus } => {
  const { pingAfter = 5000, maxLifetime = 1_800_000, connectTimeout = 10_000 } = options
  const most = options.max ?? 10
  const lent = new Map<Connection, Lent>()
  const waiting = new Set<Waiter>()
  const ages = new WeakMap<PhysicalConnection, { readonly born: number; used: number }>()
  let closed = false

  const pool = new Pool<PhysicalConnection>({
    min: options.min ?? 0,
    max: most,
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

  // Does nobody have a connection but the programs that this one runs inside of?
  const waitsForItself = (scope: Scope | undefined): boolean => lent.size >= most && [...lent.values()].every((each) => isWithin(scope, each.scope))

  const take = async (scope: Scope | undefined, borrower: ExecuteOptions | undefined): Promise<PhysicalConnection> => {
    if (waitsForItself(scope)) return raise(reentrant())
    const pending = pool.acquire()
    const { signal, deadline } = borrower ?? {}
    let refused = false
    const stop = (): void => pending.abort()
    const waiter: Waiter = {
      scope,
      refuse: () => {
        refused = true
        stop()
      },
    }
    waiting.add(waiter)
    const timer = deadline === undefined ? undefined : setTimeout(stop, Math.max(0, deadline - Date.now()))
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await pending.promise
    } catch (thrown) {
      if (refused) return raise(reentrant())
      if (signal?.aborted === true) return raise(classified('cancelled', 'cancelled while waiting for a connection', { cause: signal.reason }))
      if (deadline !== undefined && deadline <= Date.now()) return raise(classified('timeout', 'the deadline passed while waiting for a connection'))
      if (closed) return raise(classified('closed', 'the driver is closed'))
      return raise(thrown instanceof TimeoutError ? classified('timeout', 'no connection became free in time', { cause: thrown }) : classify(thrown))
    } finally {
      waiting.delete(waiter)
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }

  const lend = (physical: PhysicalConnection, scope: Scope | undefined): Connection => {
    const lease = leaseOf(physical)
    lent.set(lease.connection, { lease, scope })
    // Who waits inside of this scope waited for somebody else before.
    for (const waiter of waiting) if (waitsForItself(waiter.scope)) waiter.refuse()
    return lease.connection
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
    const scope = currentScope()
    for (;;) {
      if (closed) return raise(classified('closed', 'the driver is closed'))
      const late = expired(borrower)
      if (late !== undefined) return raise(late)
      const physical = await take(scope, borrower)
      if (await lives(physical)) {
        if (closed) {
          await physical.end()
          pool.release(physical)
          continue
        }
        return lend(physical, scope)
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
      const borrowed = lent.get(connection)
      if (borrowed !== undefined) await giveBack(borrowed.lease, clean)
    },
    close: async () => {
      if (closed) return
      closed = true
      await Promise.all([...lent.values()].map(({ lease }) => giveBack(lease, (physical) => physical.end())))
      await pool.destroy()
    },
    status: () => ({ lent: pool.numUsed(), free: pool.numFree() }),
  }
}
