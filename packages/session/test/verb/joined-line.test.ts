// Objects of entities that inherit by a joined table whose key bears a name of its own: created, written and merged.

import { column, entities, entity, integer, registry, relationship, select, table, text, type Model } from '@relata/core'
import { create, expungeAll, history, is, isModified, load, merge, set } from '@relata/session'
import { query } from '@relata/session/plain'
import { expect, test } from 'vitest'
import { opened } from '../opened.js'

const staff = table('staff', { id: column(integer, { primaryKey: true }), name: column(text), kind: column(text) })
const managers = table('managers', { staffId: column(integer, { name: 'staff_id', primaryKey: true, references: 'staff.id' }), level: column(integer) })
const desks = table('desks', { id: column(integer, { primaryKey: true }), managerId: column(integer, { name: 'manager_id', references: 'managers.staffId', nullable: true }) })
const parts = entities({
  Employee: entity(staff, {}, { polymorphicOn: 'kind', identity: 'employee' }),
  Manager: entity(managers, { desks: relationship('Desk', { backPopulates: 'manager' }) }, { inherits: 'Employee', identity: 'manager' }),
  Desk: entity(desks, { manager: relationship('Manager', { backPopulates: 'desks' }) }),
})
interface Parts extends Model<typeof parts> {}
const firm = registry<Parts>(parts)
const { Employee, Manager, Desk } = firm.entities

const never = (): never => { throw new Error('another entity') }

test('a new object has the identity of its entity', () => {
  const [ann, bob] = [create(Employee, { name: 'ann' }), create(Manager, { name: 'bob', level: 1 })]
  expect([ann.kind, bob.kind, history(Manager.kind)(bob)]).toEqual(['employee', 'manager', { added: ['manager'], unchanged: [], deleted: [] }])
})

test('the key of the row below is that of the row above, made by the database or given', async () => {
  const { db, texts } = await opened(firm)
  const [ann, bob] = [create(Manager, { name: 'ann', level: 1, desks: [create(Desk, {})] }), create(Manager, { id: 7, name: 'bob', level: 2 })]
  db.add(ann)
  await db.flush()
  db.add(bob)
  await db.flush()
  expect([ann.staffId === ann.id, ann.desks[0]?.managerId === ann.id, bob.staffId]).toEqual([true, true, 7])
  expect(texts().slice(0, 3)).toEqual([
    'insert into "staff" ("name", "kind") values (?, ?) returning "id"', 'insert into "managers" ("staff_id", "level") values (?, ?)', 'insert into "desks" ("manager_id") values (?) returning "id"',
  ])
})

test('a row is found by it, also where only the row above was read', async () => {
  const { db, texts } = await opened(firm)
  db.add(create(Manager, { id: 1, name: 'ann', level: 1 }))
  await db.commit()
  await db.run(expungeAll)
  const [ann] = await db.all(query(select(Employee)))
  texts()
  set(Manager, { level: 2 })(is(Manager)(ann) ? ann : never())
  await db.flush()
  await db.destroy(ann!)
  await db.flush()
  expect(texts().filter((sql) => !sql.startsWith('select'))).toEqual(['update "managers" set "level" = ? where "staff_id" = ?', 'delete from "managers" where "staff_id" = ?', 'delete from "staff" where "id" = ?'])
})

test('merging an object that is as its row is writes nothing', async () => {
  const { db, sent } = await opened(firm)
  db.add(create(Manager, { id: 1, name: 'ann', level: 1 }))
  await db.commit()
  await db.run(expungeAll)
  const whole = (await db.get(Manager, 1))!
  await db.run(expungeAll)
  const [above] = await db.all(query(select(Employee)))
  sent()
  const merged = await db.run(merge(whole))
  await db.flush()
  expect([merged as unknown === above, isModified(merged), sent()]).toEqual([true, false, ['select staff 1']])
})

test('what hangs on the row below is loaded by it', async () => {
  const { db, sent } = await opened(firm)
  db.add(create(Manager, { id: 1, name: 'ann', level: 3, desks: [create(Desk, {})] }))
  await db.commit()
  await db.run(expungeAll)
  const ann = (await db.get(Manager, 1))!
  sent()
  expect([(await db.run(load(Manager.desks)(ann))).desks.length, sent()]).toEqual([1, ['select desks 1']])
})
