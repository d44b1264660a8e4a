// Operators of a relationship's own, and what its handle gives of its own, as programs see them.

import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'
import { alias, any, backref, column, count, entities, entity, eq, ge, has, integer, like, limit, orderBy, registry, relationship, select, table, text, where } from '@relata/core'
import type { Condition, Model, Of, Query, Rel } from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), email: column(text) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), year: column(integer) })

const blogEntities = entities({
  User: entity(users, {
    addresses: relationship('Address', {
      comparatorFactory: (relation) => ({ at: (host: string) => any(relation, like(addresses.c.email, `%@${host}`)), has: (id: number) => any(relation, eq(addresses.c.id, id)) }),
      backref: backref('user', { comparatorFactory: (relation) => ({ called: (name: string) => has(relation, eq(users.c.name, name)) }) }),
    }),
    posts: relationship('Post', {
      lazy: 'dynamic',
      queryClass: (members) => ({ since: (year: number) => pipe(members, where(ge(posts.c.year, year))), newest: pipe(members, orderBy(posts.c.year), limit(1)), answer: (): number => 42 }),
    }),
  }),
  Address: entity(addresses),
  Post: entity(posts),
})
interface Blog extends Model<typeof blogEntities> {}
const { User, Address } = registry<Blog>(blogEntities).entities
declare const user: Of<typeof User>

test('an operator reads the source of its relationship', () => {
  expectTypeOf(User.addresses.at).toEqualTypeOf<(host: string) => Condition<'User'>>()
  pipe(select(User), where(User.addresses.at('x.org')))
  const Other = alias(User, 'Other')
  expectTypeOf(Other.addresses.at('x.org')).toEqualTypeOf<Condition<'Other'>>()
  expectTypeOf(Address.user.called).toEqualTypeOf<(name: string) => Condition<'Address'>>()
  // @ts-expect-error another entity
  pipe(select(Address), where(User.addresses.at('x.org')))
  // @ts-expect-error no number
  User.addresses.at(1)
})

test('it goes everywhere where a relationship goes', () => {
  expectTypeOf(User.addresses).toExtend<Rel<Blog, 'User', 'addresses', 'Address', true, 'User'>>()
  any(User.addresses, like(Address.email, 'x'))
  expectTypeOf(User.posts).toEqualTypeOf<Rel<Blog, 'User', 'posts', 'Post', 'handle', 'User'>>()
})

test('a handle gives what its queryClass makes', () => {
  expectTypeOf(user.posts.since).toEqualTypeOf<(year: number) => Query<Blog, 'Post', {}, 'Post'>>()
  expectTypeOf(user.posts.newest).toEqualTypeOf<Query<Blog, 'Post', {}, 'Post'>>()
  expectTypeOf(user.posts.answer()).toEqualTypeOf<number>()
  expectTypeOf(user.posts.select).toEqualTypeOf<Query<Blog, 'Post', {}, 'Post'>>()
  // @ts-expect-error no such member
  void user.posts.until
})

test('names that are taken are refused', () => {
  // @ts-expect-error a relationship has a name
  relationship('Address', { comparatorFactory: (relation) => ({ name: () => any(relation) }) })
  // @ts-expect-error a handle adds
  relationship('Address', { lazy: 'dynamic', queryClass: (members) => ({ add: () => members }) })
  // @ts-expect-error an operator gives an expression
  relationship('Address', { comparatorFactory: () => ({ at: () => 'x.org' }) })
  // @ts-expect-error a function of the relationship
  relationship('Address', { comparatorFactory: null })
})

test('an operator may give any expression', () => {
  const all = entities({ User: entity(users, { addresses: relationship('Address', { comparatorFactory: () => ({ number: () => count(addresses.c.id) }) }) }), Address: entity(addresses) })
  const counted = registry(all).entities
  expectTypeOf(counted.User.addresses.number()).toExtend<{ readonly _tag: string }>()
})
