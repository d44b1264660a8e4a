// What the delete cascade takes along, what it loads for that, and what becomes of those who are not taken.

import { column, entities, entity, integer, registry, relationship, select, table, text, type Model } from '@relata/core'
import { create, expungeAll, load, remove, stateOf } from '@relata/session'
import { query } from '@relata/session/plain'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const firms = table('firms', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }) })
const teams = table('teams', { id: column(integer, { primaryKey: true }), firmId: column(integer, { name: 'firm_id', references: 'firms.id', nullable: true }) })
const people = table('people', { id: column(integer, { primaryKey: true }), teamId: column(integer, { name: 'team_id', references: 'teams.id', nullable: true }), badgeId: column(integer, { name: 'badge_id', references: 'badges.id', nullable: true }) })
const badges = table('badges', { id: column(integer, { primaryKey: true }) })
const skills = table('skills', { id: column(integer, { primaryKey: true }) })
const personSkills = table('person_skills', { personId: column(integer, { name: 'person_id', primaryKey: true, references: 'people.id' }), skillId: column(integer, { name: 'skill_id', primaryKey: true, references: 'skills.id' }) })
const sites = table('sites', { id: column(integer, { primaryKey: true }), firmId: column(integer, { name: 'firm_id', references: 'firms.id', nullable: true }) })
const parts = entities({
  Firm: entity(firms, { teams: relationship('Team', { cascade: 'all', lazy: 'raise' }), sites: relationship('Site', { backPopulates: 'firm' }) }),
  Team: entity(teams, { people: relationship('Person', { cascade: 'save-update, merge, delete' }) }),
  Person: entity(people, { badge: relationship('Badge', { cascade: 'all' }), skills: relationship('Skill', { secondary: personSkills, cascade: 'all' }) }),
  Badge: entity(badges), Skill: entity(skills),
  Site: entity(sites, { firm: relationship('Firm', { backPopulates: 'sites' }) }),
})
interface Parts extends Model<typeof parts> {}
const registered = registry<Parts>(parts)
const { Firm, Team, Person, Badge, Skill, Site } = registered.entities

describe('deleting', () => {
  test('a parent loads and deletes its children level by level, also where loads are refused, many-to-ones and association rows along', async () => {
    const { db, sent } = await opened(registered)
    db.add(create(Firm, { id: 1, teams: [create(Team, { people: [create(Person, { badge: create(Badge, {}), skills: [create(Skill, {})] })] }), create(Team, {})] }))
    await db.commit()
    await db.run(expungeAll)
    const firm = (await db.get(Firm, 1))!
    sent()
    await db.destroy(firm)
    expect(sent()).toEqual(['select teams 2', 'select people 1', 'select badges 1', 'select person_skills 1'])
    await db.flush()
    expect(sent()).toEqual(['select sites 0', 'delete person_skills 1', 'delete people 1', 'delete teams 2', 'delete badges 1', 'delete firms 1', 'delete skills 1'])
  })

  test('a parent without cascade loads its children and takes their keys back first', async () => {
    const { db, texts } = await opened(registered)
    const firm = create(Firm, { id: 1, sites: [create(Site, { id: 1 }), create(Site, { id: 2 })] })
    db.add(firm)
    await db.commit()
    await db.run(expungeAll)
    const found = (await db.get(Firm, 1))!
    await db.destroy(found)
    texts()
    await db.flush()
    expect(texts()).toEqual([
      'select "sites_1"."id" as "sites_1_id", "sites_1"."firm_id" as "sites_1_firm_id" from "sites" as "sites_1" where ? = "sites_1"."firm_id"',
      'update "sites" set "firm_id" = "given"."column1" from (values (?, ?), (?, ?)) as "given" where "sites"."id" = "given"."column2"', 'delete from "firms" where "id" = ?',
    ])
    expect((await db.all(query(select(Site)))).map(({ firmId }) => firmId)).toEqual([null, null])
  })

  test('an object that two parents hold deletes it once', async () => {
    const { db, sent } = await opened(registered)
    const badge = create(Badge, {})
    const team = create(Team, { people: [create(Person, { badge }), create(Person, { badge })] })
    db.add(team)
    await db.commit()
    sent()
    await db.destroy(team)
    await db.flush()
    expect(sent().filter((line) => line.startsWith('delete'))).toEqual(['delete people 2', 'delete badges 1', 'delete teams 1'])
  })

  test('is no matter of removal: who is taken out stays, with a key that is null', async () => {
    const { db, sent } = await opened(registered)
    const person = create(Person, {})
    const team = create(Team, { people: [person] })
    db.add(team)
    await db.commit()
    sent()
    remove(Team.people, person)(team)
    await db.flush()
    expect([sent(), person.teamId, stateOf(person)]).toEqual([['update people 1'], null, 'persistent'])
  })

  test('a parent and its children together takes no key back', async () => {
    const { db, sent } = await opened(registered)
    const firm = create(Firm, { sites: [create(Site, {}), create(Site, {})] })
    db.add(firm)
    await db.commit()
    sent()
    await db.destroy(firm, ...firm.sites)
    await db.flush()
    expect(sent().filter((line) => !line.startsWith('select'))).toEqual(['delete sites 2', 'delete firms 1'])
  })

  test('only a referrer neither loads nor touches what it refers to', async () => {
    const { db, sent } = await opened(registered)
    db.add(create(Site, { id: 1, firm: create(Firm, { id: 1 }) }))
    await db.commit()
    await db.run(expungeAll)
    const site = (await db.get(Site, 1))!
    sent()
    await db.destroy(site)
    await db.flush()
    expect(sent()).toEqual(['delete sites 1'])
  })
})

test('every other cascade looks at what is in memory', async () => {
  const { db, sent } = await opened(registered)
  db.add(create(Team, { id: 1, people: [create(Person, {})] }))
  await db.commit()
  await db.run(expungeAll)
  const team = (await db.get(Team, 1))!
  sent()
  db.add(team)
  expect(sent()).toEqual([])
  expect((await db.run(load(Team.people)(team))).people.length).toBe(1)
})
