// How long to wait before the next attempt: longer each time, and never in step with others.

import { pause } from '../statement/within.js'

export interface BackOff {
  /** Attempts in all; 5 if not given. */
  readonly attempts?: number
  /** Milliseconds before the second attempt, doubled each time; 50 if not given. */
  readonly delay?: number
  /** The longest wait; 2,000 if not given. */
  readonly longest?: number
  /** From 0 to 1. */
  readonly random?: () => number
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** Does `attempt` until it succeeds, fails with what is not worth another try, or has been tried often enough. */
export const backingOff = async <A>(attempt: () => Promise<A>, worthwhile: (error: unknown) => boolean, options: BackOff = {}): Promise<A> => {
  const { attempts = 5, delay = 50, longest = 2000, random = Math.random, wait = pause } = options
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      if (tried >= attempts || !worthwhile(error)) throw error
      await wait(Math.min(longest, delay * 2 ** (tried - 1)) * (0.5 + random() / 2))
    }
  }
}
