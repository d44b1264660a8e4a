// What objects remember of a transaction that was rolled back, and of one that never began.

import { column, entities, entity, integer, ne, registry, relationship, select, table, text, where, type Model } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { append, beginSavepoint, changes, create, createAll, expire, expunge, history, isLoaded, merge, remove, rollbackToSavepoint, set, type SessionWarning, type StatementEvent } from '@relata/session'
import { open, query, type Db } from '@relata/session/plain'
import { beforeEach, expect, test } from 'vitest'

const owners = table('owners', { id: column(integer, { primaryKey: true }), name: column(text), rank: column(integer, { default: 0 }) })
const pets = table('pets', { id: column(integer, { primaryKey: true }), name: column(text), ownerId: column(integer, { references: 'owners.id', nullable: true }), vetId: column(integer, { references: 'owners.id', nullable: true }), shelterId: column(integer, { references: 'owners.id', nullable: true }) })
const toys = table('toys', { id: column(integer, { primaryKey: true }), name: column(text) })
const petToys = table('pet_toys', { petId: column(integer, { primaryKey: true, references: 'pets.id' }), toyId: column(integer, { primaryKey: true, references: 'toys.id' }) })
const zooEntities = entities({
  Owner: entity(owners, { pets: relationship('Pet', { backPopulates: 'owner', foreignKeys: ['pets.ownerId'] }), patient: relationship('Pet', { foreignKeys: ['pets.vetId'], uselist: false }) }),
  Pet: entity(pets, {
    owner: relationship('Owner', { backPopulates: 'pets', foreignKeys: ['pets.ownerId'] }),
    vet: relationship('Owner', { foreignKeys: ['pets.vetId'], postUpdate: true, overlaps: 'patient' }),
    shelter: relationship('Owner', { foreignKeys: ['pets.shelterId'], cascade: 'merge' }),
    toys: relationship('Toy', { secondary: petToys, collectionClass: { keyedBy: 'name' } }),
  }),
  Toy: entity(toys),
})
interface Zoo extends Model<typeof zooEntities> {}
const zoo = registry<Zoo>(zooEntities)
const { Owner, Pet, Toy } = zoo.entities

let db: Db
let onWarning: (warning: SessionWarning) => void
let statements: string[]
beforeEach(async () => {
  db = await open(zoo, sqlite(), {
    onStatement: ({ kind, table: of, rows }: StatementEvent) => { statements.push(`${kind} ${of} ${rows}`) },
    onWarning: (warning) => { onWarning(warning) },
  })
  statements = []
  onWarning = () => {}
  await db.run(createAll(zoo))
  statements = []
  return () => db.close()
})

test('what was flushed and rolled back counts as committed, until it is changed', async () => {
  const ann = create(Owner, { name: 'ann' })
  db.add(ann)
  await db.flush()
  await db.rollback()
  expect(history(Owner.name)(ann)).toEqual({ added: [], unchanged: ['ann'], deleted: [] })
  set(Owner, { name: 'anna' })(ann)
  expect(history(Owner.name)(ann)).toEqual({ added: ['anna'], unchanged: [], deleted: ['ann'] })
  db.add(ann)
  await db.flush()
  expect(history(Owner.name)(ann)).toEqual({ added: [], unchanged: ['anna'], deleted: [] })
})

test('a row that the database refused has none of its defaults', async () => {
  const ann = create(Owner, { id: 3, name: 'ann' })
  db.add(ann, create(Owner, { id: 1, name: 'first' }), create(Owner, { id: 1, name: 'second' }))
  await expect(db.flush()).rejects.toMatchObject({ code: 'integrity' })
  await db.rollback()
  expect([ann.rank, history(Owner.rank)(ann)]).toEqual([null, { added: [], unchanged: [], deleted: [] }])
})

test('to forget an object begins no transaction: a rollback leaves the others as they are', async () => {
  const [ann, bob] = [create(Owner, { name: 'ann' }), create(Owner, { name: 'bob' })]
  db.add(ann, bob)
  await db.commit()
  await db.run(expunge(bob))
  await db.rollback()
  expect(isLoaded(Owner.name)(ann)).toBe(true)
})

