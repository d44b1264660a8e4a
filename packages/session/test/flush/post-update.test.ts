// postUpdate: a key written by an UPDATE of its own, so that two rows may refer to each other.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, set, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const people = table('people', {
  id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }), version: column(integer, { nullable: true }), touched: column(text, { nullable: true, onUpdateValue: 'yes' }),
  favouriteId: column(integer, { name: 'favourite_id', references: 'balls.id', nullable: true }), spareId: column(integer, { name: 'spare_id', references: 'balls.id', nullable: true }),
})
const balls = table('balls', { id: column(integer, { primaryKey: true }), personId: column(integer, { name: 'person_id', references: 'people.id', nullable: true }) })
const nodes = table('nodes', { id: column(integer, { primaryKey: true }), nextId: column(integer, { name: 'next_id', references: 'nodes.id', nullable: true }) })
const parts = entities({
  Person: entity(people, {
    balls: relationship('Ball', { foreignKeys: ['balls.personId'], backPopulates: 'person' }),
    favourite: relationship('Ball', { foreignKeys: ['people.favouriteId'], postUpdate: true }),
    spare: relationship('Ball', { foreignKeys: ['people.spareId'], postUpdate: true }),
  }, { version: 'version' }),
  Ball: entity(balls, { person: relationship('Person', { foreignKeys: ['balls.personId'], backPopulates: 'balls' }) }),
  Node: entity(nodes, { next: relationship('Node', { remoteSide: 'nodes.id', postUpdate: true, uselist: false }) }),
})
interface Parts extends Model<typeof parts> {}
const club = registry<Parts>(parts)
const { Person, Ball, Node } = club.entities

const circle = async () => {
  const scene = await opened(club)
  const ball = create(Ball, { id: 1 })
  const person = create(Person, { id: 1, balls: [ball], favourite: ball })
  scene.db.add(person)
  await scene.db.commit()
  return { ...scene, ball, person }
}

describe('a many-to-one', () => {
  test('is written after both rows, with the defaults of an update and a version more', async () => {
    const { texts, person } = await circle()
    expect(texts()).toEqual([
      'insert into "people" ("id", "name", "version", "touched", "favourite_id", "spare_id") values (?, ?, ?, ?, ?, ?)', 'insert into "balls" ("id", "person_id") values (?, ?)',
      'update "people" set "favourite_id" = ?, "version" = ?, "touched" = ? where "id" = ? and "version" = ?',
    ])
    expect([person.favouriteId, person.version, person.touched]).toEqual([1, 2, 'yes'])
  })

  test('set to null is nulled by one', async () => {
    const { db, sent, person } = await circle()
    sent()
    set(Person, { favourite: null })(person)
    await db.flush()
    expect([sent(), person.favouriteId, person.version]).toEqual([['update people 1'], null, 3])
  })

  test('is nulled before the rows are deleted', async () => {
    const { db, sent, ball, person } = await circle()
    sent()
    await db.destroy(person, ball)
    await db.flush()
    expect(sent().filter((line) => !line.startsWith('select'))).toEqual(['update people 1', 'delete balls 1', 'delete people 1'])
  })

  test('and another of the same row are one update', async () => {
    const { db, texts, ball, person } = await circle()
    texts()
    set(Person, { favourite: null, spare: ball })(person)
    await db.flush()
    expect(texts()).toEqual(['update "people" set "favourite_id" = ?, "spare_id" = ?, "version" = ?, "touched" = ? where "id" = ? and "version" = ?'])
  })
})

test('rows of one kind may form a ring, and equal updates go together', async () => {
  const { db, sent } = await opened(club)
  const [a, b, c] = [create(Node, { id: 1 }), create(Node, { id: 2 }), create(Node, { id: 3 })]
  set(Node, { next: b })(a)
  set(Node, { next: c })(b)
  set(Node, { next: a })(c)
  db.add(a, b, c)
  await db.flush()
  expect([sent(), await db.run(sql('select id, next_id from nodes order by id'))]).toEqual([['insert nodes 3', 'update nodes 3'], [[1, 2], [2, 3], [3, 1]]])
})

test('of a one-to-many the members are written by it', async () => {
  const tables = { owners: table('owners', { id: column(integer, { primaryKey: true }) }), pets: table('pets', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { name: 'owner_id', references: 'owners.id', nullable: true }) }) }
  const zooParts = entities({ Owner: entity(tables.owners, { pets: relationship('Pet', { postUpdate: true, backPopulates: 'owner' }) }), Pet: entity(tables.pets, { owner: relationship('Owner', { backPopulates: 'pets', postUpdate: true }) }) })
  const zoo = registry<Model<typeof zooParts>>(zooParts)
  const { db, sent } = await opened(zoo)
  const pet = create(zoo.entities.Pet, {})
  const owner = append(zoo.entities.Owner.pets, pet)(create(zoo.entities.Owner, {}))
  db.add(owner)
  await db.flush()
  expect([sent().toSorted(), pet.ownerId]).toEqual([['insert owners 1', 'insert pets 1', 'update pets 1'], owner.id])
  await db.destroy(owner)
  await db.flush()
  expect([sent(), pet.ownerId]).toEqual([['update pets 1', 'delete owners 1'], null])
})
