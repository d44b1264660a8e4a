// Promises that settle by what comes first: the library's answer, or the loss of the connection. No library settles all by itself.

import type { DriverError } from '@relata/sql/driver'

export interface Pending {
  /** The outcome of `promise`, or the error of `fail` if that comes first. */
  settled<A>(promise: PromiseLike<A>): Promise<A>
  /** Rejects what has not settled. */
  fail(error: DriverError): void
}

/** Keeps the promises that have not settled; `Promise.race` with one that never does would keep them all. */
export const pending = (): Pending => {
  const open = new Set<(error: unknown) => void>()
  return {
    settled: (promise) =>
      new Promise((resolve, reject) => {
        open.add(reject)
        promise.then(
          (value) => {
            open.delete(reject)
            resolve(value)
          },
          (error: unknown) => {
            open.delete(reject)
            reject(error)
          },
        )
      }),
    fail: (error) => {
      for (const reject of open) reject(error)
      open.clear()
    },
  }
}
