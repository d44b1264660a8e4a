// One physical connection through postgres.js, in the one form of it that survives a lost connection:
// a client of its own with a single reserved connection, no `begin` of the library, and every promise settled by us.

import { dirname } from 'node:path'
import postgres from 'postgres'
import { classified } from '../error/classified.js'
import { requestCancel } from '../postgresql/cancel-request.js'
import { oid, readBytes, textTypes } from '../postgresql/values.js'
import type { SchemaVersion } from '../postgresql/schema-version.js'
import type { Wire, WireColumn, WireResult } from '../postgresql/wire.js'
import { pending } from '../statement/pending.js'
import { resolvesWithin, within } from '../statement/within.js'
import type { PostgresOptions } from './options.js'

/** Connects. Rejects with what the library or the server says. */
export const openWire = async (options: PostgresOptions, schema: SchemaVersion): Promise<Wire> => {
  const unsettled = pending()
  const { settled, read, fail } = unsettled
  const prepared = new Set<string>()
  const limit = options.statements ?? 500
  let dead = false
  let ended = noop

  const lost = (): void => {
    dead = true
    ended()
    fail(classified('connection lost', 'the connection to the server was lost'))
  }

  const client = postgres(options.url ?? '', { ...clientOptions(options), onclose: lost })

  const end = async (): Promise<void> => {
    const wasDead = dead
    lost()
    // Never released: that is where the library kills the process. Ending it closes the socket.
    const closed = wasDead ? undefined : new Promise<void>((resolve) => (ended = resolve))
    await within(client.end({ timeout: 0 }).catch(noop), 1000)
    if (closed !== undefined) await within(closed, 1000)
  }

  let reserved: postgres.ReservedSql
  let backend: { readonly pid: number; readonly secret: number }
  try {
    // To reserve the first connection before it is open would wait for ever where types are not fetched.
    ;({ state: backend } = await settled(client.unsafe('select 1')))
    reserved = await settled(client.reserve())
  } catch (error) {
    await end()
    throw error
  }

  const mayPrepare = (sql: string): boolean => {
    if (options.prepare === false) return false
    if (prepared.has(sql)) return true
    if (prepared.size >= limit) return false
    prepared.add(sql)
    return true
  }

  // The library knows a prepared statement by its text: another text is prepared anew.
  const versioned = (sql: string): string => (schema.current === 0 ? sql : `${sql}\n/* ${schema.current} */`)

  // Not by the library, whose `cancel` does not tell when the server has dealt with it. Of several hosts only one knows the key.
  const cancelOnce = async (): Promise<boolean> => {
    const path: unknown = Reflect.get(client.options, 'path')
    const hosts = typeof path === 'string' && path !== '' ? [dirname(path)] : client.options.host
    const asked = await Promise.all(hosts.map((host, at) => requestCancel({ host, port: client.options.port[at] ?? 5432, processId: backend.pid, secret: backend.secret })))
    return asked.every((dealtWith) => dealtWith)
  }

  // A server that takes no request without encryption is asked on a connection; through PgBouncer, and with several hosts, that may be another.
  const cancelAgain = async (): Promise<boolean> => {
    if (options.prepare === false || client.options.host.length > 1) return cancelOnce()
    const canceller = postgres(options.url ?? '', clientOptions(options))
    const dealtWith = await resolvesWithin(canceller.unsafe('select pg_cancel_backend($1)', [backend.pid]), 1000)
    await canceller.end({ timeout: 0 }).catch(noop)
    return dealtWith
  }

  const answered = (result: Answer): WireResult => {
    schema.executed(result.command)
    return answerOf(result)
  }

  return {
    send: (sql, params, once) => {
      if (dead) return { answer: Promise.reject(classified('connection lost', 'the connection to the server was lost')) }
      // Not the simple protocol: it would execute several statements.
      const text = once ? sql : versioned(sql)
      const query = reserved.unsafe(text, params, !once && mayPrepare(text) ? prepares : extended)
      return { answer: read(query.values(), answered, schema.refused), cancel: (again) => (again ? cancelAgain() : cancelOnce()) }
    },
    get running() {
      return unsettled.count
    },
    get broken() {
      return dead
    },
    get worn() {
      return prepared.size >= limit
    },
    end,
  }
}

// The library's types know neither.
const extended: { readonly prepare: boolean; readonly simple: false } = { prepare: false, simple: false }
const prepares = { ...extended, prepare: true }

function noop(): void {}

const itself = (value: unknown): unknown => value

// Everything is sent and received as text and read by the type of the query: nothing passes through a Date of the library.
const types = {
  text: { to: 25, from: [...textTypes], serialize: itself, parse: itself },
  boolean: { to: oid.boolean, from: [oid.boolean], serialize: itself, parse: (text: string) => text === 't' },
  bytes: { to: oid.bytea, from: [oid.bytea], serialize: itself, parse: readBytes },
}

function clientOptions(options: PostgresOptions) {
  return {
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
    max: 1,
    fetch_types: false,
    prepare: options.prepare !== false,
    connect_timeout: Math.max(1, Math.ceil((options.connectTimeout ?? 10_000) / 1000)),
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: noop,
    types,
    connection: {
      TimeZone: 'UTC',
      DateStyle: 'ISO, MDY',
      ...(options.statementTimeout === undefined ? {} : { statement_timeout: options.statementTimeout }),
      ...options.session,
    },
  }
}

interface Answer extends ReadonlyArray<unknown[]> {
  readonly columns: readonly WireColumn[] | null
  readonly command: string
  readonly count: number
}

const noColumns: readonly WireColumn[] = []

function answerOf(result: Answer): WireResult {
  return {
    rows: plainRows(result),
    columns: result.columns ?? noColumns,
    command: result.command,
    matched: writes.has(result.command) ? result.count : 0,
  }
}

/** The library's result is an array of a class of its own, which its `slice` is slow to leave. */
function plainRows(result: Answer): unknown[][] {
  const rows: unknown[][] = []
  for (let row = 0; row < result.length; row++) rows.push(result[row]!)
  return rows
}

const writes: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])
