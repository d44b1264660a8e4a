// run: a program with a session of its own.

import type { RegistryDescriptor } from '@relata/core'
import type { Adapter } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { attemptProgram } from '../attempt-program.js'
import type { HasSession } from '../db.js'
import { mappingOf } from '../handle/mapping-of.js'
import type { SessionError } from '../session-error.js'
import { attempt } from '../verb/attempt.js'
import { closeDriver } from './driver-of.js'
import { endSession, openSession, scopeOn, type RunOptions } from './open-session.js'

/**
 * Runs a program with a session of its own over an adapter. A connection is borrowed for the first statement and always given back;
 * what the program did not commit is rolled back at its end. The adapter's driver stays open for later runs until `disconnect`.
 *
 * @example
 * const result = await run(blog, adapter)(pipe(add(ed), RTE.chain(() => commit)))() // Either<SessionError, void>
 */
export const run = (registry: RegistryDescriptor, adapter: Adapter, options: RunOptions = {}) =>
  <Failure, A>(program: ReaderTaskEither<HasSession, Failure, A>): TaskEither<Failure | SessionError, A> => async () => {
    const mapping = attempt(() => mappingOf(registry))
    if (E.isLeft(mapping)) return mapping
    const session = openSession(mapping.right, adapter, options)
    try {
      return await scopeOn(adapter)(() => attemptProgram(program, { session }, async () => {}))
    } finally {
      await endSession(session)
    }
  }

/** Closes the driver that runs with an adapter opened: its connections, its file. `await disconnect(adapter)()` */
export const disconnect = (adapter: Adapter): TaskEither<SessionError, void> => async () => {
  try {
    await closeDriver(adapter)
    return E.right(undefined)
  } catch (thrown) {
    return E.left({ _tag: 'SessionUnusable', code: 'database', message: 'the driver did not close', cause: thrown })
  }
}
