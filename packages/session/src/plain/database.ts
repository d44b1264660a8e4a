// The session for those who write promises: the same queries, handles and verbs, and one exception.

import type { Cursor, EntityName, HandleOf, Instance, KeyOf, Models, RegistryDescriptor, ResultOf, Runnable } from '@relata/core'
import type { Adapter, Scope } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Db as Program, HasSession } from '../db.js'
import { mappingOf } from '../handle/mapping-of.js'
import { RelataError } from '../relata-error.js'
import { endSession, openSession, scopeOn, type RunOptions } from '../run/open-session.js'
import type { SessionError } from '../session-error.js'
import type { StreamOptions } from '../stream/stream.js'
import { addAll, type OneOrMany } from '../verb/add.js'
import { close } from '../verb/close.js'
import { commit } from '../verb/commit.js'
import { destroy } from '../verb/destroy.js'
import { execute } from '../verb/execute.js'
import type { Executable, WriteResult } from '../verb/execute.js'
import { flush } from '../verb/flush.js'
import { get, type GetOptions } from '../verb/get.js'
import { page, type Page, type PageRequest } from '../verb/page.js'
import { all, first, one } from '../verb/query.js'
import { rollback } from '../verb/rollback.js'
import { transaction, type TransactionOptions } from '../verb/transaction.js'
import { iterate } from './iterate.js'

/** A page whose cursors are undefined where it has no items. */
export interface PlainPage<A> extends Omit<Page<A>, 'start' | 'end'> {
  readonly start: Cursor<A> | undefined
  readonly end: Cursor<A> | undefined
}

/** A session as promises. Everything that fails rejects with a `RelataError`, whose `error` is the tagged one. */
export interface Db {
  /** Everything that a query gives. */
  all<Q extends Runnable>(query: Q): Promise<ResultOf<Q>[]>
  /** The first result, or undefined. */
  first<Q extends Runnable>(query: Q): Promise<ResultOf<Q> | undefined>
  /** The only result. */
  one<Q extends Runnable>(query: Q): Promise<ResultOf<Q>>
  /** The results of a query one after another, read in batches: `for await (const user of db.stream(select(User)))`. */
  stream<Q extends Runnable>(query: Q, options?: StreamOptions): AsyncIterable<ResultOf<Q>>
  /** The first results of a query, or those after a cursor; the last ones, or those before a cursor. */
  page<Q extends Runnable>(query: Q, request: PageRequest<ResultOf<Q>>): Promise<PlainPage<ResultOf<Q>>>
  /** The object with a primary key, or undefined. */
  get<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, key: KeyOf<M, N>, options?: GetOptions<N>): Promise<Instance<M, N> | undefined>
  /** Any verb of the session: `db.run(load(User.addresses)(ed))`. */
  run<A>(program: Program<A>): Promise<A>
  /** An update, delete or insert by statement. */
  execute(statement: Executable): Promise<WriteResult>
  /** Puts objects, or lists of them, into the session, to be written by the next flush. */
  add(...objects: readonly OneOrMany[]): void
  /** Marks objects, or lists of them, to be deleted by the next flush, with what the delete cascade reaches. */
  destroy(...objects: readonly OneOrMany[]): Promise<void>
  flush(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Runs a function in a transaction: committed when it returns, rolled back when it throws. Within another it is a savepoint. */
  transaction<A>(work: (tx: Db) => Promise<A>, options?: TransactionOptions): Promise<A>
  /** Rolls back what is open, gives the connection back and detaches every object. */
  close(): Promise<void>
}

/**
 * Opens a session over an adapter for as long as it is wanted: one for a request or a job, since it keeps every object that it met.
 * Rejects with a `RelataError` where the registry does not configure.
 *
 * @example
 * const db = await open(blog, sqlite({ filename: 'blog.db' }))
 * const ed = await db.one(query(select(User), where(eq(User.name, 'ed'))))
 * await db.transaction(async () => { set(User, { nick: 'eddie' })(ed) })
 */
export const open = async (registry: RegistryDescriptor, adapter: Adapter, options: RunOptions = {}): Promise<Db> => database({ session: openSession(mappingOf(registry), adapter, options) }, scopeOn(adapter))

const database = (env: HasSession, scope: Scope): Db => {
  const run = async <A>(program: Program<A>): Promise<A> => valueOf(await scope(program(env)))
  const self: Db = {
    run,
    all: async (query) => [...await run(all(query))],
    first: async (query) => O.toUndefined(await run(first(query))),
    one: (query) => run(one(query)),
    stream: (query, options) => iterate(run, query, options),
    page: async (query, request) => {
      const { start, end, ...rest } = await run(page(query, request))
      return { ...rest, start: O.toUndefined(start), end: O.toUndefined(end) }
    },
    get: async (handle, key, options) => O.toUndefined(await run(get(handle, key, options))),
    execute: (statement) => run(execute(statement)),
    add: (...objects) => { addAll(env.session, objects) },
    destroy: (...objects) => run(destroy(...objects)),
    flush: () => run(flush),
    commit: () => run(commit),
    rollback: () => run(rollback),
    transaction: <A>(work: (tx: Db) => Promise<A>, how?: TransactionOptions): Promise<A> =>
      run(transaction<HasSession, never, A>((inner) => async () => E.right(await work(database(inner, scope))), how)),
    close: async () => {
      await run(close)
      await endSession(env.session)
    },
  }
  return self
}

const valueOf = <A>(result: E.Either<SessionError, A>): A => {
  if (E.isLeft(result)) throw new RelataError(result.left)
  return result.right
}