test('a removal that is refused began one', async () => {
  const ann = create(Owner, { name: 'ann', pets: [] })
  const rex = create(Pet, { name: 'rex' })
  db.add(ann, rex)
  await db.commit()
  expect(() => remove(Owner.pets, rex)(ann)).toThrow('no member')
  await db.rollback()
  expect([isLoaded(Owner.name)(ann), isLoaded(Pet.name)(rex)]).toEqual([false, false])
})

test('what a savepoint deleted and gave back is as it was', async () => {
  const ann = create(Owner, { name: 'ann' })
  db.add(ann)
  await db.commit()
  await db.run(beginSavepoint)
  await db.destroy(ann)
  await db.flush()
  await db.run(rollbackToSavepoint)
  expect(isLoaded(Owner.name)(ann)).toBe(true)
})

test('a value that was stale when it was set is shown again after a savepoint, however often', async () => {
  const ann = create(Owner, { name: 'a' })
  db.add(ann)
  await db.commit()
  set(Owner, { name: 'flushed' })(ann)
  await db.run(beginSavepoint)
  set(Owner, { name: 'undone' })(ann)
  await db.run(rollbackToSavepoint)
  set(Owner, { name: 'b' })(ann)
  await db.run(beginSavepoint)
  await db.run(beginSavepoint)
  set(Owner, { name: 'undone' })(ann)
  await db.run(rollbackToSavepoint)
  set(Owner, { name: 'undone' })(ann)
  await db.run(rollbackToSavepoint)
  expect(ann.name).toBe('b')
})

test('a member that stays in a collection enters the session with it', async () => {
  const ann = create(Owner, { name: 'ann' })
  db.add(ann)
  const rex = create(Pet, { name: 'rex', owner: ann })
  set(Owner, { pets: [rex] })(ann)
  await db.commit()
  expect(statements.slice(-2)).toEqual(['insert owners 1', 'insert pets 1'])
})

test('a member that its key has already is not written again', async () => {
  const [rex, ball] = [create(Pet, { name: 'rex' }), create(Toy, { name: 'ball' })]
  append(Pet.toys, ball)(rex)
  db.add(rex)
  await db.commit()
  statements = []
  append(Pet.toys, ball)(rex)
  await db.commit()
  expect([statements, rex.toys.size]).toEqual([[], 1])
})

test('merging into an expired object reads it first, and equal values are no change', async () => {
  const ann = create(Owner, { name: 'ann' })
  db.add(ann)
  await db.commit()
  await db.run(expire(Owner)(ann))
  statements = []
  await db.run(merge(create(Owner, { id: 1, name: 'ann', rank: 0 })))
  await db.commit()
  expect(statements).toEqual(['select owners 1'])
})

test('a one-to-one that had nobody and gets nobody is no change, which is found out when it is asked', async () => {
  const ann = create(Owner, { name: 'ann' })
  db.add(ann)
  await db.commit()
  set(Owner, { patient: null })(ann)
  statements = []
  expect((await db.run(changes)).dirty).toEqual([])
  expect(statements).toEqual(['select pets 0'])
})

test('whoever does not have an object is found, also where the object has nobody', async () => {
  const [ann, rex] = [create(Owner, { name: 'ann' }), create(Pet, { name: 'rex' })]
  db.add(ann, rex)
  await db.commit()
  const others = () => db.all(query(select(Owner), where(ne(Owner.patient, rex))))
  expect(await others()).toEqual([ann])
  set(Owner, { patient: rex })(ann)
  expect(await others()).toEqual([])
})

test('a reference to an object that an earlier flush deleted is not written, and told', async () => {
  const ann = create(Owner, { name: 'ann' })
  db.add(ann)
  await db.commit()
  await db.destroy(ann)
  await db.flush()
  const warnings: string[] = []
  onWarning = ({ code }) => { warnings.push(code) }
  db.add(create(Pet, { name: 'rex', shelter: ann }))
  await db.flush()
  expect(warnings).toEqual(['not-in-session-cascade'])
})

test('a row that refers to nobody is deleted without being told so first', async () => {
  const rex = create(Pet, { name: 'rex', vet: null })
  db.add(rex)
  await db.commit()
  statements = []
  await db.destroy(rex)
  await db.commit()
  expect(statements).toEqual(['select pet_toys 0', 'delete pets 1'])
})
