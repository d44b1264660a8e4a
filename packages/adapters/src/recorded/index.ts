// Records what goes between a session and its database, and plays it back without the database.

import { defaultCapabilities, driverError } from '@relata/sql/driver'
import type { Adapter, Capabilities, Connection, Driver, Query, Result } from '@relata/sql/driver'
import { delegatedAdapter, delegatedDriver, requiredOnly } from '../intercept/delegated.js'
import { intercept } from '../intercept/intercept.js'
import type { Around, Operation } from '../intercept/intercept.js'
import { scripted } from '../scripted/index.js'
import type { Answer, Scripted } from '../scripted/index.js'
import type { Exchange, Recording } from './recording.js'

export { readRecording, recordingText } from './recording.js'
export type { Exchange, Recording } from './recording.js'

export interface Recorder {
  /** Records what goes through an adapter. */
  readonly record: (adapter: Adapter) => Adapter
  /** What was recorded so far. */
  readonly recording: () => Recording
}

/**
 * A recorder of statements, their values and what came of them. The values are in the recording: keep it where they may be.
 *
 * @example
 * const recorder = recorded()
 * const adapter = recorder.record(sqlite())
 * // … a session …
 * const again = replayed(recorder.recording())
 */
export const recorded = (): Recorder => {
  const exchanges: Exchange[] = []
  let driver: { readonly dialect: Driver['dialect']; readonly capabilities: Capabilities } = { dialect: 'sqlite', capabilities: defaultCapabilities }

  const around: Around = async (operation, run, results) => {
    driver = operation.driver
    try {
      const value = await run()
      exchanges.push(...exchangesOf(operation, results(value)))
      return value
    } catch (thrown) {
      const { kind, message, code } = operation.driver.classify(thrown)
      const query = operation.queries[0]
      if (query !== undefined) exchanges.push({ ...sentAs(query, query.params), error: { kind, message, ...(code === undefined ? {} : { code }) } })
      throw thrown
    }
  }
  const recordAll = intercept('recorded', around)
  return {
    record: (adapter) => recordAll(oneByOne(adapter)),
    recording: () => ({ dialect: driver.dialect, capabilities: driver.capabilities, exchanges: [...exchanges] }),
  }
}

/**
 * An adapter that plays a recording back: it expects the same statements with the same values in the same order, and rejects
 * what differs.
 */
export const replayed = (recording: Recording): Scripted =>
  scripted(recording.exchanges.map(answerOf), { dialect: recording.dialect, capabilities: recording.capabilities, transactions: true })

// Statements that are sent together are recorded one by one, as they are when played back.
function oneByOne(adapter: Adapter): Adapter {
  return delegatedAdapter(adapter, adapter.name, async () => {
    const driver = await adapter.connect()
    const inner = new WeakMap<Connection, Connection>()
    return delegatedDriver(driver, {
      acquire: async (options) => {
        const connection = await driver.acquire(options)
        const outer = requiredOnly(connection)
        inner.set(outer, connection)
        return outer
      },
      release: (connection) => driver.release(inner.get(connection) ?? connection),
    })
  })
}

function exchangesOf(operation: Operation, results: readonly Result[]): readonly Exchange[] {
  return operation.queries.map((query, index) => {
    const result = results[index]
    if (result === undefined) return sentAs(query, query.params)
    return { ...sentAs(query, query.params), rows: result.rows, matched: result.matched, ...(result.insertId === undefined ? {} : { insertId: result.insertId }) }
  })
}

function sentAs(query: Query, params: readonly unknown[]): Exchange {
  return { sql: query.sql, params: [...params], kind: query.kind, table: query.table }
}

function answerOf({ error, ...exchange }: Exchange): Answer {
  if (error === undefined) return exchange
  const { kind, message, code } = error
  return { ...exchange, error: driverError(kind, message, { sql: exchange.sql, ...(code === undefined ? {} : { code }) }) }
}
