// A connection to PostgreSQL over any client library: encoding, decoding, transactions, cursors, deadlines.

import type { BeginOptions, DriverError, ExecuteOptions, Query, Result } from '@relata/sql/driver'
import { classified, expired, raise, textProperty, withSql } from '../error/classified.js'
import { commitOutcome } from '../error/commit-outcome.js'
import type { PhysicalConnection } from '../lending/lease.js'
import { isolationLevel } from '../statement/isolation.js'
import { interruptible, stopStatement } from '../statement/interruptible.js'
import type { Interruption, Sent } from '../statement/interruptible.js'
import { statementCache } from '../statement/statement-cache.js'
import { encodeParams, encodersOf } from '../value/encoder.js'
import type { Encode } from '../value/encoder.js'
import { classifyPostgresql } from './classify.js'
import { cursorBatches } from './cursor.js'
import type { CursorConnection } from './cursor.js'
import { postgresqlForm, rowDecoder } from './values.js'
import type { Wire, WireColumn, WireResult } from './wire.js'

/** How the values of a statement go in and come out, for the types that it was last used with. */
interface Shape {
  readonly types: Query['types']
  readonly kind: Query['kind']
  readonly encoders: readonly Encode[]
  readonly returns: Query['returns']
  columns: readonly WireColumn[]
  decode: ((rows: unknown[][]) => unknown[][]) | undefined
}

const noColumns: readonly WireColumn[] = []

// The protocol counts them in 16 bits; what does not fit would be taken for something else.
const mostParams = 65_535

/** Operations on a wire; `shapes` bounds how many statements' codecs are kept. */
export const postgresqlConnection = (wire: Wire, shapes: number): PhysicalConnection => {
  const cache = statementCache<Shape>(shapes)
  let latest: Sent<WireResult> | undefined
  let inTransaction = false
  // A statement that we did not make may have opened a transaction.
  let foreign = false
  let cursors = 0

  const send = (sql: string, params: (string | null)[], once: boolean): Sent<WireResult> => (latest = wire.send(sql, params, once))

  // The server would go on with a statement whose connection is gone.
  const end = async (): Promise<void> => {
    if (!wire.broken && wire.running > 0 && latest !== undefined) await stopStatement(latest)
    await wire.end()
  }

  const interruption: Interruption = { isStopped: (error) => textProperty(error, 'code') === '57014', end: () => wire.end() }

  const shapeOf = (query: Query): Shape => {
    const known = cache.get(query.sql)
    if (known !== undefined && known.types === query.types && known.returns === query.returns && known.kind === query.kind && known.encoders.length === query.params.length) return known
    const writing = query.kind === 'insert' || query.kind === 'update'
    const shape: Shape = {
      types: query.types,
      kind: query.kind,
      encoders: encodersOf(query.params.length, query.types, postgresqlForm, writing),
      returns: query.returns,
      columns: noColumns,
      decode: undefined,
    }
    cache.set(query.sql, shape)
    return shape
  }

  const resultOf = (shape: Shape, query: Query, { rows, columns, matched }: WireResult): Result => {
    if (!sameTypes(shape.columns, columns)) shape.decode = rowDecoder(shape.returns, columns.map(({ type }) => type))
    shape.columns = columns
    const decoded = shape.decode === undefined ? rows : shape.decode(rows)
    return query.returns === undefined ? { rows: decoded, matched, columns: columns.map(({ name }) => name) } : { rows: decoded, matched }
  }

  // The server may say that it ends the connection before the socket does.
  const failure = (thrown: unknown): DriverError => {
    const error = classifyPostgresql(thrown)
    if (error.kind === 'connection lost') void wire.end()
    return error
  }

  const answerTo = async (query: Query, options?: ExecuteOptions, once = query.kind === 'ddl'): Promise<Result> => {
    try {
      const late = expired(options)
      if (late !== undefined) return raise(late)
      if (wire.broken) return raise(classified('connection lost', 'the connection was lost before'))
      if (query.params.length > mostParams) return raise(classified('value', `a statement takes at most ${mostParams} parameters`))
      if (query.kind === 'raw' || query.kind === 'transaction') foreign = true
      const shape = shapeOf(query)
      const params = encodeParams(query.params, shape.encoders)
      return resultOf(shape, query, await interruptible(send(query.sql, texts(params), once), options, interruption))
    } catch (thrown) {
      return raise(withSql(failure(thrown), query.sql))
    }
  }

  const command = async (sql: string): Promise<void> => {
    await answerTo({ sql, params: [], kind: 'ddl', table: '' })
  }

  // After an error the server answers COMMIT with ROLLBACK, and calls that a success.
  const commit = async (): Promise<void> => {
    const { command: done } = await send('commit', [], true).answer
    if (done.toUpperCase() === 'ROLLBACK') raise(classified('other', 'a statement of the transaction had failed: it was rolled back', { code: '25P02' }))
  }

  // All are sent before the first answer; the first error is the one that caused the others.
  const together = async <A>(count: number, send: (index: number) => Promise<A>): Promise<A[]> => {
    const settled = await Promise.allSettled(Array.from({ length: count }, (_, index) => send(index)))
    return settled.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : raise(classifyPostgresql(outcome.reason))))
  }

  const cursorConnection: CursorConnection = {
    ask: (query, options) => answerTo(query, options, true),
    get inTransaction() {
      return inTransaction
    },
    get broken() {
      return wire.broken
    },
  }

  return {
    execute: (query, options) => answerTo(query, options),
    executeMany: async (query, sets, options) => {
      const results = await together(sets.length, (index) => answerTo({ ...query, params: sets[index] ?? [] }, options))
      return results.map((result) => result.matched)
    },
    pipeline: (queries, options) => together(queries.length, (index) => answerTo(queries[index]!, options)),
    stream: (query, options) => cursorBatches(cursorConnection, `relata_cursor_${++cursors}`, query, options),
    begin: async (options) => {
      const text = beginText(options)
      // Set before: an unknown outcome counts as an open transaction.
      inTransaction = true
      await command(text)
    },
    commit: async () => {
      if (wire.broken) raise(classified('connection lost', 'the connection was lost before COMMIT was sent: the transaction was rolled back'))
      try {
        await commit()
      } catch (thrown) {
        raise(withSql(commitOutcome(failure(thrown)), 'commit'))
      } finally {
        // A COMMIT that failed has ended the transaction too.
        inTransaction = false
        foreign = false
      }
    },
    rollback: async () => {
      await command('rollback')
      inTransaction = false
      foreign = false
    },
    savepoint: (name) => command(`savepoint ${quoted(name)}`),
    releaseSavepoint: (name) => command(`release savepoint ${quoted(name)}`),
    rollbackToSavepoint: (name) => command(`rollback to savepoint ${quoted(name)}`),
    get broken() {
      return wire.broken
    },
    get inTransaction() {
      return inTransaction || foreign
    },
    get worn() {
      return wire.worn === true
    },
    get running() {
      return wire.running
    },
    end,
  }
}

/** The text that begins a transaction. */
export const beginText = (options: BeginOptions = {}): string =>
  ['begin', options.isolation === undefined ? '' : isolationLevel(options.isolation), options.readOnly === undefined ? '' : options.readOnly ? 'read only' : 'read write']
    .filter((part) => part !== '')
    .join(' ')

function sameTypes(some: readonly WireColumn[], others: readonly WireColumn[]): boolean {
  return some === others || (some.length === others.length && some.every(({ type }, index) => type === others[index]?.type))
}

// The encoders of PostgreSQL make text of everything but null.
function texts(params: unknown[]): (string | null)[] {
  return params as (string | null)[]
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
