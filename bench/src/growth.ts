// How the time of a flush grows: with the number of changes, and not with what did not change.

import { select } from '@relata/core'
import { add, all, commit, create, createAll, flush, rollback, set, sql } from '@relata/session'
import { sqlite } from '@relata/adapters/sqlite'
import type { Adapter } from '@relata/sql/driver'
import { fill } from './fill.js'
import { median, once, warmUp, type Measured } from './measure.js'
import { must, steps } from './program.js'
import { Parent, tagged } from './schema.js'

const few = 10_000
const times = 20
const rounds = 3

/** A database with so many parents. */
const filled = async (rows: number): Promise<Adapter> => {
  const adapter = sqlite()
  await must(adapter, steps(async (perform) => {
    await perform(createAll(tagged))
    for (const text of rows === 0 ? [] : fill(rows, 0, 0)) await perform(sql(text))
    await perform(commit)
  }), tagged)
  return adapter
}

/** Milliseconds of a flush that inserts so many objects. */
const inserting = (adapter: Adapter, count: number): Promise<number> => must(adapter, steps(async (perform) => {
  await perform(add(Array.from({ length: count }, (_, i) => create(Parent, { name: `parent ${i}`, rank: i % 7 }))))
  const time = await once({ run: () => perform(flush) })
  await perform(rollback)
  return time
}))

/** Milliseconds of a flush that updates the first so many of all that a database has, and a session has loaded. */
const updating = (adapter: Adapter, count: number): Promise<number> => must(adapter, steps(async (perform) => {
  const found = await perform(all(select(Parent)))
  for (let i = 0; i < count; i++) {
    const parent = found[i]
    if (parent !== undefined) set(Parent, { rank: i % 11 + 10 })(parent)
  }
  const time = await once({ run: () => perform(flush) })
  await perform(rollback)
  return time
}))

/** The median of some rounds, and of as many for what it is held against. */
const against = async (small: () => Promise<number>, large: () => Promise<number>): Promise<{ readonly small: number; readonly large: number }> => {
  for (let round = 0; round < warmUp; round++) await small()
  const spent = { small: [] as number[], large: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    spent.small.push(await small())
    spent.large.push(await large())
  }
  return { small: median(spent.small), large: median(spent.large) }
}

const insertsGrow = async (): Promise<Measured> => {
  const adapter = await filled(0)
  const { small, large } = await against(() => inserting(adapter, few), () => inserting(adapter, few * times))
  return { name: 'flush of 200,000 new objects, against twenty times 10,000', floor: small * times, ours: large, limit: 2 }
}

const updatesGrow = async (): Promise<Measured> => {
  const [narrow, wide] = [await filled(few), await filled(few * times)]
  const { small, large } = await against(() => updating(narrow, few), () => updating(wide, few * times))
  return { name: 'flush of 200,000 updates, against twenty times 10,000', floor: small * times, ours: large, limit: 2 }
}

const unchangedCostsNothing = async (): Promise<Measured> => {
  const [narrow, wide] = [await filled(1000), await filled(100_000)]
  const { small, large } = await against(() => updating(narrow, 1000), () => updating(wide, 1000))
  return { name: 'flush of 1,000 updates among 100,000 objects, against among 1,000', floor: small, ours: large, limit: 2 }
}

export const growthBenchmarks: readonly (() => Promise<Measured>)[] = [insertsGrow, updatesGrow, unchangedCostsNothing]
