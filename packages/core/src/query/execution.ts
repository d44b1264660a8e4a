// What a query says of its execution: row locks, what it does with objects that are loaded already, autoflush.

import { oneOf } from '../expression/one-of.js'
import { handleOf } from '../registry/handle.js'
import type { AnyHandle } from '../registry/handle.js'
import { step } from './build.js'
import type { Over } from './over.js'
import type { RowLock } from './descriptor.js'

export interface LockOptions {
  /** What to do about rows that others hold: wait (the default), fail, or leave them out. */
  readonly wait?: RowLock['wait']
  /** Only rows of these. */
  readonly of?: readonly AnyHandle[]
}

/** Locks the rows against change by others until the end of the transaction. `forUpdate({ wait: 'skip locked' })` */
export const forUpdate = (options: LockOptions = {}): (<Q extends Over<never>>(query: Q) => Q) => locking('update', options)

/** Locks the rows against change by others, not against their locking them alike. */
export const forShare = (options: LockOptions = {}): (<Q extends Over<never>>(query: Q) => Q) => locking('share', options)

/** Overwrites objects that are loaded already, with their changes, by what is read. */
export const populateExisting: <Q extends Over<never>>(query: Q) => Q = step(() => ({ populateExisting: true }))

/** Whether changes are flushed before this query, whatever the session says. */
export const autoflush = (enabled: boolean): (<Q extends Over<never>>(query: Q) => Q) => step(() => ({ autoflush: enabled }))

const waits = ['wait', 'nowait', 'skip locked'] as const

function locking(strength: RowLock['strength'], { wait = 'wait', of }: LockOptions): <Q>(query: Q) => Q {
  const lock: RowLock = Object.freeze({ strength, wait: oneOf('what a row lock does about others', waits, wait), ...(of === undefined ? {} : { of: Object.freeze(of.map((handle) => handleOf(handle).source)) }) })
  return step(() => ({ lock }))
}
