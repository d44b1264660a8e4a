// Queries are frozen data; each step makes another.

import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import {
  alias, any, autoflush, column, contains, correlate, count, cte, deleteFrom, distinct, entities, entity, eq, exists, forUpdate, fullJoin, groupBy, gt, has, having, inSubquery, insertInto, integer, isNull, join, joined, lateral,
  leftJoin, limit, literal, mul, ne, offset, onConflict, orderBy, populateExisting, recursive, registry, relationship, scalar, select, subquery, table, text, union, update, where, withParent,
} from '@relata/core'
import type { Model, Of } from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const orders = table('orders', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), total: column(integer) })
const all = entities({ User: entity(users, { orders: relationship('Order', { backPopulates: 'user' }) }), Order: entity(orders, { user: relationship('User', { backPopulates: 'orders' }) }) })
interface Shop extends Model<typeof all> {}
const { User, Order } = registry<Shop>(all).entities
const source = (name: string) => ({ _tag: 'entity', entity: name, source: name })
const attribute = (entityName: string, name: string) => ({ _tag: 'attribute', source: entityName, entity: entityName, name })
const userOrders = { source: 'User', entity: 'User', name: 'orders' }
const orderUser = { source: 'Order', entity: 'Order', name: 'user' }

test('a step leaves the query that it is given as it is', () => {
  const first = select(User)
  const second = pipe(first, where(eq(User.id, 1)), limit(1))
  expect(first.where).toEqual([])
  expect(first).not.toHaveProperty('limit')
  expect(Object.isFrozen(second)).toBe(true)
})

test('clauses add up', () => {
  const query = pipe(select({ name: User.name }), where(eq(User.id, 1)), where(eq(User.id, 2), eq(User.id, 3)), groupBy(User.name), having(gt(count(), 1)), orderBy(User.name), orderBy(User.id), offset(1), distinct)
  expect(query).toMatchObject({ where: { length: 3 }, groupBy: [attribute('User', 'name')], having: { length: 1 }, orderBy: [{ direction: 'asc' }, { arg: attribute('User', 'id') }], offset: 1, distinct: true })
})

test('joins along a relationship, to an alias, to a handle, with conditions', () => {
  const Mine = alias(Order, 'Mine')
  expect(pipe(select(User), join(User.orders)).joins).toEqual([{ kind: 'inner', to: { _tag: 'relationship', relationship: userOrders, source: 'Order' } }])
  expect(pipe(select(User), leftJoin(User.orders, Mine, gt(Mine.total, 1))).joins[0]).toMatchObject({ kind: 'left', to: { source: 'Mine', where: { _tag: 'binary' } } })
  expect(pipe(select(User), join(User.orders, gt(Order.total, 1))).joins[0]).toMatchObject({ to: { source: 'Order', where: { _tag: 'binary' } } })
  expect(pipe(select(User), fullJoin(Order, eq(Order.userId, User.id))).joins[0]).toMatchObject({ kind: 'full', to: { _tag: 'source', source: source('Order'), on: { _tag: 'binary' } } })
})

test('the sources of fields stand side by side until they are joined', () => {
  const query = select({ a: User.id, b: Order.id, again: User.name })
  expect(query.from).toEqual([source('User'), source('Order')])
  expect(pipe(query, join(User.orders)).from).toEqual([source('User')])
})

test('relationships as conditions', () => {
  const user = {} as Of<typeof User>
  expect(any(User.orders)).toEqual({ _tag: 'related', quantifier: 'any', relationship: userOrders })
  expect(has(Order.user, eq(User.id, 1))).toMatchObject({ _tag: 'related', quantifier: 'has', relationship: orderUser, where: { _tag: 'binary' } })
  expect(eq(Order.user, user)).toEqual({ _tag: 'relatedTo', operator: 'eq', relationship: orderUser, object: user })
  expect(ne(Order.user, user)).toMatchObject({ operator: 'ne' })
  expect(contains(User.orders, {} as Of<typeof Order>)).toMatchObject({ operator: 'contains', relationship: userOrders })
  expect(isNull(Order.user)).toEqual({ _tag: 'relatedNull', negated: false, relationship: orderUser })
  expect(withParent(User.orders, user)).toEqual({ _tag: 'memberOf', source: 'Order', relationship: { entity: 'User', name: 'orders' }, object: user })
  expect(joined(User.orders)).toEqual({ _tag: 'relationshipCondition', relationship: userOrders })
})

