// What asks for a relationship and when: a refresh by name, a cascade that meets objects of nowhere, an assignment that learns what it replaces.

import { column, entities, entity, integer, registry, relationship, table, type Model } from '@relata/core'
import { add, commit, create, destroy, expire, expungeAll, flush, get, isLoaded, loadOld, refresh, rollback, set, stateOf } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

const clubs = table('clubs', { id: column(integer, { primaryKey: true }) })
const players = table('players', { id: column(integer, { primaryKey: true }), clubId: column(integer, { references: 'clubs.id', nullable: true }), loanId: column(integer, { references: 'clubs.id', nullable: true }) })

const leagueEntities = entities({
  Club: entity(clubs, {
    players: relationship('Player', { foreignKeys: ['players.clubId'], cascade: 'all', lazy: 'raise', backPopulates: 'club' }),
    loans: relationship('Player', { foreignKeys: ['players.loanId'], lazy: 'noload' }),
  }),
  Player: entity(players, { club: relationship('Club', { foreignKeys: ['players.clubId'], cascade: 'all', lazy: 'selectin', activeHistory: true, backPopulates: 'players' }) }),
})
interface League extends Model<typeof leagueEntities> {}
const league = registry<League>(leagueEntities)
const { Club, Player } = league.entities

const filled = () => pipe(add(create(Club, { id: 1, players: [create(Player, { id: 1 })] })), RTE.chain(() => commit), RTE.chain(() => expungeAll))
const club = () => pipe(filled(), RTE.chain(() => get(Club, 1)), RTE.map((found) => O.toUndefined(found)!))

test('a refresh of a relationship by name loads what its strategy refuses to load', async () => {
  const { result, statements } = await succeeding(league, pipe(club(), RTE.chain(refresh(Club, 'players')), RTE.map((found) => found.players.map(({ id }) => id))))
  expect(result).toEqual([1])
  expect(statements.slice(2)).toEqual(['select clubs 1', 'select players 1'])
})

test('a refresh of a relationship that shows nothing shows nothing', async () => {
  const { result, statements } = await succeeding(league, pipe(club(), RTE.chain(refresh(Club, 'loans')), RTE.map((found) => found.loans)))
  expect(result).toEqual([])
  expect(statements.slice(2)).toEqual(['select clubs 1'])
})

test('a delete cascade goes through objects of no session by what they have in memory', async () => {
  const [ajax, johan] = [create(Club, { id: 1 }), create(Player, { id: 1 })]
  set(Player, { club: ajax })(johan)
  const { statements } = await succeeding(league, pipe(
    add(johan), RTE.chain(() => commit), RTE.chain(() => expire(Club, 'players')(ajax)), RTE.chain(() => expungeAll),
    RTE.chain(() => destroy(johan)), RTE.map(() => { expect([stateOf(ajax), isLoaded(Club.players)(ajax)]).toEqual(['persistent', false]) }),
    RTE.chain(() => flush),
  ))
  expect(statements.slice(2)).toEqual(['select players 1', 'delete players 1', 'delete clubs 1'])
})

test('what an assignment replaces is learned without a flush where a null key tells it', async () => {
  const johan = create(Player, { id: 1 })
  const { statements } = await succeeding(league, pipe(
    add(johan), RTE.chain(() => commit), RTE.chain(() => expire(Player)(johan)), RTE.chain(() => add(create(Club, { id: 2 }))), RTE.chain(() => loadOld(Player.club)(johan)),
  ))
  expect(statements).toEqual(['insert players 1', 'select players 1'])
})

test('what shows nothing has nothing to delete or to let go of', async () => {
  const [ajax, johan] = [create(Club, { id: 1 }), create(Player, { id: 1, loanId: 1 })]
  const { statements } = await succeeding(league, pipe(
    add(ajax, johan), RTE.chain(() => commit), RTE.chain(() => expire(Club, 'loans')(ajax)), RTE.chain(() => destroy(ajax)), RTE.chain(() => flush),
    RTE.orElse((error) => RTE.rightIO(() => { expect(error.code).toBe('integrity') })), RTE.chain(() => rollback),
  ))
  expect(statements).toEqual(['insert clubs 1', 'insert players 1', 'select players 0'])
})
