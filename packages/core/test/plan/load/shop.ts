// A shop for tests of read plans: one-to-many, many-to-many, a tree, joined and single-table subclasses.

import { asc, column, configure, entities, entity, explainLoad, integer, planLoad, registry, relationship, table, text, type LoadPlan, type Mapping, type Model, type QueryError, type SelectDescriptor } from '@relata/core'
import { isRight } from 'fp-ts/lib/Either.js'

export const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
export const orders = table('orders', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }), total: column(integer) })
export const items = table('items', { id: column(integer, { primaryKey: true }), label: column(text) })
export const orderItems = table('order_items', { orderId: column(integer, { name: 'order_id', primaryKey: true, references: 'orders.id' }), itemId: column(integer, { name: 'item_id', primaryKey: true, references: 'items.id' }) })
export const nodes = table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { name: 'parent_id', references: 'nodes.id', nullable: true }), label: column(text) })
export const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text) })
export const engineers = table('engineers', { id: column(integer, { primaryKey: true, references: 'people.id' }), lang: column(text) })
export const machines = table('machines', { id: column(integer, { primaryKey: true }), engineerId: column(integer, { name: 'engineer_id', references: 'engineers.id', nullable: true }) })

export const shopEntities = entities({
  User: entity(users, { orders: relationship('Order', { backPopulates: 'user', orderBy: asc(orders.c.total) }) }),
  Order: entity(orders, { user: relationship('User', { backPopulates: 'orders' }), items: relationship('Item', { secondary: orderItems, backPopulates: 'orders' }) }),
  Item: entity(items, { orders: relationship('Order', { secondary: orderItems, backPopulates: 'items' }) }),
  Node: entity(nodes, {
    children: relationship('Node', { backPopulates: 'parent', lazy: 'selectin', joinDepth: 2 }),
    parent: relationship('Node', { backPopulates: 'children', remoteSide: ['nodes.id'] }),
  }),
  Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person' }),
  Engineer: entity(engineers, { machines: relationship('Machine') }, { inherits: 'Person', identity: 'engineer' }),
  Machine: entity(machines),
})
interface Shop extends Model<typeof shopEntities> {}
export const shop = registry<Shop>(shopEntities)
export const { User, Order, Item, Node, Person, Engineer, Machine } = shop.entities

export const mapping = ((): Mapping => {
  const configured = configure(shop)
  if (isRight(configured)) return configured.right
  throw new Error(configured.left.map(({ message }) => message).join('\n'))
})()

export const planOf = (select: SelectDescriptor): LoadPlan => {
  const planned = planLoad(mapping, select)
  if (isRight(planned)) return planned.right.plan
  throw new Error(planned.left.message)
}

export const refusalOf = (select: SelectDescriptor): QueryError['code'] | undefined => {
  const planned = planLoad(mapping, select)
  return isRight(planned) ? undefined : planned.left.code
}

/** The lines of a plan's explanation. */
export const told = (select: SelectDescriptor): readonly string[] => explainLoad(planOf(select)).split('\n')
