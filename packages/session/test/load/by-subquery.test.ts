// subqueryload: what the statement that is repeated keeps, and whether its parents stand once.

import { asc, column, desc, distinct, entities, entity, gt, integer, limit, offset, options, orderBy, registry, relationship, select, subqueryload, table, text, where } from '@relata/core'
import { add, all, create, expungeAll, flush, isLoaded } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { succeeding } from '../in-session.js'
import { over, storeWith } from './store.js'

const store = storeWith()
const { User, Order } = store.entities

describe('the query inside', () => {
  test('keeps its conditions, and its order where a limit needs it', async () => {
    const limited = await over(store, all(pipe(select(User), where(gt(User.id, 1)), orderBy(desc(User.name)), limit(1), offset(1), options(subqueryload(User.addresses)))))
    expect(limited.selects[1]).toBe('from (select users_1.id as users_1_id from users as users_1 where users_1.id > ? order by users_1.name desc limit ? offset ?) as parents_1 join addresses as addresses_1 on parents_1.users_1_id = addresses_1.user_id order by addresses_1.id')
    const all_ = await over(store, all(pipe(select(User), orderBy(desc(User.name)), options(subqueryload(User.addresses)))))
    expect(all_.selects[1]).toBe('from (select users_1.id as users_1_id from users as users_1) as parents_1 join addresses as addresses_1 on parents_1.users_1_id = addresses_1.user_id order by addresses_1.id')
  })

  test('stands once for every value, unless its columns are the key: then it does anyway', async () => {
    const { selects } = await over(store, all(pipe(select(Order), options(subqueryload(Order.address), subqueryload(Order.items)))))
    expect(selects[1]).toBe('from (select distinct orders_1.address_id as orders_1_address_id from orders as orders_1) as parents_1 join addresses as addresses_1 on addresses_1.id = parents_1.orders_1_address_id')
    expect(selects[2]).toContain('from (select orders_1.id as orders_1_id from orders as orders_1) as parents_2 join (order_items')
  })

  test('stands once or not as distinctTargetKey says', async () => {
    const said = storeWith({ 'Order.address': { distinctTargetKey: false }, 'User.addresses': { distinctTargetKey: true } })
    const { User: Customer, Order: Sale } = said.entities
    const never = await over(said, all(pipe(select(Sale), options(subqueryload(Sale.address)))))
    expect(never.selects[1]).toContain('from (select orders_1.address_id as orders_1_address_id from orders as orders_1) as parents_1')
    const always = await over(said, all(pipe(select(Customer), options(subqueryload(Customer.addresses)))))
    expect(always.selects[1]).toContain('from (select distinct users_1.id as users_1_id from users as users_1) as parents_1')
  })

  test('is joined to at every level below, through what is between', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(select(User), orderBy(asc(User.id)), options(subqueryload(User.orders, subqueryload(Order.items))))), RTE.map((found) => found.map(({ orders }) => orders.map(({ items }) => items.map(({ id }) => id))))))
    expect(result).toEqual([[[1, 2], [1]], [[3]], []])
    expect(selects[2]).toBe('from (select orders_1.id as orders_1_id from (select users_1.id as users_1_id from users as users_1) as parents_1 join orders as orders_1 on parents_1.users_1_id = orders_1.user_id) as parents_2 join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on parents_2.orders_1_id = order_items_1.order_id order by items_1.id')
  })
})

test('an object that several rows of a distinct query would give has its members once', async () => {
  const { result } = await over(store, pipe(all(pipe(select(User), distinct, orderBy(asc(User.id)), options(subqueryload(User.addresses)))), RTE.map((found) => found.map(({ addresses }) => addresses.length))))
  expect(result).toEqual([2, 1, 0])
})

test('objects of an entity and of those below it are one load', async () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text) })
  const engineers = table('engineers', { id: column(integer, { primaryKey: true, references: 'people.id' }), lang: column(text) })
  const phones = table('phones', { id: column(integer, { primaryKey: true }), personId: column(integer, { references: 'people.id' }) })
  const office = registry(entities({
    Person: entity(people, { phones: relationship('Phone', { lazy: 'subquery' }) }, { polymorphicOn: 'kind', identity: 'person' }),
    Engineer: entity(engineers, {}, { inherits: 'Person', identity: 'engineer' }), Phone: entity(phones),
  }))
  const { Person, Engineer, Phone } = office.entities
  const { result, statements } = await succeeding(office, pipe(
    add(create(Person, { phones: [create(Phone, {})] }), create(Engineer, { lang: 'ts', phones: [create(Phone, {}), create(Phone, {})] })), RTE.chain(() => flush), RTE.chain(() => expungeAll),
    RTE.chain(() => all(select(Person))), RTE.map((found) => found.map((person) => [isLoaded(Person.phones)(person), person.phones.length])),
  ))
  expect(result).toEqual([[true, 1], [true, 2]])
  expect(statements.filter((each) => each.startsWith('select'))).toEqual(['select people 2', 'select people 3'])
})
