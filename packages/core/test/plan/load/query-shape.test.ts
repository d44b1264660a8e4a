// The shape of a query: values are slots, so that queries that differ in values alone have one plan.

import { eq, exists, inList, isNull, limit, offset, options, planLoad, select, selectinload, shapeOf, where, type SelectDescriptor } from '@relata/core'
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { mapping, Order, planOf, User } from './shop.js'

const query = (name: string, ids: readonly number[], most: number): SelectDescriptor =>
  pipe(select(User), where(eq(User.name, name)), where(inList(User.id, [...ids])), limit(most), options(selectinload(User.orders)))

test('queries that differ in values, limits and lengths of lists have one shape and one plan', () => {
  fc.assert(fc.property(fc.string(), fc.array(fc.integer()), fc.nat(), fc.string(), fc.array(fc.integer()), fc.nat(), (a, b, c, d, e, f) => {
    expect(shapeOf(mapping, query(a, b, c)).key).toBe(shapeOf(mapping, query(d, e, f)).key)
    expect(planOf(query(a, b, c))).toEqual(planOf(query(d, e, f)))
  }), { numRuns: 50 })
})

test('a plan is data: it survives a journey through JSON', () => {
  const plan = planOf(query('a', [1], 2))
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

test('values stand in slot order with the type of the column they meet', () => {
  const planned = planLoad(mapping, query('ed', [7, 8], 3))
  expect(isRight(planned) ? planned.right.values.map((value) => (value._tag === 'value' ? [value.value, value.type?.database.kind] : value._tag === 'list' ? [value.values, value.type?.database.kind] : [])) : planned.left)
    .toEqual([[3, undefined], ['ed', 'text'], [[7, 8], 'integer']])
})

test('a null test is shape, a comparison is not', () => {
  const nothing = shapeOf(mapping, pipe(select(Order), where(isNull(Order.userId))))
  expect(nothing.values).toEqual([])
  expect(nothing.key).not.toBe(shapeOf(mapping, pipe(select(Order), where(eq(Order.userId, 1)))).key)
})

test.each([-1, NaN, 1.5, Infinity])('a limit or offset of %s is refused, also inside a query and after a good one was planned', (count) => {
  for (const query of [pipe(select(User), limit(count)), pipe(select(User), offset(count)), pipe(select(User), where(exists(pipe(select({ id: Order.id }), limit(count)))))]) {
    expect(planLoad(mapping, query)).toMatchObject({ _tag: 'Left', left: { code: 'argument', hint: expect.stringContaining('a whole number from 0') } })
    expect(shapeOf(mapping, query).key).not.toBe(shapeOf(mapping, pipe(select(User), limit(1))).key)
  }
})
