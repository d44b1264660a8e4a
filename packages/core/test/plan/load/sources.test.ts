// Sources and joins of a query, as its plan tells them.

import { alias, asc, eq, gt, join, leftJoin, like, limit, orderBy, select, where, type SelectDescriptor } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Engineer, Item, Order, Person, refusalOf, told, User } from './shop.js'

const Other = alias(Order, 'other')

const shapes: readonly (readonly [string, SelectDescriptor, readonly string[]])[] = [
  ['conditions, order and limit are said once', pipe(select(User), where(like(User.name, 'a%')), orderBy(asc(User.name)), limit(2)), [
    'load User', '├ from users as users_1', '├ where users_1.name LIKE $2', '├ ordered by users_1.name', '├ at most $1', '└ reads id, name',
  ]],
  ['a join follows the relationship', pipe(select(User), join(User.orders), where(gt(Order.total, 3))), [
    'load User', '├ from users as users_1 join orders as orders_1 on users_1.id = orders_1.user_id', '├ where orders_1.total > $1', '└ reads id, name',
  ]],
  ['one relationship may be joined twice under other names', pipe(select(User), join(User.orders), join(User.orders, Other), where(eq(Order.total, 1)), where(eq(Other.total, 2))), [
    'load User', '├ from users as users_1 join orders as orders_1 on users_1.id = orders_1.user_id join orders as orders_2 on users_1.id = orders_2.user_id',
    '├ where orders_1.total = $1 AND orders_2.total = $2', '└ reads id, name',
  ]],
  ['an outer join keeps secondary and target together', pipe(select(Order), leftJoin(Order.items), where(eq(Item.label, 'x'))), [
    'load Order', '├ from orders as orders_1 left join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on orders_1.id = order_items_1.order_id',
    '├ where items_1.label = $1', '└ reads id, userId, total',
  ]],
  ['a base reads what its table has of each kind', select(Person), ['load Person', '├ from people as people_1', '├ reads id, kind, name', '└ as Engineer reads id, kind, name']],
  ['a joined subclass reads both tables', select(Engineer), ['load Engineer', '├ from people as people_1 join engineers as engineers_1 on engineers_1.id = people_1.id', '└ reads id, kind, name, lang']],
]

test.each(shapes)('%s', (_name, query, lines) => {
  expect(told(query)).toEqual(lines)
})

test('an entity that the query does not read is refused', () => {
  const query: SelectDescriptor = select(User)
  expect(refusalOf({ ...query, where: [{ _tag: 'attribute', source: 'Item', entity: 'Item', name: 'label' }] })).toBe('argument')
})
