// What is known of objects.
/* oxlint-disable typescript/no-misused-spread -- that a copy is no instance is one of the facts */

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import { bigint, column, date, entities, entity, enumeration, integer, json, registry, relationship, table, text } from '@relata/core'
import type { ColumnCodec, CollectionHandle, Input, KeyOf, Loaded, Model, Of } from '@relata/core'
import { Card, Customer, Order, OrderLine, Tag, Transfer } from './shop.js'
import type { Category, Payment, Shop } from './shop.js'
import { append, create, get, is, load, remove, set } from './verbs.js'

declare const customer: Of<typeof Customer>
declare const order: Of<typeof Order>
declare const card: Of<typeof Card>
declare const payment: Of<typeof Payment>
declare const category: Of<typeof Category>
declare const loaded: Loaded<typeof Customer, 'orders'>
declare const takesTag: (tag: Of<typeof Tag>) => void
declare const theme: ColumnCodec<{ readonly theme: string }>

test('an object has its columns, of their types', () => {
  expectTypeOf(customer.id).toEqualTypeOf<number>()
  expectTypeOf(customer.city).toEqualTypeOf<string | null>()
  expectTypeOf(order.status).toEqualTypeOf<'open' | 'paid' | 'void'>()
})

test('an object has the relationships that are loaded, and no others', () => {
  // @ts-expect-error not loaded
  void customer.orders
  expectTypeOf<Loaded<typeof Customer, 'orders' | 'localOrders'>['localOrders']>().toExtend<ReadonlyArray<Of<typeof Order>>>()
  expectTypeOf<NonNullable<Loaded<typeof Category, 'parent.parent'>['parent']>['parent']>().toExtend<Of<typeof Category> | null>()
  // @ts-expect-error eager loading of a circle stops
  void category.children[0]!.children
})

test('a path begins with a relationship', () => {
  // @ts-expect-error misspelt
  type Misspelt = Loaded<typeof Customer, 'order'>
  // @ts-expect-error a column
  type Column = Loaded<typeof Customer, 'name'>
  expectTypeOf<Misspelt | Column>().not.toBeAny()
})

test('what the mapping loads eagerly is there', () => {
  expectTypeOf<Of<typeof OrderLine>['product']['name']>().toEqualTypeOf<string>()
  expectTypeOf<Of<typeof Payment>['order']['id']>().toEqualTypeOf<number>()
})

test('a many-to-one over keys that may not be null is not null', () => {
  expectTypeOf<null extends Of<typeof OrderLine>['product'] ? true : false>().toEqualTypeOf<false>()
  expectTypeOf<null extends Loaded<typeof Customer, 'favouriteOrder'>['favouriteOrder'] ? true : false>().toEqualTypeOf<true>()
})

test('objects do not change by assignment', () => {
  // @ts-expect-error readonly
  customer.name = 'x'
  // @ts-expect-error readonly
  loaded.orders.push(order)
})

test('create takes what the database demands', () => {
  create(Customer, { name: 'Ada' })
  create(Order, { placedAt: new Date(), customer: create(Customer, { name: 'Ada', city: null }) })
  // @ts-expect-error no name
  create(Customer, {})
  // @ts-expect-error no such attribute
  create(Customer, { name: 'x', bogus: 1 })
  // @ts-expect-error a card is no transfer
  create(Card, { amount: '1', last4: '2', kind: 'transfer' })
  // @ts-expect-error a tag is no order
  create(Customer, { name: 'x', orders: [create(Tag, { name: 'x' })] })
})

test('what create returns may have no generated key yet', () => {
  const made = create(Customer, { name: 'x' })
  expectTypeOf(made.id).toEqualTypeOf<number | undefined>()
  expectTypeOf(made.orders).toExtend<ReadonlyArray<unknown>>()
  expectTypeOf(create(Order, { placedAt: new Date() }).customer?.name).toEqualTypeOf<string | undefined>()
})

test('verbs take objects of their entity', () => {
  pipe(customer, set(Customer, { name: 'x', favouriteOrder: order }), append(Customer.orders, order), remove(Customer.orders, order))
  pipe(order, append(Order.payments, card), append(Order.payments, create(Transfer, { amount: '1', iban: 'x' })))
  // @ts-expect-error a scalar has no members
  append(Order.customer, customer)
  // @ts-expect-error a record is no object of the session
  append(Customer.orders, { id: 1, customerId: 1, status: 'open', placedAt: new Date(), shipCity: null })
  // @ts-expect-error a copy is none either
  pipe({ ...customer }, set(Customer, { name: 'x' }))
  // @ts-expect-error an order is no customer
  set(Customer, { name: 'x' })(order)
})

