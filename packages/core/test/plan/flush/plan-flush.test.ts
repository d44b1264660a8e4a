import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { column, entity, integer, relationship, table, text } from '@relata/core'
import { blog, blogWith, fresh, idOf, kept, links, mapped, nameOf, planningOf, planOf, tagged, told, tree, users } from './flush-world.js'

const refusal = (planning: ReturnType<typeof planningOf>) => (E.isLeft(planning) ? planning.left : undefined)

describe('one entity', () => {
  test('new rows are inserted in order of adding, generated keys come back', () => {
    const plan = planOf(blog, fresh('User', 2, { now: { name: 'b' } }), fresh('User', 1, { now: { name: 'a', nick: 'n' } }))
    expect(told(plan)).toEqual(['insert users name="a" nick="n"', 'insert users name="b" nick=null'])
    expect(plan.steps).toMatchObject([{ _tag: 'insert', returning: [{ name: 'id' }], reasons: ['new User'] }])
    expect(plan.inserted.map(nameOf)).toEqual(['new:1', 'new:2'])
  })

  test('a given key is sent, in a statement of its own shape', () => {
    const plan = planOf(blog, fresh('User', 1, { now: { name: 'a' } }), fresh('User', 2, { now: { id: 9, name: 'b' } }))
    expect(told(plan)).toEqual(['insert users name="a" nick=null', 'insert users id=9 name="b" nick=null'])
    expect(plan.steps).toHaveLength(2)
  })

  test('only changed columns are written, nothing for no change', () => {
    const changed = kept('User', 1, { now: { name: 'new' }, was: { name: 'old' } })
    const same = kept('User', 2, { now: { name: 'same' }, was: { name: 'same' } })
    expect(told(planOf(blog, changed, same))).toEqual(['update users name="new" where id=1'])
  })

  test('a change of an unknown value is written whatever it is', () => {
    const object = kept('User', 1, { now: { name: 'x' } })
    expect(told(planOf(blog, { ...object, columns: { ...object.columns, unknown: ['name'] } }))).toEqual(['update users name="x" where id=1'])
  })

  test('updates and deletes go by primary key, equal shapes together', () => {
    const plan = planOf(blog, ...[3, 1, 2].map((key) => kept('User', key, { now: { name: 'x' }, was: { name: 'o' } })), ...[5, 4].map((key) => kept('User', key, { state: 'deleted', relationships: { addresses: links({ kept: [] }) } })))
    expect(plan.steps.map(({ _tag, rows }) => [_tag, rows.count])).toEqual([['update', 3], ['delete', 2]])
    expect(told(plan)).toEqual([
      'update users name="x" where id=1', 'update users name="x" where id=2', 'update users name="x" where id=3', 'delete users id=4', 'delete users id=5',
    ])
  })

  test('a null key that nothing makes is refused by name, as the violation that it would be', () => {
    const codes = mapped({ Code: entity(table('codes', { code: column(text, { primaryKey: true }), name: column(text) })) })
    expect(refusal(planningOf(codes, fresh('Code', 1, { now: { name: 'x' } })))).toMatchObject({ code: 'integrity', column: 'code' })
  })

  test('a null key of one integer has no identity', () => {
    const numbered = mapped({ Code: entity(table('codes', { code: column(integer, { primaryKey: true, autoincrement: false }), name: column(text) })) })
    expect(refusal(planningOf(numbered, fresh('Code', 1, { now: { name: 'x' } })))).toMatchObject({ code: 'null-identity', column: 'code' })
  })
})

