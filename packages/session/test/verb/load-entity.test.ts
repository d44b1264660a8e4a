import { column, entities, entity, integer, registry, relationship, select, table, text, type Model } from '@relata/core'
import { add, all, commit, create, expungeAll, is, loadEntity } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { failing, succeeding } from '../in-session.js'

const payments = table('payments', { id: column(integer, { primaryKey: true }), kind: column(text), amount: column(integer) })
const cards = table('cards', { id: column(integer, { primaryKey: true, references: 'payments.id' }), last4: column(text) })
const shopEntities = entities({
  Payment: entity(payments, {}, { polymorphicOn: 'kind', identity: 'payment' }),
  Card: entity(cards, {}, { inherits: 'Payment', identity: 'card' }),
})
interface Shop extends Model<typeof shopEntities> {}
const shop = registry<Shop>(shopEntities)
const { Payment, Card } = shop.entities

test('objects of a subclass that were queried as the base get their columns in one statement', async () => {
  const { result, statements } = await succeeding(shop, pipe(
    add(create(Card, { amount: 1, last4: '4242' }), create(Card, { amount: 2, last4: '1881' }), create(Payment, { amount: 3 })),
    RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.chain(() => all(select(Payment))),
    RTE.map((payments) => payments.filter(is(Card))),
    RTE.chain((cards) => loadEntity(Card)(cards)), RTE.map((cards) => cards.map(({ amount, last4 }) => [amount, last4])),
  ))
  expect(result).toEqual([[1, '4242'], [2, '1881']])
  expect(statements.slice(-2)).toEqual(['select payments 3', 'select payments 2'])
})

test('an object that is not of the entity is refused', async () => {
  expect(await failing(shop, loadEntity(Card)(create(Payment, { amount: 3 })))).toBe('wrong-type')
})

test('what the mapping loads eagerly of the subclass comes along, so that its type is true', async () => {
  const banks = table('banks', { id: column(integer, { primaryKey: true }), name: column(text) })
  const checks = table('checks', { id: column(integer, { primaryKey: true, references: 'payments.id' }), bankId: column(integer, { references: 'banks.id' }) })
  const bankEntities = entities({
    Payment: entity(payments, {}, { polymorphicOn: 'kind', identity: 'payment' }),
    Check: entity(checks, { bank: relationship('Bank', { lazy: 'joined' }) }, { inherits: 'Payment', identity: 'check' }),
    Bank: entity(banks),
  })
  interface Banks extends Model<typeof bankEntities> {}
  const registered = registry<Banks>(bankEntities)
  const { Payment: Base, Check, Bank } = registered.entities
  const { result, statements } = await succeeding(registered, pipe(
    add(...[1, 2].map((amount) => create(Check, { amount, bank: create(Bank, { name: `bank ${amount}` }) }))),
    RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.chain(() => all(select(Base))),
    RTE.chain(loadEntity(Check)), RTE.map((found) => found.map(({ bank }) => bank.name)),
  ))
  expect(result).toEqual(['bank 1', 'bank 2'])
  expect(statements.slice(-3)).toEqual(['select payments 2', 'select payments 2', 'select banks 2'])
})
