// Immediate loads: when one statement serves several parents, and when the object that is there will do.

import { asc, column, entities, entity, eq, immediateload, integer, loadOnly, only, options, orderBy, registry, relationship, select, selectinload, table, text } from '@relata/core'
import { add, all, create, expungeAll, flush, isLoaded, loadColumn } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { succeeding } from '../in-session.js'
import { over, storeWith } from './store.js'

const store = storeWith()
const { User, Address, Order } = store.entities
const addresses = pipe(select(Address), orderBy(asc(Address.id)))

describe('a reference below which columns are left out', () => {
  const named = pipe(addresses, options(immediateload(Address.user, loadOnly(User.name))))

  test('is one statement for each object, not for each parent', async () => {
    const { result, selects } = await over(store, pipe(all(named), RTE.map((found) => found.map(({ user }) => user?.name))))
    expect(result).toEqual(['ann', 'ann', 'bob', undefined])
    expect(selects).toHaveLength(3)
  })

  test('is the object that another query brought with the same columns, and not one that lacks some', async () => {
    const same = await over(store, pipe(all(pipe(select(User), options(loadOnly(User.name)))), RTE.chain(() => all(named))))
    expect(same.selects).toHaveLength(2)
    const more = await over(store, pipe(all(pipe(select(User), options(loadOnly(User.name)))), RTE.chain(() => all(pipe(addresses, options(immediateload(Address.user))))), RTE.map((found) => found.map(({ user }) => user?.city))))
    expect([more.result, more.selects.length]).toEqual([['Rome', 'Rome', 'Bern', undefined], 4])
  })

  test('leaves the rest to be asked for', async () => {
    const { result } = await over(store, pipe(all(named), RTE.chain(([address]) => loadColumn(User.city)(address!.user!)), RTE.map(({ city }) => city)))
    expect(result).toBe('Rome')
  })
})

describe('a reference with a condition', () => {
  const inRome = pipe(addresses, options(immediateload(Address.user, only(eq(User.city, 'Rome')))))

  test('shows who the condition holds for, by one statement a key and none for null', async () => {
    const { result, selects } = await over(store, pipe(all(inRome), RTE.map((found) => found.map(({ user }) => user?.name))))
    expect(result).toEqual(['ann', 'ann', undefined, undefined])
    expect(selects.slice(1)).toEqual(['from users as users_1 where users_1.id = ? and users_1.city = ?', 'from users as users_1 where users_1.id = ? and users_1.city = ?'])
  })

  test('asks the database where the session has the object, of which it cannot tell', async () => {
    const { result } = await over(store, pipe(all(select(User)), RTE.chain(() => all(inRome)), RTE.map((found) => found.map(({ user }) => user?.name))))
    expect(result).toEqual(['ann', 'ann', undefined, undefined])
  })
})

test('below a selectin load it is one statement for each of those objects', async () => {
  const { selects } = await over(store, all(pipe(select(User), options(selectinload(User.orders, immediateload(Order.items))))))
  expect(selects.map((each) => each.split(' ')[1])).toEqual(['users', 'orders', 'order_items', 'order_items', 'order_items'])
})

test('of an entity with entities below it, it loads for all of them', async () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), firmId: column(integer, { references: 'firms.id' }) })
  const engineers = table('engineers', { id: column(integer, { primaryKey: true, references: 'people.id' }), lang: column(text) })
  const firms = table('firms', { id: column(integer, { primaryKey: true }) })
  const office = registry(entities({
    Person: entity(people, { firm: relationship('Firm', { lazy: 'immediate' }) }, { polymorphicOn: 'kind', identity: 'person' }),
    Engineer: entity(engineers, {}, { inherits: 'Person', identity: 'engineer' }), Firm: entity(firms),
  }))
  const { Person, Engineer, Firm } = office.entities
  const { result, statements } = await succeeding(office, pipe(
    add(create(Person, { firm: create(Firm, {}) }), create(Engineer, { lang: 'ts', firm: create(Firm, {}) })), RTE.chain(() => flush), RTE.chain(() => expungeAll),
    RTE.chain(() => all(select(Person))), RTE.map((found) => found.map((person) => isLoaded(Person.firm)(person))),
  ))
  expect(result).toEqual([true, true])
  expect(statements.filter((each) => each.startsWith('select'))).toEqual(['select people 2', 'select firms 1', 'select firms 1'])
})
