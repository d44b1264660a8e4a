// Joined eager loading: aliases, nesting, wrapping and order, as the plan tells them.

import { asc, forUpdate, gt, innerjoin, join, joinedload, containsEager, limit, only, options, orderBy, select, type SelectDescriptor } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Node, Order, planOf, told, User } from './shop.js'

const shapes: readonly (readonly [string, SelectDescriptor, readonly string[]])[] = [
  ['a collection is outer-joined under an alias of its own, ordered as mapped', pipe(select(User), options(joinedload(User.orders))), [
    'load User', '├ from users as users_1 left join orders as orders_1 on users_1.id = orders_1.user_id', '├ ordered by orders_1.total', '├ reads id, name',
    '└ User.orders in the same rows', '  └ reads id, userId, total',
  ]],
  ['a criterion of the option stands in ON', pipe(select(User), options(joinedload(User.orders, only(gt(Order.total, 5))))), [
    'load User', '├ from users as users_1 left join orders as orders_1 on users_1.id = orders_1.user_id AND orders_1.total > $1', '├ ordered by orders_1.total', '├ reads id, name',
    '└ User.orders in the same rows', '  └ reads id, userId, total',
  ]],
  ['a limit counts parents: the query becomes a subquery, ordered inside and out', pipe(select(User), orderBy(asc(User.name)), limit(2), options(joinedload(User.orders))), [
    'load User', '├ from (select users_1.id, users_1.name from users as users_1 ordered by users_1.name at most $1) as limited_1 left join orders as orders_1 on limited_1.users_1_id = orders_1.user_id',
    '├ ordered by limited_1.users_1_name, orders_1.total', '├ reads id, name', '└ User.orders in the same rows', '  └ reads id, userId, total',
  ]],
  ['references alone do not wrap', pipe(select(Order), limit(2), options(joinedload(Order.user))), [
    'load Order', '├ from orders as orders_1 left join users as users_1 on users_1.id = orders_1.user_id', '├ at most $1', '├ reads id, userId, total',
    '└ Order.user in the same rows', '  └ reads id, name',
  ]],
  ['an inner join below an outer one is nested in it', pipe(select(User), options(joinedload(User.orders, joinedload(Order.user, innerjoin())))), [
    'load User', '├ from users as users_1 left join (orders as orders_1 join users as users_2 on users_2.id = orders_1.user_id) on users_1.id = orders_1.user_id',
    '├ ordered by orders_1.total', '├ reads id, name', '└ User.orders in the same rows', '  ├ reads id, userId, total', '  └ Order.user in the same rows', '    └ reads id, name',
  ]],
  ['unnested, it is outer', pipe(select(User), options(joinedload(User.orders, joinedload(Order.user, innerjoin('unnested'))))), [
    'load User', '├ from users as users_1 left join orders as orders_1 on users_1.id = orders_1.user_id left join users as users_2 on users_2.id = orders_1.user_id',
    '├ ordered by orders_1.total', '├ reads id, name', '└ User.orders in the same rows', '  ├ reads id, userId, total', '  └ Order.user in the same rows', '    └ reads id, name',
  ]],
  ['a join of the query itself is read where contains says so', pipe(select(User), join(User.orders), options(containsEager(User.orders))), [
    'load User', '├ from users as users_1 join orders as orders_1 on users_1.id = orders_1.user_id', '├ reads id, name', '└ User.orders in the same rows', '  └ reads id, userId, total',
  ]],
  ['a mapped cycle goes as deep as joinDepth', select(Node), [
    'load Node', '├ from nodes as nodes_1', '├ reads id, parentId, label', '└ then Node.children by selectin, for up to 500 at once',
    '  ├ from nodes as nodes_2', '  ├ where nodes_2.parent_id IN ($1…)', '  ├ reads id, parentId, label', '  └ then Node.children by selectin, for up to 500 at once',
    '    ├ from nodes as nodes_3', '    ├ where nodes_3.parent_id IN ($2…)', '    └ reads id, parentId, label',
  ]],
]

test.each(shapes)('%s', (_name, query, lines) => {
  expect(told(query)).toEqual(lines)
})

test('a lock stays with the rows that a limit counts, inside', () => {
  const { statement } = planOf(pipe(select(User), limit(2), forUpdate(), options(joinedload(User.orders))))
  const [from] = statement.from
  const limited = from?._tag === 'join' ? from.left : undefined
  expect(limited?._tag === 'select' && limited.select.lock?.strength).toBe('update')
  expect(statement.lock).toBeUndefined()
})
