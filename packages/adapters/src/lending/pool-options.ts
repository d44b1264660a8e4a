// What every pool is told, and what it could not go by: refused before anything is opened.

import type { DriverError } from '@relata/sql/driver'
import { refused, refusedAge, refusedCount, refusedTimer, shownOption } from './option-check.js'

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

/** What an adapter is told beside its pool, as far as it can be wrong in the same way everywhere. */
export interface CheckedOptions extends PoolOptions {
  readonly url?: string
  readonly statements?: number
  readonly statementTimeout?: number
}

/** The error of the first option that cannot be meant, if there is one; `beginnings` are those of a url. */
export const refusedOption = (options: CheckedOptions, beginnings: readonly string[]): DriverError | undefined => {
  const { url, max = 10, min = 0 } = options
  // The url is not repeated: it may hold a password.
  if (url !== undefined && !beginnings.some((beginning) => url.startsWith(beginning))) {
    return refused(`the url begins with none of ${beginnings.join(' ')}: write ${beginnings[0]}user:password@host:port/database`)
  }
  const isMin = Number.isInteger(min) && min >= 0 && min <= max
  return refusedCount(options, ['max', 'statements'])
    ?? (isMin ? undefined : refused(`min is ${shownOption(min)}: it is a whole number from 0 to max, which is ${max}`))
    ?? refusedTimer(options, ['acquireTimeout', 'connectTimeout', 'idleTimeout', 'statementTimeout'])
    ?? refusedAge(options, ['pingAfter', 'maxLifetime'])
}
