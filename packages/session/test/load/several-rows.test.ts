// Several rows where a relationship holds one object: the first is kept, and a warning names the relationship.

import { asc, column, entities, entity, immediateload, integer, joinedload, options, orderBy, registry, relationship, select, selectinload, subqueryload, table, text, type Model } from '@relata/core'
import { add, all, create, expire, expungeAll, flush, get, load, set, sql, type Db } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { running } from '../in-session.js'

const users = table('users', { id: column(integer, { primaryKey: true }) })
const badges = table('badges', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }) })
const grants = table('grants', { userId: column(integer, { primaryKey: true, references: 'users.id' }), badgeId: column(integer, { primaryKey: true, references: 'badges.id' }) })
const awardEntities = entities({
  User: entity(users, {
    badge: relationship('Badge', { uselist: false, viewonly: true, orderBy: asc(badges.c.id) }),
    granted: relationship('Badge', { uselist: false, viewonly: true, secondary: grants, orderBy: asc(badges.c.id) }),
    worn: relationship('Badge', { uselist: false, overlaps: 'badge' }),
  }),
  Badge: entity(badges),
})
interface Awards extends Model<typeof awardEntities> {}
const awards = registry<Awards>(awardEntities)
const { User } = awards.entities
const { badge, granted } = User

const filled: Db<unknown> = RTE.sequenceSeqArray(['insert into users values (1), (2)', 'insert into badges values (1, 1), (2, 1), (3, 2)', 'insert into grants values (1, 2), (1, 3), (2, 1)'].map((text) => sql(text)))
const everyone = pipe(select(User), orderBy(asc(User.id)))

test.each([
  ['load', pipe(all(everyone), RTE.chain(load(badge)), RTE.chain(load(granted)))],
  ['joined', all(pipe(everyone, options(joinedload(badge), joinedload(granted))))],
  ['selectin', all(pipe(everyone, options(selectinload(badge), selectinload(granted))))],
  ['subquery', all(pipe(everyone, options(subqueryload(badge), subqueryload(granted))))],
  ['immediate', all(pipe(everyone, options(immediateload(badge), immediateload(granted))))],
] as const)('by %s', async (_how, program) => {
  const loading = program as Db<readonly { readonly badge: { readonly id: number } | null; readonly granted: { readonly id: number } | null }[]> // each of them loads both
  const { result, warnings } = await running(awards, pipe(filled, RTE.chain(() => expungeAll), RTE.chain(() => loading)))
  expect(E.isRight(result) && result.right.map((user) => [user.badge?.id, user.granted?.id])).toEqual([[1, 2], [3, 1]])
  expect([...new Set(warnings.map(({ code, message }) => `${code}: ${message}`))].toSorted()).toEqual(['badge', 'granted'].map((name) => `multiple-rows-for-scalar: several rows for 'User.${name}', which holds one object`))
})

const codes = table('codes', { id: column(integer, { primaryKey: true }), code: column(text, { unique: true }) })
const uses = table('uses', { id: column(integer, { primaryKey: true }), code: column(text, { references: 'codes.code', nullable: true }) })
const codeEntities = entities({ Code: entity(codes, { use: relationship('Use', { uselist: false, passiveUpdates: false }) }), Use: entity(uses) })
interface Codes extends Model<typeof codeEntities> {}
const coded = registry<Codes>(codeEntities)
const { Code } = coded.entities

test('by a flush that has to know whom a changed key was for', async () => {
  const code = create(Code, { id: 1, code: 'a' })
  const { warnings, statements } = await running(coded, pipe(
    add(code), RTE.chain(() => flush), RTE.chain(() => sql("insert into uses values (1, 'a'), (2, 'a')")), RTE.chain(() => expire(Code, 'use')(code)), RTE.chain(() => { set(Code, { code: 'b' })(code); return flush }),
  ))
  expect(statements.slice(2)).toContain('select uses 2')
  expect(warnings.map(({ code: what, message }) => `${what}: ${message}`)).toEqual(["multiple-rows-for-scalar: several rows for 'Code.use', which holds one object"])
})

test('by a flush that has to know what was replaced', async () => {
  const { result, statements, warnings } = await running(awards, pipe(
    filled, RTE.chain(() => expungeAll), RTE.chain(() => get(User, 1)),
    RTE.chain((user) => { set(User, { worn: null })(O.toUndefined(user)!); return flush }),
  ))
  expect(E.isRight(result)).toBe(true)
  expect(statements.slice(3)).toEqual(['select users 1', 'select badges 2', 'update badges 1'])
  expect(warnings.map(({ code, relationship: of }) => [code, of])).toEqual([['multiple-rows-for-scalar', 'User.worn']])
})
