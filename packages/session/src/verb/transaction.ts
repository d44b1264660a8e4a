// transaction: a program that happens as a whole or not at all.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { isRetryable, type BeginOptions } from '@relata/sql/driver'
import { attemptProgram } from '../attempt-program.js'
import { db, type HasSession } from '../db.js'
import type { SessionError } from '../session-error.js'
import type { TransactionMark } from '../state/executor.js'
import { commitSession, rollbackSession } from '../transaction/end.js'
import { savepoint } from './savepoint.js'

export interface TransactionOptions extends BeginOptions {
  /** How many times more the whole program may run where the database asks for it (serialization failure, deadlock). */
  readonly retry?: number | RetryOptions
}

export interface RetryOptions {
  readonly times: number
  /** Milliseconds before the first repetition, doubled for each; 10 by default. */
  readonly delay?: number
  /** A number from 0 to 1, for the jitter. */
  readonly random?: () => number
  readonly sleep?: (milliseconds: number) => Promise<void>
}

/**
 * Runs a program in a transaction of its own: commits where it succeeds, rolls back where it fails. Inside another transaction it is a
 * savepoint; beside another one of the same session it fails with `invalid-request`, since neither could be undone alone.
 * With `retry` the whole program runs again where the database says that it may then succeed.
 *
 * @example
 * transaction(pipe(get(Account, 1), RTE.map(O.map(set(Account, { balance: 0 })))), { isolation: 'serializable', retry: 3 })
 */
export const transaction = <R extends HasSession, Failure, A>(
  program: ReaderTaskEither<R, Failure, A>, options: TransactionOptions = {},
): ReaderTaskEither<R, Failure | SessionError, A> => (env) => async () => {
  const open = env.session.transaction
  if (open !== undefined) return open === env.transaction ? savepoint(program)(env)() : E.left(besideAnother)
  const { times, delay = 10, random = Math.random, sleep = wait }: RetryOptions = typeof options.retry === 'object' ? options.retry : { times: options.retry ?? 0 }
  if (env.session.control.inTransaction && (options.isolation !== undefined || options.readOnly !== undefined || times > 0)) return E.left(begunAlready)
  const mark: TransactionMark = { _tag: 'TransactionMark' }
  // Before anything is waited for: a second program must not find the session free.
  env.session.transaction = mark
  try {
    for (let attempt = 0; ; attempt++) {
      const result = await once(program, inside(env, mark), options)
      if (E.isRight(result) || !(attempt < times) || !mayRetry(result.left)) return result
      await sleep(delay * 2 ** attempt * (0.5 + random() / 2))
    }
  } finally {
    env.session.transaction = undefined
  }
}

/** What was done before could neither have the isolation nor be run again. */
const begunAlready: SessionError = {
  _tag: 'SessionUnusable', code: 'invalid-request', message: 'transaction: isolation, readOnly and retry hold for a transaction from its beginning, and the session has begun one',
  hint: 'commit or roll back first, or begin with the transaction',
}

const once = async <R extends HasSession, Failure, A>(program: ReaderTaskEither<R, Failure, A>, env: R, { isolation, readOnly }: TransactionOptions): Promise<Either<Failure | SessionError, A>> => {
  const begun = await db((session) => session.control.begin({ ...(isolation === undefined ? {} : { isolation }), ...(readOnly === undefined ? {} : { readOnly }) }))(env)()
  if (E.isLeft(begun)) return begun
  const back = async (): Promise<void> => { await db(rollbackSession)(env)() }
  const result = await attemptProgram(program, env, back)
  if (E.isLeft(result)) {
    await back()
    return result
  }
  const committed = await db(commitSession)(env)()
  if (E.isLeft(committed)) {
    await back()
    return committed
  }
  return result
}

/** The environment of a program inside a transaction: the one that it was given, of whatever class, with the mark. */
const inside = <R extends HasSession>(env: R, transaction: TransactionMark): R =>
  Object.assign(Object.create(Object.getPrototypeOf(env) as object | null) as R, env, { transaction })

const besideAnother: SessionError = {
  _tag: 'SessionUnusable', code: 'invalid-request', message: 'another program has a transaction open on this session',
  hint: 'give each program a session of its own; within a transaction, use the session that its function is given',
}

const mayRetry = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && '_tag' in error && error._tag === 'DatabaseFailed' && 'driver' in error && isRetryable((error as Extract<SessionError, { _tag: 'DatabaseFailed' }>).driver)

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds) })
