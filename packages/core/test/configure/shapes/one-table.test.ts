// Relationships of a table to itself: what they resolve to.

import { and, backref, column, concat, entity, eq, fn, foreign, integer, like, ne, or, relationship, remote, table, text } from '@relata/core'
import { expect, test } from 'vitest'
import { toldOf, type Options } from './told.js'

const n = table('n', { id: column(integer, { primaryKey: true }), p_id: column(integer, { nullable: true, references: 'n.id' }), k: column(integer, { nullable: true }), q: column(integer, { nullable: true }), path: column(text, { nullable: true }) })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['plain', {}, ['N.r one-to-many list | n.id n.p_id | n.id → n.p_id | n.p_id']],
  ['remote id', { remoteSide: ['n.id'] }, ['N.r many-to-one one | n.p_id n.id | n.id → n.p_id | n.id']],
  ['remote foreignKeys', { remoteSide: ['n.p_id'] }, ['N.r one-to-many list | n.id n.p_id | n.id → n.p_id | n.p_id']],
  ['remote both', { remoteSide: ['n.id', 'n.p_id'] }, 'no-local-remote-pairs'],
  ['primaryjoin remote id', { primaryjoin: eq(remote(n.c.id), n.c.p_id) }, ['N.r many-to-one one | n.p_id n.id | n.id → n.p_id | n.id']],
  ['primaryjoin remote foreignKeys', { primaryjoin: eq(n.c.id, remote(n.c.p_id)) }, ['N.r one-to-many list | n.id n.p_id | n.id → n.p_id | n.p_id']],
  ['primaryjoin remote foreign same', { primaryjoin: eq(n.c.k, remote(foreign(n.c.q))) }, ['N.r one-to-many list | n.k n.q | n.k → n.q | n.q']],
  ['primaryjoin remote vs foreign', { primaryjoin: eq(remote(n.c.k), foreign(n.c.q)) }, ['N.r many-to-one one | n.q n.k | n.k → n.q | n.k']],
  ['primaryjoin nonfk', { primaryjoin: eq(n.c.k, n.c.q) }, 'no-relevant-foreign-keys'],
  ['primaryjoin foreignKeys', { primaryjoin: eq(n.c.k, n.c.q), foreignKeys: ['n.q'] }, ['N.r one-to-many list | n.k n.q | n.k → n.q | n.q']],
  ['primaryjoin fks2', { primaryjoin: eq(n.c.k, n.c.q), foreignKeys: ['n.k', 'n.q'] }, 'no-local-remote-pairs'],
  ['primaryjoin fks2 remote', { primaryjoin: eq(n.c.k, n.c.q), foreignKeys: ['n.k', 'n.q'], remoteSide: ['n.q'] }, 'no-direction'],
  ['function warn', { primaryjoin: eq(fn<number>()('abs', n.c.k), foreign(n.c.q)) }, 'no-local-remote-pairs'],
  ['function viewonly', { primaryjoin: eq(fn<number>()('abs', n.c.k), foreign(n.c.q)), viewonly: true }, 'no-local-remote-pairs'],
  ['function remote', { primaryjoin: eq(fn<number>()('abs', n.c.k), remote(foreign(n.c.q))) }, ['N.r one-to-many list | n.k n.q | n.k → n.q | n.q']],
  ['path', { primaryjoin: like(remote(foreign(n.c.path)), concat(n.c.path, '/%')), viewonly: true }, ['N.r one-to-many list | n.path n.path | nothing | n.path']],
  ['path noremote', { primaryjoin: like(foreign(n.c.path), concat(n.c.path, '/%')), viewonly: true }, 'no-local-remote-pairs'],
  ['same col', { primaryjoin: eq(n.c.k, remote(foreign(n.c.k))) }, ['N.r one-to-many list | n.k n.k | n.k → n.k | n.k']],
  ['same col viewonly', { primaryjoin: eq(n.c.k, remote(foreign(n.c.k))), viewonly: true }, ['N.r one-to-many list | n.k n.k | n.k → n.k | n.k']],
  ['siblings', { primaryjoin: and(eq(n.c.p_id, remote(foreign(n.c.p_id))), ne(n.c.id, remote(n.c.id))), viewonly: true }, ['N.r one-to-many list | n.id n.id, n.p_id n.p_id | n.p_id → n.p_id | n.id, n.p_id']],
  ['and constant', { primaryjoin: and(eq(n.c.id, n.c.p_id), eq(n.c.k, 1)) }, ['N.r one-to-many list | n.id n.p_id | n.id → n.p_id | n.p_id', 'warns self-referential-expression']],
  ['and constant remote', { primaryjoin: and(eq(n.c.id, remote(n.c.p_id)), eq(remote(n.c.k), 1)) }, ['N.r one-to-many list | n.id n.p_id | n.id → n.p_id | n.k, n.p_id']],
  ['and constant reference', { primaryjoin: and(eq(n.c.id, n.c.p_id), eq(n.c.k, 1)), remoteSide: ['n.id'] }, ['N.r many-to-one one | n.p_id n.id | n.id → n.p_id | n.id']],
  ['backref none', { backref: 'x' }, 'back-populates-direction'],
  ['backref remoteSide', { backref: backref('x', { remoteSide: ['n.id'] }) }, ['N.r one-to-many list | n.id n.p_id | n.id → n.p_id | n.p_id | N.x', 'N.x many-to-one one | n.p_id n.id | n.id → n.p_id | n.id | N.r']],
  ['backref remoteSide reference', { remoteSide: ['n.id'], backref: 'x' }, ['N.r many-to-one one | n.p_id n.id | n.id → n.p_id | n.id | N.x', 'N.x one-to-many list | n.id n.p_id | n.id → n.p_id | n.p_id | N.r']],
  ['backref remoteSide both', { remoteSide: ['n.id'], backref: backref('x', { remoteSide: ['n.id'] }) }, 'back-populates-direction'],
  ['backref marked', { primaryjoin: eq(n.c.k, remote(foreign(n.c.q))), backref: 'x' }, ['N.r one-to-many list | n.k n.q | n.k → n.q | n.q | N.x', 'N.x many-to-one one | n.q n.k | n.k → n.q | n.k | N.r']],
  ['backref marked reference', { primaryjoin: eq(remote(n.c.k), foreign(n.c.q)), backref: 'x' }, ['N.r many-to-one one | n.q n.k | n.k → n.q | n.k | N.x', 'N.x one-to-many list | n.k n.q | n.k → n.q | n.q | N.r']],
  ['or', { primaryjoin: or(eq(n.c.id, remote(foreign(n.c.p_id))), eq(n.c.id, remote(foreign(n.c.q)))), viewonly: true }, ['N.r one-to-many list | n.id n.p_id, n.id n.q | n.id → n.p_id, n.id → n.q | n.p_id, n.q']],
])('a tree: %s', (_what, options, told) => {
  expect(toldOf({ N: entity(n, { r: relationship('N', options) }) })).toEqual(told)
})

