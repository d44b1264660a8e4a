// An entity over a join: its rows are spread over the tables, which are read and written together.

import { and, asc, column, entities, entity, eq, gt, inList, integer, join, mappingOf, options, orderBy, registry, relationship, select, selectinload, table, tableJoin, text, where, type Model } from '@relata/core'
import { add, all, create, destroy, expungeAll, flush, get, set, type Db } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const subscribers = table('subscribers', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { subscriberId: column(integer, { primaryKey: true, references: 'subscribers.id' }), type: column(text, { primaryKey: true }), city: column(text, { nullable: true }) })
const notes = table('notes', { id: column(integer, { primaryKey: true }), subscriberId: column(integer, { references: 'subscribers.id' }), body: column(text) })

const main = tableJoin(subscribers, addresses, and(eq(addresses.c.subscriberId, subscribers.c.id), inList(addresses.c.type, ['A', 'B'])))
const postEntities = entities({
  Subscriber: entity(main, {
    addresses: relationship('Address', { backref: 'customer', overlaps: 'customer' }),
    notes: relationship('Note', { backPopulates: 'subscriber' }),
  }, { exclude: ['subscriberId'] }),
  Address: entity(addresses),
  Note: entity(notes, { subscriber: relationship('Subscriber', { backPopulates: 'notes' }) }),
})
interface Post extends Model<typeof postEntities> {}
const post = registry<Post>(postEntities)
const { Subscriber, Address, Note } = post.entities

const filled: Db<void> = pipe(
  RTE.of(undefined),
  RTE.chain(() => add(
    create(Subscriber, { name: 'ada', type: 'A', city: 'Ulm', addresses: [create(Address, { type: 'D' }), create(Address, { type: 'E' })], notes: [create(Note, { body: 'hello' })] }),
    create(Address, { type: 'C', customer: create(Subscriber, { name: 'bob', type: 'B' }) }),
  )),
  RTE.chain(() => flush), RTE.chain(() => expungeAll),
)
const after = async <A>(program: Db<A>) => succeeding(post, pipe(filled, RTE.chain(() => program)))

test('what both sides share is read as leading from one to the other', () => {
  const mapping = mappingOf(post)
  const of = E.isRight(mapping) ? mapping.right.entities : {}
  expect([of['Subscriber']?.relationship['addresses'], of['Address']?.relationship['customer']].map((each) => [each?.direction, each?.uselist])).toEqual([['one-to-many', true], ['many-to-one', false]])
  expect(of['Subscriber']?.primaryKey).toEqual(['id', 'type'])
})

test('a new object is a row of each table, with the key that one of them makes', async () => {
  const { result, statements } = await after(all(pipe(select(Subscriber), orderBy(asc(Subscriber.id)))))
  expect(result).toMatchObject([{ id: 1, name: 'ada', type: 'A', city: 'Ulm' }, { id: 2, name: 'bob', type: 'B', city: null }])
  expect(statements.filter((each) => each.startsWith('insert')).toSorted()).toEqual(['insert addresses 2', 'insert addresses 3', 'insert notes 1', 'insert subscribers 2'])
})

test('it is found by its key, joined to, and loads what belongs to it', async () => {
  expect(O.toNullable((await after(get(Subscriber, { id: 1, type: 'A' }))).result)?.city).toBe('Ulm')
  const { result } = await after(all(pipe(select(Subscriber), join(Subscriber.notes), where(gt(Note.id, 0)), options(selectinload(Subscriber.addresses), selectinload(Subscriber.notes)))))
  expect(result.map(({ addresses, notes }) => [addresses.map(({ type }) => type).toSorted(), notes.map(({ body }) => body)])).toEqual([[['A', 'D', 'E'], ['hello']]])
})

const alone = registry(entities({ Subscriber: entity(main, {}, { exclude: ['subscriberId'] }) }))
const Alone = alone.entities.Subscriber

test('a change is an update of the table that has the column, a delete one of both', async () => {
  const { result, statements } = await succeeding(alone, pipe(
    RTE.of(undefined),
    RTE.chain(() => add(create(Alone, { name: 'ada', type: 'A' }), create(Alone, { name: 'bob', type: 'B' }))), RTE.chain(() => flush),
    RTE.chain(() => all(pipe(select(Alone), orderBy(asc(Alone.id))))),
    RTE.chainFirst(([ada, bob]) => { set(Alone, { city: 'Bonn' })(ada!); return destroy(bob!) }), RTE.chainFirst(() => flush), RTE.chainFirst(() => expungeAll),
    RTE.chain(() => all(select(Alone))),
  ))
  expect(result).toMatchObject([{ name: 'ada', type: 'A', city: 'Bonn' }])
  expect(statements.filter((each) => /^(update|delete)/.test(each))).toEqual(['update addresses 1', 'delete addresses 1', 'delete subscribers 1'])
})

const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text) })
const profiles = table('profiles', { personId: column(integer, { primaryKey: true, references: 'people.id' }), bio: column(text, { nullable: true }) })
const admins = table('admins', { id: column(integer, { primaryKey: true, references: 'people.id' }), level: column(integer) })
const staffEntities = entities({
  Person: entity(tableJoin(people, profiles, eq(profiles.c.personId, people.c.id)), {}, { exclude: ['personId'], polymorphicOn: 'kind', identity: 'person', withPolymorphic: '*' }),
  Guest: entity(people, {}, { inherits: 'Person', identity: 'guest' }),
  Admin: entity(admins, {}, { inherits: 'Person', identity: 'admin' }),
})
interface Staff extends Model<typeof staffEntities> {}
const staff = registry<Staff>(staffEntities)
const { Person, Guest, Admin } = staff.entities

test('entities below one over a join have all that it has, in the same tables and in more', async () => {
  const { result, statements } = await succeeding(staff, pipe(
    RTE.of(undefined),
    RTE.chain(() => add(create(Person, { name: 'ada', bio: 'a' }), create(Guest, { name: 'bob', bio: 'b' }), create(Admin, { name: 'cy', bio: 'c', level: 3 }))), RTE.chain(() => flush), RTE.chain(() => expungeAll),
    RTE.chain(() => all(pipe(select(Person), orderBy(asc(Person.id))))), RTE.bindTo('everyone'), RTE.chainFirst(() => expungeAll),
    RTE.bind('guests', () => all(select(Guest))), RTE.bind('admins', () => all(pipe(select(Admin), where(eq(Admin.bio, 'c'))))),
  ))
  expect(result).toMatchObject({
    everyone: [{ kind: 'person', name: 'ada', bio: 'a' }, { kind: 'guest', name: 'bob', bio: 'b' }, { kind: 'admin', name: 'cy', bio: 'c', level: 3 }],
    guests: [{ name: 'bob', bio: 'b' }], admins: [{ name: 'cy', bio: 'c', level: 3 }],
  })
  expect(result.guests).toHaveLength(1)
  expect(statements.filter((each) => each.startsWith('insert')).toSorted()).toEqual(['insert admins 1', 'insert people 3', 'insert profiles 3'])
})
