// A collection class of the program's own: four pure functions.

import { column, entities, entity, integer, registry, relationship, select, selectinload, table, text, options, type Model } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { add, append, attempt, commit, create, edit, expungeAll, flush, history, load, one, remove, rollback, set } from '@relata/session'
import { succeeding } from '../in-session.js'

interface Ranked { readonly rank: number }
/** Kept in order of rank, which a list of the database's order is not. */
const byRank = {
  empty: (): { readonly ranked: readonly Ranked[] } => ({ ranked: [] }),
  add: (all: { readonly ranked: readonly Ranked[] }, one: Ranked) => ({ ranked: [...all.ranked, one].toSorted((a, b) => a.rank - b.rank) }),
  remove: (all: { readonly ranked: readonly Ranked[] }, gone: Ranked) => ({ ranked: all.ranked.filter((each) => each !== gone) }),
  members: (all: { readonly ranked: readonly Ranked[] }) => all.ranked,
}

const teams = table('teams', { id: column(integer, { primaryKey: true }), name: column(text) })
const players = table('players', {
  id: column(integer, { primaryKey: true }), rank: column(integer), teamId: column(integer, { references: 'teams.id', nullable: true }),
})
const parts = entities({
  Team: entity(teams, { players: relationship('Player', { backPopulates: 'team', collectionClass: byRank, cascade: 'all, delete-orphan' }) }),
  Player: entity(players, { team: relationship('Team', { backPopulates: 'players' }) }),
})
interface Parts extends Model<typeof parts> {}
const league = registry<Parts>(parts)
const { Team, Player } = league.entities

const player = (rank: number) => create(Player, { rank })
const ranks = (team: { readonly players: { readonly ranked: readonly Ranked[] } }) => team.players.ranked.map(({ rank }) => rank)

test('members come and go by its functions, from either side', () => {
  const [second, first, third] = [player(2), player(1), player(3)]
  const team = create(Team, { name: 'a', players: { ranked: [second] } })
  pipe(team, append(Team.players, first))
  set(Player, { team })(third)
  expect([ranks(team), first.team, third.team]).toEqual([[1, 2, 3], team, team])
  pipe(team, remove(Team.players, second))
  set(Player, { team: null })(first)
  expect([ranks(team), second.team]).toEqual([[3], null])
  expect(history(Team.players)(team).added).toEqual([third])
})

test('it holds a member once', () => {
  const one = player(1)
  const team = create(Team, { name: 'a', players: { ranked: [one, one] } })
  pipe(team, append(Team.players, one))
  expect(ranks(team)).toEqual([1])
})

test('an array of members may be edited in, and null may not stand in it', () => {
  const team = create(Team, { name: 'a', players: byRank.empty() })
  pipe(team, edit(Team.players, { how: 'extend', values: [player(2), player(1)] }))
  expect(ranks(team)).toEqual([1, 2])
  pipe(team, edit(Team.players, { how: 'clear' }))
  expect(ranks(team)).toEqual([])
  const refused = attempt(() => set(Team, { players: { ranked: [null as never] } })(team))
  expect(E.isLeft(refused) && refused.left.message).toBe('a member of Team.players is an object of Player, not null')
})

test('it is written, loaded eagerly and lazily, restored and cascaded along as any other', async () => {
  const { result, statements } = await succeeding(league, pipe(
    add(create(Team, { name: 'a', players: { ranked: [player(3), player(1)] } })), RTE.chain(() => commit), RTE.chain(() => expungeAll),
    RTE.chain(() => one(pipe(select(Team), options(selectinload(Team.players))))),
    RTE.chain((team) => {
      const eager = ranks(team)
      pipe(team, append(Team.players, player(2)))
      const changed = ranks(team)
      return pipe(rollback, RTE.chain(() => load(Team.players)(team)), RTE.chain((loaded) => {
        const restored = ranks(loaded)
        const [first] = loaded.players.ranked
        pipe(loaded, remove(Team.players, first as never))
        return pipe(flush, RTE.map(() => [eager, changed, restored, ranks(loaded)]))
      }))
    }),
  ))
  expect(result).toEqual([[1, 3], [1, 2, 3], [1, 3], [3]])
  expect(statements.at(-1)).toBe('delete players 1')
})
