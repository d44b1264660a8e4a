// Which entities a relationship takes: its target, those below it that a query would give back as what they are, and others only on request.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, set, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const boxes = table('boxes', { id: column(integer, { primaryKey: true }), bestId: column(integer, { name: 'best_id', references: 'things.id', nullable: true }), anyId: column(integer, { name: 'any_id', references: 'things.id', nullable: true }) })
const things = table('things', { id: column(integer, { primaryKey: true }), boxId: column(integer, { name: 'box_id', references: 'boxes.id', nullable: true }), crateId: column(integer, { name: 'crate_id', references: 'boxes.id', nullable: true }), name: column(text, { nullable: true }) })
const gems = table('gems', { id: column(integer, { primaryKey: true, references: 'things.id' }), carat: column(integer) })
const parts = entities({
  Box: entity(boxes, {
    things: relationship('Thing', { foreignKeys: ['things.boxId'] }), crated: relationship('Thing', { foreignKeys: ['things.crateId'], enableTypechecks: false }),
    best: relationship('Thing', { foreignKeys: ['boxes.bestId'] }), any: relationship('Thing', { foreignKeys: ['boxes.anyId'], enableTypechecks: false }),
  }),
  Thing: entity(things),
  Gem: entity(gems, {}, { inherits: 'Thing' }),
})
interface Parts extends Model<typeof parts> {}
const store = registry<Parts>(parts)
const { Box, Gem } = store.entities

const refusal = { code: 'wrong-type', message: expect.stringMatching(/Box\.(things|best) holds objects of Thing, and got one of Gem/) as string }

describe('an entity below the target that has no discriminator', () => {
  test('is refused by the flush, as a member and as what is referred to', async () => {
    const { db } = await opened(store)
    db.add(append(Box.things, create(Gem, { carat: 1 }) as never)(create(Box, {})))
    await expect(db.flush()).rejects.toMatchObject(refusal)
    await db.rollback()
    db.add(set(Box, { best: create(Gem, { carat: 1 }) as never })(create(Box, {})))
    await expect(db.flush()).rejects.toMatchObject(refusal)
    await db.rollback()
  })

  test('is written where the relationship does not check', async () => {
    const { db } = await opened(store)
    const [member, referred] = [create(Gem, { carat: 1 }), create(Gem, { carat: 2 })]
    db.add(set(Box, { any: referred })(append(Box.crated, member as never)(create(Box, { id: 1 }))))
    await db.flush()
    expect([member.crateId, await db.run(sql('select any_id from boxes'))]).toEqual([1, [[referred.id]]])
  })
})

test('an entity of another line is refused as soon as it would come into the session', async () => {
  const { db } = await opened(store)
  const box = create(Box, {})
  db.add(box)
  expect(() => append(Box.crated, create(Box, {}) as never)(box)).toThrow(expect.objectContaining({ code: 'wrong-type' }))
  const apart = append(Box.things, create(Box, {}) as never)(create(Box, {}))
  expect(() => { db.add(apart) }).toThrow(expect.objectContaining({ code: 'wrong-type', message: expect.stringContaining('Box.things holds Thing') as string }))
})
