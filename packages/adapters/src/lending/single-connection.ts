// Lending the only connection of an embedded database, in turn, without ever waiting for oneself.

import type { Connection, ExecuteOptions } from '@relata/sql/driver'
import { classified, expired } from '../error/classified.js'
import { leaseOf } from './lease.js'
import type { Lease, PhysicalConnection } from './lease.js'
import { currentScope, isWithin, reentrant } from './scope.js'
import type { Scope } from './scope.js'

export interface SingleConnectionOptions {
  /** Milliseconds to wait while another program has the connection; 30,000 if not given. */
  readonly acquireTimeout?: number
}

export interface Lender {
  acquire(options?: ExecuteOptions): Promise<Connection>
  release(connection: Connection): Promise<void>
  close(): Promise<void>
}

interface Waiter {
  readonly scope: Scope | undefined
  readonly resolve: (lease: Connection) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lends `physical` to one borrower after another, in the order in which they asked. Who asks from inside the scope that has it
 * is refused as `reentrant`: nobody else could give it back.
 */
export const singleConnection = (physical: PhysicalConnection, options: SingleConnectionOptions = {}): Lender => {
  const { acquireTimeout = 30_000 } = options
  const waiting = new Set<Waiter>()
  let lent: { readonly lease: Lease; readonly scope: Scope | undefined } | undefined
  let closed = false

  const lend = (scope: Scope | undefined): Connection => {
    lent = { lease: leaseOf(physical), scope }
    // Who waits inside of this scope waited for somebody else before.
    for (const waiter of waiting) if (isWithin(waiter.scope, scope)) waiter.reject(reentrant())
    return lent.lease.connection
  }

  const wait = (scope: Scope | undefined, { signal, deadline }: ExecuteOptions = {}): Promise<Connection> =>
    new Promise((resolve, reject) => {
      const over = (): void => {
        waiting.delete(waiter)
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      const waiter: Waiter = {
        scope,
        resolve: (connection) => {
          over()
          resolve(connection)
        },
        reject: (error) => {
          over()
          reject(error)
        },
      }
      const abort = (): void => waiter.reject(classified('cancelled', 'cancelled while waiting for the connection', { cause: signal?.reason }))
      const timer = setTimeout(() => {
        const late = deadline !== undefined && deadline <= Date.now()
        waiter.reject(late ? classified('timeout', 'the deadline passed while waiting for the connection') : notInTime(acquireTimeout))
      }, Math.max(0, Math.min(acquireTimeout, (deadline ?? Infinity) - Date.now())))
      signal?.addEventListener('abort', abort, { once: true })
      waiting.add(waiter)
    })

  const clean = async (): Promise<void> => {
    if (physical.inTransaction && !physical.broken) await physical.rollback()
  }

  return {
    acquire: (borrower) => {
      if (closed) return Promise.reject(classified('closed', 'the driver is closed'))
      const late = expired(borrower)
      if (late !== undefined) return Promise.reject(late)
      const scope = currentScope()
      if (lent === undefined) return Promise.resolve(lend(scope))
      return isWithin(scope, lent.scope) ? Promise.reject(reentrant()) : wait(scope, borrower)
    },
    release: async (connection) => {
      if (lent === undefined || lent.lease.connection !== connection) return
      lent.lease.revoke()
      // On its way back: it can be waited for from anywhere.
      lent = { lease: lent.lease, scope: undefined }
      try {
        await clean()
      } finally {
        lent = undefined
        const [next] = waiting
        if (next !== undefined) {
          waiting.delete(next)
          next.resolve(lend(next.scope))
        }
      }
    },
    close: async () => {
      if (closed) return
      closed = true
      for (const waiter of waiting) waiter.reject(classified('closed', 'the driver is closed'))
      lent?.lease.revoke()
      lent = undefined
      await physical.end()
    },
  }
}

function notInTime(milliseconds: number) {
  return classified('timeout', `the only connection did not become free within ${milliseconds} ms: it is lent until its session commits, rolls back or is closed`)
}