test('a subquery is a source of those that select or join its fields', () => {
  const totals = subquery('totals', pipe(select({ id: Order.userId, n: count() }), groupBy(Order.userId)))
  expect(totals.n).toEqual({ _tag: 'field', source: 'totals', name: 'n' })
  const query = pipe(select({ name: User.name, n: totals.n }), where(eq(User.id, totals.id)))
  expect(query.from).toMatchObject([source('User'), { _tag: 'subquery', source: 'totals', select: { _tag: 'select' } }])
  expect(pipe(select(User), leftJoin(totals, eq(totals.id, User.id))).joins[0]).toMatchObject({ to: { _tag: 'source', source: { _tag: 'subquery', source: 'totals' } } })
})

test('a correlated query leaves out the source of the other', () => {
  const inner = pipe(select({ user: User.id, id: Order.id }), correlate(User), where(eq(Order.userId, User.id)))
  expect(inner).toMatchObject({ from: [source('Order')], correlate: ['User'] })
  expect(exists(inner)).toEqual({ _tag: 'exists', select: inner })
  expect(scalar(pipe(select({ n: count() })))).toMatchObject({ _tag: 'scalarSubquery' })
  expect(inSubquery(User.id, select({ id: Order.userId }))).toMatchObject({ _tag: 'inSubquery', negated: false, arg: attribute('User', 'id') })
})

test('a lateral subquery says so', () => {
  const last = lateral('last', pipe(select({ id: Order.id }), correlate(User), where(eq(Order.userId, User.id)), limit(1)))
  expect(pipe(select(User), leftJoin(last, literal(true))).joins[0]).toMatchObject({ to: { source: { lateral: true, source: 'last' } } })
})

test('a common table is declared once by the query that reads it', () => {
  const big = cte('big', pipe(select({ id: Order.id, user: Order.userId }), where(gt(Order.total, 100))))
  const query = select({ id: big.id, user: big.user })
  expect(query.from).toEqual([{ _tag: 'cte', name: 'big', source: 'big' }])
  expect(query.ctes).toMatchObject([{ name: 'big', recursive: false }])
  expect(pipe(select(User), join(big, eq(big.user, User.id))).ctes).toHaveLength(1)
})

test('a common table of itself', () => {
  const numbers = recursive('numbers', select({ n: User.id }), (self) => pipe(select({ n: self.n }), where(gt(self.n, 1))), { all: true })
  const [table1] = select({ n: numbers.n }).ctes
  expect(table1).toMatchObject({ name: 'numbers', recursive: true, unionAll: true, union: { from: [{ _tag: 'cte', name: 'numbers' }] } })
  expect(table1?.union?.ctes).toEqual([])
})

test('set operations, locks and settings', () => {
  const query = pipe(select({ name: User.name }), union(select({ name: User.name })), forUpdate({ wait: 'skip locked', of: [User] }), populateExisting, autoflush(false))
  expect(query).toMatchObject({ setOperations: [{ operator: 'union' }], lock: { strength: 'update', wait: 'skip locked', of: ['User'] }, populateExisting: true, autoflush: false })
})

test('writes are data', () => {
  expect(pipe(update(Order, { total: mul(Order.total, 2) }), where(eq(Order.id, 1)))).toMatchObject({ _tag: 'update', entity: 'Order', set: { total: { _tag: 'binary', operator: 'mul' } }, where: { length: 1 }, synchronize: 'auto' })
  expect(pipe(deleteFrom(Order, { synchronize: false }), where(eq(Order.id, 1)))).toMatchObject({ _tag: 'delete', where: { length: 1 }, synchronize: false })
  expect(pipe(insertInto(User, [{ name: 'a' }]), onConflict(['name'], { name: 'b' }))).toMatchObject({
    _tag: 'insert', rows: [{ name: { _tag: 'literal', value: 'a' } }], onConflict: { attributes: ['name'], update: { name: { _tag: 'literal', value: 'b' } } },
  })
})

test('a query is JSON but for the objects that it is compared with', () => {
  const query = pipe(select(User), where(any(User.orders, gt(Order.total, 1))), orderBy(User.id))
  expect(JSON.parse(JSON.stringify(query))).toEqual(query)
})
