// The wire to PGlite: messages of the PostgreSQL protocol, all of a statement at once, and each statement prepared only once.

import { protocol } from '@electric-sql/pglite'
import type { PGlite } from '@electric-sql/pglite'
import { schemaVersion } from '../postgresql/schema-version.js'
import type { Wire, WireResult } from '../postgresql/wire.js'
import { statementCache } from '../statement/statement-cache.js'
import { noColumns, readAnswer } from './answer.js'
import type { Answer, Columns } from './answer.js'

/** A statement that the server has prepared. */
interface Named {
  readonly name: string
  readonly columns: Columns
}

const { serialize } = protocol

/** A wire over a database; a `shared` one is left open. `statements` bounds how many are kept prepared. */
export const pgliteWire = (database: PGlite, shared: boolean, statements: number): Wire => {
  // What is to be closed goes out with the next statement.
  let closing: string[] = []
  const named = statementCache<Named>(statements, ({ name }) => closing.push(name))
  const schema = schemaVersion()
  // Two drivers may share a database.
  const prefix = `relata_${Math.random().toString(36).slice(2)}`
  let count = 0

  const exchange = (messages: readonly Uint8Array[], known: Columns): Promise<Answer> =>
    database.runExclusive(async () => {
      const answer = readAnswer(await database.execProtocolRaw(Buffer.concat(messages), { syncToFs: false }), known)
      // A folder or a browser's store is written when a transaction is over.
      if (answer.idle) await database.syncToFs()
      return answer
    })

  const send = async (sql: string, params: (string | null)[], once: boolean): Promise<WireResult> => {
    const key = schema.current === 0 ? sql : `${schema.current} ${sql}`
    const known = once ? undefined : named.get(key)
    const messages = closing.map((name) => serialize.close({ type: 'S', name }))
    closing = []
    const name = once ? '' : (known?.name ?? `${prefix}_${++count}`)
    const bind = { statement: name, values: params }
    if (known === undefined) messages.push(serialize.parse({ name, text: sql }), serialize.bind(bind), serialize.describe({ type: 'P' }))
    else messages.push(serialize.bind(bind))
    messages.push(serialize.execute({}), serialize.sync())

    const { rows, columns, command, matched, error } = await exchange(messages, known?.columns ?? noColumns)
    if (error !== undefined) {
      schema.refused(error)
      if (known === undefined && !once) closing.push(name)
      throw error
    }
    if (known === undefined && !once) named.set(key, { name, columns })
    schema.executed(command)
    return { rows, columns, command, matched }
  }

  return {
    send: (sql, params, once) => ({ answer: send(sql, params, once) }),
    // One after another, and nobody lends it to another meanwhile.
    running: 0,
    get broken() {
      return database.closed
    },
    end: async () => {
      if (!shared && !database.closed) await database.close()
    },
  }
}
