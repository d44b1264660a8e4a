// Deadlines and signals of a statement that was sent: the server is asked to stop it, and left if it does not.

import type { DriverError, ExecuteOptions } from '@relata/sql/driver'
import { classified } from '../error/classified.js'
import type { Sent, Wire, WireResult } from './wire.js'

/** Milliseconds that the server has to obey before the connection is given up. */
const grace = 1000

/** The answer to a statement, or the error of its deadline or signal. What it leaves is a connection that is idle, or broken. */
export const interruptible = (wire: Wire, sent: Sent, options: ExecuteOptions | undefined): Promise<WireResult> => {
  const { signal, deadline } = options ?? {}
  const { cancel } = sent
  if (cancel === undefined || (signal === undefined && deadline === undefined)) return sent.answer
  return new Promise((resolve, reject) => {
    let reason: DriverError | undefined
    let asked: Promise<void> | undefined
    let giveUp: NodeJS.Timeout | undefined

    const interrupt = (error: DriverError): void => {
      if (reason !== undefined) return
      reason = error
      giveUp = setTimeout(() => {
        reject(error)
        void wire.end()
      }, grace)
      asked = cancel()
    }
    const onAbort = (): void => interrupt(classified('cancelled', 'the statement was cancelled', { cause: signal?.reason }))
    const timer = deadline === undefined ? undefined : setTimeout(() => interrupt(classified('timeout', 'the deadline of the statement passed')), Math.max(0, deadline - Date.now()))
    signal?.addEventListener('abort', onAbort, { once: true })

    // A request to cancel must not reach the server after the next statement did.
    const settle = (outcome: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      const finish = (): void => {
        clearTimeout(giveUp)
        outcome()
      }
      if (asked === undefined) finish()
      else void asked.then(finish)
    }
    sent.answer.then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(reason === undefined || !isCancelled(error) ? error : Object.freeze({ ...reason, cause: error }))),
    )
  })
}

function isCancelled(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === '57014'
}
