// The registry that these tests work with, and a session program on an empty database in memory.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { commit, createAll, disconnect, expungeAll, run, type Db, type RunOptions, type StatementEvent } from '@relata/session'

export const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text), nick: column(text, { nullable: true }) })
export const addresses = table('addresses', {
  id: column(integer, { primaryKey: true }),
  userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }),
  email: column(text),
})

export const blogEntities = entities({
  User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }),
  Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }),
})
export interface Blog extends Model<typeof blogEntities> {}
export const blog = registry<Blog>(blogEntities)
export const { User, Address } = blog.entities

/** Runs a program on fresh tables; its result, and every statement that it sent as `kind table`. */
export const inMemory = async <A>(program: Db<A>, options: RunOptions = {}): Promise<{ readonly result: A; readonly statements: readonly string[] }> => {
  const adapter = sqlite()
  const statements: string[] = []
  let isRecording = false
  const onStatement = ({ kind, table: name, rows }: StatementEvent): void => { if (isRecording) statements.push(`${kind} ${name} ${rows}`) }
  const prepared = pipe(createAll(blog), RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.map(() => { isRecording = true }), RTE.chain(() => program))
  const result = await run(blog, adapter, { ...options, onStatement })(prepared)()
  await disconnect(adapter)()
  if (E.isLeft(result)) throw new Error(`${result.left.code}: ${result.left.message}`, { cause: result.left })
  return { result: result.right, statements }
}
