// Plans of every kind as people read them, with the statements of a dialect among them.

import { column, configure, desc, entities, entity, eq, explain, integer, options, planFlush, planJoin, planLoad, registry, relationship, select, selectinload, table, text, type FlushInput, type FlushObject, type JoinPlan, type LoadPlan, type FlushPlan } from '@relata/core'
import { mysql, postgres, sqlite, sqlText, type Dialect } from '@relata/sql'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'

const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), name: column(text) })
const staff = table('staff', { id: column(integer, { primaryKey: true, references: 'people.id' }), firm: column(integer) })
const follows = table('follows', { fromId: column(integer, { name: 'from_id', primaryKey: true, references: 'people.id' }), toId: column(integer, { name: 'to_id', primaryKey: true, references: 'people.id' }) })
const rooms = table('rooms', { firm: column(integer, { primaryKey: true }), no: column(integer, { primaryKey: true }), parentNo: column(integer, { name: 'parent_no', nullable: true }) }, { foreignKeys: [{ columns: ['firm', 'parentNo'], table: 'rooms', references: ['firm', 'no'] }] })
const office = registry(entities({
  Person: entity(people, { follows: relationship('Person', { secondary: follows, primaryjoin: eq(people.c.id, follows.c.fromId), secondaryjoin: eq(people.c.id, follows.c.toId), backref: 'followers', orderBy: desc(people.c.name) }) }, { polymorphicOn: 'kind', identity: 'person' }),
  Staff: entity(staff, {}, { inherits: 'Person', identity: 'staff' }),
  Room: entity(rooms, { parent: relationship('Room', { remoteSide: ['rooms.firm', 'rooms.no'], backPopulates: 'children' }), children: relationship('Room', { backPopulates: 'parent' }) }),
}))
const right = <L, A>(result: E.Either<L, A>): A => pipe(result, E.getOrElseW((error): never => { throw new Error(JSON.stringify(error)) }))
const mapping = right(configure(office))
const { Room } = office.entities
const ofRooms = select(Room)
const explained = (dialect: Dialect, plan: JoinPlan | LoadPlan | FlushPlan): string => explain(plan, { sql: sqlText(dialect, mapping) })

test('a join within one table, through a secondary', () => {
  expect(explained(postgres, right(planJoin(mapping, 'Staff.follows', { parent: 's', target: 'p' })))).toBe([
    'join Staff.follows (many-to-many, list)',
    '├ select "s"."id" as "s_id", "follows"."from_id" as "follows_from_id", "p"."id" as "p_id", "follows"."to_id" as "follows_to_id"',
    '│ from "people" as "s"',
    '│ join "staff" as "s_staff" on "s_staff"."id" = "s"."id"',
    '│ join "follows" on "s"."id" = "follows"."from_id"',
    '│ join "people" as "p" on "p"."id" = "follows"."to_id"',
    '│ order by "p"."name" desc',
    '├ of a known parent: $1 = follows.from_id AND p.id = follows.to_id with $1 = its people.id',
    '└ of a known target: s.id = follows.from_id AND $1 = follows.to_id with $1 = its people.id',
  ].join('\n'))
})

test('a join within one table, by a composite key', () => {
  expect(explained(mysql, right(planJoin(mapping, 'Room.parent', { parent: 'r', target: 'above' })))).toBe([
    'join Room.parent (many-to-one, one object)',
    '├ select `above`.`firm` as `above_firm`, `r`.`firm` as `r_firm`, `above`.`no` as `above_no`, `r`.`parent_no` as `r_parent_no`',
    '│ from `rooms` as `r`',
    '│ join `rooms` as `above` on `above`.`firm` = `r`.`firm` and `above`.`no` = `r`.`parent_no`',
    '├ of a known parent: the object whose key is its rooms.firm, rooms.parent_no',
    '└ of a known target: $1 = r.firm AND $2 = r.parent_no with $1 = its rooms.firm, $2 = its rooms.no',
  ].join('\n'))
})

