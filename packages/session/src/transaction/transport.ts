// The one way to the database: borrows a connection when the first statement is sent, begins the transaction on it, tells the
// listeners about every statement, and turns what a driver rejects with into errors of the session.

import { dialectFor } from '@relata/sql'
import type { Connection, Driver, ExecuteOptions, Query, Result } from '@relata/sql/driver'
import { executeManyByDefault, pipelineByDefault, streamByDefault } from '@relata/sql/driver'
import { fail, RelataError } from '../relata-error.js'
import type { SessionListeners } from '../state/session-options.js'
import type { Connected, Executor, TransactionControl } from '../state/session-state.js'
import { databaseFailure } from './database-failure.js'

/** What a session's transactions are made with; the executor is the part of it that loads and flushes see. */
export interface Transport extends Executor, TransactionControl {
  /** Asked before each statement; it throws while there is a reason to send none. */
  refuse: (() => void) | undefined
}

export interface TransportOptions {
  readonly signal?: AbortSignal
  readonly deadline?: number
}

/** A transport over a driver that `open` gives when it is first needed. */
export const transport = (open: () => Promise<Driver>, listeners: SessionListeners, options: TransportOptions = {}): Transport => {
  const limits: ExecuteOptions = {
    ...(options.signal === undefined ? {} : { signal: options.signal }), ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
  }
  let driver: Driver | undefined
  let connection: Connection | undefined
  let connected: Connected | undefined
  let begun = false
  let closed = false

  const guard = async <A>(work: () => Promise<A>): Promise<A> => {
    try {
      return await work()
    } catch (thrown) {
      if (thrown instanceof RelataError) throw thrown
      return fail(databaseFailure(driver, thrown))
    }
  }
  const borrow = async (): Promise<Connection> => {
    if (closed) fail({ _tag: 'SessionUnusable', code: 'invalid-request', message: 'the session is closed', hint: 'a program may use its session only until its run ends' })
    if (connection !== undefined && !connection.broken) return connection
    driver ??= await open()
    connected ??= { dialect: dialectFor(driver), capabilities: driver.capabilities }
    connection = await driver.acquire(limits)
    return connection
  }
  const ready = async (): Promise<Connection> => {
    self.refuse?.()
    if (begun && connection !== undefined) return connection
    const lent = await borrow()
    await lent.begin()
    begun = true
    return lent
  }
  const tell = (query: Query, rows: number, since: number): void => {
    listeners.onStatement?.({ query, kind: query.kind, table: query.table, rows, milliseconds: performance.now() - since })
  }
  const release = async (): Promise<void> => {
    const lent = connection
    connection = undefined
    begun = false
    if (lent !== undefined && driver !== undefined) await driver.release(lent)
  }

  const self: Transport = {
    refuse: undefined,
    get connected() { return connected },
    get inTransaction() { return begun },
    connect: () => guard(async () => {
      if (connected === undefined) await borrow()
      return connected as Connected /* set by borrowing */
    }),
    dialect: async () => (await self.connect()).dialect,
    execute: async (query) => {
      const since = listeners.onStatement === undefined ? 0 : performance.now()
      try {
        self.refuse?.()
        const result = await (begun && connection !== undefined ? connection : await ready()).execute(query, limits)
        if (listeners.onStatement !== undefined) tell(query, query.kind === 'select' || query.kind === 'raw' ? result.rows.length : result.matched, since)
        return result
      } catch (thrown) {
        if (thrown instanceof RelataError) throw thrown
        return fail(databaseFailure(driver, thrown))
      }
    },
    executeMany: (query, sets) => guard(async () => {
      const since = performance.now()
      const lent = await ready()
      const matched = await (lent.executeMany?.(query, sets, limits) ?? executeManyByDefault(lent, query, sets, limits))
      tell(query, matched.reduce((sum, each) => sum + each, 0), since)
      return matched
    }),
    pipeline: (queries) => guard(async () => {
      const since = performance.now()
      const lent = await ready()
      const results: readonly Result[] = await (lent.pipeline?.(queries, limits) ?? pipelineByDefault(lent, queries, limits))
      queries.forEach((query, index) => { tell(query, rowsOf(query, results[index]), since) })
      return results
    }),
    stream: (query, batch) => streamed(query, batch),
    begin: (how) => guard(async () => {
      if (begun) return
      self.refuse?.()
      const lent = await borrow()
      await lent.begin(how)
      begun = true
    }),
    commit: () => guard(async () => {
      if (!begun || connection === undefined) return
      try {
        await connection.commit()
      } catch (thrown) {
        await quietly(connection.rollback())
        await release()
        throw thrown
      }
      await release()
    }),
    rollback: async () => {
      if (begun && connection !== undefined) await quietly(connection.rollback())
      await quietly(release())
    },
    savepoint: (name) => guard(async () => (await ready()).savepoint(name)),
    releaseSavepoint: (name) => guard(async () => connection?.releaseSavepoint(name)),
    rollbackToSavepoint: (name) => guard(async () => connection?.rollbackToSavepoint(name)),
    close: async () => {
      await self.rollback()
      closed = true
    },
  }
  async function* streamed(query: Query, batch: number): AsyncGenerator<readonly (readonly unknown[])[], void, undefined> {
    const since = performance.now()
    let rows = 0
    try {
      const lent = await ready()
      for await (const each of lent.stream?.(query, { ...limits, batch }) ?? streamByDefault(lent, query, { ...limits, batch })) {
        rows += each.length
        yield each
      }
    } catch (thrown) {
      if (thrown instanceof RelataError) throw thrown
      fail(databaseFailure(driver, thrown))
    } finally {
      tell(query, rows, since)
    }
  }
  return self
}

const rowsOf = (query: Query, result: Result | undefined): number =>
  result === undefined ? 0 : query.kind === 'select' || query.kind === 'raw' ? result.rows.length : result.matched

/** Ending what is broken may fail again: there is nothing more to do about it. */
const quietly = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work
  } catch {
    // The connection is dropped by its driver, which sees that it is broken or in a transaction.
  }
}
