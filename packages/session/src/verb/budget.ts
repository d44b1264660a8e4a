// budget: a program that may send so many statements and no more.

import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { attemptProgram } from '../attempt-program.js'
import type { HasSession } from '../db.js'
import type { SessionError } from '../session-error.js'
import { closeBudget, exceeded, openBudget } from '../transaction/budget-ledger.js'

/**
 * Runs a program that may send `n` statements. The next one is not sent: the program fails with `BudgetExceeded`, which lists them all,
 * whatever the program makes of that. Where a flush wanted it, it is a failed flush. Beginning and ending transactions does not count;
 * what other programs send on the same session meanwhile does.
 *
 * @example
 * budget(2)(all(pipe(select(User), options(selectinload(User.addresses)))))
 */
export const budget = (n: number) => <R extends HasSession, Failure, A>(program: ReaderTaskEither<R, Failure, A>): ReaderTaskEither<R, Failure | SessionError, A> => (env) => async () => {
  if (!(n >= 0)) return E.left({ _tag: 'QueryRefused', code: 'argument', message: `budget: ${String(n)} is no number of statements`, hint: 'give a number from 0' })
  const opened = openBudget(env.session, n)
  try {
    const result = await attemptProgram(program, env, async () => {})
    return opened.refused === undefined ? result : E.left(exceeded(opened))
  } finally {
    closeBudget(env.session, opened)
  }
}
