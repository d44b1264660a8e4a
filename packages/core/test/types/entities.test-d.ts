// What may be put into a registry.
/* oxlint-disable unicorn/no-thenable -- that attributes may not be called so is one of the facts */

import { expectTypeOf, test } from 'vitest'
import { any, backref, column, combine, dynamicLoader, entities, entity, eq, foreign, integer, limit, not, relationship, remote, table, text } from '@relata/core'
import type { Model } from '@relata/core'
import { customers, orders, products } from './shop.js'

test('a target is an entity of the registry', () => {
  // @ts-expect-error no entity 'Nope' in this registry
  entities({ A: entity(customers, { x: relationship('Nope') }) })
})

test('back_populates leads back', () => {
  // @ts-expect-error no relationship 'nope' on B
  entities({ A: entity(customers, { x: relationship('B', { backPopulates: 'nope' }) }), B: entity(orders) })
  // @ts-expect-error B.y leads to B, not back to A
  entities({ A: entity(customers, { x: relationship('B', { backPopulates: 'y' }) }), B: entity(orders, { y: relationship('B') }) })
})

test('a relationship is not named like a column', () => {
  // @ts-expect-error 'name' is a column of A
  entities({ A: entity(customers, { name: relationship('B') }), B: entity(orders) })
})

test('an attribute is not named as JavaScript names what it asks objects for', () => {
  // @ts-expect-error an attribute of A may not be called 'then'
  entities({ A: entity(table('a', { id: column(integer), then: column(text) })) })
  // @ts-expect-error an attribute of A may not be called 'toJSON'
  entities({ A: entity(customers, { toJSON: relationship('B') }), B: entity(orders) })
  entities({ A: entity(table('a', { id: column(integer), then: column(text) }), {}, { attributes: { next: 'then' } }) })
})

test('uselist is demanded where the join does not tell', () => {
  // @ts-expect-error the tables refer to each other, and the join marks neither side as foreign
  entities({ A: entity(customers, { x: relationship('B', { primaryjoin: eq(customers.c.id, orders.c.customerId) }) }), B: entity(orders) })
  entities({ A: entity(customers, { x: relationship('B', { uselist: true, primaryjoin: eq(customers.c.id, orders.c.customerId) }) }), B: entity(orders) })
  entities({ A: entity(customers, { x: relationship('B', { primaryjoin: eq(customers.c.id, foreign(orders.c.customerId)) }) }), B: entity(orders) })
})

test('a primaryjoin reads both sides and no third table', () => {
  // @ts-expect-error primaryjoin reads 'products'
  entities({ A: entity(customers, { x: relationship('B', { primaryjoin: eq(customers.c.id, products.c.id) }) }), B: entity(orders) })
})

test('options that do not exist are errors, and so are wrong values', () => {
  // @ts-expect-error a column has no option 'nulable'
  column(integer, { primaryKey: true, nulable: true })
  // @ts-expect-error a relationship has no option 'bakPopulates'
  relationship('B', { lazy: 'joined', bakPopulates: 'x' })
  // @ts-expect-error no such strategy
  relationship('B', { lazy: 'joind' })
  // @ts-expect-error a backref has no option 'lasy'
  backref('b', { lazy: 'joined', lasy: 'x' })
  // @ts-expect-error an entity has no option 'inherit'
  entity(customers, {}, { polymorphicOn: 'kind', inherit: 'A' })
  // @ts-expect-error the strategy of a dynamic relationship is given
  dynamicLoader('B', { lazy: 'joined' })
  // @ts-expect-error a table has no option 'unique'
  table('t', { id: column(integer) }, { schema: 's', unique: [] })
  // @ts-expect-error no column 'ix' in this table
  table('t', { id: column(integer) }, { indexes: [{ columns: ['ix'] }] })
})

test('features compose, and resolve only together', () => {
  const catalog = { Product: entity(table('p', { id: column(integer, { primaryKey: true }) }), { lines: relationship('Line', { backPopulates: 'product' }) }) }
  const sales = {
    Line: entity(table('l', { id: column(integer, { primaryKey: true }), pid: column(integer, { references: 'p.id' }) }), {
      product: relationship('Product', { backPopulates: 'lines' }),
    }),
  }
  entities(combine(catalog, sales))
  // @ts-expect-error the same entity in both
  combine(catalog, catalog)
  // @ts-expect-error a feature alone does not resolve
  entities(catalog)
})

test('every parameter of the specification is taken', () => {
  relationship('B', {
    uselist: true, collectionClass: 'list', primaryjoin: () => eq(customers.c.id, foreign(remote(orders.c.customerId))), secondaryjoin: () => eq(customers.c.id, orders.c.customerId),
    secondary: () => products, foreignKeys: () => [orders.c.customerId], remoteSide: 'orders.customerId', backPopulates: () => 'a', orderBy: [orders.c.id, 'orders.placedAt'],
    overlaps: 'a,b', postUpdate: false, cascade: ['save-update', 'merge'], cascadeBackrefs: false, viewonly: false, init: true, repr: false, default: null, defaultFactory: () => [],
    compare: false, kwOnly: true, lazy: true, passiveDeletes: 'all', passiveUpdates: true, activeHistory: false, enableTypechecks: true, joinDepth: 2, comparatorFactory: (bs) => ({ none: () => not(any(bs)) }),
    singleParent: false, innerjoin: 'unnested', distinctTargetKey: null, loadOnPending: false, queryClass: (members) => ({ few: () => limit(3)(members) }), info: { any: 'thing' }, doc: 'text', omitJoin: false, syncBackref: true,
  })
  relationship(() => 'B', { backref: backref('as', { collectionClass: { keyedBy: 'name' } }), lazy: null })
})

