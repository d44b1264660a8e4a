// Every option at the right place and at a wrong one: a path that does not fit is an error at the option.

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import {
  chunkSize, containsEager, defaultload, defer, deferAll, eq, gt, immediateload, innerjoin, join, joinedload, lazyload, loadOnly, noload, ofType, only, options, raiseload, recursionDepth, select, selectinload, sqlOnly, subqueryload,
  undefer, undeferAll, undeferGroup, wildcard, withLoaderCriteria,
} from '@relata/core'
import type { ResultOf } from '@relata/core'
import { Card, Category, Customer, Order, OrderLine, Product, Tag } from './shop.js'

const customers = select(Customer)

test('joinedload', () => {
  const found = pipe(customers, options(joinedload(Customer.orders, joinedload(Order.lines, innerjoin()))))
  expectTypeOf<ResultOf<typeof found>['orders'][number]['lines'][number]['quantity']>().toEqualTypeOf<number>()
  // @ts-expect-error lines are of orders
  pipe(customers, options(joinedload(Order.lines)))
  // @ts-expect-error a step further than the path is
  joinedload(Customer.orders, joinedload(OrderLine.product))
  // @ts-expect-error not by its name
  joinedload('orders')
  // @ts-expect-error a column is no relationship
  joinedload(Customer.name)
})

test('selectinload', () => {
  const found = pipe(customers, options(selectinload(Customer.orders, selectinload(Order.lines, chunkSize(10)))))
  expectTypeOf<ResultOf<typeof found>['orders'][number]['lines'][number]['quantity']>().toEqualTypeOf<number>()
  // @ts-expect-error lines are of orders
  pipe(customers, options(selectinload(Order.lines)))
  // @ts-expect-error a step further than the path is
  selectinload(Customer.orders, selectinload(OrderLine.product))
  // @ts-expect-error the first step is right and the last is not
  selectinload(Customer.orders, selectinload(Order.lines, selectinload(Order.payments)))
  // @ts-expect-error a column is no relationship
  selectinload(Customer.name)
})

test('subqueryload', () => {
  const found = pipe(customers, options(subqueryload(Customer.orders, subqueryload(Order.lines))))
  expectTypeOf<ResultOf<typeof found>['orders'][number]['lines'][number]['quantity']>().toEqualTypeOf<number>()
  // @ts-expect-error lines are of orders
  pipe(customers, options(subqueryload(Order.lines)))
  // @ts-expect-error a step further than the path is
  subqueryload(Customer.orders, subqueryload(OrderLine.product))
  // @ts-expect-error no keys are sent
  subqueryload(Customer.orders, chunkSize(10))
})

test('immediateload', () => {
  const found = pipe(customers, options(immediateload(Customer.orders, immediateload(Order.lines))))
  expectTypeOf<ResultOf<typeof found>['orders'][number]['lines'][number]['quantity']>().toEqualTypeOf<number>()
  // @ts-expect-error lines are of orders
  pipe(customers, options(immediateload(Order.lines)))
  // @ts-expect-error a step further than the path is
  immediateload(Customer.orders, immediateload(OrderLine.product))
  // @ts-expect-error no join is made
  immediateload(Customer.orders, innerjoin())
})

test('containsEager', () => {
  const found = pipe(customers, join(Customer.orders), join(Order.lines), options(containsEager(Customer.orders, containsEager(Order.lines))))
  expectTypeOf<ResultOf<typeof found>['orders'][number]['lines'][number]['quantity']>().toEqualTypeOf<number>()
  // @ts-expect-error lines are of orders
  pipe(customers, options(containsEager(Order.lines)))
  // @ts-expect-error a step further than the path is
  containsEager(Customer.orders, containsEager(OrderLine.product))
  // @ts-expect-error the statement below has no columns of the query's joins
  selectinload(Customer.orders, containsEager(Order.lines))
})

test('defaultload', () => {
  pipe(customers, options(defaultload(Customer.orders, selectinload(Order.lines))))
  // @ts-expect-error lines are of orders
  pipe(customers, options(defaultload(Order.lines)))
  // @ts-expect-error a step further than the path is
  defaultload(Customer.orders, selectinload(OrderLine.product))
})

