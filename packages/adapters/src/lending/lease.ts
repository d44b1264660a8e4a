// A connection as it is lent: the same operations, until it is given back. What outlives its transaction is refused, not executed.

import { executeManyByDefault, pipelineByDefault, streamByDefault } from '@relata/sql/driver'
import type { Connection } from '@relata/sql/driver'
import { classified } from '../error/classified.js'

/** A connection to the database, with what lending needs to know about it. */
export interface PhysicalConnection extends Connection {
  /** May a transaction be open on it? */
  readonly inTransaction: boolean
  /** Statements sent and not answered yet. */
  readonly running: number
  /** Should it be ended when it comes back, for what it has accumulated? */
  readonly worn?: boolean
  /** Ends the connection; never rejects. */
  end(): Promise<void>
}

export interface Lease {
  readonly connection: Connection
  readonly physical: PhysicalConnection
  /** From now on every operation of `connection` is refused. */
  revoke(): void
}

/** Lends a physical connection. */
export const leaseOf = (physical: PhysicalConnection): Lease => {
  let lent = true
  const over = () => Promise.reject(classified('closed', 'this connection was given back: its transaction is over'))
  const connection: Connection = {
    execute: (query, options) => (lent ? physical.execute(query, options) : over()),
    executeMany: (query, sets, options) =>
      !lent ? over() : physical.executeMany === undefined ? executeManyByDefault(connection, query, sets, options) : physical.executeMany(query, sets, options),
    pipeline: (queries, options) =>
      !lent ? over() : physical.pipeline === undefined ? pipelineByDefault(connection, queries, options) : physical.pipeline(queries, options),
    async *stream(query, options) {
      if (!lent) await over()
      const batches = physical.stream === undefined ? streamByDefault(connection, query, options) : physical.stream(query, options)
      for await (const rows of batches) {
        yield rows
        if (!lent) await over()
      }
    },
    begin: (options) => (lent ? physical.begin(options) : over()),
    commit: () => (lent ? physical.commit() : over()),
    rollback: () => (lent ? physical.rollback() : over()),
    savepoint: (name) => (lent ? physical.savepoint(name) : over()),
    releaseSavepoint: (name) => (lent ? physical.releaseSavepoint(name) : over()),
    rollbackToSavepoint: (name) => (lent ? physical.rollbackToSavepoint(name) : over()),
    get broken() {
      return !lent || physical.broken
    },
  }
  return {
    connection,
    physical,
    revoke: () => {
      lent = false
    },
  }
}
