// Measures two ways to do one thing in turn, so that both meet the same machine, and gives their medians.

export interface Ratio {
  readonly name: string
  /** Milliseconds, median of the rounds. */
  readonly floor: number
  readonly ours: number
  /** The same ratio of processor time, where it was measured: what others do on the machine is not in it. */
  readonly processor?: number
  readonly limit: number
}

/** A time with a limit of its own. */
export interface Time { readonly name: string; readonly milliseconds: number; readonly limit: number }

export type Measured = Ratio | Time

export interface Way {
  /** Done before each round and not measured. */
  readonly prepare?: () => Promise<void> | void
  readonly run: () => Promise<unknown>
}

/** Rounds that are not measured: what is measured is the program as it runs, and not its compilation by the engine. */
export const warmUp = 12

/** Runs both in turn, each first in every second round. */
export const ratio = async (name: string, limit: number, floor: Way, ours: Way, rounds = 7): Promise<Ratio> => {
  const ways = { floor, ours }
  const times: Record<keyof typeof ways, number[]> = { floor: [], ours: [] }
  const processor: Record<keyof typeof ways, number[]> = { floor: [], ours: [] }
  for (let round = 0; round < warmUp; round++) {
    await once(floor)
    await once(ours)
  }
  for (let round = 0; round < rounds; round++) {
    for (const which of round % 2 === 0 ? ['floor', 'ours'] as const : ['ours', 'floor'] as const) {
      times[which].push(await once({
        ...ways[which],
        run: async () => {
          const before = process.cpuUsage()
          await ways[which].run()
          const { user, system } = process.cpuUsage(before)
          processor[which].push(user + system)
        },
      }))
    }
  }
  return { name, limit, floor: median(times.floor), ours: median(times.ours), processor: median(processor.ours) / median(processor.floor) }
}

/** Milliseconds of one run, after the garbage of earlier ones is gone. */
export const once = async ({ prepare, run }: Way): Promise<number> => {
  await prepare?.()
  globalThis.gc?.()
  const start = performance.now()
  await run()
  return performance.now() - start
}

export const median = (times: readonly number[]): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