describe('one-to-many', () => {
  test('the parent is inserted first and lends its key', () => {
    const plan = planOf(blog, fresh('Address', 1, { now: { email: 'e' } }), fresh('User', 2, { now: { name: 'ed' }, relationships: { addresses: links({ added: ['new:1'] }) } }))
    expect(told(plan)).toEqual(['insert users name="ed" nick=null', 'insert addresses user_id=<new:2.id> email="e"'])
  })

  test('a removed child lets go of its key, with the reason', () => {
    const plan = planOf(blog, kept('User', 1, { relationships: { addresses: links({ removed: ['Address:7'] }) } }), kept('Address', 7, { changed: false, now: { userId: 1 } }))
    expect(told(plan)).toEqual(['update addresses user_id=null where id=7'])
    expect(plan.steps[0]?.reasons).toEqual(['null out addresses.user_id: removed from User.addresses'])
  })

  test('a child moved between two parents is one update', () => {
    const plan = planOf(blog,
      kept('User', 1, { relationships: { addresses: links({ removed: ['Address:7'] }) } }),
      kept('User', 2, { relationships: { addresses: links({ added: ['Address:7'] }) } }),
      kept('Address', 7, { changed: false, now: { userId: 1 }, parents: { 'User.addresses': 'held' } }))
    expect(told(plan)).toEqual(['update addresses user_id=2 where id=7'])
  })

  test('deleting a parent asks for its members, then lets go of them before its own row', () => {
    const parent = kept('User', 1, { state: 'deleted' })
    expect(planningOf(blog, parent)).toMatchObject({ right: { _tag: 'Needs', loads: [{ _tag: 'members', object: idOf('User:1'), relationship: 'addresses' }] } })
    const known = { ...parent, relationships: { addresses: links({ kept: ['Address:7'] }) } }
    expect(told(planOf(blog, known, kept('Address', 7, { changed: false, now: { userId: 1 } })))).toEqual(['update addresses user_id=null where id=7', 'delete users id=1'])
  })

  test('deleting both sends no update, children first', () => {
    const plan = planOf(blog, kept('User', 1, { state: 'deleted', relationships: { addresses: links({ kept: ['Address:7'] }) } }), kept('Address', 7, { state: 'deleted', now: { userId: 1 } }))
    expect(told(plan)).toEqual(['delete addresses id=7', 'delete users id=1'])
  })

  test.each([true, 'all'] as const)('passiveDeletes %s loads nothing', (passiveDeletes) => {
    expect(told(planOf(blogWith({ passiveDeletes }), kept('User', 1, { state: 'deleted' })))).toEqual(['delete users id=1'])
  })

  test("passiveDeletes 'all' leaves loaded members alone, true lets go of them", () => {
    const objects = [kept('User', 1, { state: 'deleted', relationships: { addresses: links({ kept: ['Address:7'] }) } }), kept('Address', 7, { changed: false, now: { userId: 1 } })]
    expect(told(planOf(blogWith({ passiveDeletes: 'all' }), ...objects))).toEqual(['delete users id=1'])
    expect(told(planOf(blogWith({ passiveDeletes: true }), ...objects))).toEqual(['update addresses user_id=null where id=7', 'delete users id=1'])
  })

  test("a child removed under passiveDeletes 'all' still lets go of its key", () => {
    const plan = planOf(blogWith({ passiveDeletes: 'all' }), kept('User', 1, { relationships: { addresses: links({ removed: ['Address:7'] }) } }), kept('Address', 7, { changed: false, now: { userId: 1 } }))
    expect(told(plan)).toEqual(['update addresses user_id=null where id=7'])
  })

  test('a key that is part of the primary key cannot be let go', () => {
    const lines = mapped({
      Order: entity(table('orders', { id: column(integer, { primaryKey: true }) }), { lines: relationship('Line') }),
      Line: entity(table('lines', { orderId: column(integer, { primaryKey: true, references: 'orders.id' }), place: column(integer, { primaryKey: true }) })),
    })
    const line = { ...kept('Line', 1, { changed: false, now: { orderId: 1, place: 2 } }), key: [1, 2] }
    expect(refusal(planningOf(lines, kept('Order', 1, { relationships: { lines: links({ removed: ['Line:1'] }) } }), line))).toMatchObject({ code: 'blank-out-primary-key', column: 'orderId' })
  })

  test('a null among the members is refused', () => {
    expect(refusal(planningOf(blog, kept('User', 1, { relationships: { addresses: links({ added: [null] }) } })))).toMatchObject({ code: 'flush', relationship: 'User.addresses' })
  })

  test('a member outside of the session is warned about and takes the key in memory only', () => {
    const plan = planOf(blog, kept('User', 1, { relationships: { addresses: links({ added: ['outside:1'] }) } }), fresh('Address', 1, { id: idOf('outside:1'), state: 'outside', changed: false }))
    expect(plan.steps).toEqual([])
    expect(plan.warnings).toMatchObject([{ code: 'not-in-session-cascade', relationship: 'User.addresses' }])
    expect(plan.assignments).toEqual([{ object: idOf('outside:1'), attribute: 'userId', value: 1, symbol: undefined }])
  })
})

