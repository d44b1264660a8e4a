// A hundred workers count one versioned row up, a hundred times each: no increment is lost, and every conflict is told as stale.

import { column, entities, entity, integer, registry, table, type Model } from '@relata/core'
import { commit, create, createAll, disconnect, dropAll, add, run, set, type SessionError } from '@relata/session'
import { open, RelataError } from '@relata/session/plain'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { embedded, servers } from './subjects.js'

const counters = table('counters', { id: column(integer, { primaryKey: true, autoincrement: false }), count: column(integer), version: column(integer, { nullable: true }) })
const counterEntities = entities({ Counter: entity(counters, {}, { version: 'version' }) })
interface Counters extends Model<typeof counterEntities> {}
const counting = registry<Counters>(counterEntities)
const { Counter } = counting.entities

const workers = 100
const increments = 100
// Of those that count at the same time one wins: with more, the losers are what takes the time.
const connections = 2

describe.each([...embedded.slice(0, 1), ...servers])('$name', ({ name, missing, open: adapterOf }) => {
  test.skipIf(missing !== undefined)(`${workers} workers × ${increments} increments${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter = await adapterOf({ max: connections })
    const made = await run(counting, adapter)(pipe(dropAll(counting), RTE.chain(() => createAll(counting)), RTE.chain(() => add(create(Counter, { id: 1, count: 0 }))), RTE.chain(() => commit)))()
    expect(made).toEqual(E.right(undefined))
    const outcomes = new Map<string, number>()
    const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1)
    const once = async (): Promise<boolean> => {
      const db = await open(counting, adapter)
      try {
        const counter = await db.get(Counter, 1)
        if (counter === undefined) throw new Error('the row is there')
        set(Counter, { count: counter.count + 1 })(counter)
        await db.commit()
        count('counted')
        return true
      } catch (thrown) {
        if (!(thrown instanceof RelataError)) throw thrown
        count(kindOf(thrown.error))
        return false
      } finally {
        await db.close()
      }
    }
    const work = async (): Promise<void> => {
      for (let done = 0; done < increments;) if (await once()) done++
    }
    await Promise.all(Array.from({ length: workers }, work))
    const db = await open(counting, adapter)
    const end = await db.get(Counter, 1)
    await db.close()
    await disconnect(adapter)()
    console.info(`${name}: ${workers} workers × ${increments} increments gave ${end?.count}, ${JSON.stringify([...outcomes])}`)
    expect(end?.count).toBe(workers * increments)
    // A server that looks for conflicts itself may tell one before the flush does.
    expect([...outcomes.keys()].filter((outcome) => !['counted', 'stale-data', 'serialization', 'deadlock'].includes(outcome))).toEqual([])
  }, 180_000)
})

function kindOf(error: SessionError): string {
  return error._tag === 'DatabaseFailed' ? error.driver.kind : error.code
}
