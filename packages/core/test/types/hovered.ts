// The expressions whose hovers are held to be short.

import { pipe } from 'fp-ts/lib/function.js'
import { any, count, eq, leftJoin, like, options, select, selectinload, where } from '@relata/core'
import { Customer, Order, OrderLine } from './shop.js'
import { all, create } from './verbs.js'

export const attribute = Customer.city
export const relation = Order.lines
export const condition = any(Customer.orders, eq(Order.status, 'paid'))
export const query = pipe(select(Order), where(like(Order.shipCity, 'A%')), options(selectinload(Order.lines, selectinload(OrderLine.product))))
export const program = all(query)
export const made = create(Customer, { name: 'Ada' })
export const rows = pipe(select({ city: Customer.city, orders: count(Order.id) }), leftJoin(Customer.orders))
export const handle = Customer
