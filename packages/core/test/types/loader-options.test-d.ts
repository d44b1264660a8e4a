// What loader options compile, and what they make known.

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import {
  alias, chunkSize, containsEager, defaultload, defer, deferAll, eq, gt, immediateload, innerjoin, isNull, join, joinedload, lazyload, loadOnly, noload, ofType, only, options, raiseload,
  recursionDepth, select, selectinload, sqlOnly, subqueryload, undefer, undeferAll, wildcard, withLoaderCriteria,
} from '@relata/core'
import type { Loaded, Of, ResultOf } from '@relata/core'
import { Card, Category, Customer, Order, OrderLine, Payment, Product, Tag } from './shop.js'

test('eager options make relationships known', () => {
  const query = pipe(
    select(Order),
    options(joinedload(Order.customer), selectinload(Order.lines, only(gt(OrderLine.quantity, 1)), selectinload(OrderLine.product, selectinload(Product.tags)))),
  )
  expectTypeOf<ResultOf<typeof query>>().toExtend<Loaded<typeof Order, 'customer' | 'lines.product.tags'>>()
  for (const option of [subqueryload(Order.lines), immediateload(Order.lines), containsEager(Order.lines)]) {
    const loaded = pipe(select(Order), options(option))
    expectTypeOf<ResultOf<typeof loaded>>().toExtend<Of<typeof Order>>()
  }
  const contained = pipe(select(Order), join(Order.lines), options(containsEager(Order.lines)))
  expectTypeOf<ResultOf<typeof contained>['lines'][number]['quantity']>().toEqualTypeOf<number>()
})

test('options that leave a relationship unloaded take it away', () => {
  const query = pipe(select(OrderLine), options(lazyload(OrderLine.product), raiseload(OrderLine.order, sqlOnly)))
  // @ts-expect-error the mapping would have loaded it
  type _Product = ResultOf<typeof query>['product']
})

test('a default is as mapped', () => {
  const query = pipe(select(OrderLine), options(defaultload(OrderLine.product, selectinload(Product.tags)), defaultload(OrderLine.order, selectinload(Order.lines))))
  expectTypeOf<ResultOf<typeof query>['product']['tags']>().toExtend<ReadonlyArray<Of<typeof Tag>>>()
  // @ts-expect-error mapped as lazy
  type _Order = ResultOf<typeof query>['order']
})

test('noload is empty, and there', () => {
  const query = pipe(select(Customer), options(noload(Customer.orders)))
  expectTypeOf<ResultOf<typeof query>['orders']>().toExtend<ReadonlyArray<unknown>>()
})

test('a path goes on from its target', () => {
  // @ts-expect-error tags are of products
  selectinload(Customer.orders, selectinload(Product.tags))
  // @ts-expect-error lines are of orders
  pipe(select(Customer), options(selectinload(Order.lines)))
  // @ts-expect-error the edge has no tags
  selectinload(Customer.orders, only(eq(Tag.id, 1)))
  // @ts-expect-error rows have no relationships
  pipe(select({ id: Customer.id }), options(selectinload(Customer.orders)))
})

test('columns', () => {
  pipe(select(Customer), options(loadOnly(Customer.name, Customer.city), defer(Customer.city, { raise: true }), undefer(Customer.city)))
  pipe(select(Customer), options(deferAll(Customer), undeferAll(Customer)))
  pipe(select(Customer), options(selectinload(Customer.orders, loadOnly(Order.status))))
  // @ts-expect-error a column of another entity
  pipe(select(Customer), options(loadOnly(Order.status)))
  // @ts-expect-error of two entities
  loadOnly(Customer.name, Order.status)
  // @ts-expect-error a relationship is no column
  loadOnly(Customer.orders)
})

test('settings of an edge', () => {
  pipe(select(Category), options(selectinload(Category.children, recursionDepth(3), chunkSize(100)), joinedload(Category.parent, innerjoin('unnested'))))
  // @ts-expect-error no join is made
  selectinload(Category.children, innerjoin())
  // @ts-expect-error no keys are sent
  joinedload(Category.children, chunkSize(10))
  // @ts-expect-error the query would have to join without end
  joinedload(Category.children, recursionDepth(3))
  // @ts-expect-error it is not refused
  lazyload(Category.children, sqlOnly)
  // @ts-expect-error the query's own join has its own condition
  containsEager(Category.children, only(eq(Category.id, 1)))
  // @ts-expect-error nothing is loaded, so nothing is left out
  raiseload(Category.children, only(eq(Category.id, 1)))
  // @ts-expect-error nothing is loaded below what is refused
  raiseload(Category.children, selectinload(Category.parent))
  // @ts-expect-error nothing is loaded below nothing
  noload(Category.children, selectinload(Category.parent))
  // @ts-expect-error a setting of no loader
  options(only(eq(Category.id, 1)))
})

test('wildcards, and criteria of a whole query', () => {
  pipe(select(Customer), options(wildcard('raise'), selectinload(Customer.orders, wildcard('joined', Order)), wildcard('lazy', Customer)))
  pipe(select(Customer), options(withLoaderCriteria(Order, isNull(Order.shipCity), { includeAliases: true })))
  // @ts-expect-error a wildcard of another entity
  pipe(select(Customer), options(wildcard('raise', Order)))
  // @ts-expect-error no strategy
  wildcard('contains')
  // @ts-expect-error criteria are for a whole query
  selectinload(Customer.orders, withLoaderCriteria(Order, isNull(Order.shipCity)))
  // @ts-expect-error criteria on another entity
  withLoaderCriteria(Order, isNull(Customer.city))
})

test('a relationship led to an alias, or narrowed', () => {
  const Mine = alias(Order, 'Mine')
  pipe(select(Customer), join(Customer.orders, Mine), options(containsEager(ofType(Customer.orders, Mine))))
  selectinload(ofType(Order.payments, Card), only(eq(Card.last4, '4242')))
  // @ts-expect-error a tag is no payment
  ofType(Order.payments, Tag)
  // @ts-expect-error a payment is not below a card
  ofType(ofType(Order.payments, Card), Payment)
})
