// What the compiler knows to be loaded: columns that are left out, wildcards, levels, and what loads them again.

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import {
  column, defaultload, defer, deferAll, entities, entity, immediateload, integer, joinedload, lazyload, loadOnly, noload, options, raiseload, recursionDepth, registry, relationship, select, selectinload, table, text,
  undefer, undeferAll, undeferGroup, wildcard,
} from '@relata/core'
import type { Loaded, Model, Of, ResultOf, Runnable } from '@relata/core'
import { Category, Customer, Order, OrderLine, Payment, Product } from './shop.js'
import { append, load, loadColumn, refresh, set } from './verbs.js'

const photos = table('photos', { id: column(integer, { primaryKey: true }), title: column(text), small: column(text), large: column(text, { nullable: true }), notes: column(text), ownerId: column(integer, { references: 'owners.id' }) })
const owners = table('owners', { id: column(integer, { primaryKey: true }), name: column(text), bio: column(text) })
const galleryEntities = entities({
  Photo: entity(photos, { owner: relationship('Owner', { backPopulates: 'photos' }) }, { deferred: { small: 'pixels', large: 'pixels', notes: 'words' } }),
  Owner: entity(owners, { photos: relationship('Photo', { backPopulates: 'owner' }) }, { deferred: ['bio'] }),
})
interface Gallery extends Model<typeof galleryEntities> {}
const { Photo, Owner } = registry<Gallery>(galleryEntities).entities

declare const one: <Q extends Runnable>(query: Q) => ResultOf<Q>
type Names<X> = Extract<keyof X, string>

test('columns that the mapping defers are not there', () => {
  expectTypeOf<Names<Of<typeof Photo>>>().toEqualTypeOf<'id' | 'title' | 'ownerId'>()
  expectTypeOf<Names<Loaded<typeof Photo, 'owner'>['owner']>>().toEqualTypeOf<'id' | 'name'>()
  expectTypeOf<Names<Loaded<typeof Photo, 'large' | 'owner'>>>().toEqualTypeOf<'id' | 'title' | 'ownerId' | 'large' | 'owner'>()
  // @ts-expect-error a column that every load brings is no path
  type _Title = Loaded<typeof Photo, 'title'>
})

test('what is undeferred is there', () => {
  expectTypeOf<Names<ReturnType<typeof large>>>().toEqualTypeOf<'id' | 'title' | 'ownerId' | 'large'>()
  const large = () => one(pipe(select(Photo), options(undefer(Photo.large))))
  expectTypeOf(large().large).toEqualTypeOf<string | null>()
  const pixels = () => one(pipe(select(Photo), options(undeferGroup(Photo, 'pixels'))))
  expectTypeOf<Names<ReturnType<typeof pixels>>>().toEqualTypeOf<'id' | 'title' | 'ownerId' | 'large' | 'small'>()
  const both = () => one(pipe(select(Photo), options(undeferGroup(Photo, 'pixels', 'words'))))
  expectTypeOf<Names<ReturnType<typeof both>>>().toEqualTypeOf<'id' | 'title' | 'ownerId' | 'large' | 'small' | 'notes'>()
  const every = () => one(pipe(select(Owner), options(undeferAll(Owner), selectinload(Owner.photos, undeferAll(Photo)))))
  expectTypeOf(every().bio).toEqualTypeOf<string>()
  expectTypeOf(every().photos[0]!.notes).toEqualTypeOf<string>()
  // @ts-expect-error no such group
  undeferGroup(Photo, 'sounds')
})

test('what is left out is not there', () => {
  const named = () => one(pipe(select(Customer), options(loadOnly(Customer.name))))
  expectTypeOf<Names<ReturnType<typeof named>>>().toEqualTypeOf<'id' | 'name'>()
  const without = () => one(pipe(select(Customer), options(defer(Customer.city), selectinload(Customer.orders, loadOnly(Order.status, Order.shipCity)))))
  expectTypeOf<Names<ReturnType<typeof without>>>().toEqualTypeOf<'id' | 'name' | 'favouriteOrderId' | 'orders'>()
  expectTypeOf<Names<ReturnType<typeof without>['orders'][number]>>().toEqualTypeOf<'id' | 'status' | 'shipCity'>()
  const key = () => one(pipe(select(OrderLine), options(deferAll(OrderLine))))
  expectTypeOf<Names<ReturnType<typeof key>>>().toEqualTypeOf<'orderId' | 'productId' | 'product'>()
  const kind = () => one(pipe(select(Payment), options(deferAll(Payment), lazyload(Payment.order))))
  expectTypeOf<Names<ReturnType<typeof kind>>>().toEqualTypeOf<'id' | 'kind'>()
})

test('of options that disagree the later counts', () => {
  const again = () => one(pipe(select(Customer), options(defer(Customer.city)), options(undefer(Customer.city))))
  expectTypeOf(again().city).toEqualTypeOf<string | null>()
  const together = () => one(pipe(select(Customer), options(defer(Customer.city), undefer(Customer.city))))
  expectTypeOf(together().city).toEqualTypeOf<string | null>()
  const more = () => one(pipe(select(Customer), options(loadOnly(Customer.name)), options(undefer(Customer.city))))
  expectTypeOf<Names<ReturnType<typeof more>>>().toEqualTypeOf<'id' | 'name' | 'city'>()
  const less = () => one(pipe(select(Customer), options(undefer(Customer.city), loadOnly(Customer.name))))
  expectTypeOf<Names<ReturnType<typeof less>>>().toEqualTypeOf<'id' | 'name'>()
  const only = () => one(pipe(select(Customer), options(loadOnly(Customer.city), loadOnly(Customer.name))))
  expectTypeOf<Names<ReturnType<typeof only>>>().toEqualTypeOf<'id' | 'name'>()
  const loaded = () => one(pipe(select(OrderLine), options(lazyload(OrderLine.product)), options(joinedload(OrderLine.product))))
  expectTypeOf(loaded().product.name).toEqualTypeOf<string>()
  const unloaded = () => one(pipe(select(OrderLine), options(joinedload(OrderLine.product), raiseload(OrderLine.product))))
  // @ts-expect-error refused by the later option
  void unloaded().product
})

