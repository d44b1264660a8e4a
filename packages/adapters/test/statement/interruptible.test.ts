import { expect, test } from 'vitest'
import { driverError } from '@relata/sql/driver'
import { interruptible } from '../../src/statement/interruptible.js'

/** A statement that its server stops when asked, on a connection that can be ended. */
const stopping = (dealtWith: boolean) => {
  const log: string[] = []
  const stopped = driverError('cancelled', 'stopped by the server')
  let stop: (error: unknown) => void = () => undefined
  const answer = new Promise<never>((_, reject) => (stop = reject))
  const cancel = async (): Promise<boolean> => {
    log.push('asked')
    stop(stopped)
    return dealtWith
  }
  const end = async (): Promise<void> => void log.push('ended')
  const controller = new AbortController()
  const outcome = interruptible({ answer, cancel }, { signal: controller.signal }, { isStopped: (error) => error === stopped, end }).catch((error: { readonly kind: string }) => {
    log.push(error.kind)
  })
  controller.abort()
  return outcome.then(() => log)
}

test('a connection whose server has dealt with the request to stop is used on', async () => {
  expect(await stopping(true)).toEqual(['asked', 'cancelled'])
})

test('a connection whose server may still stop what comes next is ended before the answer', async () => {
  expect(await stopping(false)).toEqual(['asked', 'ended', 'cancelled'])
})