test('a load, and what follows it', () => {
  expect(explained(sqlite, right(planLoad(mapping, pipe(ofRooms, options(selectinload(Room.children))))).plan)).toBe([
    'load Room',
    '├ select "rooms_1"."firm" as "rooms_1_firm", "rooms_1"."no" as "rooms_1_no", "rooms_1"."parent_no" as "rooms_1_parent_no"',
    '│ from "rooms" as "rooms_1"',
    '├ reads firm, no, parentNo',
    '└ then Room.children by selectin, for up to 500 at once',
    '  ├ select "rooms_2"."firm" as "rooms_2_firm", "rooms_2"."no" as "rooms_2_no", "rooms_2"."parent_no" as "rooms_2_parent_no"',
    '  │ from "rooms" as "rooms_2"',
    '  │ where ("rooms_2"."firm", "rooms_2"."parent_no") in (values (?, ?))',
    '  └ reads firm, no, parentNo',
  ].join('\n'))
})

const object = (id: number, of: Partial<FlushObject> & Pick<FlushObject, 'entity' | 'state'>): FlushObject => ({
  id, changed: true, order: id, key: undefined, relationships: {}, parents: {}, stray: false, ...of, columns: { now: {}, was: {}, unknown: [], ...of.columns },
})
const changes: FlushInput = { _tag: 'FlushInput', objects: [
  object(0, { entity: 'Staff', state: 'new', columns: { now: { kind: 'staff', name: 'ada', firm: 1 }, was: {}, unknown: [] }, relationships: { follows: { loaded: true, added: [1], removed: [], kept: [], oldUnknown: false } } }),
  object(1, { entity: 'Person', state: 'kept', key: [5], columns: { now: { id: 5, name: 'bob' }, was: { name: 'bo' }, unknown: [] } }),
  object(2, { entity: 'Room', state: 'deleted', key: [1, 2], columns: { now: { firm: 1, no: 2, parentNo: null }, was: {}, unknown: [] }, relationships: { children: { loaded: true, added: [], removed: [], kept: [], oldUnknown: false }, parent: { loaded: true, added: [], removed: [], kept: [], oldUnknown: false } } }),
] }

test('a flush: each step with its statement, why, and its rows', () => {
  const planning = right(planFlush(mapping, changes))
  if (planning._tag !== 'Plan') throw new Error(JSON.stringify(planning))
  expect(explained(postgres, planning.plan)).toBe([
    'flush: 5 rows in 5 steps',
    '├ update people: 1 row',
    '│ ├ update "people"',
    '│ │ set "name" = $1',
    '│ │ where "id" = $2',
    '│ ├ because: changed name',
    '│ └ Person 5: name = "bob" where id = 5',
    '├ insert people: 1 row, gives id',
    '│ ├ insert into "people" ("kind", "name")',
    '│ │ values ($1, $2)',
    '│ │ returning "id"',
    '│ ├ because: new Staff',
    '│ └ new Staff #0: kind = "staff", name = "ada"',
    '├ insert staff: 1 row',
    '│ ├ insert into "staff" ("id", "firm")',
    '│ │ values ($1, $2)',
    '│ ├ because: new Staff',
    '│ └ new Staff #0: id = the id of new Staff #0, firm = 1',
    '├ insert follows: 1 row',
    '│ ├ insert into "follows" ("from_id", "to_id")',
    '│ │ values ($1, $2)',
    '│ ├ because: added to Person.follows',
    '│ └ from_id = the id of new Staff #0, to_id = 5',
    '└ delete rooms: 1 row',
    '  ├ delete from "rooms"',
    '  │ where "firm" = $1 and "no" = $2',
    '  ├ because: deleted Room',
    '  └ Room 1, 2: where firm = 1 and no = 2',
  ].join('\n'))
})

test('what a dialect cannot say is told in place of the statement', () => {
  const { statement } = right(planLoad(mapping, ofRooms)).plan
  expect(sqlText(mysql, mapping)({ ...statement, from: [{ _tag: 'table', table: 'a\u0000b', alias: 'x' }] })).toMatch(/name/)
})
