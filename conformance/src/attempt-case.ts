// One case in a database of its own: what happened, also where it could not be run to its end.

import type { Databases } from './adapters.js'
import type { Case, CaseRecord } from './case.js'
import { runCase } from './run-case.js'

/** A case that cannot be run is written down as crashed. */
export const attemptCase = async (of: Case, databases: Databases): Promise<CaseRecord> => {
  try {
    const driver = await databases.open()
    try {
      return await within(20_000, runCase(of, driver))
    } finally {
      await databases.done(driver)
    }
  } catch (thrown) {
    return { crash: thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 4).join(' | ') : JSON.stringify(thrown) }
  }
}

const within = <A>(milliseconds: number, promise: Promise<A>): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`not done after ${milliseconds} ms`)) }, milliseconds)
  })
  return Promise.race([promise, late]).finally(() => { clearTimeout(timer) })
}
