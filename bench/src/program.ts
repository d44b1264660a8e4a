// Programs of the benchmarks, run to their values.

import * as E from 'fp-ts/lib/Either.js'
import type { RegistryDescriptor } from '@relata/core'
import type { Adapter } from '@relata/sql/driver'
import { run, type Db, type HasSession } from '@relata/session'
import { bench } from './schema.js'

/** Runs a program in a session of its own, or ends with its error. */
export const must = async <A>(adapter: Adapter, program: Db<A>, registry: RegistryDescriptor = bench): Promise<A> => valueOf(await run(registry, adapter)(program)())

/** Several programs in one session, one after the other. */
export const steps = <A>(body: (perform: <B>(program: Db<B>) => Promise<B>) => Promise<A>): Db<A> => (env: HasSession) => async () =>
  E.right(await body(async (program) => valueOf(await program(env)())))

const valueOf = <E2 extends { readonly code: string; readonly message: string }, A>(result: E.Either<E2, A>): A => {
  if (E.isLeft(result)) throw new Error(`${result.left.code}: ${result.left.message}`)
  return result.right
}
