// The small mapping of the random programs: a one-to-many with its other side, a many-to-many, and a reference to one's own kind.

import { column, entities, entity, integer, registry, relationship, table, text, type Model as ModelOf } from '@relata/core'

const teams = table('teams', { id: column(integer, { primaryKey: true }), name: column(text) })
const people = table('people', {
  id: column(integer, { primaryKey: true }), name: column(text),
  teamId: column(integer, { name: 'team_id', references: 'teams.id', nullable: true }), bossId: column(integer, { name: 'boss_id', references: 'people.id', nullable: true }),
})
const clubs = table('clubs', { id: column(integer, { primaryKey: true }), name: column(text) })
const memberships = table('memberships', { personId: column(integer, { name: 'person_id', primaryKey: true, references: 'people.id' }), clubId: column(integer, { name: 'club_id', primaryKey: true, references: 'clubs.id' }) })

const parts = entities({
  Team: entity(teams, { members: relationship('Person', { backPopulates: 'team' }) }),
  Person: entity(people, {
    team: relationship('Team', { backPopulates: 'members' }),
    boss: relationship('Person', { remoteSide: 'people.id', backPopulates: 'reports' }),
    reports: relationship('Person', { backPopulates: 'boss' }),
    clubs: relationship('Club', { secondary: memberships, backPopulates: 'people', collectionClass: 'set' }),
  }),
  Club: entity(clubs, { people: relationship('Person', { secondary: memberships, backPopulates: 'clubs' }) }),
})
export interface Club extends ModelOf<typeof parts> {}
export const club = registry<Club>(parts)
export const { Team, Person, Club: ClubHandle } = club.entities
