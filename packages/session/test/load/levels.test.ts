// Follow-ups go level by level: one statement asks for all objects of one place, and after what the level before filled.

import { asc, chunkSize, column, entities, entity, immediateload, integer, joinedload, options, orderBy, registry, relationship, select, selectinload, subqueryload, table, text, type Model } from '@relata/core'
import { add, all, create, expungeAll, flush } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const shops = table('shops', { id: column(integer, { primaryKey: true }) })
const orders = table('orders', { id: column(integer, { primaryKey: true }), shopId: column(integer, { references: 'shops.id' }) })
const items = table('items', { id: column(integer, { primaryKey: true }), orderId: column(integer, { references: 'orders.id' }) })
const nodes = table('nodes', { id: column(integer, { primaryKey: true }), name: column(text), parentId: column(integer, { references: 'nodes.id', nullable: true }) })

const tradeEntities = entities({
  Shop: entity(shops, { orders: relationship('Order') }),
  Order: entity(orders, { items: relationship('Item') }),
  Item: entity(items),
  Node: entity(nodes, { children: relationship('Node', { lazy: 'immediate', backPopulates: 'parent' }), parent: relationship('Node', { remoteSide: 'nodes.id', backPopulates: 'children' }) }),
})
interface Trade extends Model<typeof tradeEntities> {}
const trade = registry<Trade>(tradeEntities)
const { Shop, Order, Item, Node } = trade.entities

const shop = (id: number) => create(Shop, { id, orders: [2 * id, 2 * id + 1].map((order) => create(Order, { id: order, items: [create(Item, { id: order })] })) })
const root = () => create(Node, { id: 1, name: 'a', children: [create(Node, { id: 2, name: 'b', children: [create(Node, { id: 3, name: 'c' })] })] })
const afterwards = (statements: readonly string[]) => statements.slice(statements.findLastIndex((text) => text.startsWith('insert')) + 1)
const filled = pipe(add(shop(1), shop(2), shop(3), root()), RTE.chain(() => flush), RTE.chain(() => expungeAll))

test('what follows loads of one object each is one statement for all of them', async () => {
  const { result, statements } = await succeeding(trade, pipe(
    filled, RTE.chain(() => all(pipe(select(Shop), orderBy(asc(Shop.id)), options(immediateload(Shop.orders, selectinload(Order.items)))))),
    RTE.map((found) => found.flatMap((each) => each.orders.flatMap((order) => order.items.map(({ id }) => id)))),
  ))
  expect(result).toEqual([2, 3, 4, 5, 6, 7])
  expect(afterwards(statements)).toEqual(['select shops 3', 'select orders 2', 'select orders 2', 'select orders 2', 'select items 6'])
})

test('what follows a load in chunks is one statement', async () => {
  const { statements } = await succeeding(trade, pipe(
    filled, RTE.chain(() => all(pipe(select(Shop), orderBy(asc(Shop.id)), options(selectinload(Shop.orders, chunkSize(2), selectinload(Order.items)))))),
  ))
  expect(afterwards(statements)).toEqual(['select shops 3', 'select orders 4', 'select orders 2', 'select items 6'])
})

test('what a level fills is not asked for by the level below', async () => {
  const { result, statements } = await succeeding(trade, pipe(
    filled, RTE.chain(() => all(pipe(select(Node), orderBy(asc(Node.id)), options(selectinload(Node.children))))),
    RTE.map((found) => found.map(({ children }) => children.map(({ name }) => name))),
  ))
  expect(result).toEqual([['b'], ['c'], []])
  expect(afterwards(statements)).toEqual(['select nodes 3', 'select nodes 2'])
})

test('a subquery asks for nothing of objects that the same rows brought further out', async () => {
  const { result, statements } = await succeeding(trade, pipe(
    filled, RTE.chain(() => all(pipe(select(Node), orderBy(asc(Node.id)), options(joinedload(Node.parent, subqueryload(Node.children)), subqueryload(Node.children))))),
    RTE.map((found) => found.map(({ children }) => children.map(({ name }) => name))),
  ))
  expect(result).toEqual([['b'], ['c'], []])
  expect(afterwards(statements)).toEqual(['select nodes 3', 'select nodes 2'])
})
