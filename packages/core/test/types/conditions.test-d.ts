// What conditions compile.

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import { add, and, any, case_, cast, coalesce, concat, contains, count, eq, fn, gt, has, inList, integer, isNull, like, literal, lower, mul, ne, op, or, select, sql, sum, text, where, withParent } from '@relata/core'
import type { Condition, Expr, Of } from '@relata/core'
import { Category, Customer, Order, OrderLine, Product, Tag } from './shop.js'

declare const customer: Of<typeof Customer>
declare const order: Of<typeof Order>

test('an attribute is compared with its type', () => {
  expectTypeOf(eq(Customer.id, 1)).toEqualTypeOf<Condition<'Customer'>>()
  expectTypeOf(eq(Order.customerId, Customer.id)).toEqualTypeOf<Condition<'Order' | 'Customer'>>()
  eq(Customer.city, 'x')
  eq(Customer.favouriteOrderId, Order.id)
  eq(Order.id, Customer.favouriteOrderId)
  eq(Order.status, 'paid')
  // @ts-expect-error text is no number
  eq(Customer.id, 'x')
  // @ts-expect-error a column of text is no number
  eq(Customer.id, Customer.name)
  // @ts-expect-error null is isNull
  eq(Customer.city, null)
  // @ts-expect-error not one of the enumeration
  eq(Order.status, 'nope')
  // @ts-expect-error numbers have no patterns
  like(Customer.id, 'x')
  // @ts-expect-error a list of the wrong type
  inList(Customer.id, ['x'])
})

test('a scalar relationship is compared with an object', () => {
  expectTypeOf(eq(Order.customer, customer)).toEqualTypeOf<Condition<'Order'>>()
  ne(Order.customer, customer)
  isNull(Order.customer)
  isNull(Customer.orders)
  // @ts-expect-error an object of another entity
  eq(Order.customer, order)
  // @ts-expect-error a list contains
  eq(Customer.orders, order)
  contains(Customer.orders, order)
  // @ts-expect-error a list of orders has no customers
  contains(Customer.orders, customer)
  // @ts-expect-error a scalar contains nothing
  contains(Order.customer, customer)
})

test('an object has members', () => {
  expectTypeOf(withParent(Customer.orders, customer)).toEqualTypeOf<Condition<'Order'>>()
  pipe(select(Order), where(withParent(Customer.orders, customer)))
  // @ts-expect-error an order is no customer
  withParent(Customer.orders, order)
})

test('any is of lists, has of scalars', () => {
  expectTypeOf(any(Customer.orders, gt(Order.id, Customer.id))).toEqualTypeOf<Condition<'Customer'>>()
  has(Order.customer, like(Customer.name, 'a%'))
  // @ts-expect-error a scalar
  any(Order.customer)
  // @ts-expect-error a list
  has(Customer.orders)
})

test('a condition reads only what the query has', () => {
  pipe(select(Customer), where(eq(Customer.id, 1)))
  // @ts-expect-error there is no tag in the query
  pipe(select(Customer), where(eq(Tag.id, 1)))
  // @ts-expect-error nor among the customer's orders
  pipe(select(Customer), where(any(Customer.orders, eq(Tag.id, 1))))
  // @ts-expect-error nor inside and, or
  pipe(select(Customer), where(and(eq(Customer.id, 1), or(eq(Tag.id, 1)))))
})

test('expressions have the type of their value', () => {
  expectTypeOf(count(Order.id)).toExtend<Expr<number, 'Order', never>>()
  expectTypeOf(sum(OrderLine.quantity)).toExtend<Expr<number | null, 'OrderLine'>>()
  expectTypeOf(coalesce(sum(OrderLine.quantity), 0)).toExtend<Expr<number, 'OrderLine', never>>()
  expectTypeOf(mul(Product.price, 1.1)).toEqualTypeOf<Expr<string, 'Product', 'Product'>>()
  expectTypeOf(lower(Customer.city)).toExtend<Expr<string | null, 'Customer'>>()
  expectTypeOf(cast(Customer.city, integer)).toEqualTypeOf<Expr<number | null, 'Customer', 'Customer'>>()
  expectTypeOf(literal(1, integer)).toExtend<Expr<number, never>>()
  expectTypeOf(fn<number>()('least', OrderLine.quantity, 3)).toExtend<Expr<number, 'OrderLine'>>()
  expectTypeOf(sql<number>()`extract(year from ${Order.placedAt})`).toEqualTypeOf<Expr<number, 'Order'>>()
  expectTypeOf(op('@>', Category.name, Category.name)).toEqualTypeOf<Condition<'Category'>>()
  expectTypeOf(op<string, typeof Category.name>('||', Category.name, text.codec.name, { comparison: false })).toExtend<Expr<string, 'Category'>>()
  expectTypeOf(case_([{ when: gt(Order.id, 100), result: 'late' }], 'early')).toExtend<Expr<'late' | 'early', 'Order'>>()
  expectTypeOf(add(Order.id, Customer.favouriteOrderId)).toEqualTypeOf<Expr<number | null, 'Order' | 'Customer'>>()
  expectTypeOf(concat(Customer.name, ' of ', Customer.city)).toEqualTypeOf<Expr<string | null, 'Customer'>>()
  // @ts-expect-error a number and a text
  add(Order.id, Customer.name)
  // @ts-expect-error the first of the two is a number
  coalesce(sum(OrderLine.quantity), 'none')
})
