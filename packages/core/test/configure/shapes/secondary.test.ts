// Relationships through a third table: what they resolve to.

import { and, backref, column, entity, eq, fn, foreign, integer, lt, or, relationship, remote, table, tableAlias, tableJoin } from '@relata/core'
import { expect, test } from 'vitest'
import { toldOf, type Options } from './told.js'

const l = table('l', { id: column(integer, { primaryKey: true }), x: column(integer, { nullable: true }) })
const r = table('r', { id: column(integer, { primaryKey: true }), y: column(integer, { nullable: true }) })
const m = table('m', { l_id: column(integer, { nullable: true, references: 'l.id' }), r_id: column(integer, { nullable: true, references: 'r.id' }), k: column(integer, { nullable: true }) })
const m2 = table('m2', { l_id: column(integer, { nullable: true }), r_id: column(integer, { nullable: true }) })
const m3 = table('m3', { l_id: column(integer, { nullable: true, references: 'l.id' }), l2_id: column(integer, { nullable: true, references: 'l.id' }), r_id: column(integer, { nullable: true, references: 'r.id' }) })
const s = table('s', { a: column(integer, { nullable: true, references: 'l.id' }), b: column(integer, { nullable: true, references: 'l.id' }) })
const mid = table('mid', { id: column(integer, { primaryKey: true }), l_id: column(integer, { nullable: true, references: 'l.id' }) })
const mid2 = table('mid2', { id: column(integer, { primaryKey: true }), mid_id: column(integer, { nullable: true, references: 'mid.id' }), r_id: column(integer, { nullable: true, references: 'r.id' }) })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['plain', { secondary: m }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['no foreignKeys', { secondary: m2 }, 'no-foreign-keys'],
  ['no foreignKeys both', { secondary: m2, primaryjoin: eq(l.c.id, m2.c.l_id), secondaryjoin: eq(r.c.id, m2.c.r_id) }, ['L.rs many-to-many list | l.id m2.l_id, r.id m2.r_id | l.id → m2.l_id, r.id → m2.r_id | m2.l_id, m2.r_id']],
  ['no foreignKeys primaryjoin', { secondary: m2, primaryjoin: eq(l.c.id, m2.c.l_id) }, 'no-foreign-keys'],
  ['no foreignKeys secondaryjoin', { secondary: m2, secondaryjoin: eq(r.c.id, m2.c.r_id) }, 'no-foreign-keys'],
  ['no foreignKeys both rev', { secondary: m2, primaryjoin: eq(m2.c.l_id, l.c.id), secondaryjoin: eq(m2.c.r_id, r.c.id) }, ['L.rs many-to-many list | l.id m2.l_id, r.id m2.r_id | l.id → m2.l_id, r.id → m2.r_id | m2.l_id, m2.r_id']],
  ['two keys', { secondary: m3 }, 'ambiguous-foreign-keys'],
  ['two keys foreignKeys', { secondary: m3, foreignKeys: ['m3.l_id', 'm3.r_id'] }, ['L.rs many-to-many list | l.id m3.l_id, r.id m3.r_id | l.id → m3.l_id, r.id → m3.r_id | m3.l_id, m3.r_id']],
  ['two keys foreignKeys one', { secondary: m3, foreignKeys: ['m3.l2_id'] }, 'no-foreign-keys'],
  ['two keys primaryjoin', { secondary: m3, primaryjoin: eq(l.c.id, m3.c.l2_id) }, ['L.rs many-to-many list | l.id m3.l2_id, r.id m3.r_id | l.id → m3.l2_id, r.id → m3.r_id | m3.l2_id, m3.r_id']],
  ['two keys fk3', { secondary: m3, foreignKeys: ['m3.l_id', 'm3.l2_id', 'm3.r_id'] }, 'ambiguous-foreign-keys'],
  ['secondaryjoin nosec', { secondaryjoin: eq(l.c.id, r.c.id) }, 'argument'],
  ['constant', { secondary: m, primaryjoin: and(eq(l.c.id, m.c.l_id), eq(m.c.k, 1)) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.k, m.l_id, m.r_id']],
  ['constant local', { secondary: m, primaryjoin: and(eq(l.c.id, m.c.l_id), eq(l.c.x, 1)) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['constant secondaryjoin', { secondary: m, secondaryjoin: and(eq(r.c.id, m.c.r_id), eq(r.c.y, 1)) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['primaryjoin nonpk', { secondary: m, primaryjoin: eq(l.c.x, m.c.l_id) }, ['L.rs many-to-many list | l.x m.l_id, r.id m.r_id | l.x → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['primaryjoin function', { secondary: m, primaryjoin: eq(fn<number>()('abs', l.c.id), m.c.l_id) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['primaryjoin function inside', { secondary: m, primaryjoin: eq(l.c.id, fn<number>()('abs', m.c.l_id)) }, 'no-relevant-foreign-keys'],
  ['primaryjoin function inside viewonly', { secondary: m, viewonly: true, primaryjoin: eq(l.c.id, fn<number>()('abs', m.c.l_id)) }, 'no-relevant-foreign-keys'],
  ['secondaryjoin function inside viewonly', { secondary: m, viewonly: true, secondaryjoin: eq(r.c.id, fn<number>()('abs', m.c.r_id)) }, 'no-relevant-foreign-keys'],
  ['secondaryjoin function inside', { secondary: m, secondaryjoin: eq(r.c.id, fn<number>()('abs', m.c.r_id)) }, 'no-relevant-foreign-keys'],
  ['primaryjoin less than viewonly', { secondary: m, viewonly: true, primaryjoin: lt(l.c.id, m.c.l_id) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | r.id → m.r_id | m.l_id, m.r_id']],
  ['primaryjoin less than', { secondary: m, primaryjoin: lt(l.c.id, m.c.l_id) }, 'no-relevant-foreign-keys'],
  ['primaryjoin marked', { secondary: m2, primaryjoin: eq(l.c.id, foreign(m2.c.l_id)), secondaryjoin: eq(r.c.id, foreign(m2.c.r_id)) }, ['L.rs many-to-many list | l.id m2.l_id, r.id m2.r_id | l.id → m2.l_id, r.id → m2.r_id | m2.l_id, m2.r_id']],
  ['primaryjoin marked one', { secondary: m2, primaryjoin: eq(l.c.id, foreign(m2.c.l_id)), secondaryjoin: eq(r.c.id, m2.c.r_id) }, 'no-relevant-foreign-keys'],
  ['secondaryjoin marked one', { secondary: m2, primaryjoin: eq(l.c.id, m2.c.l_id), secondaryjoin: eq(r.c.id, foreign(m2.c.r_id)) }, ['L.rs many-to-many list | l.id m2.l_id, r.id m2.r_id | l.id → m2.l_id, r.id → m2.r_id | m2.l_id, m2.r_id']],
  ['remote marked', { secondary: m, primaryjoin: eq(l.c.id, remote(m.c.l_id)), secondaryjoin: eq(r.c.id, remote(m.c.r_id)) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['remote marked primaryjoin', { secondary: m, primaryjoin: eq(l.c.id, remote(m.c.l_id)) }, ['L.rs many-to-many list | l.id m.l_id | l.id → m.l_id, r.id → m.r_id | m.l_id']],
  ['remote marked target', { secondary: m, primaryjoin: eq(l.c.id, remote(m.c.l_id)), secondaryjoin: eq(remote(r.c.id), m.c.r_id) }, ['L.rs many-to-many list | l.id m.l_id, m.r_id r.id | l.id → m.l_id, r.id → m.r_id | m.l_id, r.id']],
  ['remoteSide', { secondary: m, remoteSide: ['m.l_id', 'm.r_id'] }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['remoteSide wrong', { secondary: m, remoteSide: ['r.id'] }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['foreignKeys parent', { secondary: m, primaryjoin: eq(foreign(l.c.x), m.c.k) }, 'no-relevant-foreign-keys'],
  ['foreignKeys parent2', { secondary: m, foreignKeys: ['l.x', 'm.r_id'], primaryjoin: eq(l.c.x, m.c.k) }, ['L.rs many-to-many list | l.x m.k, r.id m.r_id | m.k → l.x, r.id → m.r_id | m.k, m.r_id']],
  ['swap', { secondary: m, primaryjoin: eq(r.c.id, m.c.r_id), secondaryjoin: eq(l.c.id, m.c.l_id) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | r.id → m.r_id, l.id → m.l_id | m.l_id, m.r_id']],
  ['primaryjoin target', { secondary: m, primaryjoin: and(eq(l.c.id, m.c.l_id), eq(r.c.y, m.c.k)) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id, r.y m.k | l.id → m.l_id, r.y → m.k, r.id → m.r_id | m.k, m.l_id, m.r_id']],
  ['uselist false', { secondary: m, uselist: false }, ['L.rs many-to-many one | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['viewonly', { secondary: m, viewonly: true }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['orphan', { secondary: m, cascade: 'all, delete-orphan' }, 'delete-orphan-needs-single-parent'],
  ['orphan singleParent', { secondary: m, cascade: 'all, delete-orphan', singleParent: true }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id']],
  ['backref', { secondary: m, backref: 'ls' }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id | R.ls', 'R.ls many-to-many list | l.id m.l_id, r.id m.r_id | r.id → m.r_id, l.id → m.l_id | m.l_id, m.r_id | L.rs']],
  ['backref options', { secondary: m, backref: backref('ls', { uselist: false }) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id | R.ls', 'R.ls many-to-many one | l.id m.l_id, r.id m.r_id | r.id → m.r_id, l.id → m.l_id | m.l_id, m.r_id | L.rs']],
  ['backref pjsj', { secondary: m2, primaryjoin: eq(l.c.id, m2.c.l_id), secondaryjoin: eq(r.c.id, m2.c.r_id), backref: 'ls' }, ['L.rs many-to-many list | l.id m2.l_id, r.id m2.r_id | l.id → m2.l_id, r.id → m2.r_id | m2.l_id, m2.r_id | R.ls', 'R.ls many-to-many list | l.id m2.l_id, r.id m2.r_id | r.id → m2.r_id, l.id → m2.l_id | m2.l_id, m2.r_id | L.rs']],
  ['backref own primaryjoin', { secondary: m, backref: backref('ls', { primaryjoin: eq(r.c.y, m.c.r_id) }) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id | l.id → m.l_id, r.id → m.r_id | m.l_id, m.r_id | R.ls', 'R.ls many-to-many list | l.id m.l_id, r.y m.r_id | r.y → m.r_id, l.id → m.l_id | m.l_id, m.r_id | L.rs']],
  ['backref foreignKeys', { secondary: m3, foreignKeys: ['m3.l_id', 'm3.r_id'], backref: 'ls' }, ['L.rs many-to-many list | l.id m3.l_id, r.id m3.r_id | l.id → m3.l_id, r.id → m3.r_id | m3.l_id, m3.r_id | R.ls', 'R.ls many-to-many list | l.id m3.l_id, r.id m3.r_id | r.id → m3.r_id, l.id → m3.l_id | m3.l_id, m3.r_id | L.rs']],
  ['secondary is target', { secondary: r }, 'no-foreign-keys'],
  ['secondary is parent', { secondary: l }, 'no-foreign-keys'],
  ['secondary alias', { secondary: tableAlias(m, 'ma') }, ['L.rs many-to-many list | l.id ma.l_id, r.id ma.r_id | l.id → ma.l_id, r.id → ma.r_id | ma.l_id, ma.r_id']],
  ['secondary join', { secondary: tableJoin(mid, mid2, eq(mid.c.id, mid2.c.mid_id)), viewonly: true, primaryjoin: eq(l.c.id, mid.c.l_id), secondaryjoin: eq(r.c.id, mid2.c.r_id) }, ['L.rs many-to-many list | l.id mid.l_id, r.id mid2.r_id | l.id → mid.l_id, r.id → mid2.r_id | mid.l_id, mid2.r_id']],
  ['secondary join implicit', { secondary: tableJoin(mid, mid2, eq(mid.c.id, mid2.c.mid_id)), viewonly: true }, ['L.rs many-to-many list | l.id mid.l_id, r.id mid2.r_id | l.id → mid.l_id, r.id → mid2.r_id | mid.l_id, mid2.r_id']],
  ['secondary join written', { secondary: tableJoin(mid, mid2, eq(mid.c.id, mid2.c.mid_id)) }, ['L.rs many-to-many list | l.id mid.l_id, r.id mid2.r_id | l.id → mid.l_id, r.id → mid2.r_id | mid.l_id, mid2.r_id']],
  ['secondary join parent', { secondary: tableJoin(l, m, eq(l.c.id, m.c.l_id)), viewonly: true, primaryjoin: eq(l.c.id, m.c.l_id), secondaryjoin: eq(r.c.id, m.c.r_id) }, ['L.rs many-to-many list | r.id m.r_id | l.id → m.l_id, r.id → m.r_id | l.id, m.l_id, m.r_id']],
  ['or secondaryjoin', { secondary: m, viewonly: true, secondaryjoin: or(eq(r.c.id, m.c.r_id), eq(r.c.y, m.c.k)) }, ['L.rs many-to-many list | l.id m.l_id, r.id m.r_id, r.y m.k | l.id → m.l_id, r.id → m.r_id, r.y → m.k | m.k, m.l_id, m.r_id']],
])('between two tables: %s', (_what, options, told) => {
  expect(toldOf({ L: entity(l, { rs: relationship('R', options) }), R: entity(r) })).toEqual(told)
})


test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['plain, 2', { secondary: s }, 'ambiguous-foreign-keys'],
  ['primaryjoin', { secondary: s, primaryjoin: eq(l.c.id, s.c.a) }, 'ambiguous-foreign-keys'],
  ['both', { secondary: s, primaryjoin: eq(l.c.id, s.c.a), secondaryjoin: eq(l.c.id, s.c.b) }, ['L.rs many-to-many list | l.id s.a, l.id s.b | l.id → s.a, l.id → s.b | s.a, s.b']],
  ['both backref', { secondary: s, primaryjoin: eq(l.c.id, s.c.a), secondaryjoin: eq(l.c.id, s.c.b), backref: 'back' }, ['L.rs many-to-many list | l.id s.a, l.id s.b | l.id → s.a, l.id → s.b | s.a, s.b | L.back', 'L.back many-to-many list | l.id s.a, l.id s.b | l.id → s.b, l.id → s.a | s.a, s.b | L.rs']],
  ['same', { secondary: s, primaryjoin: eq(l.c.id, s.c.a), secondaryjoin: eq(l.c.id, s.c.a) }, ['L.rs many-to-many list | l.id s.a | l.id → s.a, l.id → s.a | s.a']],
  ['foreignKeys', { secondary: s, foreignKeys: ['s.a', 's.b'] }, 'ambiguous-foreign-keys'],
  ['union or', { secondary: s, viewonly: true, primaryjoin: or(eq(l.c.id, s.c.a), eq(l.c.id, s.c.b)), secondaryjoin: or(eq(l.c.id, s.c.a), eq(l.c.id, s.c.b)) }, ['L.rs many-to-many list | l.id s.a, l.id s.b | l.id → s.a, l.id → s.b, l.id → s.a, l.id → s.b | s.a, s.b']],
])('within one table: %s', (_what, options, told) => {
  expect(toldOf({ L: entity(l, { rs: relationship('L', options) }) })).toEqual(told)
})

