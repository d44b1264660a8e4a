// Relationships between two tables, by every kind of condition: what they resolve to.

import { add, and, backref, between, cast, column, concat, entity, eq, fn, foreign, inList, integer, isNull, like, literal, lt, ne, not, op, or, relationship, remote, table, text } from '@relata/core'
import { expect, test } from 'vitest'
import { toldOf, type Options } from './told.js'

const a = table('a', { id: column(integer, { primaryKey: true }), x: column(integer, { nullable: true }), y: column(integer, { nullable: true }), n: column(text, { nullable: true }) })
const b = table('b', { id: column(integer, { primaryKey: true }), a_id: column(integer, { nullable: true, references: 'a.id' }), a2_id: column(integer, { nullable: true }), x: column(integer, { nullable: true }), n: column(text, { nullable: true }) })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['foreign on local', { primaryjoin: eq(foreign(a.c.id), b.c.a_id) }, ['A.bs many-to-one one | a.id b.a_id | b.a_id → a.id | b.a_id']],
  ['remote on local', { primaryjoin: eq(remote(a.c.id), b.c.a_id) }, ['A.bs one-to-many list | b.a_id a.id | a.id → b.a_id | a.id', 'warns remote-on-local']],
  ['remote foreign on local', { primaryjoin: eq(remote(foreign(a.c.x)), b.c.x) }, ['A.bs many-to-one one | b.x a.x | b.x → a.x | a.x', 'warns remote-on-local']],
  ['remote on both', { primaryjoin: eq(remote(a.c.id), remote(b.c.a_id)) }, 'no-local-remote-pairs'],
  ['foreign on both', { primaryjoin: eq(foreign(a.c.id), foreign(b.c.a_id)) }, 'no-direction'],
  ['or writable', { primaryjoin: or(eq(a.c.id, b.c.a_id), eq(a.c.id, foreign(b.c.a2_id))) }, ['A.bs one-to-many list | a.id b.a2_id, a.id b.a_id | a.id → b.a2_id | b.a2_id, b.a_id']],
  ['or foreignKeys', { primaryjoin: or(eq(a.c.id, b.c.a_id), eq(a.c.id, b.c.a2_id)) }, ['A.bs one-to-many list | a.id b.a2_id, a.id b.a_id | a.id → b.a_id | b.a2_id, b.a_id']],
  ['or viewonly', { primaryjoin: or(eq(a.c.id, b.c.a_id), eq(a.c.id, b.c.a2_id)), viewonly: true }, ['A.bs one-to-many list | a.id b.a2_id, a.id b.a_id | a.id → b.a_id | b.a2_id, b.a_id']],
  ['or foreignKeys, 2', { primaryjoin: or(eq(a.c.id, b.c.a_id), eq(a.c.id, b.c.a2_id)), foreignKeys: ['b.a_id', 'b.a2_id'] }, ['A.bs one-to-many list | a.id b.a2_id, a.id b.a_id | a.id → b.a2_id, a.id → b.a_id | b.a2_id, b.a_id']],
  ['and constant', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(b.c.n, 'z')) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id, b.n']],
  ['and constant foreign', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(foreign(b.c.n), 'z')) }, 'no-relevant-foreign-keys'],
  ['and constant local', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(a.c.n, 'z')) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['constant left', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(literal<string>('z'), b.c.n)) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id, b.n']],
  ['function foreign', { primaryjoin: eq(a.c.n, fn<string>()('lower', foreign(b.c.n))) }, ['A.bs one-to-many list | a.n b.n | a.n → b.n | b.n']],
  ['function foreign viewonly', { primaryjoin: eq(a.c.n, fn<string>()('lower', foreign(b.c.n))), viewonly: true }, ['A.bs one-to-many list | a.n b.n | a.n → b.n | b.n']],
  ['foreign function', { primaryjoin: eq(a.c.n, foreign(fn<string>()('lower', b.c.n))) }, ['A.bs one-to-many list | a.n b.n | a.n → b.n | b.n']],
  ['foreign function viewonly', { primaryjoin: eq(a.c.n, foreign(fn<string>()('lower', b.c.n))), viewonly: true }, ['A.bs one-to-many list | a.n b.n | a.n → b.n | b.n']],
  ['remote function', { primaryjoin: eq(foreign(b.c.a_id), remote(fn<number>()('abs', b.c.x))) }, ['A.bs one-to-many list | b.a_id b.x | b.x → b.a_id | b.x']],
  ['remote foreign function local', { primaryjoin: eq(fn<number>()('abs', a.c.id), remote(foreign(b.c.x))) }, ['A.bs one-to-many list | a.id b.x | a.id → b.x | b.x']],
  ['cast local', { primaryjoin: eq(cast(a.c.id, text), foreign(b.c.n)) }, ['A.bs one-to-many list | a.id b.n | a.id → b.n | b.n']],
  ['cast foreign', { primaryjoin: eq(a.c.n, cast(foreign(b.c.x), text)) }, ['A.bs one-to-many list | a.n b.x | a.n → b.x | b.x']],
  ['cast foreign and eq', { primaryjoin: and(eq(a.c.n, cast(foreign(b.c.x), text)), eq(a.c.id, b.c.a_id)) }, ['A.bs one-to-many list | a.id b.a_id, a.n b.x | a.n → b.x | b.a_id, b.x']],
  ['cast foreign and eq marked', { primaryjoin: and(eq(a.c.n, cast(foreign(b.c.x), text)), eq(a.c.id, foreign(b.c.a_id))) }, ['A.bs one-to-many list | a.id b.a_id, a.n b.x | a.id → b.a_id, a.n → b.x | b.a_id, b.x']],
  ['less than', { primaryjoin: lt(a.c.id, foreign(b.c.x)) }, 'no-relevant-foreign-keys'],
  ['less than viewonly', { primaryjoin: lt(a.c.id, foreign(b.c.x)), viewonly: true }, ['A.bs one-to-many list | a.id b.x | nothing | b.x']],
  ['not equal and eq', { primaryjoin: and(eq(a.c.id, b.c.a_id), ne(a.c.x, b.c.x)) }, ['A.bs one-to-many list | a.id b.a_id, a.x b.x | a.id → b.a_id | b.a_id, b.x']],
  ['not equal foreign and eq', { primaryjoin: and(eq(a.c.id, b.c.a_id), ne(a.c.x, foreign(b.c.x))) }, 'no-relevant-foreign-keys'],
  ['foreignKeys not equal', { primaryjoin: and(eq(a.c.id, b.c.a_id), ne(a.c.x, b.c.x)), foreignKeys: ['b.x'] }, 'no-relevant-foreign-keys'],
  ['operator bool', { primaryjoin: op('@>', a.c.n, foreign(b.c.n)) }, 'no-relevant-foreign-keys'],
  ['operator bool viewonly', { primaryjoin: op('@>', a.c.n, foreign(b.c.n)), viewonly: true }, ['A.bs one-to-many list | a.n b.n | nothing | b.n']],
  ['operator that does not compare viewonly', { primaryjoin: op<boolean>('@>', a.c.n, foreign(b.c.n), { comparison: false }), viewonly: true }, 'no-local-remote-pairs'],
  ['operator foreignKeys', { primaryjoin: op('=', a.c.n, b.c.n), foreignKeys: ['b.n'], viewonly: true }, ['A.bs one-to-many list | a.n b.n | nothing | b.n']],
  ['like viewonly', { primaryjoin: like(b.c.n, a.c.n), foreignKeys: ['b.n'], viewonly: true }, ['A.bs one-to-many list | a.n b.n | nothing | b.n']],
  ['like concat', { primaryjoin: like(remote(foreign(b.c.n)), concat(a.c.n, '%')), viewonly: true }, ['A.bs one-to-many list | a.n b.n | nothing | b.n']],
  ['between', { primaryjoin: between(foreign(b.c.x), a.c.x, a.c.y), viewonly: true }, ['A.bs one-to-many list | a.x b.x, a.y b.x | nothing | b.x']],
  ['between2', { primaryjoin: between(a.c.x, foreign(b.c.x), foreign(b.c.a2_id)), viewonly: true }, ['A.bs one-to-many list | a.x b.a2_id, a.x b.x | nothing | b.a2_id, b.x']],
  ['between3', { primaryjoin: between(a.c.x, remote(foreign(b.c.x)), remote(foreign(b.c.a2_id))), viewonly: true }, ['A.bs one-to-many list | a.x b.a2_id, a.x b.x | nothing | b.a2_id, b.x']],
  ['not', { primaryjoin: not(eq(a.c.id, b.c.a_id)) }, 'no-relevant-foreign-keys'],
  ['not viewonly', { primaryjoin: not(eq(a.c.id, b.c.a_id)), viewonly: true }, ['A.bs one-to-many list | a.id b.a_id | nothing | b.a_id']],
  ['isnull extra', { primaryjoin: and(eq(a.c.id, b.c.a_id), isNull(b.c.x)) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id, b.x']],
  ['isnull foreign', { primaryjoin: and(eq(a.c.id, b.c.a_id), isNull(foreign(b.c.x))) }, 'no-relevant-foreign-keys'],
  ['in extra', { primaryjoin: and(eq(a.c.id, b.c.a_id), inList(b.c.x, [1, 2])) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id, b.x']],
  ['in foreign', { primaryjoin: and(eq(a.c.id, foreign(b.c.a_id)), inList(foreign(b.c.x), [1, 2])) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id, b.x']],
  ['two local one remote', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(a.c.x, b.c.a_id)) }, ['A.bs one-to-many list | a.id b.a_id, a.x b.a_id | a.id → b.a_id | b.a_id']],
  ['two local one remote foreignKeys', { primaryjoin: and(eq(a.c.id, foreign(b.c.a_id)), eq(a.c.x, foreign(b.c.a_id))) }, ['A.bs one-to-many list | a.id b.a_id, a.x b.a_id | a.id → b.a_id, a.x → b.a_id | b.a_id']],
  ['one local two remote', { primaryjoin: and(eq(a.c.id, foreign(b.c.a_id)), eq(a.c.id, foreign(b.c.x))) }, ['A.bs one-to-many list | a.id b.a_id, a.id b.x | a.id → b.a_id, a.id → b.x | b.a_id, b.x']],
  ['the same twice', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(b.c.a_id, a.c.id)) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id, a.id → b.a_id | b.a_id']],
  ['foreignKeys wrong table', { foreignKeys: ['a.x'] }, 'no-foreign-keys'],
  ['foreignKeys list both', { primaryjoin: eq(a.c.x, b.c.x), foreignKeys: ['a.x', 'b.x'] }, 'no-direction'],
  ['foreignKeys list both remote', { primaryjoin: eq(a.c.x, b.c.x), foreignKeys: ['a.x', 'b.x'], remoteSide: ['b.x'] }, 'no-direction'],
  ['foreignKeys list both remote local', { primaryjoin: eq(a.c.x, b.c.x), foreignKeys: ['a.x', 'b.x'], remoteSide: ['a.x'] }, 'no-direction'],
  ['foreignKeys extra', { primaryjoin: eq(a.c.id, b.c.a_id), foreignKeys: ['b.a_id', 'b.x'] }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['foreignKeys extra nojoin', { foreignKeys: ['b.a_id', 'b.x'] }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['remoteSide extra', { remoteSide: ['b.a_id', 'b.x'] }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['remoteSide wrong', { remoteSide: ['a.id'] }, ['A.bs one-to-many list | b.a_id a.id | a.id → b.a_id | a.id', 'warns remote-on-local']],
  ['remoteSide both', { remoteSide: ['a.id', 'b.a_id'] }, 'no-local-remote-pairs'],
  ['remoteSide unrelated', { remoteSide: ['b.n'] }, 'no-local-remote-pairs'],
  ['remoteSide and remote', { primaryjoin: eq(a.c.id, remote(b.c.a_id)), remoteSide: ['b.a_id'] }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['foreignKeys and foreign', { primaryjoin: and(eq(a.c.id, foreign(b.c.a_id)), eq(a.c.x, b.c.x)), foreignKeys: ['b.x'] }, ['A.bs one-to-many list | a.id b.a_id, a.x b.x | a.id → b.a_id | b.a_id, b.x']],
  ['constant only', { primaryjoin: eq(foreign(b.c.a_id), 3) }, 'no-relevant-foreign-keys'],
  ['constant only viewonly', { primaryjoin: eq(foreign(b.c.a_id), 3), viewonly: true }, 'no-local-remote-pairs'],
  ['local only', { primaryjoin: eq(a.c.x, foreign(a.c.y)) }, 'no-local-remote-pairs'],
  ['local only viewonly', { primaryjoin: eq(a.c.x, foreign(a.c.y)), viewonly: true }, 'no-local-remote-pairs'],
  ['target only', { primaryjoin: eq(b.c.x, foreign(b.c.a_id)) }, 'no-local-remote-pairs'],
  ['target only viewonly', { primaryjoin: eq(b.c.x, foreign(b.c.a_id)), viewonly: true }, 'no-local-remote-pairs'],
  ['target only remote viewonly', { primaryjoin: eq(b.c.x, remote(foreign(b.c.a_id))), viewonly: true }, ['A.bs one-to-many list | b.x b.a_id | b.x → b.a_id | b.a_id']],
  ['uselist false', { uselist: false }, ['A.bs one-to-many one | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['nested and', { primaryjoin: and(and(eq(a.c.id, b.c.a_id), eq(a.c.x, b.c.x)), eq(b.c.n, 'q')) }, ['A.bs one-to-many list | a.id b.a_id, a.x b.x | a.id → b.a_id | b.a_id, b.n, b.x']],
  ['eq arithmetic', { primaryjoin: eq(add(a.c.id, 1), foreign(b.c.a_id)) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['eq arith2', { primaryjoin: eq(a.c.id, add(foreign(b.c.a_id), 1)), viewonly: true }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id']],
  ['list backref viewonly', { viewonly: true, backref: 'a' }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
  ['list backref viewonly false', { viewonly: true, backref: backref('a', { viewonly: false }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
  ['list backref viewonly true', { backref: backref('a', { viewonly: true }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
  ['list backref viewonly true sync', { syncBackref: true, backref: backref('a', { viewonly: true }) }, 'argument'],
  ['list viewonly sync true', { viewonly: true, syncBackref: true, backref: 'a' }, 'argument'],
  ['list viewonly sync false', { viewonly: true, syncBackref: false, backref: 'a' }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
  ['list backref uselist', { backref: backref('a', { uselist: true }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one list | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
  ['list backref remoteSide', { backref: backref('a', { remoteSide: ['a.id'] }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
  ['list backref remoteSide wrong', { backref: backref('a', { remoteSide: ['b.a_id'] }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | a.id b.a_id | a.id → b.a_id | b.a_id | A.bs', 'warns remote-on-local']],
  ['list backref primaryjoin', { backref: backref('a', { primaryjoin: eq(a.c.x, foreign(b.c.x)) }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.x a.x | a.x → b.x | a.x | A.bs']],
  ['list backref secondaryjoin', { backref: backref('a', { secondaryjoin: eq(a.c.x, foreign(b.c.x)) }) }, 'invalid-request'],
  ['list backref name col', { backref: 'x' }, 'backref-name-taken'],
  ['list backref cascade', { backref: backref('a', { cascade: 'all' }) }, ['A.bs one-to-many list | a.id b.a_id | a.id → b.a_id | b.a_id | B.a', 'B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id | A.bs']],
])('from the table that is referred to: %s', (_what, options, told) => {
  expect(toldOf({ A: entity(a, { bs: relationship('B', options) }), B: entity(b) })).toEqual(told)
})


test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['reference uselist', { uselist: true }, ['B.a many-to-one list | b.a_id a.id | a.id → b.a_id | a.id']],
  ['reference function', { primaryjoin: eq(fn<string>()('lower', a.c.n), foreign(b.c.n)) }, ['B.a many-to-one one | b.n a.n | a.n → b.n | a.n']],
  ['reference function remote', { primaryjoin: eq(remote(fn<string>()('lower', a.c.n)), foreign(b.c.n)) }, ['B.a many-to-one one | b.n a.n | a.n → b.n | a.n']],
  ['reference cast foreign', { primaryjoin: eq(a.c.n, cast(foreign(b.c.x), text)), viewonly: true }, ['B.a many-to-one one | b.x a.n | a.n → b.x | a.n']],
  ['reference nonpk', { primaryjoin: eq(a.c.x, foreign(b.c.x)) }, ['B.a many-to-one one | b.x a.x | a.x → b.x | a.x']],
  ['reference constant', { primaryjoin: and(eq(a.c.id, b.c.a_id), eq(a.c.n, 'z')) }, ['B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id, a.n']],
  ['reference foreign remote swapped', { primaryjoin: eq(foreign(a.c.id), remote(b.c.a_id)) }, ['B.a one-to-many list | a.id b.a_id | b.a_id → a.id | b.a_id', 'warns remote-on-local']],
  ['reference remote own', { primaryjoin: eq(a.c.id, remote(b.c.a_id)) }, ['B.a many-to-one one | a.id b.a_id | a.id → b.a_id | b.a_id', 'warns remote-on-local']],
  ['reference remoteSide', { remoteSide: ['a.id'] }, ['B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id']],
  ['reference remoteSide wrong', { remoteSide: ['b.a_id'] }, ['B.a many-to-one one | a.id b.a_id | a.id → b.a_id | b.a_id', 'warns remote-on-local']],
  ['reference del orphan', { cascade: 'all, delete-orphan' }, 'delete-orphan-needs-single-parent'],
  ['reference del orphan single', { cascade: 'all, delete-orphan', singleParent: true }, ['B.a many-to-one one | b.a_id a.id | a.id → b.a_id | a.id']],
  ['reference backref function', { primaryjoin: eq(fn<string>()('lower', a.c.n), foreign(b.c.n)), backref: 'bs' }, ['A.bs one-to-many list | a.n b.n | a.n → b.n | b.n | B.a', 'B.a many-to-one one | b.n a.n | a.n → b.n | a.n | A.bs']],
  ['reference backref marked', { primaryjoin: eq(remote(a.c.x), foreign(b.c.x)), backref: 'bs' }, ['A.bs one-to-many list | a.x b.x | a.x → b.x | b.x | B.a', 'B.a many-to-one one | b.x a.x | a.x → b.x | a.x | A.bs']],
])('from the table that refers: %s', (_what, options, told) => {
  expect(toldOf({ A: entity(a), B: entity(b, { a: relationship('A', options) }) })).toEqual(told)
})

const x = table('x', { id: column(integer, { primaryKey: true }), y_id: column(integer, { nullable: true, references: 'y.id' }) })
const y = table('y', { id: column(integer, { primaryKey: true }), x_id: column(integer, { nullable: true, references: 'x.id' }) })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['two keys', {}, 'ambiguous-foreign-keys'],
  ['fk1', { foreignKeys: ['x.y_id'] }, ['X.y many-to-one one | x.y_id y.id | y.id → x.y_id | y.id']],
  ['fk2', { foreignKeys: ['y.x_id'] }, ['X.y one-to-many list | x.id y.x_id | x.id → y.x_id | y.x_id']],
  ['fkboth', { foreignKeys: ['x.y_id', 'y.x_id'] }, 'ambiguous-foreign-keys'],
  ['primaryjoin both', { primaryjoin: and(eq(x.c.id, y.c.x_id), eq(y.c.id, x.c.y_id)) }, 'no-direction'],
  ['primaryjoin both foreignKeys', { primaryjoin: and(eq(x.c.id, y.c.x_id), eq(y.c.id, x.c.y_id)), foreignKeys: ['y.x_id'] }, ['X.y one-to-many list | x.id y.x_id, x.y_id y.id | x.id → y.x_id | y.id, y.x_id']],
  ['primaryjoin both viewonly', { primaryjoin: and(eq(x.c.id, y.c.x_id), eq(y.c.id, x.c.y_id)), viewonly: true }, 'no-direction'],
  ['primaryjoin or', { primaryjoin: or(eq(x.c.id, y.c.x_id), eq(y.c.id, x.c.y_id)), viewonly: true }, 'no-direction'],
])('where each refers to the other: %s', (_what, options, told) => {
  expect(toldOf({ X: entity(x, { y: relationship('Y', options) }), Y: entity(y) })).toEqual(told)
})

const p = table('p', { a: column(integer, { primaryKey: true }), b: column(integer, { primaryKey: true }), u: column(integer, { nullable: true }) })
const d = table('d', { id: column(integer, { primaryKey: true }), a: column(integer, { nullable: true }), b: column(integer, { nullable: true }), b2: column(integer, { nullable: true }) }, { foreignKeys: [{ columns: ['a', 'b'], table: 'p', references: ['a', 'b'] }, { columns: ['a', 'b2'], table: 'p', references: ['a', 'b'] }] })

test.each<readonly [what: string, options: Options, told: string | readonly string[]]>([
  ['two keys, 2', {}, 'ambiguous-foreign-keys'],
  ['foreignKeys b', { foreignKeys: ['d.b'] }, ['D.p many-to-one one | d.b p.b | p.b → d.b | p.b']],
  ['foreignKeys ab', { foreignKeys: ['d.a', 'd.b'] }, ['D.p many-to-one one | d.a p.a, d.b p.b | p.a → d.a, p.b → d.b | p.a, p.b']],
  ['foreignKeys a', { foreignKeys: ['d.a'] }, 'ambiguous-foreign-keys'],
  ['foreignKeys ab2', { foreignKeys: ['d.b2', 'd.a'] }, ['D.p many-to-one one | d.a p.a, d.b2 p.b | p.a → d.a, p.b → d.b2 | p.a, p.b']],
  ['primaryjoin part', { primaryjoin: eq(d.c.b, p.c.b) }, ['D.p many-to-one one | d.b p.b | p.b → d.b | p.b']],
  ['primaryjoin part viewonly', { primaryjoin: eq(d.c.b, p.c.b), viewonly: true }, ['D.p many-to-one one | d.b p.b | p.b → d.b | p.b']],
  ['primaryjoin extra', { primaryjoin: and(eq(d.c.a, p.c.a), eq(d.c.b, p.c.b), eq(d.c.b2, p.c.u)) }, ['D.p many-to-one one | d.a p.a, d.b p.b, d.b2 p.u | p.a → d.a, p.b → d.b | p.a, p.b, p.u']],
  ['primaryjoin extra foreignKeys', { primaryjoin: and(eq(d.c.a, p.c.a), eq(d.c.b, p.c.b), eq(d.c.b2, p.c.u)), foreignKeys: ['d.b2'] }, ['D.p many-to-one one | d.a p.a, d.b p.b, d.b2 p.u | p.u → d.b2 | p.a, p.b, p.u']],
])('by a composite key: %s', (_what, options, told) => {
  expect(toldOf({ P: entity(p), D: entity(d, { p: relationship('P', options) }) })).toEqual(told)
})

