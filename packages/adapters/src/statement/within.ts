// Waiting for so long, and no longer.

/** The result of a promise, or undefined if it takes longer. */
export const within = <A>(promise: Promise<A>, milliseconds: number): Promise<A | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/** Does a promise resolve within so long? */
export const resolvesWithin = async (promise: Promise<unknown>, milliseconds: number): Promise<boolean> =>
  (await within(promise.then(() => true, () => false), milliseconds)) === true

/** Resolves after so many milliseconds. */
export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
