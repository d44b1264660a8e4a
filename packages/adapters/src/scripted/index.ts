// A driver that answers from a list: for tests of what is sent, without a database.

import { defaultCapabilities, driverError, isDriverError } from '@relata/sql/driver'
import type { Adapter, Capabilities, Connection, Driver, DriverError, DriverErrorKind, Query, Result } from '@relata/sql/driver'
import { beginWords } from '../intercept/delegated.js'

/** What is expected next, and what is answered. What is not said of it may be anything. */
export interface Answer {
  readonly sql?: string | RegExp
  readonly params?: readonly unknown[]
  readonly kind?: Query['kind']
  readonly table?: string
  readonly rows?: Result['rows']
  readonly matched?: number
  readonly insertId?: number | bigint
  /** Rejects instead. */
  readonly error?: DriverError | DriverErrorKind
}

export interface ScriptOptions {
  readonly dialect?: Driver['dialect']
  readonly capabilities?: Partial<Capabilities>
  /** True to expect `begin`, `commit` and the other transaction verbs in the list, too; else they always succeed. */
  readonly transactions?: boolean
}

export interface Scripted extends Adapter {
  /** What was sent, transaction verbs included. */
  readonly sent: readonly Query[]
  /** What was not asked for yet. */
  readonly left: () => readonly Answer[]
}

/**
 * An adapter that expects the statements of `answers`, in their order, and gives what is answered to each. A statement that is
 * not expected rejects and says what was expected; closing the driver rejects while answers are left.
 *
 * @example
 * const adapter = scripted([{ sql: /^select/, table: 'users', rows: [[1, 'ed']] }], { dialect: 'sqlite' })
 */
export const scripted = (answers: readonly Answer[], options: ScriptOptions = {}): Scripted => {
  const sent: Query[] = []
  let next = 0
  let failure: DriverError | undefined

  const answer = async (query: Query): Promise<Result> => {
    sent.push(query)
    const expected = answers[next]
    const difference = expected === undefined ? 'no statement' : differenceBetween(expected, query)
    if (expected === undefined || difference !== undefined) {
      failure ??= driverError('other', `scripted: statement ${sent.length} was not expected. Expected ${difference}, sent: ${query.sql}`, { sql: query.sql })
      return reject(failure)
    }
    next++
    if (expected.error !== undefined) {
      return reject(isDriverError(expected.error) ? expected.error : driverError(expected.error, `scripted: ${expected.error}`, { sql: query.sql }))
    }
    return { rows: expected.rows ?? [], matched: expected.matched ?? 0, ...(expected.insertId === undefined ? {} : { insertId: expected.insertId }) }
  }

  const verb = async (sql: string): Promise<void> => {
    const query: Query = { sql, params: [], kind: 'transaction', table: '' }
    if (options.transactions === true) await answer(query)
    else sent.push(query)
  }

  const connection = (): Connection => ({
    execute: answer,
    begin: (begin) => verb(beginWords(begin)),
    commit: () => verb('commit'),
    rollback: () => verb('rollback'),
    savepoint: (name) => verb(`savepoint ${name}`),
    releaseSavepoint: (name) => verb(`release savepoint ${name}`),
    rollbackToSavepoint: (name) => verb(`rollback to savepoint ${name}`),
    broken: false,
  })

  return {
    _tag: 'Adapter',
    name: 'scripted',
    sent,
    left: () => answers.slice(next),
    connect: async () => ({
      name: 'scripted',
      dialect: options.dialect ?? 'sqlite',
      capabilities: { ...defaultCapabilities, ...options.capabilities },
      acquire: async () => connection(),
      release: async () => undefined,
      classify: (error) => (isDriverError(error) ? error : driverError('other', error instanceof Error ? error.message : 'unknown error', { cause: error })),
      close: async () => {
        if (failure !== undefined) await reject(failure)
        if (next < answers.length) await reject(driverError('other', `scripted: ${answers.length - next} expected statements were not sent, next ${shown(answers[next])}`))
      },
    }),
  }
}

// A rejection with a driver error, which is a record and no Error.
function reject(error: DriverError): Promise<never> {
  return Promise.reject(error)
}

function differenceBetween(expected: Answer, query: Query): string | undefined {
  const same =
    (expected.sql === undefined || (typeof expected.sql === 'string' ? expected.sql === query.sql : expected.sql.test(query.sql))) &&
    (expected.kind === undefined || expected.kind === query.kind) &&
    (expected.table === undefined || expected.table === query.table) &&
    (expected.params === undefined || shown(expected.params) === shown(query.params))
  return same ? undefined : shown({ sql: expected.sql, params: expected.params, kind: expected.kind, table: expected.table })
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? `${part}n` : part instanceof RegExp ? String(part) : part instanceof Uint8Array ? `bytes ${Buffer.from(part).toString('hex')}` : part)
}
