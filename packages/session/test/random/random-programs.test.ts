// Random programs of the verbs of a session, against a model in memory of what the rows should be and the objects should show.

import { sqlite } from '@relata/adapters/sqlite'
import { closeAdapter, open } from '@relata/session/plain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { club } from './club.js'
import { take, verbs, type Step } from './verbs.js'
import { beginning, end } from './world.js'

const programs = Number(process.env['RELATA_RUNS'] ?? 200)
const number = fc.nat(1000)
const step: fc.Arbitrary<Step> = fc.tuple(number, number, number, fc.array(number, { maxLength: 3 }))
// The same programs each time, unless others are asked for.
const seed = Number(process.env['RELATA_SEED'] ?? 20_261_201)

test.each([false, true])(`${programs} random programs leave the rows and show the objects that the model has, expired by commits: %s`, async (expireOnCommit) => {
  const done = new Set<string>()
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
    const adapter = sqlite()
    const db = await open(club, adapter, { expireOnCommit })
    try {
      const world = await beginning(db)
      for (const each of steps) {
        const verb = await take(world, each)
        if (verb !== undefined) done.add(verb)
      }
      await end(world)
    } finally {
      await db.close()
      await closeAdapter(adapter)
    }
  }), { numRuns: programs, seed })
  expect([...done].toSorted()).toEqual(verbs.map(([name]) => name).toSorted())
}, 120_000)
