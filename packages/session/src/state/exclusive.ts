// One verb at a time: a session has one connection and one set of objects, so that verbs of two fibres wait for each other. An idle
// session costs nothing; verbs inside verbs are plain functions and wait for nobody.

export interface Turns {
  busy: boolean
  readonly waiting: (() => void)[]
}

export const turns = (): Turns => ({ busy: false, waiting: [] })

/** Runs work when everything asked for earlier is done. */
export const exclusively = async <A>(queue: Turns, work: () => Promise<A> | A): Promise<A> => {
  if (queue.busy) await new Promise<void>((resolve) => { queue.waiting.push(resolve) })
  queue.busy = true
  try {
    return await work()
  } finally {
    const next = queue.waiting.shift()
    // The turn goes from hand to hand: it is never free while somebody waits.
    if (next === undefined) queue.busy = false
    else next()
  }
}
