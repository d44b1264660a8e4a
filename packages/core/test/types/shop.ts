// A shop: mutual foreign keys, many-to-many, a tree, joins of one's own, inheritance by joined tables.

import { and, backref, column, entities, entity, enumeration, eq, foreign, integer, numeric, registry, relationship, remote, table, text, timestamp } from '@relata/core'
import type { Model } from '@relata/core'

export const customers = table('customers', {
  id: column(integer, { primaryKey: true }),
  name: column(text),
  city: column(text, { nullable: true }),
  favouriteOrderId: column(integer, { references: 'orders.id', nullable: true }),
})
export const orders = table('orders', {
  id: column(integer, { primaryKey: true }),
  customerId: column(integer, { references: 'customers.id' }),
  status: column(enumeration('open', 'paid', 'void'), { default: 'open' }),
  placedAt: column(timestamp),
  shipCity: column(text, { nullable: true }),
})
export const lines = table('order_lines', {
  orderId: column(integer, { primaryKey: true, references: 'orders.id' }),
  productId: column(integer, { primaryKey: true, references: 'products.id' }),
  quantity: column(integer),
  price: column(numeric),
})
export const products = table('products', {
  id: column(integer, { primaryKey: true }),
  name: column(text),
  price: column(numeric),
  categoryId: column(integer, { references: 'categories.id', nullable: true }),
})
export const tags = table('tags', { id: column(integer, { primaryKey: true }), name: column(text) })
export const productTags = table('product_tags', {
  productId: column(integer, { references: 'products.id' }),
  tagId: column(integer, { references: 'tags.id' }),
})
export const categories = table('categories', {
  id: column(integer, { primaryKey: true }),
  name: column(text),
  parentId: column(integer, { references: 'categories.id', nullable: true }),
})
export const payments = table('payments', {
  id: column(integer, { primaryKey: true }),
  kind: column(enumeration('card', 'transfer')),
  orderId: column(integer, { references: 'orders.id' }),
  amount: column(numeric(12, 2)),
})
export const cards = table('card_payments', { id: column(integer, { primaryKey: true, references: 'payments.id' }), last4: column(text) })
export const transfers = table('transfer_payments', { id: column(integer, { primaryKey: true, references: 'payments.id' }), iban: column(text) })

export const shopEntities = entities({
  Customer: entity(customers, {
    orders: relationship('Order', { backPopulates: 'customer', foreignKeys: ['orders.customerId'], cascade: 'all, delete-orphan' }),
    favouriteOrder: relationship('Order', { foreignKeys: customers.c.favouriteOrderId, postUpdate: true }),
    localOrders: relationship('Order', {
      viewonly: true,
      primaryjoin: and(eq(customers.c.id, foreign(orders.c.customerId)), eq(orders.c.shipCity, customers.c.city)),
    }),
  }),
  Order: entity(orders, {
    customer: relationship('Customer', { backPopulates: 'orders', foreignKeys: ['orders.customerId'] }),
    lines: relationship('OrderLine', { backPopulates: 'order', cascade: 'all, delete-orphan' }),
    payments: relationship('Payment', { backref: backref('order', { lazy: 'joined' }) }),
  }),
  OrderLine: entity(lines, {
    order: relationship('Order', { backPopulates: 'lines' }),
    product: relationship('Product', { lazy: 'joined' }),
  }),
  Product: entity(products, {
    tags: relationship('Tag', { secondary: productTags, backref: 'products' }),
    category: relationship('Category', { backref: 'products' }),
  }),
  Tag: entity(tags),
  Category: entity(categories, {
    children: relationship('Category', { backPopulates: 'parent', lazy: 'selectin' }),
    parent: relationship('Category', { backPopulates: 'children', primaryjoin: eq(categories.c.parentId, remote(categories.c.id)) }),
  }),
  Payment: entity(payments, {}, { polymorphicOn: 'kind' }),
  Card: entity(cards, {}, { inherits: 'Payment', identity: 'card' }),
  Transfer: entity(transfers, {}, { inherits: 'Payment', identity: 'transfer' }),
})
export interface Shop extends Model<typeof shopEntities> {}
export const shop = registry<Shop>(shopEntities)
export const { Customer, Order, OrderLine, Product, Tag, Category, Payment, Card, Transfer } = shop.entities