const e = table('e', { co: column(integer, { primaryKey: true }), id: column(integer, { primaryKey: true }), boss: column(integer, { nullable: true }) }, { foreignKeys: [{ columns: ['co', 'boss'], table: 'e', references: ['co', 'id'] }] })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['plain, 2', {}, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co']],
  ['remoteSide all', { remoteSide: ['e.co', 'e.id'] }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id']],
  ['remoteSide id', { remoteSide: ['e.id'] }, ['E.r many-to-one one | e.boss e.id | e.co → e.co, e.id → e.boss | e.id']],
  ['remoteSide boss', { remoteSide: ['e.co', 'e.boss'] }, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co']],
  ['remoteSide boss alone', { remoteSide: ['e.boss'] }, 'no-direction'],
  ['foreignKeys boss', { foreignKeys: ['e.boss'] }, ['E.r one-to-many list | e.id e.boss | e.id → e.boss | e.boss']],
  ['foreignKeys boss remoteSide', { foreignKeys: ['e.boss'], remoteSide: ['e.id'] }, ['E.r many-to-one one | e.boss e.id | e.id → e.boss | e.id']],
  ['foreignKeys boss remoteSide all', { foreignKeys: ['e.boss'], remoteSide: ['e.id', 'e.co'] }, ['E.r many-to-one one | e.boss e.id | e.id → e.boss | e.id']],
  ['primaryjoin', { primaryjoin: and(eq(e.c.co, remote(e.c.co)), eq(e.c.boss, remote(e.c.id))) }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id']],
  ['primaryjoin foreign', { primaryjoin: and(eq(e.c.co, remote(e.c.co)), eq(foreign(e.c.boss), remote(e.c.id))) }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.id → e.boss | e.co, e.id']],
  ['primaryjoin two foreign', { primaryjoin: and(eq(foreign(e.c.co), remote(e.c.co)), eq(foreign(e.c.boss), remote(e.c.id))) }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id']],
  ['primaryjoin rev', { primaryjoin: and(eq(remote(e.c.co), e.c.co), eq(remote(foreign(e.c.boss)), e.c.id)) }, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.id → e.boss | e.boss, e.co']],
  ['primaryjoin rev2', { primaryjoin: and(eq(remote(foreign(e.c.co)), e.c.co), eq(remote(foreign(e.c.boss)), e.c.id)) }, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co']],
  ['primaryjoin plain', { primaryjoin: and(eq(e.c.co, e.c.co), eq(e.c.boss, e.c.id)) }, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co']],
  ['primaryjoin plain remoteSide', { primaryjoin: and(eq(e.c.co, e.c.co), eq(e.c.boss, e.c.id)), remoteSide: ['e.co', 'e.id'] }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id']],
  ['backref', { remoteSide: ['e.co', 'e.id'], backref: 'x' }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id | E.x', 'E.x one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co | E.r']],
  ['backref remoteSide, 2', { remoteSide: ['e.co', 'e.id'], backref: backref('x', { remoteSide: ['e.co', 'e.boss'] }) }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id | E.x', 'E.x one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co | E.r']],
  ['backref list', { backref: backref('x', { remoteSide: ['e.co', 'e.id'] }) }, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co | E.x', 'E.x many-to-one one | e.boss e.id, e.co e.co | e.co → e.co, e.id → e.boss | e.co, e.id | E.r']],
  ['function', { primaryjoin: and(eq(fn<number>()('abs', e.c.co), remote(e.c.co)), eq(foreign(e.c.boss), remote(e.c.id))) }, ['E.r many-to-one one | e.boss e.id, e.co e.co | e.id → e.boss | e.co, e.id']],
])('a tree by a composite key: %s', (_what, options, told) => {
  expect(toldOf({ E: entity(e, { r: relationship('E', options) }) })).toEqual(told)
})

const forked = table('e', { co: column(integer, { primaryKey: true }), id: column(integer, { primaryKey: true }), boss: column(integer, { nullable: true }), b2: column(integer, { nullable: true }) }, { foreignKeys: [{ columns: ['co', 'boss'], table: 'e', references: ['co', 'id'] }, { columns: ['co', 'b2'], table: 'e', references: ['co', 'id'] }] })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['two', {}, 'ambiguous-foreign-keys'],
  ['two foreignKeys', { foreignKeys: ['e.boss'] }, ['E.r one-to-many list | e.id e.boss | e.id → e.boss | e.boss']],
  ['two fk2', { foreignKeys: ['e.co', 'e.boss'] }, ['E.r one-to-many list | e.co e.co, e.id e.boss | e.co → e.co, e.id → e.boss | e.boss, e.co']],
  ['two fk2 remoteSide', { foreignKeys: ['e.co', 'e.b2'], remoteSide: ['e.co', 'e.id'] }, ['E.r many-to-one one | e.b2 e.id, e.co e.co | e.co → e.co, e.id → e.b2 | e.co, e.id']],
])('a tree by two composite keys: %s', (_what, options, told) => {
  expect(toldOf({ E: entity(forked, { r: relationship('E', options) }) })).toEqual(told)
})

