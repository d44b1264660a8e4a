// Operators that a relationship's comparatorFactory makes: beside those that every relationship has, and in their place.

import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import {
  alias, and, any, backref, column, configure, contains, entities, entity, eq, has, integer, isNotNull, isNull, like, literal, ne, not, ofType, planLoad, registry, relationship, select, table, text, where,
  type Condition, type Model, type SelectDescriptor,
} from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }), email: column(text), gone: column(integer) })

const present = eq(addresses.c.gone, 0)
const blogEntities = entities({
  User: entity(users, {
    addresses: relationship('Address', {
      comparatorFactory: (relation) => ({ at: (host: string) => any(relation, like(addresses.c.email, `%@${host}`)) }),
      backref: backref('user', { comparatorFactory: (relation) => ({ called: (name: string) => has(relation, eq(users.c.name, name)) }) }),
    }),
    present: relationship('Address', {
      viewonly: true,
      comparatorFactory: (relation) => ({
        any: (condition: Condition<string> = literal(true)) => any(relation, and(present, condition)),
        contains: (address: never) => and(contains(relation, address), any(relation, present)),
        isNull: () => not(any(relation, present)),
      }),
    }),
  }),
  Address: entity(addresses, {
    owner: relationship('User', { viewonly: true, comparatorFactory: (relation) => ({ eq: (other: { readonly name: string }) => has(relation, eq(users.c.name, other.name)), isNotNull: () => has(relation, ne(users.c.name, '')) }) }),
  }),
})
interface Blog extends Model<typeof blogEntities> {}
const blog = registry<Blog>(blogEntities)
const { User, Address } = blog.entities

/** The condition of a query as its plan has it. */
const conditionOf = (query: SelectDescriptor): string => {
  const mapping = configure(blog)
  if (mapping._tag === 'Left') throw new Error(JSON.stringify(mapping.left))
  const plan = planLoad(mapping.right, query)
  return plan._tag === 'Left' ? plan.left.message : JSON.stringify(plan.right.plan.statement.where)
}

describe('an operator of its own', () => {
  test('is what it says with the relationship and the columns of tables', () => {
    expect(conditionOf(pipe(select(User), where(User.addresses.at('x.org'))))).toBe(conditionOf(pipe(select(User), where(any(User.addresses, like(Address.email, '%@x.org'))))))
  })

  test('starts from an alias where its relationship does', () => {
    const Other = alias(User, 'Other')
    expect(conditionOf(pipe(select(Other), where(Other.addresses.at('x.org'))))).toBe(conditionOf(pipe(select(Other), where(any(Other.addresses, like(Address.email, '%@x.org'))))))
  })

  test('is of a back reference too', () => {
    expect(conditionOf(pipe(select(Address), where(Address.user.called('ed'))))).toBe(conditionOf(pipe(select(Address), where(has(Address.user, eq(User.name, 'ed'))))))
  })

  test('goes along with ofType', () => {
    const Home = alias(Address, 'Home')
    expect(ofType(User.addresses, Home)).toHaveProperty('at')
  })

  test('is no part of what a query says of the relationship', () => {
    expect(JSON.stringify(any(User.addresses))).toBe('{"_tag":"related","quantifier":"any","relationship":{"source":"User","entity":"User","name":"addresses"}}')
  })
})

describe('an operator in the place of one that every relationship has', () => {
  test('is asked by its function', () => {
    const gone = conditionOf(pipe(select(User), where(any(User.present))))
    expect(gone).toContain('gone')
    expect(conditionOf(pipe(select(User), where(any(User.present, eq(Address.email, 'x')))))).toContain('email')
    expect(conditionOf(pipe(select(User), where(isNull(User.present))))).toMatch(/^{"_tag":"not".*gone/)
    expect(conditionOf(pipe(select(User), where(isNotNull(User.present))))).not.toContain('gone')
    expect(conditionOf(pipe(select(Address), where(isNotNull(Address.owner))))).toContain('name')
    expect(conditionOf(pipe(select(Address), where(eq(Address.owner, { name: 'ed' } as never))))).toContain('name')
  })
})

test.each([
  ['no record', () => 'x', "the comparatorFactory of User.addresses gives no record of operators"],
  ['no function', () => ({ at: 'x' }), "the comparatorFactory of User.addresses gives 'at', which is no function"],
  ['a name that is taken', () => ({ source: () => literal(true) }), "the comparatorFactory of User.addresses gives 'source', which a relationship has already"],
  ['what awaits', () => ({ then: () => literal(true) }), "the comparatorFactory of User.addresses gives 'then', which a relationship has already"],
])('a factory that gives %s throws where the registry is made', (_what, comparatorFactory, message) => {
  expect(() => registry({ User: entity(users, { addresses: relationship('Address', { comparatorFactory } as never) }), Address: entity(addresses) } as never)).toThrow(message)
})

test.each([
  ['a comparatorFactory that is none', { comparatorFactory: 'x' }], ['a queryClass that is none', { lazy: 'dynamic', queryClass: {} }], ['a queryClass of what is loaded', { queryClass: () => ({}) }],
])('configure reports %s', (_what, options) => {
  const configured = configure(registry({ User: entity(users, { addresses: relationship('Address', options as never) }), Address: entity(addresses) } as never))
  expect(configured).toMatchObject({ _tag: 'Left', left: [{ code: 'argument' }] })
})
