// Batches as large as a database takes, one larger, and a hundred thousand: each is split by the parameters that the database allows, and
// every row is there.

import { asc, column, count, deleteFrom, entities, entity, inList, insertInto, integer, orderBy, registry, select, table, text, where, type Model } from '@relata/core'
import { commit, create, createAll, disconnect, dropAll, expungeAll, run, set, type StatementEvent } from '@relata/session'
import { open, query } from '@relata/session/plain'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { embedded, servers } from './subjects.js'

const items = table('batch_items', { id: column(integer, { primaryKey: true }), rank: column(integer), name: column(text) })
const stockEntities = entities({ Item: entity(items, {}) })
interface Stock extends Model<typeof stockEntities> {}
const stock = registry<Stock>(stockEntities)
const { Item } = stock.entities

const sizes = [0, 1, 32_766, 65_534, 65_535, 100_000] as const
const rowsOf = (size: number) => Array.from({ length: size }, (_, rank) => ({ rank, name: `n${rank}` }))
const lists = [1000, 40_000] as const

describe.each([...embedded, ...servers])('$name', ({ name, missing, open: adapterOf }) => {
  test.skipIf(missing !== undefined)(`${sizes.join(', ')} rows by statement and by flush${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter = await adapterOf()
    expect(await run(stock, adapter)(pipe(dropAll(stock), RTE.chain(() => createAll(stock)), RTE.chain(() => commit)))()).toEqual(E.right(undefined))
    let sent = 0
    let longest = 0
    const db = await open(stock, adapter, { onStatement: ({ query: { params } }: StatementEvent) => { sent++; longest = Math.max(longest, params.length) } })
    const told: string[] = []
    const tell = (what: string): void => {
      told.push(`${what} in ${sent}`)
      sent = 0
    }
    const stored = async () => (await db.all(query(select({ rows: count(Item.id) }))))[0]?.rows
    for (const size of sizes) {
      await db.execute(insertInto(Item, rowsOf(size)))
      tell(`${size} inserted`)
      expect(await stored()).toBe(size)
      await db.execute(query(deleteFrom(Item)))
      await db.commit()

      sent = 0
      const made = rowsOf(size).map((row) => create(Item, row))
      for (const each of made) db.add(each)
      await db.commit()
      tell(`${size} flushed`)
      expect([await stored(), new Set(made.map(({ id }) => id)).size]).toEqual([size, size])
      sent = 0
      await db.run(expungeAll)
      if (size !== sizes.at(-1)) await db.execute(query(deleteFrom(Item)))
      await db.commit()
      sent = 0
    }
    const every = await db.all(query(select(Item), orderBy(asc(Item.id))))
    sent = 0
    for (const item of every) set(Item, { rank: -item.rank, name: `m${item.rank}` })(item)
    await db.commit()
    tell(`${every.length} updated`)
    const read = await db.all(query(select({ rank: Item.rank, name: Item.name })))
    expect(read.every(({ rank, name: called }) => called === `m${-rank}`)).toBe(true)
    for (const size of lists) {
      sent = 0
      const listed = await db.all(query(select({ rank: Item.rank }), where(inList(Item.rank, Array.from({ length: size }, (_, n) => -2 * n)))))
      tell(`a list of ${size}`)
      expect(listed.length).toBe(size)
    }
    sent = 0
    for (const item of every) await db.destroy(item)
    sent = 0
    await db.commit()
    tell(`${every.length} deleted`)
    expect([every.length, await stored()]).toEqual([100_000, 0])
    await db.close()
    await disconnect(adapter)()
    console.info(`${name}: ${told.join(', ')} statements; at most ${longest} parameters in one`)
  }, 300_000)
})
