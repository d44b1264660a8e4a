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

/** Milliseconds of one run, by the clock and of the processor. */
export interface Spent { readonly milliseconds: number; readonly processor: number }

/** Rounds that are not measured: what is measured is the program as it runs, and not its compilation by the engine. */
export const warmUp = 12

/** Runs both in turn, each first in every second round. */
export const ratio = async (name: string, limit: number, floor: Way, ours: Way, rounds = 7): Promise<Ratio> => {
  const ways = { floor, ours }
  const spent: Record<keyof typeof ways, Spent[]> = { floor: [], ours: [] }
  for (let round = 0; round < warmUp; round++) {
    await spentBy(floor)
    await spentBy(ours)
  }
  for (let round = 0; round < rounds; round++) {
    for (const which of round % 2 === 0 ? ['floor', 'ours'] as const : ['ours', 'floor'] as const) spent[which].push(await spentBy(ways[which]))
  }
  return compared(name, limit, spent.floor, spent.ours)
}

/** The ratio of what two ways spent, by their medians. */
export const compared = (name: string, limit: number, floor: readonly Spent[], ours: readonly Spent[]): Ratio => {
  const middle = (all: readonly Spent[], of: keyof Spent): number => median(all.map((each) => each[of]))
  return {
    name, limit, floor: middle(floor, 'milliseconds'), ours: middle(ours, 'milliseconds'),
    processor: middle(ours, 'processor') / middle(floor, 'processor'),
  }
}

/** What one run costs, after the garbage of earlier ones is gone. */
export const spentBy = async ({ prepare, run }: Way): Promise<Spent> => {
  await prepare?.()
  globalThis.gc?.()
  const before = process.cpuUsage()
  const start = performance.now()
  await run()
  const milliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { milliseconds, processor: (user + system) / 1000 }
}

/** Milliseconds of one run. */
export const once = async (way: Way): Promise<number> => (await spentBy(way)).milliseconds

export const median = (times: readonly number[]): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