test('an entity below stands for the one above, not the other way', () => {
  expectTypeOf(card).toExtend<Of<typeof Payment>>()
  expectTypeOf(card.kind).toEqualTypeOf<'card'>()
  expectTypeOf(card.amount).toEqualTypeOf<string>()
  // @ts-expect-error a payment may be no card
  pipe(payment, set(Card, { last4: '1' }))
  expectTypeOf([payment].filter(is(Card))[0]!.last4).toEqualTypeOf<string>()
  // @ts-expect-error entities of the same shape differ
  takesTag(category)
})

test('a key is a value, or a record of several', () => {
  expectTypeOf<KeyOf<Shop, 'Order'>>().toEqualTypeOf<number>()
  expectTypeOf<KeyOf<Shop, 'OrderLine'>>().toEqualTypeOf<{ readonly orderId: number; readonly productId: number }>()
  get(OrderLine, { orderId: 1, productId: 2 })
  // @ts-expect-error half a key
  get(OrderLine, { orderId: 1 })
})

test('load gives what it loaded, of one object or of many', () => {
  expectTypeOf(load(Customer.orders)(customer)).returns.returns.resolves.toExtend<{ readonly _tag: 'Left' } | { readonly right: Loaded<typeof Customer, 'orders'> }>()
  expectTypeOf(load(Customer.orders)([customer])).returns.returns.resolves.toExtend<{ readonly _tag: 'Left' } | { readonly right: ReadonlyArray<Loaded<typeof Customer, 'orders'>> }>()
  // @ts-expect-error a relationship of another entity
  load(Order.lines)(customer)
})

test('attributes may have nearly any name, and some relationships are handles', () => {
  const odd = table('odd', {
    id: column(integer, { primaryKey: true }), $: column(text), name: column(text), select: column(text), _tag: column(text), length: column(integer),
    parentId: column(integer, { references: 'odd.id' }),
  })
  const all = entities({ Odd: entity(odd, { kids: relationship('Odd', { lazy: 'write_only' }) }) })
  interface Odds extends Model<typeof all> {}
  const { Odd } = registry<Odds>(all).entities
  expectTypeOf<Of<typeof Odd>['kids']>().toEqualTypeOf<CollectionHandle<Odds, 'Odd'>>()
  expectTypeOf(Odd._tag).toExtend<{ readonly _tag: 'attribute'; readonly name: '_tag' }>()
  // @ts-expect-error a write_only relationship is never loaded as a whole
  load(Odd.kids)
})

test('a column has the type of its codec', () => {
  const kinds = table('kinds', {
    id: column(bigint, { primaryKey: true }), on: column(date), kind: column(enumeration('a', 'b'), { nullable: true }),
    data: column(json(theme), { default: { theme: 'dark' } }),
  })
  const all = entities({ Kinds: entity(kinds) })
  type M = Model<typeof all>
  expectTypeOf<M['Kinds']['row']>().toEqualTypeOf<{ readonly id: bigint; readonly on: string; readonly kind: 'a' | 'b' | null; readonly data: { readonly theme: string } }>()
  expectTypeOf<Input<M, 'Kinds'>>().toExtend<{ readonly on: string }>()
})

test('a collection is an array, a set or a map, by its class', () => {
  const users = table('users', { id: column(integer, { primaryKey: true }) })
  const notes = table('notes', { key: column(text, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), n: column(integer) })
  const all = entities({
    User: entity(users, {
      list: relationship('Note', { lazy: 'selectin', viewonly: true }),
      set: relationship('Note', { collectionClass: 'set', lazy: 'selectin', overlaps: 'list' }),
      keyed: relationship('Note', { collectionClass: { keyedBy: 'key' }, lazy: 'selectin', viewonly: true }),
      counted: relationship('Note', { collectionClass: { keyedBy: (note: { readonly n: number }) => note.n }, lazy: 'selectin', viewonly: true }),
    }),
    Note: entity(notes),
  })
  interface Notes extends Model<typeof all> {}
  const { User, Note } = registry<Notes>(all).entities
  type Owner = Of<typeof User>
  expectTypeOf<Owner['list']>().toEqualTypeOf<ReadonlyArray<Of<typeof Note>>>()
  expectTypeOf<Owner['set']>().toEqualTypeOf<ReadonlySet<Of<typeof Note>>>()
  expectTypeOf<Owner['keyed']>().toEqualTypeOf<ReadonlyMap<string, Of<typeof Note>>>()
  expectTypeOf<Owner['counted']>().toEqualTypeOf<ReadonlyMap<number, Of<typeof Note>>>()
  const note = create(Note, { key: 'a', n: 1 })
  create(User, { list: [note], set: new Set([note]), keyed: new Map([['a', note]]) })
  // @ts-expect-error a set is no array
  create(User, { set: [note] })
  append(User.set, note)
  // @ts-expect-error the database does not make keys of text
  create(Note, { n: 1 })
})
