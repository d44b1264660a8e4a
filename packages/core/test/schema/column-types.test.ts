// Column types: what they accept, what is equal, what crosses the driver.

import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { bigint, boolean, bytes, column, custom, date, enumeration, integer, json, numeric, real, text, timestamp, timestamptz, uuid, varchar } from '@relata/core'
import type { ColumnType } from '@relata/core'

const accepts = <A>(type: ColumnType<A>, value: unknown): boolean => type.codec.is(value) && E.isRight(type.codec.decode(value))

describe('what a type accepts', () => {
  test.each([
    [integer, 1, true], [integer, 1.5, false], [integer, Number.NaN, false], [integer, 2 ** 53, false], [integer, '1', false],
    [bigint, 2n ** 63n - 1n, true], [bigint, 2n ** 63n, false], [bigint, 1, false],
    [real, 1.5, true], [real, '1.5', false],
    [numeric, '12.50', true], [numeric, '-.5', true], [numeric, '1e10', true], [numeric, 'NaN', true], [numeric, '12,50', false], [numeric, '', false], [numeric, 1, false],
    [text, '', true], [text, 1, false],
    [varchar(3), 'abc', true], [varchar(3), 'abcd', false], [varchar(2), '😀😀', true],
    [boolean, true, true], [boolean, 1, false],
    [uuid, '00000000-0000-0000-0000-000000000000', true], [uuid, 'zzz', false],
    [timestamp, new Date(0), true], [timestamp, new Date(Number.NaN), false], [timestamp, '2026-01-01', false],
    [date, '2026-11-22', true], [date, '0044-03-15 BC', true], [date, '22.11.2026', false],
    [bytes, new Uint8Array([1]), true], [bytes, [1], false],
    [enumeration('a', 'b'), 'a', true], [enumeration('a', 'b'), 'c', false], [enumeration('a'), 'toString', false],
  ] as readonly (readonly [ColumnType<unknown>, unknown, boolean])[])('%#', (type, value, expected) => {
    expect(accepts(type, value)).toBe(expected)
  })
})

describe('what is equal to the database', () => {
  test.each([
    [numeric, '1.50', '1.5', true], [numeric, '+01', '1', true], [numeric, '-0', '0', true], [numeric, '1', '10', false], [numeric, '100', '1', false], [numeric, '-1', '1', false],
    [real, Number.NaN, Number.NaN, true], [real, 0, -0, true],
    [timestamp, new Date(5), new Date(5), true], [timestamptz, new Date(5), new Date(6), false],
    [uuid, 'A0000000-0000-0000-0000-000000000000', 'a0000000-0000-0000-0000-000000000000', true],
    [bytes, new Uint8Array([1, 2]), new Uint8Array([1, 2]), true], [bytes, new Uint8Array([1, 2]), new Uint8Array([1]), false],
    [json(t.unknown), { a: 1, b: [2] }, { b: [2], a: 1 }, true], [json(t.unknown), [1], { 0: 1 }, false], [json(t.unknown), null, {}, false],
  ] as readonly (readonly [ColumnType<unknown>, unknown, unknown, boolean])[])('%#', (type, a, b, expected) => {
    expect(type.equals(a, b)).toBe(expected)
  })
})

test('a numeric keeps its value, however it is written', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat({ max: 5 }), (whole, zeros) => {
      expect(numeric.equals(String(whole), `${whole}.${'0'.repeat(zeros)}`)).toBe(true)
      expect(numeric.equals(String(whole), String(whole + 1n))).toBe(false)
    }),
  )
})

test('numeric is a type, and takes precision and scale', () => {
  expect(numeric.database).toEqual({ kind: 'numeric' })
  expect(numeric(12, 2).database).toEqual({ kind: 'numeric', precision: 12, scale: 2 })
  expect(JSON.parse(JSON.stringify(column(numeric)))).toMatchObject({ type: { database: { kind: 'numeric' } } })
})

test('JSON and types of the program go through their codec, others need none', () => {
  const Theme = t.type({ theme: t.string })
  expect(json(Theme).plain).toBe(false)
  expect(E.isLeft(json(Theme).codec.decode({ theme: 1 }))).toBe(true)
  const point = custom({ name: 'point', codec: new t.Type<readonly number[], string>('point', (u): u is readonly number[] => Array.isArray(u), (u, c) => (typeof u === 'string' ? t.success(u.split(',').map(Number)) : t.failure(u, c)), (a) => a.join(',')) })
  expect(point.codec.encode([1, 2])).toBe('1,2')
  expect(point.database).toEqual({ kind: 'custom', name: 'point' })
  expect([integer, text, boolean, timestamp, bytes, uuid].every((type) => type.plain)).toBe(true)
})
