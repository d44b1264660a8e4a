// What plain JavaScript may put where a value stands: null asks for null, undefined is a mistake.

import { between, column, eq, integer, isNotNull, isNull, lt, ne, op, select, table } from '@relata/core'
import { expect, test } from 'vitest'

const users = table('users', { id: column(integer, { primaryKey: true }), rank: column(integer, { nullable: true }) })
const wrong = (value: unknown): never => value as never
const { rank } = users.c

test('equal to null is a null test, and not equal its opposite', () => {
  expect(eq(rank, wrong(null))).toEqual(isNull(rank))
  expect(ne(rank, wrong(null))).toEqual(isNotNull(rank))
})

test('undefined is refused where a value stands', () => {
  for (const build of [() => eq(rank, wrong(undefined)), () => ne(rank, wrong(undefined)), () => lt(rank, wrong(undefined)), () => between(rank, 1, wrong(undefined)), () => op('@>', rank, undefined)]) {
    expect(build).toThrow(/given undefined where a value stands/)
  }
  expect(() => eq(wrong(undefined), wrong(1))).toThrow(/given undefined/)
})

test('select says what it was given that it cannot select', () => {
  expect(() => select(wrong(undefined))).toThrow(/select: undefined is neither a handle nor a record of expressions/)
  expect(() => select(wrong(null))).toThrow(/select: null is neither/)
  expect(() => select({ id: users.c.id, name: wrong('ed') })).toThrow(/the field 'name' is no expression/)
})
