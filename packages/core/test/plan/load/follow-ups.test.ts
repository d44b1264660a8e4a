// Statements that follow a query, and those that load a relationship of given parents.

import { chunkSize, explainLoad, immediateload, limit, options, planRelated, select, selectinload, subqueryload, type SelectDescriptor } from '@relata/core'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { mapping, Node, Order, planOf, refusalOf, told, User } from './shop.js'

const shapes: readonly (readonly [string, SelectDescriptor, readonly string[]])[] = [
  ['selectin reads the target alone where its columns cover the parent\'s key', pipe(select(User), options(selectinload(User.orders, selectinload(Order.items)))), [
    'load User', '├ from users as users_1', '├ reads id, name', '└ then User.orders by selectin, for up to 500 at once',
    '  ├ from orders as orders_1', '  ├ where orders_1.user_id IN ($1…)', '  ├ ordered by orders_1.total', '  ├ reads id, userId, total',
    '  └ then Order.items by selectin, for up to 500 at once',
    '    ├ from order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id', '    ├ where order_items_1.order_id IN ($2…)', '    └ reads id, label',
  ]],
  ['a reference is read by the target\'s key', pipe(select(Order), options(selectinload(Order.user, chunkSize(7)))), [
    'load Order', '├ from orders as orders_1', '├ reads id, userId, total', '└ then Order.user by selectin, for up to 7 at once',
    '  ├ from users as users_1', '  ├ where users_1.id IN ($1…)', '  └ reads id, name',
  ]],
  ['subquery repeats the query, cut to its key', pipe(select(User), limit(3), options(subqueryload(User.orders))), [
    'load User', '├ from users as users_1', '├ at most $1', '├ reads id, name', '└ then User.orders by subquery, with the statement above as its subquery',
    '  ├ from (select users_1.id from users as users_1 at most $1) as parents_1 join orders as orders_1 on parents_1.users_1_id = orders_1.user_id', '  ├ ordered by orders_1.total', '  └ reads id, userId, total',
  ]],
  ['immediate asks for each', pipe(select(Order), options(immediateload(Order.user))), [
    'load Order', '├ from orders as orders_1', '├ reads id, userId, total', '└ then Order.user by immediate, for each by itself',
    '  ├ from users as users_1', '  ├ where users_1.id = $1', '  └ reads id, name',
  ]],
]

test.each(shapes)('%s', (_name, query, lines) => {
  expect(told(query)).toEqual(lines)
})

const relationship = (entity: string, name: string) => {
  const found = mapping.entities[entity]?.relationship[name]
  if (found === undefined) throw new Error(`${entity}.${name}`)
  return found
}

test.each([
  ['User', 'orders', 'one', ['load Order', '├ from orders as orders_1', '├ where $1 = orders_1.user_id', '├ ordered by orders_1.total', '└ reads id, userId, total']],
  ['Order', 'items', 'one', ['load Item', '├ from order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id', '├ where $1 = order_items_1.order_id', '└ reads id, label']],
  ['Order', 'items', 'many', ['load Item', '├ from order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id', '├ where order_items_1.order_id IN ($1…)', '└ reads id, label']],
  ['Node', 'parent', 'many', ['load Node', '├ from nodes as nodes_1', '├ where nodes_1.id IN ($1…)']],
] as const)('%s.%s of %s parents', (entity, name, count, lines) => {
  const planned = planRelated(mapping, relationship(entity, name), { count, options: [] })
  expect(isRight(planned) ? explainLoad(planned.right.plan.plan).split('\n').slice(0, lines.length) : planned.left).toEqual(lines)
})

test('a reference whose key is not loaded has a statement that joins from its parents', () => {
  const { result } = planOf(pipe(select(Order), options(selectinload(Order.user))))
  const load = result._tag === 'entity' ? result.followUps[0]?.load : undefined
  expect(load?.keys).toMatchObject({ _tag: 'list', columns: [{ table: 'orders', column: 'userId' }] })
  expect(load?.fallback?.keys).toMatchObject({ _tag: 'list', columns: [{ table: 'orders', column: 'id' }] })
})

test('a chunk is a positive whole number, and only a relationship to itself recurses', () => {
  expect(refusalOf(pipe(select(User), options(selectinload(User.orders, chunkSize(0)))))).toBe('argument')
  const option = pipe(select(User), options(selectinload(User.orders))).options[0]
  if (option?._tag !== 'relationship') throw new Error('an option of a relationship')
  expect(refusalOf({ ...select(User), options: [{ ...option, recursionDepth: 2 }] })).toBe('invalid-request')
  expect(refusalOf(pipe(select(Node), options(selectinload(Node.children))))).toBeUndefined()
})
