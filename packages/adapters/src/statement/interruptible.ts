// Deadlines and signals of a statement that was sent: the server is asked to stop it, and left if it does not.

import { isDriverError } from '@relata/sql/driver'
import type { DriverError, ExecuteOptions } from '@relata/sql/driver'
import { classified } from '../error/classified.js'
import { pause, within } from './within.js'

/** A statement on its way. */
export interface Sent<A> {
  /** Always settles, also when the connection is lost. */
  readonly answer: Promise<A>
  /**
   * Asks the server to stop the statement, `again` where it was asked before and went on; resolves with true once the server has dealt
   * with that, with false where it still may.
   */
  readonly cancel?: (again: boolean) => Promise<boolean>
}

/** What to do about a statement that cannot be stopped. */
export interface Interruption {
  /** Is this what the server says of a statement that it was asked to stop? */
  readonly isStopped: (error: unknown) => boolean
  /** Gives the connection up. */
  readonly end: () => Promise<void>
}

/** Milliseconds that the server has to obey before the connection is given up. */
const grace = 1000

/** The answer to a statement, or the error of its deadline or signal. What it leaves is a connection that is idle, or broken. */
export const interruptible = <A>(sent: Sent<A>, options: ExecuteOptions | undefined, { isStopped, end }: Interruption): Promise<A> => {
  const { signal, deadline } = options ?? {}
  const { cancel } = sent
  if (cancel === undefined || (signal === undefined && deadline === undefined)) return sent.answer
  return new Promise((resolve, reject) => {
    let reason: DriverError | undefined
    let asked: Promise<boolean> | undefined
    let giveUp: NodeJS.Timeout | undefined
    let over = false

    const interrupt = (error: DriverError): void => {
      if (reason !== undefined) return
      reason = error
      giveUp = setTimeout(() => {
        reject(error)
        void end()
      }, grace)
      asked = insist(cancel, () => over)
    }
    const onAbort = (): void => interrupt(classified('cancelled', 'the statement was cancelled', { cause: signal?.reason }))
    const timer = deadline === undefined ? undefined : setTimeout(() => interrupt(classified('timeout', 'the deadline of the statement passed')), Math.max(0, deadline - Date.now()))
    signal?.addEventListener('abort', onAbort, { once: true })

    // A request to cancel must not reach the server after the next statement did: where it may, there is no next one.
    const settle = (outcome: () => void): void => {
      over = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      const finish = (): void => {
        clearTimeout(giveUp)
        outcome()
      }
      if (asked === undefined) finish()
      else void asked.then((dealtWith) => (dealtWith ? undefined : end())).then(finish, finish)
    }
    sent.answer.then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(reason === undefined || !(isStopped(error) || isLost(error)) ? error : Object.freeze({ ...reason, cause: error }))),
    )
  })
}

/**
 * Stops a statement before its connection is ended, as the server would go on with it. Resolves when it has settled, or when
 * the server had its time.
 */
export const stopStatement = async <A>({ answer, cancel }: Sent<A>): Promise<void> => {
  if (cancel === undefined) return
  let over = false
  const settled = answer.then(
    () => (over = true),
    () => (over = true),
  )
  await within(Promise.all([settled, insist(cancel, () => over)]), grace)
  over = true
}

// The connection may have been ended to stop the statement.
function isLost(error: unknown): boolean {
  return isDriverError(error) && error.kind === 'connection lost'
}

// A request that reaches the server between two steps of a statement is forgotten there: it is repeated until it is obeyed.
async function insist(cancel: (again: boolean) => Promise<boolean>, obeyed: () => boolean): Promise<boolean> {
  const until = Date.now() + grace
  let dealtWith = true
  for (let again = false; !obeyed() && Date.now() < until; again = true) {
    if (!(await cancel(again))) dealtWith = false
    if (!obeyed()) await pause(30)
  }
  return dealtWith
}