test('lazyload, raiseload and noload', () => {
  pipe(customers, options(lazyload(Customer.orders, joinedload(Order.lines)), raiseload(Customer.orders, sqlOnly), noload(Customer.orders)))
  // @ts-expect-error lines are of orders
  pipe(customers, options(lazyload(Order.lines)))
  // @ts-expect-error a step further than the path is
  lazyload(Customer.orders, joinedload(OrderLine.product))
  // @ts-expect-error lines are of orders
  pipe(customers, options(raiseload(Order.lines)))
  // @ts-expect-error no join is made
  raiseload(Customer.orders, innerjoin())
  // @ts-expect-error lines are of orders
  pipe(customers, options(noload(Order.lines)))
  // @ts-expect-error nothing is loaded that a condition could be about
  noload(Customer.orders, only(gt(Order.id, 1)))
})

test('columns', () => {
  pipe(customers, options(loadOnly(Customer.name)), options(defer(Customer.city), undefer(Customer.city), deferAll(Customer), undeferAll(Customer)))
  // @ts-expect-error of another entity
  pipe(customers, options(defer(Order.status)))
  // @ts-expect-error of another entity
  pipe(customers, options(undefer(Order.status)))
  // @ts-expect-error of another entity
  pipe(customers, options(deferAll(Order)))
  // @ts-expect-error of another entity
  pipe(customers, options(undeferAll(Order)))
  // @ts-expect-error this entity has no groups
  undeferGroup(Customer, 'media')
  // @ts-expect-error of an entity that is not below the path
  selectinload(Customer.orders, loadOnly(OrderLine.quantity))
  // @ts-expect-error a relationship is no column
  defer(Customer.orders)
  // @ts-expect-error not by its name
  loadOnly('name')
})

test('settings', () => {
  selectinload(Category.children, recursionDepth(2), chunkSize(10), only(gt(Category.id, 1)))
  joinedload(Order.customer, innerjoin('unnested'), only(eq(Customer.name, 'ed')))
  immediateload(Category.children, recursionDepth(-1))
  raiseload(Customer.orders, sqlOnly)
  // @ts-expect-error a condition on what the edge does not lead to
  selectinload(Customer.orders, only(gt(OrderLine.quantity, 1)))
  // @ts-expect-error no keys are sent
  immediateload(Category.children, chunkSize(3))
  // @ts-expect-error its statement has no levels
  subqueryload(Category.children, recursionDepth(3))
  // @ts-expect-error it refuses nothing
  joinedload(Customer.orders, sqlOnly)
  // @ts-expect-error levels are a number
  selectinload(Category.children, recursionDepth('all'))
  // @ts-expect-error a way that no join has
  innerjoin('outer')
})

test('wildcards and criteria', () => {
  pipe(customers, options(wildcard('raise'), selectinload(Customer.orders, wildcard('lazy', Order)), withLoaderCriteria(Order, gt(Order.id, 1))))
  // @ts-expect-error of an entity that the query does not load
  pipe(customers, options(wildcard('lazy', Order)))
  // @ts-expect-error no strategy
  wildcard('eager')
  // @ts-expect-error it stands at the end of a path, and leads nowhere
  wildcard('lazy', Order, selectinload(Order.lines))
  // @ts-expect-error a condition on another entity
  withLoaderCriteria(Order, gt(OrderLine.quantity, 1))
})

test('a path narrowed to a subclass goes on with what that has', () => {
  pipe(select(Order), options(selectinload(ofType(Order.payments, Card), loadOnly(Card.last4), only(eq(Card.last4, '4242')))))
  // @ts-expect-error what only the subclass has is not below the base
  selectinload(Order.payments, loadOnly(Card.last4))
  // @ts-expect-error no subclass of what it leads to
  selectinload(ofType(Order.payments, Tag))
  // @ts-expect-error of another path
  selectinload(ofType(Order.payments, Card), selectinload(Product.tags))
})
