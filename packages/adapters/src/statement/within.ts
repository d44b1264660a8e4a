// A promise that is waited for only so long.

/** The result of a promise, or undefined if it takes longer. */
export const within = <A>(promise: Promise<A>, milliseconds: number): Promise<A | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