describe('orphans', () => {
  const owning = blogWith({ cascade: 'all, delete-orphan' })

  test('a child let go is deleted', () => {
    const plan = planOf(owning, kept('User', 1, { relationships: { addresses: links({ removed: ['Address:7'] }) } }), kept('Address', 7, { parents: { 'User.addresses': 'let go' } }))
    expect(told(plan)).toEqual(['delete addresses id=7'])
    expect(plan.orphans.map(nameOf)).toEqual(['Address:7'])
  })

  test('a child that another parent took stays', () => {
    const plan = planOf(owning,
      kept('User', 1, { relationships: { addresses: links({ removed: ['Address:7'] }) } }),
      kept('User', 2, { relationships: { addresses: links({ added: ['Address:7'] }) } }),
      kept('Address', 7, { now: { userId: 1 }, parents: { 'User.addresses': 'held' } }))
    expect(told(plan)).toEqual(['update addresses user_id=2 where id=7'])
  })

  test('a new child that was let go outside is expelled, one that never had a parent is inserted', () => {
    const plan = planOf(owning, fresh('Address', 1, { now: { email: 'a' }, parents: { 'User.addresses': 'let go' }, stray: true }), fresh('Address', 2, { now: { email: 'b' } }))
    expect(told(plan)).toEqual(['insert addresses user_id=null email="b"'])
    expect(plan.expelled.map(nameOf)).toEqual(['new:1'])
  })

  test('the delete cascade of an orphan asks for what it needs', () => {
    const deep = mapped({
      Node: entity(table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'nodes.id', nullable: true }) }), { children: relationship('Node', { cascade: 'all, delete-orphan' }) }),
    })
    const planning = planningOf(deep, kept('Node', 1, { relationships: { children: links({ removed: ['Node:2'] }) } }), kept('Node', 2, { parents: { 'Node.children': 'let go' } }))
    expect(planning).toMatchObject({ right: { _tag: 'Needs', loads: [{ object: idOf('Node:2'), relationship: 'children' }] } })
  })
})

describe('one-to-one under a unique key', () => {
  const passports = table('passports', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true, unique: true }) })
  const owned = mapped({ User: entity(users, { passport: relationship('Passport', { uselist: false }) }), Passport: entity(passports) })

  test('the old one lets go before the new one takes', () => {
    const plan = planOf(owned,
      kept('User', 1, { relationships: { passport: links({ added: ['Passport:1'], removed: ['Passport:2'] }) } }),
      kept('Passport', 1, { changed: false, now: { userId: null } }), kept('Passport', 2, { changed: false, now: { userId: 1 } }))
    expect(told(plan)).toEqual(['update passports userId=null where id=2', 'update passports userId=1 where id=1'])
    expect(plan.steps.map(({ level }) => level)).toEqual([0, 1])
  })

  test('one replaced before it was loaded has to be loaded', () => {
    const planning = planningOf(owned, kept('User', 1, { relationships: { passport: links({ added: ['Passport:1'], oldUnknown: true }) } }), kept('Passport', 1, { changed: false }))
    expect(planning).toMatchObject({ right: { _tag: 'Needs', loads: [{ object: idOf('User:1'), relationship: 'passport' }] } })
  })
})

describe('many-to-one', () => {
  test('a target set, and null set', () => {
    const plan = planOf(blog,
      kept('Address', 1, { now: { userId: 1 }, relationships: { user: links({ added: ['User:2'], removed: ['User:1'] }) } }),
      kept('Address', 2, { now: { userId: 1 }, relationships: { user: links({ added: [null] }) } }),
      kept('User', 1, { changed: false }), kept('User', 2, { changed: false }))
    expect(told(plan)).toEqual(['update addresses user_id=2 where id=1', 'update addresses user_id=null where id=2'])
  })

  test('a relationship wins over a key set by hand', () => {
    const plan = planOf(blog, kept('Address', 1, { now: { userId: 5 }, was: { userId: 1 }, relationships: { user: links({ added: ['User:2'] }) } }), kept('User', 2, { changed: false }))
    expect(told(plan)).toEqual(['update addresses user_id=2 where id=1'])
  })

  test('referrers that let go are written before the row that they let go of is deleted', () => {
    const mapping = mapped({ User: entity(users), Address: entity(table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }) }), { user: relationship('User') }) })
    const plan = planOf(mapping, kept('User', 1, { state: 'deleted' }), kept('Address', 1, { now: { userId: 1 }, relationships: { user: links({ added: [null], removed: ['User:1'] }) } }))
    expect(told(plan)).toEqual(['update addresses userId=null where id=1', 'delete users id=1'])
  })
})

