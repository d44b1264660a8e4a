// What queries give, and what they take.

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import {
  alias, and, asc, autoflush, correlate, count, cte, deleteFrom, desc, distinct, eq, exists, forUpdate, fullJoin, groupBy, gt, having, inSubquery, insertInto, isNull, join, joined, lateral, leftJoin, like, limit,
  literal, max, mul, not, offset, onConflict, orderBy, over, populateExisting, recursive, rowNumber, scalar, select, subquery, sum, union, update, where,
} from '@relata/core'
import type { ResultOf } from '@relata/core'
import { all, one } from './verbs.js'
import { Category, Customer, Order, OrderLine, Product, Tag } from './shop.js'

test('a query of fields gives rows', () => {
  const query = pipe(select({ city: Customer.city, orders: count(Order.id) }), join(Customer.orders), groupBy(Customer.city), having(gt(count(Order.id), 1)), orderBy(desc(count(Order.id))))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly city: string | null; readonly orders: number }>()
})

test('an outer join makes columns nullable, and a count never', () => {
  const query = pipe(select({ status: Order.status, n: count(Order.id), name: Customer.name }), leftJoin(Customer.orders))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly status: 'open' | 'paid' | 'void' | null; readonly n: number; readonly name: string }>()
})

test('a full join makes both sides nullable', () => {
  const query = pipe(select({ name: Customer.name, status: Order.status }), fullJoin(Customer.orders))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly name: string | null; readonly status: 'open' | 'paid' | 'void' | null }>()
})

test('an alias is a source of its own', () => {
  const Parent = alias(Category, 'Parent')
  pipe(select(Category), join(Category.parent, Parent), where(eq(Parent.name, 'garden')))
  pipe(select(Category), join(Category.parent, Parent, like(Parent.name, 'g%')))
  // @ts-expect-error not joined
  pipe(select(Category), where(eq(Parent.name, 'garden')))
  // @ts-expect-error an alias of another entity
  join(Category.parent, alias(Tag, 'T'))
})

test('a join starts from a source of the query', () => {
  pipe(select(Customer), join(Customer.orders), join(Order.lines), where(gt(OrderLine.quantity, 1)))
  // @ts-expect-error Order is not there
  pipe(select(Customer), join(Order.lines))
  pipe(select(Customer), join(Product, eq(Product.name, Customer.name)), where(eq(Product.id, 1)))
  pipe(select({ a: Customer.id, b: Order.id }), where(joined(Customer.orders)))
  // @ts-expect-error Order is not there
  pipe(select({ a: Customer.id }), where(joined(Customer.orders)))
})

test('a subquery has its fields', () => {
  const totals = subquery('totals', pipe(select({ id: Order.customerId, n: count(Order.id), city: Order.shipCity }), groupBy(Order.customerId)))
  const query = pipe(select({ name: Customer.name, n: totals.n, city: totals.city }), where(eq(Customer.id, totals.id), gt(totals.n, 10)))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly name: string; readonly n: number; readonly city: string | null }>()
  const outer = pipe(select({ name: Customer.name, n: totals.n }), leftJoin(totals, eq(totals.id, Customer.id)))
  expectTypeOf<ResultOf<typeof outer>>().toEqualTypeOf<{ readonly name: string; readonly n: number | null }>()
  // @ts-expect-error no such field
  void totals.nope
})

test('a correlated query names what it does not have', () => {
  pipe(select(Customer), where(not(exists(pipe(select({ one: Order.id }), correlate(Customer), where(eq(Order.customerId, Customer.id)))))))
  // @ts-expect-error Customer is not correlated
  pipe(select({ a: Order.id }), where(eq(Order.customerId, Customer.id)))
  // @ts-expect-error a query with free sources does not run
  all(pipe(select({ a: Order.id }), correlate(Customer), where(eq(Order.customerId, Customer.id))))
  const latest = scalar(pipe(select({ at: max(Order.placedAt) }), correlate(Customer), where(eq(Order.customerId, Customer.id))))
  const query = select({ name: Customer.name, latest })
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly name: string; readonly latest: Date | null }>()
  // @ts-expect-error the scalar reads Customer
  pipe(select({ id: Tag.id }), where(eq(latest, new Date())))
})

test('a lateral subquery is joined where its sources are', () => {
  const last = lateral('last', pipe(select({ at: Order.placedAt }), correlate(Customer), where(eq(Order.customerId, Customer.id)), limit(1)))
  const query = pipe(select({ name: Customer.name, at: last.at }), leftJoin(last, literal(true)))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly name: string; readonly at: Date | null }>()
})

test('membership in a query is of its type', () => {
  inSubquery(Customer.id, select({ id: Order.customerId }))
  // @ts-expect-error text is no key
  inSubquery(Customer.id, select({ status: Order.status }))
})

test('set operations are of the same fields', () => {
  const query = pipe(select({ name: Customer.name }), union(select({ name: Product.name })))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly name: string }>()
  // @ts-expect-error other fields
  pipe(select({ name: Customer.name }), union(select({ id: Product.id })))
  // @ts-expect-error fields of another type
  pipe(select({ name: Customer.name }), union(select({ name: Product.id })))
})

test('common tables, also of themselves', () => {
  const big = cte('big', pipe(select({ id: Order.id, status: Order.status }), where(gt(Order.id, 100))))
  const query = pipe(select({ id: big.id }), where(eq(big.status, 'paid')))
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly id: number }>()
  const below = recursive('below', pipe(select({ id: Category.id }), where(eq(Category.id, 1))), (self) => pipe(select({ id: Category.id }), join(self, eq(Category.parentId, self.id))))
  expectTypeOf<ResultOf<ReturnType<typeof of>>>().toEqualTypeOf<{ readonly id: number }>()
  function of() { return select({ id: below.id }) }
})

test('window functions', () => {
  const query = select({ id: OrderLine.productId, n: over(rowNumber(), { partitionBy: [OrderLine.orderId], orderBy: [asc(OrderLine.quantity)] }), sum: over(sum(OrderLine.quantity)) })
  expectTypeOf<ResultOf<typeof query>>().toEqualTypeOf<{ readonly id: number; readonly n: number; readonly sum: number | null }>()
  // @ts-expect-error an attribute is no function
  over(OrderLine.quantity)
  // @ts-expect-error a window reads its sources
  pipe(select(Tag), orderBy(over(rowNumber(), { orderBy: [OrderLine.quantity] })))
})

test('writes', () => {
  pipe(update(Product, { price: mul(Product.price, 1.1), name: 'x' }), where(eq(Product.id, 1)))
  pipe(deleteFrom(Customer), where(isNull(Customer.city)))
  pipe(insertInto(Tag, [{ name: 'a' }]), onConflict(['name'], 'nothing'))
  // @ts-expect-error a column of another entity
  update(Order, { shipCity: Customer.city })
  // @ts-expect-error the wrong type
  update(Product, { name: 1 })
  // @ts-expect-error a condition on another entity
  pipe(update(Product, { price: '1' }), where(eq(Order.id, 1)))
  // @ts-expect-error no such attribute
  pipe(insertInto(Tag, [{ name: 'a' }]), onConflict(['nope'], 'nothing'))
})

test('the rest keeps the type', () => {
  const query = pipe(select(Customer), limit(1), offset(2), distinct, forUpdate({ wait: 'skip locked', of: [Customer] }), populateExisting, autoflush(false))
  expectTypeOf(query).toEqualTypeOf(select(Customer))
  expectTypeOf(one(query)).not.toBeAny()
  and()
})
