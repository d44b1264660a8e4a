// Promises that settle by what comes first: the library's answer, or the loss of the connection. No library settles all by itself.

import type { DriverError } from '@relata/sql/driver'

export interface Pending {
  /** The outcome of `promise`, or the error of `fail` if that comes first. */
  settled<A>(promise: PromiseLike<A>): Promise<A>
  /** What `read` makes of the outcome, which `refused` hears of if it is an error: without a promise more for each. */
  read<A, B>(promise: PromiseLike<A>, read: (value: A) => B, refused: (error: unknown) => void): Promise<B>
  /** Rejects what has not settled. */
  fail(error: DriverError): void
  /** How many have not settled. */
  readonly count: number
}

/** Keeps the promises that have not settled; `Promise.race` with one that never does would keep them all. */
export const pending = (): Pending => {
  const open = new Set<(error: unknown) => void>()
  const read: Pending['read'] = (promise, make, refused) =>
    new Promise((resolve, reject) => {
      open.add(reject)
      promise.then(
        (value) => {
          open.delete(reject)
          try {
            resolve(make(value))
          } catch (thrown) {
            reject(thrown)
          }
        },
        (error: unknown) => {
          open.delete(reject)
          refused(error)
          reject(error)
        },
      )
    })
  return {
    settled: (promise) => read(promise, itself, nothing),
    read,
    fail: (error) => {
      for (const reject of open) reject(error)
      open.clear()
    },
    get count() {
      return open.size
    },
  }
}

function itself<A>(value: A): A {
  return value
}

function nothing(): void {}
