// Tells a listener of every statement: how long it took, what came of it.

import type { Adapter, DriverError, Query } from '@relata/sql/driver'
import { intercept } from '../intercept/intercept.js'
import type { Around, OperationName } from '../intercept/intercept.js'

/** One operation that is over. */
export interface LogEntry {
  readonly operation: OperationName
  /** Counts the times that a connection was lent, from 1: what belongs together. */
  readonly connection: number
  readonly sql: string
  readonly kind: Query['kind'] | 'acquire'
  readonly table: string
  readonly milliseconds: number
  /** Rows that came back, and rows that a write matched. */
  readonly rows: number
  readonly matched: number
  /** It took longer than `slow`. */
  readonly slow: boolean
  /** The values, only if they were asked for: they may be secret. */
  readonly params?: readonly unknown[]
  readonly error?: DriverError
}

export interface LogOptions {
  /** Milliseconds from which an operation counts as slow; 200 if not given. */
  readonly slow?: number
  /** True to hear only of what was slow or failed. */
  readonly slowOnly?: boolean
  /** True to be told the values, too. */
  readonly values?: boolean
  /** Milliseconds, always growing. */
  readonly clock?: () => number
}

/**
 * Tells `listener` of every statement that goes through an adapter. What the listener throws is not caught.
 *
 * @example
 * const adapter = logged((entry) => console.log(entry.milliseconds, entry.sql))(sqlite())
 */
export const logged = (listener: (entry: LogEntry) => void, options: LogOptions = {}): ((adapter: Adapter) => Adapter) => {
  const { slow = 200, slowOnly = false, values = false, clock = () => performance.now() } = options

  const around: Around = async (operation, run, results) => {
    const before = clock()
    const tell = (rows: number, matched: number, error?: DriverError): void => {
      const milliseconds = clock() - before
      if (slowOnly && milliseconds < slow && error === undefined) return
      const query = operation.queries[0]
      listener({
        operation: operation.name,
        connection: operation.connection,
        sql: operation.queries.map(({ sql }) => sql).join(';\n'),
        kind: query?.kind ?? 'acquire',
        table: query?.table ?? '',
        milliseconds,
        rows,
        matched,
        slow: milliseconds >= slow,
        ...(values ? { params: operation.sets ?? (operation.queries.length === 1 ? (query?.params ?? []) : operation.queries.map(({ params }) => params)) } : {}),
        ...(error === undefined ? {} : { error }),
      })
    }
    try {
      const value = await run()
      const all = results(value)
      tell(all.reduce((sum, result) => sum + result.rows.length, 0), all.reduce((sum, result) => sum + result.matched, 0))
      return value
    } catch (thrown) {
      tell(0, 0, operation.driver.classify(thrown))
      throw thrown
    }
  }
  return intercept('logged', around)
}
