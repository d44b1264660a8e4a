// What a violated constraint says, on a database that names it and on one that does not.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { create, createAll, set } from '@relata/session'
import { open, type Db } from '@relata/session/plain'
import { beforeEach, expect, test } from 'vitest'

const shops = table('shops', { id: column(integer, { primaryKey: true }), name: column(text, { unique: true }) })
const items = table('items', { id: column(integer, { primaryKey: true }), shopId: column(integer, { name: 'shop_id', references: 'shops.id' }) })
const tradeEntities = entities({ Shop: entity(shops), Item: entity(items, { shop: relationship('Shop') }) })
interface Trade extends Model<typeof tradeEntities> {}
const trade = registry<Trade>(tradeEntities)
const { Shop, Item } = trade.entities

let db: Db
beforeEach(async () => {
  db = await open(trade, sqlite())
  await db.run(createAll(trade))
  return () => db.close()
})

const said = async (failing: Promise<unknown>): Promise<string> => failing.then(() => 'nothing', ({ message }: Error) => message)

test('a value that is taken', async () => {
  db.add(create(Shop, { name: 'corner' }), create(Shop, { name: 'corner' }))
  expect(await said(db.flush())).toBe('another Shop has name already: UNIQUE constraint failed: shops.name\n  give it another, or load the Shop that is there and change it')
})

test('a row that refers to none', async () => {
  db.add(create(Item, { shopId: 7 }))
  expect(await said(db.flush())).toBe('Item refers to a row that is not there: FOREIGN KEY constraint failed\n  look at shopId of shops')
})

test('a key that others refer to and that changes', async () => {
  const shop = create(Shop, { name: 'corner' })
  db.add(create(Item, { shop }))
  await db.commit()
  set(Shop, { id: 7 })(shop)
  expect(await said(db.flush())).toMatch(/^a Shop is still referred to: /)
})

test('a row that others refer to', async () => {
  const shop = create(Shop, { name: 'corner' })
  db.add(create(Item, { shop }))
  await db.commit()
  await db.destroy(shop)
  expect(await said(db.flush())).toBe("a Shop is still referred to: FOREIGN KEY constraint failed\n  it may be from items by shopId: change those first, or give Shop a relationship to them, whose flush takes the key back or (cascade: 'all, delete-orphan') deletes them")
})
