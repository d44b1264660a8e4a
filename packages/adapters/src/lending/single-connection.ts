// Lending the only connection of an embedded database, in turn, without ever waiting for oneself.

import type { Connection, ExecuteOptions } from '@relata/sql/driver'
import { classified, expired } from '../error/classified.js'
import { leaseOf } from './lease.js'
import type { Lease, PhysicalConnection } from './lease.js'

export interface SingleConnectionOptions {
  /**
   * Milliseconds for which one may wait while whoever has the connection does nothing with it. Then the call is taken to come
   * from inside that very transaction, which would wait for ever, and is refused as `reentrant`.
   */
  readonly idleLimit?: number
  /** Milliseconds for which one may wait at all. */
  readonly acquireTimeout?: number
}

export interface Lender {
  acquire(options?: ExecuteOptions): Promise<Connection>
  release(connection: Connection): Promise<void>
  close(): Promise<void>
}

interface Waiter {
  readonly resolve: (lease: Connection) => void
  readonly reject: (error: unknown) => void
  readonly options: ExecuteOptions | undefined
  readonly since: number
  readonly unsubscribe: () => void
}

const tick = 10

/** Lends `physical` to one borrower after another, in the order in which they asked. */
export const singleConnection = (physical: PhysicalConnection, options: SingleConnectionOptions = {}): Lender => {
  const idleTicks = Math.max(1, Math.round((options.idleLimit ?? 80) / tick))
  const acquireTimeout = options.acquireTimeout ?? 30_000
  let lease: Lease | undefined
  let closed = false
  let waiting: Waiter[] = []
  let watch: NodeJS.Timeout | undefined
  let idle = 0
  let sentBefore = -1

  const lend = (): Connection => {
    lease = leaseOf(physical)
    idle = 0
    return lease.connection
  }

  const drop = (waiter: Waiter, error: unknown): void => {
    waiting = waiting.filter((other) => other !== waiter)
    waiter.unsubscribe()
    waiter.reject(error)
    if (waiting.length === 0) stopWatching()
  }

  const stopWatching = (): void => {
    clearInterval(watch)
    watch = undefined
  }

  // Counts turns of the event loop, not time: a borrower that computes for long is not idle.
  const look = (): void => {
    idle = physical.running > 0 || physical.sent !== sentBefore ? 0 : idle + 1
    sentBefore = physical.sent
    const now = Date.now()
    for (const waiter of waiting) {
      const late = expired(waiter.options)
      if (late !== undefined) drop(waiter, late)
      else if (idle >= idleTicks) drop(waiter, reentrant())
      else if (now - waiter.since > acquireTimeout) drop(waiter, classified('timeout', `no connection became free within ${acquireTimeout} ms`))
    }
  }

  const wait = (borrower: ExecuteOptions | undefined): Promise<Connection> =>
    new Promise((resolve, reject) => {
      const abort = (): void => drop(waiter, classified('cancelled', 'cancelled while waiting for the connection', { cause: borrower?.signal?.reason }))
      const unsubscribe = (): void => borrower?.signal?.removeEventListener('abort', abort)
      const waiter: Waiter = { resolve, reject, options: borrower, since: Date.now(), unsubscribe }
      borrower?.signal?.addEventListener('abort', abort, { once: true })
      waiting.push(waiter)
      if (watch === undefined) {
        idle = 0
        sentBefore = physical.sent
        watch = setInterval(look, tick)
      }
    })

  const clean = async (): Promise<void> => {
    if (physical.inTransaction && !physical.broken) await physical.rollback()
  }

  return {
    acquire: (borrower) => {
      if (closed) return Promise.reject(classified('closed', 'the driver is closed'))
      const late = expired(borrower)
      if (late !== undefined) return Promise.reject(late)
      return lease === undefined ? Promise.resolve(lend()) : wait(borrower)
    },
    release: async (connection) => {
      if (lease === undefined || lease.connection !== connection) return
      lease.revoke()
      try {
        await clean()
      } finally {
        lease = undefined
        const next = waiting.shift()
        if (waiting.length === 0) stopWatching()
        if (next !== undefined) {
          next.unsubscribe()
          next.resolve(lend())
        }
      }
    },
    close: async () => {
      if (closed) return
      closed = true
      for (const waiter of waiting) drop(waiter, classified('closed', 'the driver is closed'))
      lease?.revoke()
      lease = undefined
      await physical.end()
    },
  }
}

function reentrant() {
  return classified(
    'reentrant',
    'the only connection is lent and idle: this call probably comes from inside the transaction that has it, and would wait for ever; use that session, or finish it first',
  )
}
