// Something around every operation of an adapter's connections, for what watches: logs, traces, recordings.

import type { Adapter, Connection, Driver, Query, Result } from '@relata/sql/driver'
import { beginWords, delegatedAdapter, delegatedDriver } from './delegated.js'

export type OperationName =
  | 'acquire' | 'execute' | 'executeMany' | 'pipeline' | 'stream'
  | 'begin' | 'commit' | 'rollback' | 'savepoint' | 'releaseSavepoint' | 'rollbackToSavepoint'

/** What is about to be done. */
export interface Operation {
  readonly name: OperationName
  readonly driver: Driver
  /** Counts the times that a connection was lent, from 1. */
  readonly connection: number
  /** The statements to be sent; for the transaction verbs, the words that the adapter will send for them. */
  readonly queries: readonly Query[]
  /** The sets of values of `executeMany`. */
  readonly sets?: readonly (readonly unknown[])[]
}

/** Does an operation by `run`, and sees what comes of it; `results` reads the results of a statement's operation out of what `run` gives. */
export type Around = <A>(operation: Operation, run: () => Promise<A>, results: (value: A) => readonly Result[]) => Promise<A>

/** The adapter with `around` around everything that its connections do. */
export const intercept = (name: string, around: Around) => (adapter: Adapter): Adapter =>
  delegatedAdapter(adapter, `${name}(${adapter.name})`, async () => intercepted(await adapter.connect(), around))

function intercepted(driver: Driver, around: Around): Driver {
  const inner = new WeakMap<Connection, Connection>()
  let count = 0
  return delegatedDriver(driver, {
    acquire: async (options) => {
      const number = ++count
      const connection = await around({ name: 'acquire', driver, connection: number, queries: [] }, () => driver.acquire(options), none)
      const outer = interceptedConnection(connection, driver, number, around)
      inner.set(outer, connection)
      return outer
    },
    release: (connection) => driver.release(inner.get(connection) ?? connection),
  })
}

function interceptedConnection(connection: Connection, driver: Driver, number: number, around: Around): Connection {
  const verb = (name: OperationName, sql: string, run: () => Promise<void>): Promise<void> =>
    around({ name, driver, connection: number, queries: [{ sql, params: [], kind: 'transaction', table: '' }] }, run, none)
  return {
    execute: (query, options) => around({ name: 'execute', driver, connection: number, queries: [query] }, () => connection.execute(query, options), (result) => [result]),
    ...(connection.executeMany === undefined ? {} : {
      executeMany: (query, sets, options) =>
        around({ name: 'executeMany', driver, connection: number, queries: [query], sets }, () => connection.executeMany!(query, sets, options), (counts) =>
          counts.map((matched) => ({ rows: [], matched }))),
    }),
    ...(connection.pipeline === undefined ? {} : {
      pipeline: (queries, options) => around({ name: 'pipeline', driver, connection: number, queries }, () => connection.pipeline!(queries, options), (results) => results),
    }),
    ...(connection.stream === undefined ? {} : {
      async *stream(query, options) {
        // Seen as one operation a batch: between them it is the reader who takes time.
        const batches = connection.stream!(query, options)[Symbol.asyncIterator]()
        try {
          for (;;) {
            const next = await around({ name: 'stream', driver, connection: number, queries: [query] }, () => batches.next(), ({ done, value }) =>
              done === true ? [] : [{ rows: value, matched: 0 }])
            if (next.done === true) return
            yield next.value
          }
        } finally {
          await batches.return?.()
        }
      },
    }),
    begin: (options) => verb('begin', beginWords(options), () => connection.begin(options)),
    commit: () => verb('commit', 'commit', () => connection.commit()),
    rollback: () => verb('rollback', 'rollback', () => connection.rollback()),
    savepoint: (name) => verb('savepoint', `savepoint ${name}`, () => connection.savepoint(name)),
    releaseSavepoint: (name) => verb('releaseSavepoint', `release savepoint ${name}`, () => connection.releaseSavepoint(name)),
    rollbackToSavepoint: (name) => verb('rollbackToSavepoint', `rollback to savepoint ${name}`, () => connection.rollbackToSavepoint(name)),
    get broken() {
      return connection.broken
    },
  }
}

function none(): readonly Result[] {
  return []
}
