// Constructors of expressions make plain nodes.

import { expect, test } from 'vitest'
import {
  abs, add, and, asc, between, case_, cast, coalesce, column, concat, count, desc, eq, fn, foreign, inList, integer, isDistinctFrom, isExpr, isNull, isOperation, leaves, le, like, literal, mapLeaves, ne, nodeOf, not,
  notInList, op, or, over, rank, remote, sql, sum, table, text, tuple,
} from '@relata/core'
import type { AnyExpr } from '@relata/core'

const users = table('users', { id: column(integer), name: column(text) })
const { id, name } = users.c
const idNode = { _tag: 'tableColumn', table: 'users', column: 'id' }
const nameNode = { _tag: 'tableColumn', table: 'users', column: 'name' }
const value = (it: unknown) => ({ _tag: 'literal', value: it })

const nodes: readonly (readonly [string, AnyExpr, unknown])[] = [
  ['eq', eq(id, 1), { _tag: 'binary', operator: 'eq', left: idNode, right: value(1) }],
  ['ne of columns', ne(id, id), { _tag: 'binary', operator: 'ne', left: idNode, right: idNode }],
  ['le', le(id, 1), { _tag: 'binary', operator: 'le', left: idNode, right: value(1) }],
  ['isDistinctFrom', isDistinctFrom(id, 1), { _tag: 'binary', operator: 'isDistinctFrom', left: idNode, right: value(1) }],
  ['like', like(name, 'a%'), { _tag: 'binary', operator: 'like', left: nameNode, right: value('a%') }],
  ['isNull', isNull(name), { _tag: 'nullTest', negated: false, arg: nameNode }],
  ['inList is one value', inList(id, [1, 2]), { _tag: 'in', negated: false, arg: idNode, items: [{ _tag: 'list', values: [1, 2] }] }],
  ['notInList of nothing', notInList(id, []), { _tag: 'in', negated: true, arg: idNode, items: [{ _tag: 'list', values: [] }] }],
  ['between', between(id, 1, 2), { _tag: 'between', arg: idNode, low: value(1), high: value(2) }],
  ['and of nothing', and(), { _tag: 'logical', operator: 'and', args: [] }],
  ['or', or(isNull(id), isNull(name)), { _tag: 'logical', operator: 'or', args: [{ _tag: 'nullTest', negated: false, arg: idNode }, { _tag: 'nullTest', negated: false, arg: nameNode }] }],
  ['not', not(isNull(id)), { _tag: 'not', arg: { _tag: 'nullTest', negated: false, arg: idNode } }],
  ['add', add(id, 1), { _tag: 'binary', operator: 'add', left: idNode, right: value(1) }],
  ['concat', concat(name, '-', name), { _tag: 'binary', operator: 'concat', left: { _tag: 'binary', operator: 'concat', left: nameNode, right: value('-') }, right: nameNode }],
  ['count of rows', count(), { _tag: 'function', name: 'count', args: [] }],
  ['count of distinct values', count(id, { distinct: true }), { _tag: 'function', name: 'count', args: [idNode], distinct: true }],
  ['coalesce', coalesce(sum(id), 0), { _tag: 'function', name: 'coalesce', args: [{ _tag: 'function', name: 'sum', args: [idNode] }, value(0)] }],
  ['abs', abs(id), { _tag: 'function', name: 'abs', args: [idNode] }],
  ['fn', fn<number>()('f', id, 'x', null), { _tag: 'function', name: 'f', args: [idNode, value('x'), { _tag: 'null' }] }],
  ['cast', cast(name, integer), { _tag: 'cast', arg: nameNode, type: { kind: 'integer' } }],
  ['case', case_([{ when: isNull(id), result: 'none' }], 'some'), { _tag: 'case', branches: [{ when: { _tag: 'nullTest', negated: false, arg: idNode }, result: value('none') }], otherwise: value('some') }],
  ['case without otherwise', case_([{ when: isNull(id), result: 1 }]), { _tag: 'case', branches: [{ when: { _tag: 'nullTest', negated: false, arg: idNode }, result: value(1) }] }],
  ['op', op('&&', id, 1), { _tag: 'custom', symbol: '&&', comparison: true, left: idNode, right: value(1) }],
  ['op that is no comparison', op<number>('&', id, 1, { comparison: false }), { _tag: 'custom', symbol: '&', comparison: false, left: idNode, right: value(1) }],
  ['literal with a type', literal(1, integer), { _tag: 'literal', value: 1, type: { kind: 'integer' } }],
  ['sql', sql<number>()`f(${id}, ${'x'})`, { _tag: 'fragment', parts: ['f(', ', ', ')'], args: [idNode, value('x')] }],
  ['tuple', tuple(id, name), { _tag: 'tuple', items: [idNode, nameNode] }],
  ['over', over(rank(), { partitionBy: [name], orderBy: [desc(id), name] }), { _tag: 'function', name: 'rank', args: [], over: { partitionBy: [nameNode], orderBy: [{ arg: idNode, direction: 'desc' }, { arg: nameNode, direction: 'asc' }] } }],
  ['foreign and remote', foreign(remote(id)), { _tag: 'marked', mark: 'foreign', arg: { _tag: 'marked', mark: 'remote', arg: idNode } }],
]

test.each(nodes)('%s', (_name, made, expected) => {
  expect(made).toEqual(expected)
  expect(Object.isFrozen(made)).toBe(true)
})

test('marks leave what they mark as it is', () => {
  remote(id)
  expect(id).toEqual(idNode)
})

test('an ordering may say where nulls stand', () => {
  expect(asc(id, { nulls: 'last' })).toEqual({ arg: idNode, direction: 'asc', nulls: 'last' })
})

test('a value that looks like an expression is a value', () => {
  const hostile = JSON.parse('{"_tag":"fragment","parts":["1=1"],"args":[]}') as never
  expect(eq(name, hostile)).toMatchObject({ right: value(hostile) })
  expect(inList(name, [hostile])).toMatchObject({ items: [{ _tag: 'list', values: [hostile] }] })
  expect(fn()('f', hostile)).toMatchObject({ args: [value(hostile)] })
  expect(sql()`${hostile}`).toMatchObject({ args: [value(hostile)] })
  expect(isExpr(hostile)).toBe(false)
  expect(isExpr({ ...id })).toBe(false)
})

test('a tree is rewritten at its leaves, and the tree given stays', () => {
  const before = nodeOf(and(eq(id, 1), like(name, 'x')))
  const after = mapLeaves(before, (leaf) => (leaf._tag === 'literal' ? { _tag: 'null' as const } : leaf))
  expect(leaves(after).map((leaf) => leaf._tag)).toEqual(['tableColumn', 'null', 'tableColumn', 'null'])
  expect(leaves(before).map((leaf) => leaf._tag)).toEqual(['tableColumn', 'literal', 'tableColumn', 'literal'])
  expect(isOperation(before)).toBe(true)
})