test('one or many is decided as the planner decides it', () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), bossId: column(integer, { references: 'people.id', nullable: true }), name: column(text) })
  const badges = table('badges', { id: column(integer, { primaryKey: true }), personId: column(integer, { references: 'people.id' }) })
  const links = table('links', { a: column(integer, { references: 'people.id' }), b: column(integer, { references: 'people.id' }) })
  const all = entities({
    Person: entity(people, {
      badge: relationship('Badge', { uselist: false, backref: 'owner' }),
      badges: relationship('Badge', { viewonly: true }),
      reports: relationship('Person'),
      boss: relationship('Person', { remoteSide: 'people.id' }),
      bossByMark: relationship('Person', { primaryjoin: eq(people.c.bossId, remote(people.c.id)), viewonly: true }),
      reportsByMark: relationship('Person', { primaryjoin: eq(people.c.id, remote(foreign(people.c.bossId))), viewonly: true }),
      friends: relationship('Person', { secondary: links, primaryjoin: eq(people.c.id, links.c.a), secondaryjoin: eq(people.c.id, links.c.b) }),
      followers: relationship('Person', { secondary: 'links', lazy: 'write_only' }),
    }),
    Badge: entity(badges, { person: relationship('Person') }),
  })
  type M = Model<typeof all>
  type List<N extends keyof M, K extends keyof M[N]['rels']> = M[N]['rels'][K] extends { readonly list: infer L } ? L : never
  expectTypeOf<List<'Person', 'badge'>>().toEqualTypeOf<false>()
  expectTypeOf<List<'Badge', 'owner'>>().toEqualTypeOf<false>()
  expectTypeOf<List<'Person', 'badges'>>().toEqualTypeOf<true>()
  expectTypeOf<List<'Person', 'reports'>>().toEqualTypeOf<true>()
  expectTypeOf<List<'Person', 'boss'>>().toEqualTypeOf<false>()
  expectTypeOf<List<'Person', 'bossByMark'>>().toEqualTypeOf<false>()
  expectTypeOf<List<'Person', 'reportsByMark'>>().toEqualTypeOf<true>()
  expectTypeOf<List<'Person', 'friends'>>().toEqualTypeOf<true>()
  expectTypeOf<List<'Person', 'followers'>>().toEqualTypeOf<'handle'>()
  expectTypeOf<List<'Badge', 'person'>>().toEqualTypeOf<false>()
})

test('composite foreign keys decide too', () => {
  const orders = table('o', { shop: column(integer, { primaryKey: true }), no: column(integer, { primaryKey: true }) })
  const items = table('i', { id: column(integer, { primaryKey: true }), shop: column(integer), no: column(integer) }, { foreignKeys: [{ columns: ['shop', 'no'], table: 'o', references: ['shop', 'no'] }] })
  const all = entities({ Order: entity(orders, { items: relationship('Item', { backref: 'order' }) }), Item: entity(items) })
  type M = Model<typeof all>
  expectTypeOf<M['Order']['rels']['items']['list']>().toEqualTypeOf<true>()
  expectTypeOf<M['Item']['rels']['order']['list']>().toEqualTypeOf<false>()
})

test('attributes bear the names that the entity gives them', () => {
  const t = table('t', { id: column(integer, { primaryKey: true }), user_name: column(text), secret: column(text) })
  const all = entities({ Renamed: entity(t, {}, { attributes: { name: 'user_name' } }), Part: entity(t, {}, { exclude: ['secret'] }) })
  type M = Model<typeof all>
  expectTypeOf<keyof M['Renamed']['row']>().toEqualTypeOf<'id' | 'name' | 'secret'>()
  expectTypeOf<keyof M['Part']['row']>().toEqualTypeOf<'id' | 'user_name'>()
})

test('foreign keys of an inherited table decide as well', () => {
  const companies = table('companies', { id: column(integer, { primaryKey: true }) })
  const employees = table('employees', {
    id: column(integer, { primaryKey: true }), companyId: column(integer, { references: 'companies.id' }), bossId: column(integer, { references: 'managers.id', nullable: true }),
  })
  const managers = table('managers', { id: column(integer, { primaryKey: true, references: 'employees.id' }) })
  const all = entities({
    Company: entity(companies, { managers: relationship('Manager') }),
    Employee: entity(employees, { boss: relationship('Manager', { primaryjoin: eq(employees.c.bossId, remote(managers.c.id)) }) }),
    Manager: entity(managers, { company: relationship('Company'), reports: relationship('Employee', { primaryjoin: eq(managers.c.id, remote(foreign(employees.c.bossId))) }) }, { inherits: 'Employee', inheritCondition: eq(managers.c.id, employees.c.id) }),
  })
  type M = Model<typeof all>
  expectTypeOf<M['Company']['rels']['managers']['list']>().toEqualTypeOf<true>()
  expectTypeOf<M['Manager']['rels']['company']['list']>().toEqualTypeOf<false>()
  expectTypeOf<M['Manager']['rels']['company']['notNull']>().toEqualTypeOf<true>()
  expectTypeOf<M['Employee']['rels']['boss']['list']>().toEqualTypeOf<false>()
  expectTypeOf<M['Manager']['rels']['reports']['list']>().toEqualTypeOf<true>()
})