describe('many-to-many', () => {
  test('of two linked sides one writes the row, after both', () => {
    const plan = planOf(tagged,
      fresh('Post', 1, { now: { title: 'p' }, relationships: { tags: links({ added: ['new:2'] }) } }),
      fresh('Tag', 2, { now: { label: 't' }, relationships: { posts: links({ added: ['new:1'] }) } }))
    expect(told(plan)).toEqual(['insert posts title="p"', 'insert tags label="t"', 'insert post_tags post_id=<new:1.id> tag_id=<new:2.id>'])
  })

  test('a removed member loses its row, and a row gone is stale data', () => {
    const plan = planOf(tagged, kept('Post', 1, { relationships: { tags: links({ removed: ['Tag:2'] }) } }), kept('Tag', 2, { changed: false }))
    expect(told(plan)).toEqual(['delete post_tags post_id=1 tag_id=2'])
    expect(plan.steps).toMatchObject([{ missing: 'fail' }])
  })

  test('deleting an object deletes its association rows first', () => {
    const plan = planOf(tagged, kept('Post', 1, { state: 'deleted', relationships: { tags: links({ kept: ['Tag:2', 'Tag:3'] }) } }), kept('Tag', 2, { changed: false }), kept('Tag', 3, { changed: false }))
    expect(told(plan)).toEqual(['delete post_tags post_id=1 tag_id=2', 'delete post_tags post_id=1 tag_id=3', 'delete posts id=1'])
  })
})

describe('trees and circles', () => {
  test('rows of one level are written together, parents first', () => {
    const plan = planOf(tree,
      fresh('Node', 1, { now: { label: 'leaf' } }),
      fresh('Node', 2, { now: { label: 'middle' }, relationships: { children: links({ added: ['new:1'] }) } }),
      fresh('Node', 3, { now: { label: 'root' }, relationships: { children: links({ added: ['new:2'] }) } }),
      fresh('Node', 4, { now: { label: 'other root' } }))
    expect(told(plan)).toEqual([
      'insert nodes parent_id=null label="root"', 'insert nodes parent_id=null label="other root"', 'insert nodes parent_id=<new:3.id> label="middle"', 'insert nodes parent_id=<new:2.id> label="leaf"',
    ])
    expect(plan.steps.map(({ rows }) => rows.count)).toEqual([2, 1, 1])
  })

  test('children are deleted first', () => {
    const plan = planOf(tree,
      kept('Node', 1, { state: 'deleted', relationships: { children: links({ kept: ['Node:2'] }), parent: links({ kept: [] }) } }),
      kept('Node', 2, { state: 'deleted', now: { parentId: 1 }, relationships: { children: links({ kept: [] }), parent: links({ kept: ['Node:1'] }) } }))
    expect(told(plan)).toEqual(['delete nodes id=2', 'delete nodes id=1'])
  })

  test('a circle of rows is an error that names them', () => {
    const planning = planningOf(tree, fresh('Node', 1, { relationships: { parent: links({ added: ['new:2'] }) } }), fresh('Node', 2, { relationships: { parent: links({ added: ['new:1'] }) } }))
    expect(refusal(planning)).toMatchObject({ code: 'circular-dependency', objects: [idOf('new:2'), idOf('new:1')] })
  })

  test('postUpdate breaks the circle by an update of its own', () => {
    const persons = table('persons', { id: column(integer, { primaryKey: true }), favoriteId: column(integer, { references: 'balls.id', nullable: true }) })
    const balls = table('balls', { id: column(integer, { primaryKey: true }), personId: column(integer, { references: 'persons.id', nullable: true }) })
    const game = mapped({
      Person: entity(persons, {
        balls: relationship('Ball', { foreignKeys: 'balls.personId' }),
        favorite: relationship('Ball', { foreignKeys: 'persons.favoriteId', postUpdate: true }),
      }),
      Ball: entity(balls),
    })
    const person = fresh('Person', 1, { relationships: { balls: links({ added: ['new:2'] }), favorite: links({ added: ['new:2'] }) } })
    expect(told(planOf(game, person, fresh('Ball', 2)))).toEqual([
      'insert persons favoriteId=null', 'insert balls personId=<new:1.id>', 'update persons favoriteId=<new:2.id> where id=<new:1.id>',
    ])
    const deleted = (favorite: readonly string[]) => told(planOf(game, { ...kept('Person', 1, { was: { favoriteId: 2 }, relationships: { balls: links({ kept: [] }), favorite: links({ kept: favorite }) } }), state: 'deleted' }, kept('Ball', 2, { changed: false })))
    expect(deleted(['Ball:2'])).toEqual(['update persons favoriteId=null where id=1', 'delete persons id=1'])
    expect(deleted([])).toEqual(['delete persons id=1'])
  })
})

