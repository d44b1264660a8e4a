// passiveDeletes: what a deletion leaves to the database, and what it does itself all the same.

import { column, entities, entity, integer, registry, relationship, table, type Model } from '@relata/core'
import { create, expungeAll, load, remove, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const owners = table('owners', { id: column(integer, { primaryKey: true }) })
const pets = table('pets', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { name: 'owner_id', references: 'owners.id', onDelete: 'cascade', nullable: true }) })
const tags = table('tags', { id: column(integer, { primaryKey: true }) })
const petTags = table('pet_tags', { petId: column(integer, { name: 'pet_id', primaryKey: true, references: 'pets.id', onDelete: 'cascade' }), tagId: column(integer, { name: 'tag_id', primaryKey: true, references: 'tags.id' }) })

const zooWith = (passiveDeletes: true | 'all') => {
  const parts = entities({
    Owner: entity(owners, { pets: relationship('Pet', { passiveDeletes, ...passiveDeletes === true ? { cascade: 'all, delete-orphan' } : {} }) }),
    Pet: entity(pets, { tags: relationship('Tag', { secondary: petTags, passiveDeletes: true }) }),
    Tag: entity(tags),
  })
  return registry<Model<typeof parts>>(parts)
}
const foreignKeysOn = sql('pragma foreign_keys = on')

describe('true', () => {
  const zoo = zooWith(true)
  const { Owner, Pet, Tag } = zoo.entities
  const stored = async () => {
    const scene = await opened(zoo)
    await scene.db.run(foreignKeysOn)
    scene.db.add(create(Owner, { id: 1, pets: [create(Pet, { id: 1 }), create(Pet, { id: 2 })] }))
    await scene.db.commit()
    await scene.db.run(expungeAll)
    scene.sent()
    return { ...scene, owner: (await scene.db.get(Owner, 1))! }
  }

  test('loads no children that are not there: the database deletes them', async () => {
    const { db, sent, owner } = await stored()
    sent()
    await db.destroy(owner)
    await db.flush()
    expect([sent(), await db.run(sql('select count(*) from pets'))]).toEqual([['delete owners 1'], [[0]]])
  })

  test('deletes those that are loaded itself', async () => {
    const { db, sent, owner } = await stored()
    await db.run(load(Owner.pets)(owner))
    sent()
    await db.destroy(owner)
    await db.flush()
    expect(sent()).toEqual(['delete pets 2', 'delete owners 1'])
  })

  test('of a many-to-many leaves the rows of one that is not loaded to the database', async () => {
    const { db, sent } = await opened(zoo)
    await db.run(foreignKeysOn)
    db.add(create(Pet, { id: 1, tags: [create(Tag, { id: 1 })] }))
    await db.commit()
    await db.run(expungeAll)
    const pet = (await db.get(Pet, 1))!
    sent()
    await db.destroy(pet)
    await db.flush()
    expect([sent(), await db.run(sql('select count(*) from pet_tags'))]).toEqual([['delete pets 1'], [[0]]])
  })
})

describe("'all'", () => {
  const zoo = zooWith('all')
  const { Owner, Pet } = zoo.entities

  test('neither loads nor touches children of a deleted parent, and they show the key that they had', async () => {
    const { db, sent } = await opened(zoo)
    await db.run(foreignKeysOn)
    const pet = create(Pet, {})
    const owner = create(Owner, { pets: [pet] })
    db.add(owner)
    await db.commit()
    sent()
    await db.destroy(owner)
    await db.flush()
    expect([sent(), pet.ownerId]).toEqual([['delete owners 1'], owner.id])
  })

  test('still takes the key back from a child that is removed', async () => {
    const { db, sent } = await opened(zoo)
    const pet = create(Pet, {})
    const owner = create(Owner, { pets: [pet] })
    db.add(owner)
    await db.commit()
    sent()
    remove(Owner.pets, pet)(owner)
    await db.flush()
    expect([sent(), pet.ownerId]).toEqual([['update pets 1'], null])
  })
})
