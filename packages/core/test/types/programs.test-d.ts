// Whole programs, as people write them.

import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import {
  alias, any, asc, attributeNamed, coalesce, count, desc, dynamicRegistry, entity, eq, groupBy, gt, has, having, isNull, join, joinedload, leftJoin, like, limit, merge, mul, not, offset, only, options, orderBy,
  registry, relationship, relationshipNamed, select, selectinload, sum, table, column, integer, update, where, entities,
} from '@relata/core'
import type { Model, Loaded, ResultOf } from '@relata/core'
import { Card, Category, Customer, Order, OrderLine, Product, shop, Tag } from './shop.js'
import { all, append, create, execute, first, get, is, load, one, remove, save, set, transaction } from './verbs.js'
import type { Db } from './verbs.js'

test('a graph is created, changed and saved', () => {
  const cup = create(Product, { name: 'cup', price: '9.50', tags: [create(Tag, { name: 'new' })] })
  const ada = create(Customer, { name: 'Ada', city: null })
  const order = create(Order, { placedAt: new Date(), customer: ada, lines: [create(OrderLine, { quantity: 2, price: '9.50', product: cup })], payments: [create(Card, { amount: '19.00', last4: '4242' })] })
  const favoured = pipe(ada, set(Customer, { favouriteOrder: order }), append(Customer.orders, order))
  expectTypeOf(pipe(save(Customer)(favoured), RTE.map((customer) => customer.id))).toEqualTypeOf<Db<number>>()
})

test('a page of a list with criteria on its edges', () => {
  type OrderPage = Loaded<typeof Order, 'customer' | 'lines.product.tags'>
  const page = (n: number) =>
    pipe(
      select(Order),
      where(any(Order.lines, has(OrderLine.product, like(Product.name, '%cup%'))), not(has(Order.customer, isNull(Customer.city)))),
      orderBy(desc(Order.placedAt), asc(Order.id)),
      limit(20),
      offset(20 * n),
      options(joinedload(Order.customer), selectinload(Order.lines, only(gt(OrderLine.quantity, 1)), selectinload(OrderLine.product, selectinload(Product.tags)))),
    )
  const pageOf = (n: number): Db<ReadonlyArray<OrderPage>> => all(page(n))
  const titles = pipe(pageOf(0), RTE.map((orders) => orders.map((order) => `${order.customer.name}: ${order.lines.flatMap((line) => line.product.tags.map((tag) => tag.name)).join()}`)))
  expectTypeOf(titles).toEqualTypeOf<Db<string[]>>()
})

test('a report', () => {
  const report = pipe(
    select({ city: Customer.city, customer: Customer.name, orders: count(Order.id), units: coalesce(sum(OrderLine.quantity), 0), status: Order.status }),
    leftJoin(Customer.orders),
    leftJoin(Order.lines),
    groupBy(Customer.city, Customer.name, Order.status),
    having(gt(count(Order.id), 1)),
    orderBy(desc(count(Order.id))),
    limit(10),
  )
  expectTypeOf<ResultOf<typeof report>>().toEqualTypeOf<{
    readonly city: string | null
    readonly customer: string
    readonly orders: number
    readonly units: number
    readonly status: 'open' | 'paid' | 'void' | null
  }>()
})

test('loads chain', () => {
  const names = pipe(
    all(pipe(select(Customer), limit(100))),
    RTE.chain(load(Customer.orders)),
    RTE.chain(load(Customer.orders, selectinload(Order.lines))),
    RTE.map((customers) => customers.flatMap((customer) => customer.orders.flatMap((order) => order.lines.map((line) => line.product.name)))),
  )
  expectTypeOf(names).toEqualTypeOf<Db<string[]>>()
  pipe(get(Order, 1), RTE.chainW(RTE.fromOption(() => ({ _tag: 'NoOrder' as const }))), RTE.chainW(load(Order.payments)), RTE.map((order) => order.payments.filter(is(Card)).map((card) => card.last4)))
  pipe(RTE.Do, RTE.bind('c', () => one(pipe(select(Customer), where(eq(Customer.id, 1))))), RTE.bindW('loaded', ({ c }) => load(Customer.orders)(c)), RTE.map(({ loaded }) => loaded.orders.length))
  pipe(one(select(Customer)), RTE.chain(load(Customer.orders)), RTE.map(set(Customer, { name: 'x' })), RTE.map(append(Customer.orders, create(Order, { placedAt: new Date() }))), RTE.map((c) => c.orders.length))
  const Parent = alias(Category, 'Parent')
  pipe(all(pipe(select(Category), join(Category.parent, Parent), where(eq(Parent.name, 'garden')))), RTE.map((found) => found[0]?.name))
  pipe(first(pipe(select(Category), where(isNull(Category.parentId)))), RTE.map(O.map((category) => category.name)))
})

test('transactions keep errors and environments of their own', () => {
  interface HasLog { readonly log: (text: string) => void }
  transaction(
    pipe(
      execute(pipe(update(Product, { price: mul(Product.price, 1.1) }), where(any(Product.tags, eq(Tag.name, 'new'))))),
      RTE.chainW((result) => (result.rowCount === 0 ? RTE.left({ _tag: 'NothingToRaise' as const }) : RTE.right(result.rowCount))),
      RTE.chainFirstW((n) => RTE.asks((environment: HasLog) => environment.log(String(n)))),
    ),
  )
  const cancel = (order: Loaded<typeof Order, 'lines'>) => pipe(order, set(Order, { status: 'void' }), (x) => remove(Order.lines, ...x.lines)(x))
  expectTypeOf(cancel).returns.toExtend<Loaded<typeof Order, 'lines'>>()
})

test('a registry without a name for its model is typed alike', () => {
  const { Note } = registry(entities({ Note: entity(table('notes', { id: column(integer, { primaryKey: true }) })) })).entities
  expectTypeOf<ResultOf<ReturnType<typeof query>>['id']>().toEqualTypeOf<number>()
  function query() { return pipe(select(Note), where(eq(Note.id, 1))) }
  // @ts-expect-error text is no number
  eq(Note.id, 'x')
})

test('registries merge', () => {
  const more = entities({ Note: entity(table('notes', { id: column(integer, { primaryKey: true }) })) })
  interface Notes extends Model<typeof more> {}
  const both = merge(shop, registry<Notes>(more))
  expectTypeOf(both.entities.Note.id).toExtend<{ readonly name: 'id' }>()
  // @ts-expect-error entity 'Customer' is in both, and others
  merge(shop, shop)
  pipe(select(both.entities.Order), options(selectinload(both.entities.Order.lines)))
})

test('a registry known at run time only takes the same verbs', () => {
  const dynamic = dynamicRegistry({ Any: entity(table('any', { id: column(integer, { primaryKey: true }) }), { others: relationship('Any') }) })
  pipe(
    dynamic.entity('Any'),
    O.map((handle) => {
      const made = create(handle, JSON.parse('{}') as Record<string, unknown>)
      set(handle, { name: 'x' })(made)
      const id = attributeNamed(handle, 'id')
      const others = relationshipNamed(handle, 'others')
      if (O.isNone(id) || O.isNone(others)) return
      append(others.value, made)(made)
      pipe(all(pipe(select(handle), where(eq(id.value, made['id'])), options(selectinload(others.value)))), RTE.chain(load(others.value)), RTE.map((found) => found.map((each) => each['id'])))
      pipe(get(handle, 1), RTE.map(O.map((each) => each['name'])))
    }),
  )
})
