// Running programs of a test on fresh tables, with what they sent.

import type { RegistryDescriptor } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { commit, createAll, disconnect, expungeAll, run, type Db, type RunOptions, type SessionError, type SessionWarning, type StatementEvent } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'

export interface Ran<A> { readonly result: E.Either<SessionError, A>; readonly statements: readonly string[]; readonly warnings: readonly SessionWarning[] }

/** Runs a program on the tables of a registry, fresh in memory; statements are told as `kind table rows`. */
export const running = async <A>(registry: RegistryDescriptor, program: Db<A>, options: RunOptions = {}): Promise<Ran<A>> => {
  const adapter = sqlite()
  const statements: string[] = []
  const warnings: SessionWarning[] = []
  let isRecording = false
  const onStatement = ({ kind, table, rows }: StatementEvent): void => { if (isRecording) statements.push(`${kind} ${table} ${rows}`) }
  const onWarning = (warning: SessionWarning): void => { warnings.push(warning) }
  const prepared = pipe(createAll(registry), RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.map(() => { isRecording = true }), RTE.chain(() => program))
  try {
    return { result: await run(registry, adapter, { ...options, onStatement, onWarning })(prepared)(), statements, warnings }
  } finally {
    await disconnect(adapter)()
  }
}

/** The same for a program that must succeed. */
export const succeeding = async <A>(registry: RegistryDescriptor, program: Db<A>, options: RunOptions = {}): Promise<{ readonly result: A; readonly statements: readonly string[] }> => {
  const { result, statements } = await running(registry, program, options)
  if (E.isLeft(result)) throw new Error(`${result.left.code}: ${result.left.message}`, { cause: result.left })
  return { result: result.right, statements }
}

/** The code of what a program failed with. */
export const failing = async (registry: RegistryDescriptor, program: Db<unknown>): Promise<string> => {
  const { result } = await running(registry, program)
  return E.isLeft(result) ? result.left.code : 'no failure'
}
