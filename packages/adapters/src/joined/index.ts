// An adapter over a connection that someone else has begun a transaction on: a session joins that transaction instead of beginning one.

import type { Adapter, BeginOptions, Connection, Driver, DriverErrorKind } from '@relata/sql/driver'
import { classified } from '../error/classified.js'
import { delegatedDriver, requiredOnly } from '../intercept/delegated.js'

/** What a session's commit and rollback do to the transaction that it joins. */
export type JoinMode =
  /** Begin sets a savepoint, which commit releases and rollback goes back to: what was there before the session stays. */
  | 'createSavepoint'
  /** Commit leaves the end to the owner; rollback rolls the whole transaction back. */
  | 'rollbackOnly'
  /** Commit commits, and rollback rolls back, the owner's transaction. */
  | 'controlFully'

export interface JoinOptions {
  readonly driver: Driver
  /** In a transaction already. */
  readonly connection: Connection
  /** `createSavepoint` if not given. */
  readonly mode?: JoinMode
}

/**
 * An adapter whose sessions work inside a transaction of yours: you begin it and end it, and the connection stays yours. One session at
 * a time: the next may come when that one has ended.
 *
 * @example
 * const driver = await sqlite().connect()
 * const connection = await driver.acquire()
 * await connection.begin()
 * await run(blog, joined({ driver, connection }))(program)() // commits inside of it
 * await connection.rollback() // and nothing of it is left
 */
export const joined = ({ driver, connection, mode = 'createSavepoint' }: JoinOptions): Adapter => {
  let lent = false
  const inside: Driver = delegatedDriver(driver, {
    acquire: async () => {
      if (lent) return refused('reentrant', 'a session has joined this transaction already: let it end before the next one joins')
      lent = true
      return joining(connection, mode)
    },
    release: async () => { lent = false },
    close: async () => {},
  })
  return { _tag: 'Adapter', name: `joined(${driver.name})`, connect: () => Promise.resolve(inside) }
}

const joining = (connection: Connection, mode: JoinMode): Connection => {
  let begun = false
  const ending = (how: 'commit' | 'rollback') => async (): Promise<void> => {
    if (!begun) return
    begun = false
    if (mode === 'createSavepoint') {
      if (how === 'rollback') await connection.rollbackToSavepoint(savepointName)
      return connection.releaseSavepoint(savepointName)
    }
    if (how === 'rollback') return connection.rollback()
    if (mode === 'controlFully') return connection.commit()
  }
  return {
    ...requiredOnly(connection),
    get broken() { return connection.broken },
    begin: async (options: BeginOptions = {}) => {
      if (Object.values(options).some((option) => option !== undefined && option !== false)) return refused('other', 'a session that joins a transaction takes its isolation: say it where the transaction is begun')
      begun = true
      if (mode === 'createSavepoint') await connection.savepoint(savepointName)
    },
    commit: ending('commit'),
    rollback: ending('rollback'),
  }
}

/** A rejection is a driver's error, also where the driver was not asked. */
const refused = (kind: DriverErrorKind, message: string): Promise<never> => Promise.reject(classified(kind, message))

const savepointName = 'relata_joined'
