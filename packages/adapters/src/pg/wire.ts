// One physical connection through node-postgres.

import { Client } from 'pg'
import type { ClientConfig, CustomTypesConfig, QueryArrayConfig, QueryArrayResult } from 'pg'
import { classified } from '../error/classified.js'
import { requestCancel } from '../postgresql/cancel-request.js'
import { oid, readBytes } from '../postgresql/values.js'
import type { SchemaVersion } from '../postgresql/schema-version.js'
import type { Wire, WireResult } from '../postgresql/wire.js'
import { pending } from '../statement/pending.js'
import { resolvesWithin, within } from '../statement/within.js'
import type { PgOptions } from './options.js'

/** Connects. Rejects with what the library or the server says. */
export const openWire = async (options: PgOptions, schema: SchemaVersion): Promise<Wire> => {
  const unsettled = pending()
  const { read, fail } = unsettled
  const names = new Map<string, string>()
  const limit = options.statements ?? 500
  const client = new Client(clientConfig(options))
  let dead = false

  const lost = (): void => {
    dead = true
    fail(classified('connection lost', 'the connection to the server was lost'))
  }
  client.on('error', lost)
  client.on('end', lost)

  let ending: Promise<void> | undefined
  const end = (): Promise<void> => {
    if (ending !== undefined) return ending
    const ended = client.end().catch(noop)
    lost()
    ending = within(ended, 1000).then(noop)
    return ending
  }

  // The library takes one query at a time, and warns who gives it more.
  let last: Promise<unknown> | undefined
  const inTurn = (query: QueryArrayConfig): Promise<QueryArrayResult<unknown[]>> => {
    const sent = last === undefined ? client.query<unknown[]>(query) : last.then(() => client.query<unknown[]>(query))
    const over = (): void => {
      if (last === mine) last = undefined
    }
    const mine = sent.then(over, over)
    last = mine
    return sent
  }

  try {
    await client.connect()
    await client.query("set timezone = 'UTC'; set datestyle = 'ISO, MDY'")
  } catch (error) {
    await end()
    throw error
  }

  const nameOf = (sql: string): string | undefined => {
    if (options.prepare === false) return undefined
    const key = `${schema.current} ${sql}`
    const known = names.get(key)
    if (known !== undefined || names.size >= limit) return known
    const name = `relata_${names.size}`
    names.set(key, name)
    return name
  }

  // What the server said when it let us in, which the types of the library leave out.
  const processId = Number(Reflect.get(client, 'processID'))
  const secret = Number(Reflect.get(client, 'secretKey'))

  const cancelOnce = (): Promise<boolean> => requestCancel({ host: client.host, port: client.port, processId, secret })

  // A server that takes no request without encryption is asked on a connection; through PgBouncer the server behind one changes.
  const cancelAgain = async (): Promise<boolean> => {
    if (options.prepare === false) return cancelOnce()
    const canceller = new Client(clientConfig(options))
    canceller.on('error', noop)
    const dealtWith = await resolvesWithin(canceller.connect().then(() => canceller.query('select pg_cancel_backend($1)', [processId])), 1000)
    await within(canceller.end().catch(noop), 1000)
    return dealtWith
  }

  const answered = (result: QueryArrayResult<unknown[]>): WireResult => {
    schema.executed(result.command)
    return answerOf(result)
  }

  return {
    send: (sql, params, once) => {
      if (dead) return { answer: Promise.reject(classified('connection lost', 'the connection to the server was lost')) }
      const name = once ? undefined : nameOf(sql)
      const query: QueryArrayConfig & { readonly queryMode: 'extended' } = {
        text: sql,
        values: params,
        rowMode: 'array',
        types,
        // Else a text without values may hold several statements.
        queryMode: 'extended',
        ...(name === undefined ? {} : { name }),
      }
      return { answer: read(inTurn(query), answered, schema.refused), cancel: (again) => (again ? cancelAgain() : cancelOnce()) }
    },
    get running() {
      return unsettled.count
    },
    get broken() {
      return dead
    },
    get worn() {
      return names.size >= limit
    },
    end,
  }
}

function noop(): void {}

function answerOf(result: QueryArrayResult<unknown[]>): WireResult {
  return {
    rows: result.rows,
    columns: result.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
    command: result.command,
    matched: result.command === 'SELECT' || result.command === 'FETCH' ? 0 : (result.rowCount ?? 0),
  }
}

const itself = (text: string): unknown => text
const parsers = new Map<number, (text: string) => unknown>([
  [oid.boolean, (text) => text === 't'],
  [oid.bytea, readBytes],
  ...[oid.int2, oid.int4, oid.oid, oid.float4, oid.float8].map((type): [number, (text: string) => unknown] => [type, Number]),
])

// What is not here is text, read by the type of the query.
const types: CustomTypesConfig = { getTypeParser: (type: number) => parsers.get(type) ?? itself }

function clientConfig(options: PgOptions): ClientConfig {
  return {
    ...(options.url === undefined ? {} : { connectionString: options.url }),
    ...options.client,
    connectionTimeoutMillis: options.connectTimeout ?? 10_000,
  }
}
