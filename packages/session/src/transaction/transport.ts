// The one way to the database: borrows a connection when the first statement is sent, begins the transaction on it, tells the
// listeners about every statement, and turns what a driver rejects with into errors of the session.

import { dialectFor } from '@relata/sql'
import type { Connection, Driver, ExecuteOptions, Query, Result } from '@relata/sql/driver'
import { executeManyByDefault, pipelineByDefault, streamByDefault } from '@relata/sql/driver'
import { fail, RelataError } from '../relata-error.js'
import type { SessionListeners } from '../state/session-options.js'
import type { Connected, Executor, TransactionControl } from '../state/executor.js'
import { databaseFailure } from './database-failure.js'

/** What a session's transactions are made with; the executor is the part of it that loads and flushes see. */
export interface Transport extends Executor, TransactionControl {
  /** Asked before each statement; it throws while there is a reason to send none. */
  refuse: (() => void) | undefined
  /** Told what is about to be sent; it throws to have it not sent. */
  about: ((queries: readonly Query[]) => void) | undefined
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
  const cursors = new Set<() => Promise<void>>()

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
    about: undefined,
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
        if (cursors.size > 0) shareConnection()
        self.about?.([query])
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
      shareConnection()
      self.about?.([query])
      const lent = await ready()
      const matched = await (lent.executeMany?.(query, sets, limits) ?? executeManyByDefault(lent, query, sets, limits))
      tell(query, matched.reduce((sum, each) => sum + each, 0), since)
      return matched
    }),
    pipeline: (queries) => guard(async () => {
      const since = performance.now()
      shareConnection()
      self.about?.(queries)
      const lent = await ready()
      const results: readonly Result[] = await (lent.pipeline?.(queries, limits) ?? pipelineByDefault(lent, queries, limits))
      queries.forEach((query, index) => { tell(query, rowsOf(query, results[index]), since) })
      return results
    }),
    stream: (query, batch) => cursorOver(streamed(query, batch)),
    begin: (how) => guard(async () => {
      if (begun) return
      self.refuse?.()
      const lent = await borrow()
      await lent.begin(how)
      begun = true
    }),
    commit: () => guard(async () => {
      if (!begun || connection === undefined) return
      await endCursors()
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
      await endCursors()
      if (begun && connection !== undefined) await quietly(connection.rollback())
      await quietly(release())
    },
    savepoint: (name) => guard(async () => {
      shareConnection()
      return (await ready()).savepoint(name)
    }),
    releaseSavepoint: (name) => guard(async () => connection?.releaseSavepoint(name)),
    rollbackToSavepoint: (name) => guard(async () => connection?.rollbackToSavepoint(name)),
    close: async () => {
      await self.rollback()
      closed = true
    },
  }
  // A cursor lives in the transaction: one that is still open when it ends is closed first, before anyone else has the connection.
  function cursorOver(source: AsyncGenerator<readonly (readonly unknown[])[], void, undefined>): AsyncIterable<readonly (readonly unknown[])[]> {
    let ended = false
    const close = async (): Promise<void> => {
      cursors.delete(cut)
      await quietly(source.return())
    }
    const cut = async (): Promise<void> => {
      ended = true
      await close()
    }
    const next = async (): Promise<IteratorResult<readonly (readonly unknown[])[], undefined>> => {
      if (ended) fail({ _tag: 'SessionUnusable', code: 'invalid-request', message: 'the transaction ended while a stream was open, and its cursor with it', hint: 'end the transaction after the stream, or read it by keyset: stream(query, { by: \'keyset\' })' })
      let result: IteratorResult<readonly (readonly unknown[])[], void> | undefined
      try {
        result = await source.next()
      } finally {
        if (result?.done !== false) cursors.delete(cut)
      }
      return result.done === true ? { done: true, value: undefined } : result
    }
    return {
      [Symbol.asyncIterator]: () => {
        shareConnection()
        cursors.add(cut)
        return { next, return: async () => { await close(); return { done: true, value: undefined } } }
      },
    }
  }
  async function endCursors(): Promise<void> {
    for (const cut of cursors) await cut()
  }
  function shareConnection(): void {
    if (cursors.size > 0 && connected?.capabilities.streamIsExclusive === true) fail({ _tag: 'SessionUnusable', code: 'invalid-request', message: 'a stream has the connection to itself: nothing else can be sent until it ends', hint: 'end the stream first, or read it by keyset: stream(query, { by: \'keyset\' })' })
  }
  async function* streamed(query: Query, batch: number): AsyncGenerator<readonly (readonly unknown[])[], void, undefined> {
    const since = performance.now()
    let rows = 0
    try {
      self.about?.([query])
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
