// A connection to MySQL or MariaDB: encoding, decoding, transactions, streams, deadlines.

import type { BeginOptions, DriverError, ExecuteOptions, Query, Result } from '@relata/sql/driver'
import { classified, expired, raise, withSql } from '../error/classified.js'
import { commitOutcome } from '../error/commit-outcome.js'
import type { PhysicalConnection } from '../lending/lease.js'
import { isolationLevel } from '../statement/isolation.js'
import { interruptible } from '../statement/interruptible.js'
import type { Interruption } from '../statement/interruptible.js'
import { statementCache } from '../statement/statement-cache.js'
import { encodeParams, encodersOf } from '../value/encoder.js'
import type { Encode } from '../value/encoder.js'
import { classifyMysql, errorNumber } from './classify.js'
import { mysqlForm, rowDecoder } from './values.js'
import type { MysqlWire, WireColumn } from './wire.js'

/** How the values of a statement go in and come out, for the types that it was last used with. */
interface Shape {
  readonly types: Query['types']
  readonly kind: Query['kind']
  readonly encoders: readonly Encode[]
  readonly returns: Query['returns']
  columns: readonly WireColumn[] | undefined
  decode: ((rows: unknown[][]) => unknown[][]) | undefined
}

/** Operations on a wire; `shapes` bounds how many statements' codecs are kept. */
export const mysqlConnection = (wire: MysqlWire, shapes: number): PhysicalConnection => {
  const cache = statementCache<Shape>(shapes)
  const interruption: Interruption = { isStopped: (error) => errorNumber(error) === 1317, end: async () => {
    await wire.kill()
    await wire.end()
  } }
  let inTransaction = false
  // A statement that we did not make may have opened a transaction.
  let foreign = false
  // The server ended the transaction by itself: what came now would be committed one by one.
  let undone = false

  // The server would go on with a statement whose connection is gone.
  const end = async (): Promise<void> => {
    if (!wire.broken && wire.running > 0) await wire.kill()
    await wire.end()
  }

  const shapeOf = (query: Query): Shape => {
    const known = cache.get(query.sql)
    if (known !== undefined && known.types === query.types && known.returns === query.returns && known.kind === query.kind && known.encoders.length === query.params.length) return known
    const shape: Shape = {
      types: query.types,
      kind: query.kind,
      encoders: encodersOf(query.params.length, query.types, mysqlForm, query.kind === 'insert' || query.kind === 'update'),
      returns: query.returns,
      columns: undefined,
      decode: undefined,
    }
    cache.set(query.sql, shape)
    return shape
  }

  const decoded = (shape: Shape, rows: unknown[][], columns: readonly WireColumn[]): unknown[][] => {
    if (!sameTypes(shape.columns, columns)) shape.decode = rowDecoder(shape.returns, columns.map(({ type }) => type))
    shape.columns = columns
    return shape.decode === undefined ? rows : shape.decode(rows)
  }

  // Throws what stands in the way of sending anything.
  const usable = (options: ExecuteOptions | undefined): void => {
    const late = expired(options)
    if (late !== undefined) raise(late)
    if (wire.broken) raise(classified('connection lost', 'the connection was lost before'))
    if (undone) raise(classified('other', 'the server has rolled the transaction back: roll back before anything else'))
  }

  const failure = (thrown: unknown, sql: string): DriverError => {
    const error = withSql(classifyMysql(thrown), sql)
    if (error.kind === 'connection lost') void wire.end()
    if (inTransaction && (error.kind === 'deadlock' || error.kind === 'serialization')) undone = true
    return error
  }

  const execute = async (query: Query, options?: ExecuteOptions): Promise<Result> => {
    try {
      usable(options)
      if (query.kind === 'raw' || query.kind === 'transaction') foreign = true
      const shape = shapeOf(query)
      const params = encodeParams(query.params, shape.encoders)
      const { rows: delivered, columns, matched, insertId } = await interruptible(wire.send(query.sql, params, query.kind === 'ddl'), options, interruption)
      const rows = decoded(shape, delivered, columns)
      return {
        rows,
        matched: columns.length === 0 ? matched : query.kind === 'insert' || query.kind === 'delete' ? rows.length : 0,
        ...(query.returns === undefined && columns.length > 0 ? { columns: columns.map(({ name }) => name) } : {}),
        ...(insertId === undefined ? {} : { insertId }),
      }
    } catch (thrown) {
      return raise(failure(thrown, query.sql))
    }
  }

  const command = async (sql: string): Promise<void> => {
    await execute({ sql, params: [], kind: 'ddl', table: '' })
  }

  return {
    execute,
    async *stream(query, options = {}) {
      try {
        usable(options)
        if (query.kind === 'raw') foreign = true
        const shape = shapeOf({ ...query, kind: 'select' })
        const params = encodeParams(query.params, shape.encoders)
        for await (const rows of wire.batches(query.sql, params, Math.max(1, Math.floor(options.batch ?? 1000)))) {
          usable(options)
          yield decoded(shape, rows, (rows[0] ?? []).map(() => unknownColumn))
        }
      } catch (thrown) {
        raise(failure(thrown, query.sql))
      }
    },
    begin: async (options) => {
      if (options?.isolation !== undefined) await command(`set transaction ${isolationLevel(options.isolation)}`)
      inTransaction = true
      await command(beginText(options))
    },
    commit: async () => {
      usable(undefined)
      try {
        await wire.send('commit', [], true).answer
      } catch (thrown) {
        raise(commitOutcome(failure(thrown, 'commit')))
      } finally {
        inTransaction = false
        foreign = false
        undone = false
      }
    },
    rollback: async () => {
      undone = false
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
    get running() {
      return wire.running
    },
    end,
  }
}

const unknownColumn: WireColumn = { name: '', type: undefined }

function sameTypes(some: readonly WireColumn[] | undefined, others: readonly WireColumn[]): boolean {
  return some !== undefined && some.length === others.length && some.every(({ type }, index) => type === others[index]?.type)
}

function beginText(options: BeginOptions = {}): string {
  return options.readOnly === undefined ? 'start transaction' : `start transaction ${options.readOnly ? 'read only' : 'read write'}`
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
