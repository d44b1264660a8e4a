// stream: a query's results in batches, so that a program sees them all without ever holding them all.

import type { ResultOf, Runnable } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { attemptProgram } from '../attempt-program.js'
import { db, type Db, type HasSession } from '../db.js'
import { fail } from '../relata-error.js'
import type { SessionError } from '../session-error.js'
import { openBatches, type Batches } from './batches.js'
import { passing, type Passing } from './let-go.js'

export interface StreamOptions {
  /** Results a batch; 1,000 by default. */
  readonly batch?: number
  /**
   * One statement whose rows are fetched batch by batch, or a statement a batch that goes on after the last key. By default a cursor
   * where the database can do other things meanwhile, and a keyset where it cannot or where joined collections come along.
   */
  readonly by?: 'cursor' | 'keyset'
  /** True to keep every object in the session; else batches that went by unchanged are let go. */
  readonly keep?: boolean
}

/** What the program of a batch answers to end the stream there. */
export const enough: unique symbol = Symbol('enough')

/**
 * Gives a query's results to a program, a batch at a time: the next is read when the program is done with this one. Each batch comes with
 * what the query loads. The program may use the session, answers `enough` to stop, and its failure is the stream's; whatever ends the
 * stream, its cursor is closed and the session goes on. The answer is how many results were given. Objects of a batch that went by
 * unchanged are let go (detached) when the next is read, unless `keep` is true. Fails with `not-supported` where the query cannot be cut
 * into batches, and as queries do.
 *
 * @example
 * stream(pipe(select(User), options(selectinload(User.addresses))), { batch: 500 })((users) => send(users))
 */
export const stream = <Q extends Runnable>(query: Q, options: StreamOptions = {}) =>
  <R extends HasSession, Failure, A>(each: (batch: ReadonlyArray<ResultOf<Q>>) => ReaderTaskEither<R, Failure, A>): ReaderTaskEither<R, Failure | SessionError, number> => (env) => async () => {
    const opened = await openStream(query, options)(env)()
    if (E.isLeft(opened)) return opened
    const { next, close } = opened.right
    let given = 0
    try {
      for (;;) {
        const batch = await next(env)()
        if (E.isLeft(batch)) return batch
        if (batch.right === undefined) return E.right(given)
        const results = batch.right
        given += results.length
        const done: Either<Failure | SessionError, A> = await attemptProgram((given: R) => each(results)(given), env, async () => {})
        if (E.isLeft(done)) return done
        if (done.right === enough) return E.right(given)
      }
    } finally {
      await close(env)()
    }
  }

/** A stream at work. Each step takes its turn among the verbs of the session; between them the session is free. */
export interface OpenStream<A> {
  /** The next batch, or undefined at the end. */
  readonly next: Db<ReadonlyArray<A> | undefined>
  /** To be called however the stream ends; twice does no harm. */
  readonly close: Db<void>
}

/** Opens a stream: the caller asks for each batch, and closes it. */
export const openStream = <Q extends Runnable>(query: Q, { batch = 1000, by, keep = false }: StreamOptions = {}): Db<OpenStream<ResultOf<Q>>> => db(async (session) => {
  if (!Number.isSafeInteger(batch) || batch < 1) fail({ _tag: 'QueryRefused', code: 'argument', message: `stream: ${String(batch)} is no number of results`, hint: 'give a whole number from 1' })
  const batches = await openBatches(session, query, batch, by)
  return steps<ResultOf<Q>>(batches, keep ? undefined : passing(session))
})

const steps = <A>(batches: Batches, watch: Passing | undefined): OpenStream<A> => {
  let over = false
  const close = async (): Promise<void> => {
    if (over) return
    over = true
    watch?.end()
    await batches.close()
  }
  const read = async (): Promise<ReadonlyArray<A> | undefined> => {
    if (over) return undefined
    let batch: ReadonlyArray<A> | undefined
    try {
      batch = await (watch === undefined ? batches.next() : watch.read(batches.next)) as ReadonlyArray<A> | undefined // the plan gives what the query's type says
    } finally {
      if (batch === undefined) await close()
    }
    return batch
  }
  return { next: db(read), close: db(close) }
}