test('a wildcard takes away what the mapping loads, and no more', () => {
  const lazy = () => one(pipe(select(OrderLine), options(wildcard('lazy'))))
  expectTypeOf<Names<ReturnType<typeof lazy>>>().toEqualTypeOf<'orderId' | 'productId' | 'quantity' | 'price'>()
  const own = () => one(pipe(select(OrderLine), options(wildcard('raise', OrderLine), selectinload(OrderLine.order))))
  expectTypeOf<Names<ReturnType<typeof own>>>().toEqualTypeOf<'orderId' | 'productId' | 'quantity' | 'price' | 'order'>()
  const below = () => one(pipe(select(Order), options(wildcard('raise'), selectinload(Order.lines))))
  // @ts-expect-error a wildcard of a query holds at every level
  void below().lines[0]!.product
  const here = () => one(pipe(select(Order), options(wildcard('raise', Order), selectinload(Order.lines))))
  expectTypeOf(here().lines[0]!.product.name).toEqualTypeOf<string>()
  const end = () => one(pipe(select(Order), options(selectinload(Order.lines, wildcard('noload', OrderLine)))))
  // @ts-expect-error at the end of a path it holds for that level
  void end().lines[0]!.product
  const eager = () => one(pipe(select(OrderLine), options(wildcard('selectin'))))
  expectTypeOf(eager().product.name).toEqualTypeOf<string>()
  const mapped = () => one(pipe(select(OrderLine), options(wildcard('raise'), defaultload(OrderLine.product))))
  // @ts-expect-error as mapped is not a word of its own
  void mapped().product
})

test('noload shows nothing, whatever may not be null', () => {
  const query = () => one(pipe(select(OrderLine), options(noload(OrderLine.product))))
  expectTypeOf(query().product).toEqualTypeOf<null>()
})

test('levels of a relationship to its own entity', () => {
  const two = () => one(pipe(select(Category), options(selectinload(Category.parent, recursionDepth(1)))))
  expectTypeOf(two().parent!.parent!.name).toEqualTypeOf<string>()
  // @ts-expect-error a level further
  void two().parent!.parent!.parent
  const all = () => one(pipe(select(Category), options(immediateload(Category.parent, recursionDepth(-1), loadOnly(Category.name)))))
  expectTypeOf<Names<NonNullable<ReturnType<typeof all>['parent']>>>().toEqualTypeOf<'id' | 'name' | 'parent'>()
  expectTypeOf(all().parent!.parent!.parent!.parent!.name).toEqualTypeOf<string>()
})

test('loads add to what is there', async () => {
  const customer = one(pipe(select(Customer), options(loadOnly(Customer.name))))
  const loaded = load(Customer.orders)(customer)
  type Known = Extract<Awaited<ReturnType<ReturnType<typeof loaded>>>, { _tag: 'Right' }>['right']
  expectTypeOf<Names<Known>>().toEqualTypeOf<'id' | 'name' | 'orders'>()
  const column = loadColumn(Customer.city)(customer)
  type WithCity = Extract<Awaited<ReturnType<ReturnType<typeof column>>>, { _tag: 'Right' }>['right']
  expectTypeOf<Names<WithCity>>().toEqualTypeOf<'id' | 'name' | 'city'>()
  const many = loadColumn(Customer.city)([customer])
  type Many = Extract<Awaited<ReturnType<ReturnType<typeof many>>>, { _tag: 'Right' }>['right']
  expectTypeOf<Names<Many[number]>>().toEqualTypeOf<'id' | 'name' | 'city'>()
  const again = refresh(Customer)(customer)
  type Again = Extract<Awaited<ReturnType<ReturnType<typeof again>>>, { _tag: 'Right' }>['right']
  expectTypeOf<Names<Again>>().toEqualTypeOf<'id' | 'name' | 'city' | 'favouriteOrderId'>()
  const named = refresh(Customer, 'city', 'orders')(customer)
  type Named = Extract<Awaited<ReturnType<ReturnType<typeof named>>>, { _tag: 'Right' }>['right']
  expectTypeOf<Names<Named>>().toEqualTypeOf<'id' | 'name' | 'city' | 'orders'>()
  const line = one(pipe(select(OrderLine), options(lazyload(OrderLine.product))))
  const product = load(OrderLine.product)(line)
  type Product = Extract<Awaited<ReturnType<ReturnType<typeof product>>>, { _tag: 'Right' }>['right']['product']
  expectTypeOf<Product['name']>().toEqualTypeOf<string>()
})

test('verbs take objects whatever is loaded of them', () => {
  const customer = one(pipe(select(Customer), options(loadOnly(Customer.name))))
  const order = one(pipe(select(Order), options(deferAll(Order))))
  pipe(customer, set(Customer, { city: 'x', favouriteOrder: order }), append(Customer.orders, order))
  // @ts-expect-error an order is no customer
  pipe(order, set(Customer, { city: 'x' }))
  // @ts-expect-error what asks for a whole customer gets one
  const whole: Of<typeof Customer> = customer
  expectTypeOf(whole).not.toBeAny()
  expectTypeOf(customer).toExtend<{ readonly id: number; readonly name: string }>()
  void Product
})