describe('keys', () => {
  test('a changed key is found by its old value, and passive children follow in memory only', () => {
    const natural = (passiveUpdates: boolean) => mapped({
      Author: entity(table('authors', { code: column(text, { primaryKey: true }) }), { books: relationship('Book', { passiveUpdates }) }),
      Book: entity(table('books', { id: column(integer, { primaryKey: true }), authorCode: column(text, { references: 'authors.code', nullable: true }) })),
    })
    const author = { ...kept('Author', 1, { was: { code: 'a' }, relationships: { books: links({ kept: ['Book:1'] }) } }), key: ['a'] }
    const renamed = { ...author, columns: { ...author.columns, now: { code: 'b' } } }
    const book = kept('Book', 1, { changed: false, now: { authorCode: 'a' } })
    const passive = planOf(natural(true), renamed, book)
    expect(told(passive)).toEqual(['update authors code="b" where code="a"'])
    expect(passive.assignments).toEqual([{ object: idOf('Book:1'), attribute: 'authorCode', value: 'b', symbol: undefined }])
    expect(told(planOf(natural(false), renamed, book))).toEqual(['update authors code="b" where code="a"', 'update books authorCode="b" where id=1'])
  })

  test('a new object with the key of a deleted one takes over its row', () => {
    const plan = planOf(blog, kept('User', 1, { state: 'deleted', relationships: { addresses: links({ kept: [] }) } }), fresh('User', 1, { now: { id: 1, name: 'b' } }))
    expect(told(plan)).toEqual(['update users name="b" where id=1'])
    expect(plan.rowSwitches.map((pair) => pair.map(nameOf))).toEqual([['new:1', 'User:1']])
    expect(plan.deleted.map(nameOf)).toEqual(['User:1'])
  })
})

describe('versions and defaults', () => {
  const items = table('items', { id: column(integer, { primaryKey: true }), name: column(text, { default: 'none' }), version: column(integer), state: column(text, { serverDefault: "'open'" }) })
  const versioned = mapped({ Item: entity(items, {}, { version: 'version' }) })

  test('the version starts at one, and what has defaults is left to them', () => {
    const plan = planOf(versioned, fresh('Item', 1, { now: { state: 'shut' } }), fresh('Item', 2))
    expect(told(plan)).toEqual(['insert items name=<default> version=1 state="shut"', 'insert items name=<default> version=1'])
    expect(plan.steps).toMatchObject([{ returning: [{ name: 'id' }] }, { returning: [{ name: 'id' }, { name: 'state' }] }])
  })

  test('null does not stand in the way of a default', () => {
    expect(told(planOf(versioned, fresh('Item', 1, { now: { name: null, state: null } })))).toEqual(['insert items name=<default> version=1'])
  })

  test('an update raises the version and is found by it; a delete too', () => {
    const plan = planOf(versioned, kept('Item', 1, { now: { name: 'b', version: 4 }, was: { name: 'a' } }), kept('Item', 2, { state: 'deleted', now: { version: 7 } }))
    expect(told(plan)).toEqual(['update items name="b" version=5 where id=1 version=4', 'delete items id=2 version=7'])
    expect(plan.steps).toMatchObject([{}, { missing: 'fail' }])
  })
})

describe('inheritance', () => {
  const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text) })
  const bosses = table('bosses', { id: column(integer, { primaryKey: true, references: 'people.id' }), level: column(integer, { nullable: true }) })
  const staff = mapped({
    Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person' }),
    Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }),
  })

  test('a joined row is written to the base table first, and deleted in reverse', () => {
    expect(told(planOf(staff, fresh('Boss', 1, { now: { name: 'b', level: 3 } })))).toEqual(['insert people kind="boss" name="b"', 'insert bosses id=<new:1.id> level=3'])
    expect(told(planOf(staff, kept('Boss', 1, { state: 'deleted' })))).toEqual(['delete bosses id=1', 'delete people id=1'])
  })

  test('only the table whose column changed is updated', () => {
    expect(told(planOf(staff, kept('Boss', 1, { now: { level: 4 }, was: { level: 3 } })))).toEqual(['update bosses level=4 where id=1'])
  })
})
