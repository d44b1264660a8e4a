// A plan of a flush that went through JSON writes what the flush would have written, with the same statements.

import { asc, column, configure, dynamicRegistry, entities, entity, integer, orderBy, registry, relationship, select, table, text, timestamp, bytes, bigint, json, type Model } from '@relata/core'
import { add, all, append, applyPlan, commit, create, destroy, dryRun, expungeAll, flush, get, remove, rollback, set, sql, type Db } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { failing, running, succeeding } from '../in-session.js'

const shops = table('shops', {
  id: column(bigint, { primaryKey: true }), name: column(text), opened: column(timestamp, { nullable: true }), sign: column(bytes, { nullable: true }),
  about: column(json(t.unknown), { nullable: true }), version: column(integer, { default: 0 }), code: column(text, { nullable: true, default: () => 'made' }),
})
const clerks = table('clerks', { id: column(integer, { primaryKey: true }), shopId: column(bigint, { references: 'shops.id', nullable: true }), bossId: column(integer, { references: 'clerks.id', nullable: true }), name: column(text) })
const skills = table('skills', { id: column(integer, { primaryKey: true }), name: column(text) })
const clerkSkills = table('clerk_skills', { clerkId: column(integer, { primaryKey: true, references: 'clerks.id' }), skillId: column(integer, { primaryKey: true, references: 'skills.id' }) })
const tradeEntities = entities({
  Shop: entity(shops, { clerks: relationship('Clerk', { backPopulates: 'shop' }) }, { version: 'version' }),
  Clerk: entity(clerks, {
    shop: relationship('Shop', { backPopulates: 'clerks' }),
    boss: relationship('Clerk', { remoteSide: ['clerks.id'], backPopulates: 'team' }), team: relationship('Clerk', { backPopulates: 'boss', cascade: 'all, delete-orphan' }),
    skills: relationship('Skill', { secondary: clerkSkills }),
  }),
  Skill: entity(skills),
})
interface Trade extends Model<typeof tradeEntities> {}
const trade = registry<Trade>(tradeEntities)
const { Shop, Clerk, Skill } = trade.entities

const filled: Db<void> = pipe(
  RTE.of(undefined),
  RTE.chain(() => {
    const boss = create(Clerk, { name: 'cy', team: [create(Clerk, { name: 'di' })], skills: [create(Skill, { name: 'sums' })] })
    return add(create(Shop, { name: 'first', clerks: [create(Clerk, { name: 'ada' }), create(Clerk, { name: 'bob' }), boss] }), create(Skill, { name: 'talk' }))
  }),
  RTE.chain(() => commit), RTE.chain(() => expungeAll),
)
const at = <A>(found: O.Option<A>): A => { if (O.isNone(found)) throw new Error('not there'); return found.value }
const clerk = (id: number) => pipe(get(Clerk, id), RTE.map(at))

const values = { opened: new Date('2026-01-02T03:04:05.678Z'), sign: Uint8Array.of(0, 255), about: { $date: 'not one', list: [1, null], deep: { a: -1.5 } } }
const changes: readonly (readonly [what: string, Db<unknown>])[] = [
  ['new objects with keys that the database makes, and values that JSON has no form for', pipe(RTE.of(undefined), RTE.chain(() => add(create(Shop, { name: 'second', ...values, clerks: [create(Clerk, { name: 'eve', team: [create(Clerk, { name: 'fay' })] })] }))))],
  ['updates, with a version', pipe(get(Shop, 1n), RTE.map(at), RTE.map(set(Shop, { name: 'other', ...values })))],
  ['a move from one parent to another, and a default that is a function', pipe(clerk(1), RTE.map((ada) => set(Clerk, { shop: create(Shop, { name: 'third' }) })(ada)))],
  ['associations, added and removed', pipe(
    RTE.Do, RTE.bind('cy', () => pipe(all(pipe(select(Clerk), orderBy(asc(Clerk.name)))), RTE.map((clerks) => clerks.find(({ name }) => name === 'cy') ?? clerks[0]!))),
    RTE.bind('talk', () => pipe(all(select(Skill)), RTE.map((skills) => skills.find(({ name }) => name === 'talk') ?? skills[0]!))),
    RTE.map(({ cy, talk }) => append(Clerk.skills, talk)(cy)),
  )],
  ['deletes with what hangs on them', pipe(clerk(3), RTE.chain(destroy))],
  ['a delete, and nulls in the rows that referred to it', pipe(get(Shop, 1n), RTE.map(at), RTE.chain(destroy))],
]

const tables = ['shops', 'clerks', 'skills', 'clerk_skills']
const rows = pipe(RTE.sequenceSeqArray(tables.map((name) => sql(`select * from ${name} order by 1, 2`))))
/** The statements that write, and what is in the tables afterwards. */
const written = async (program: Db<unknown>) => {
  const { result, statements } = await succeeding(trade, pipe(filled, RTE.chain(() => program), RTE.chain(() => rows)))
  const writes = statements.filter((each) => /^(insert|update|delete)/.test(each))
  return { rows: result, writes }
}
const kept = (change: Db<unknown>): Db<string> => pipe(change, RTE.chain(() => dryRun), RTE.map((plan) => JSON.stringify(plan)), RTE.chainFirst(() => rollback), RTE.chainFirst(() => expungeAll))

describe('a kept plan writes the same:', () => {
  test.each(changes)('%s', async (_what, change) => {
    const direct = await written(pipe(change, RTE.chain(() => flush)))
    const byPlan = await written(pipe(kept(change), RTE.chain((text) => applyPlan(text))))
    expect(direct.writes.length).toBeGreaterThan(0)
    expect(byPlan).toEqual(direct)
    expect(await written(pipe(kept(change), RTE.chain((text) => applyPlan(JSON.parse(text) as unknown))))).toEqual(direct)
  })
})

test('objects of the session are read again', async () => {
  const { result } = await succeeding(trade, pipe(
    filled, RTE.chain(() => kept(pipe(clerk(1), RTE.map(set(Clerk, { name: 'ann' }))))), RTE.bindTo('text'), RTE.bind('ada', () => clerk(1)),
    RTE.chainFirst(({ text }) => applyPlan(text)), RTE.chainFirst(() => clerk(1)), RTE.map(({ ada }) => ada.name),
  ))
  expect(result).toBe('ann')
})

test('a plan whose row has changed since is refused, and rolled back as a flush is', async () => {
  expect(await failing(trade, pipe(
    filled, RTE.chain(() => kept(pipe(get(Shop, 1n), RTE.map(at), RTE.map(set(Shop, { name: 'x' }))))),
    RTE.chainFirst(() => pipe(get(Shop, 1n), RTE.map(at), RTE.map(set(Shop, { name: 'y' })), RTE.chain(() => flush))), RTE.chain((text) => applyPlan(text)),
  ))).toBe('stale-data')
  const { result } = await running(trade, pipe(
    filled, RTE.chain(() => kept(pipe(clerk(1), RTE.map(set(Clerk, { name: 'x' }))))), RTE.chainFirst(() => sql('delete from clerks where id = 1')),
    RTE.chain((text) => applyPlan(text)), RTE.orElse(() => commit),
  ))
  expect(result).toMatchObject(E.left({ code: 'pending-rollback' }))
})

test('a plan of another mapping, and what is none, is refused before anything is sent', async () => {
  const other = configure(dynamicRegistry({ Skill: entity(skills) }))
  const plan = { _tag: 'FlushPlan', version: 1, fingerprint: E.isRight(other) ? other.right.fingerprint : '', steps: [] }
  for (const given of [plan, JSON.stringify(plan), '{', null]) expect(await failing(trade, applyPlan(given))).toBe('argument')
})

test('what is pending is written before it', async () => {
  const { result } = await succeeding(trade, pipe(
    filled, RTE.chain(() => kept(pipe(clerk(1), RTE.map((ada) => remove(Clerk.skills)(ada) && set(Clerk, { name: 'ann' })(ada))))),
    RTE.chainFirst(() => add(create(Skill, { name: 'new' }))), RTE.chain((text) => applyPlan(text)), RTE.chain(() => sql('select name from skills order by name')),
  ))
  expect(result.flat()).toEqual(['new', 'sums', 'talk'])
})
