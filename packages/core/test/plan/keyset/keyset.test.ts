// Keysets, the condition that goes on after a place, and cursors.

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  asc, column, configure, count, cursorAt, desc, distinct, entities, entity, groupBy, integer, join, keysetOf, orderBy, placeAt, readAfter, readFrom, real, registry, relationship, reversed, select, table, text, timestamp, where, eq,
  type Keyset, type SelectDescriptor,
} from '../../../src/index.js'
import { fromBase64url, toBase64url } from '../../../src/plan/keyset/base64url.js'
import { placeValue, writtenValue } from '../../../src/plan/keyset/place-value.js'

const people = table('people', {
  id: column(integer, { primaryKey: true }), name: column(text), code: column(text, { unique: true }), age: column(integer, { nullable: true }), seen: column(timestamp), weight: column(real, { nullable: true }),
})
const pets = table('pets', { id: column(integer, { primaryKey: true }), ownerId: column(integer, { references: 'people.id' }) })
const registered = registry(entities({ Person: entity(people, { pets: relationship('Pet') }), Pet: entity(pets) }))
const { Person, Pet } = registered.entities
const mapping = pipe(configure(registered), E.getOrElseW((errors) => { throw new Error(errors[0].message) }))

const keyset = (query: SelectDescriptor, nulls: 'least' | 'greatest' = 'least'): Keyset => pipe(keysetOf(mapping, query, nulls), E.getOrElseW((error) => { throw new Error(error.message) }))
const told = (query: SelectDescriptor, nulls: 'least' | 'greatest' = 'least') => keyset(query, nulls).terms.map(({ arg, direction, nulls: stands }) => [arg._tag === 'attribute' ? arg.name : arg._tag, direction, stands])

describe('keysetOf', () => {
  it('ends in the primary key', () => {
    expect(told(select(Person))).toEqual([['id', 'asc', undefined]])
    expect(told(pipe(select(Person), orderBy(desc(Person.name))))).toEqual([['name', 'desc', undefined], ['id', 'asc', undefined]])
  })
  it('ends in a unique column, and leaves out what follows', () => {
    expect(told(pipe(select(Person), orderBy(Person.name, Person.code, Person.age)))).toEqual([['name', 'asc', undefined], ['code', 'asc', undefined]])
  })
  it('knows where null stands in each database', () => {
    expect(told(pipe(select(Person), orderBy(Person.age)))[0]).toEqual(['age', 'asc', 'first'])
    expect(told(pipe(select(Person), orderBy(Person.age)), 'greatest')[0]).toEqual(['age', 'asc', 'last'])
    expect(told(pipe(select(Person), orderBy(desc(Person.age))), 'greatest')[0]).toEqual(['age', 'desc', 'first'])
    expect(told(pipe(select(Person), orderBy(asc(Person.age, { nulls: 'last' }))))[0]).toEqual(['age', 'asc', 'last'])
  })
  it('has the keys of all entities that rows of fields are made of', () => {
    expect(told(pipe(select({ name: Person.name, pet: Pet.id }), join(Person.pets)))).toEqual([['id', 'asc', undefined], ['id', 'asc', undefined]])
  })
  it('refuses groups, aggregates and a joined collection', () => {
    const refused = (query: SelectDescriptor): string => pipe(keysetOf(mapping, query, 'least'), E.match((error) => error.code, () => 'no error'))
    expect(refused(pipe(select({ name: Person.name, n: count() }), groupBy(Person.name)))).toBe('not-supported')
    expect(refused(select({ n: count(Person.id) }))).toBe('not-supported')
    expect(refused(pipe(select(Person), join(Person.pets)))).toBe('not-supported')
    expect(refused(pipe(select(Person), join(Person.pets), distinct))).toBe('no error')
  })
})

describe('readAfter', () => {
  // Rows as a database orders them, and the condition as a database decides it.
  type Value = number | null
  const evaluate = (node: unknown, row: Readonly<Record<string, Value>>): unknown => {
    const at = node as { _tag: string; operator?: string; args?: unknown[]; left?: unknown; right?: unknown; arg?: unknown; negated?: boolean; name?: string; value?: unknown }
    switch (at._tag) {
      case 'attribute': return row[at.name ?? '']
      case 'literal': return at.value
      case 'nullTest': return (evaluate(at.arg, row) === null) !== at.negated
      case 'logical': { const all = (at.args ?? []).map((each) => evaluate(each, row)); return at.operator === 'and' ? all.every((each) => each === true) : all.includes(true) }
      default: {
        const [a, b] = [evaluate(at.left, row), evaluate(at.right, row)] as [number, number]
        if (a === null || b === null) return null
        return { eq: a === b, gt: a > b, lt: a < b, ge: a >= b, le: a <= b }[at.operator ?? '']
      }
    }
  }
  const compare = (terms: Keyset['terms']) => (a: Readonly<Record<string, Value>>, b: Readonly<Record<string, Value>>): number => {
    for (const term of terms) {
      const name = term.arg._tag === 'attribute' ? term.arg.name : ''
      const [x, y] = [a[name] ?? null, b[name] ?? null]
      if (x === y) continue
      if (x === null || y === null) return (x === null) === (term.nulls === 'first') ? -1 : 1
      return (x < y) === (term.direction === 'asc') ? -1 : 1
    }
    return 0
  }

  it('reads every row once and in order, whatever the order and the nulls', () => {
    const value = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null })
    fc.assert(fc.property(
      fc.array(fc.record({ age: value, weight: value }), { maxLength: 12 }), fc.constantFrom('asc', 'desc'), fc.constantFrom('asc', 'desc'), fc.constantFrom(undefined, 'first', 'last'), fc.constantFrom('least', 'greatest'), fc.integer({ min: 1, max: 4 }),
      (rows, first, second, nulls, unsaid, size) => {
        const order = (direction: 'asc' | 'desc') => (direction === 'asc' ? asc : desc)
        const query: SelectDescriptor = pipe(select(Person), orderBy(order(first)(Person.age, nulls === undefined ? {} : { nulls }), order(second)(Person.weight)))
        const keys = keyset(query, unsaid)
        const sorted = rows.map((row, id) => ({ ...row, id })).toSorted(compare(keys.terms))
        const read: unknown[] = []
        let after: readonly unknown[] | undefined
        for (let rounds = 0; rounds < 20; rounds++) {
          const { where: conditions } = readAfter(query, keys, after, size)
          const page = sorted.filter((row) => conditions.every((condition) => evaluate(condition, row) === true)).slice(0, size)
          if (page.length === 0) break
          read.push(...page)
          const last = page[page.length - 1]
          after = last === undefined ? undefined : [last.age, last.weight, last.id]
        }
        expect(read).toEqual(sorted)
      },
    ))
  })

  it('from the other end reads every row in the opposite order', () => {
    const value = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null })
    fc.assert(fc.property(
      fc.array(fc.record({ age: value, weight: value }), { maxLength: 12 }), fc.constantFrom('asc', 'desc'), fc.constantFrom(undefined, 'first', 'last'), fc.constantFrom('least', 'greatest'),
      (rows, direction, nulls, unsaid) => {
        const query: SelectDescriptor = pipe(select(Person), orderBy((direction === 'asc' ? asc : desc)(Person.age, nulls === undefined ? {} : { nulls }), Person.weight))
        const keys = keyset(query, unsaid)
        const sorted = rows.map((row, id) => ({ ...row, id })).toSorted(compare(keys.terms))
        expect(sorted.toSorted(compare(reversed(keys).terms))).toEqual(sorted.toReversed())
        expect(reversed(reversed(keys))).toEqual(keys)
      },
    ))
  })

  it('reads from a place the row that stands there and all after it, and says which it is', () => {
    const value = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null })
    fc.assert(fc.property(
      fc.array(fc.record({ age: value, weight: value }), { minLength: 1, maxLength: 12 }), fc.nat(), fc.boolean(), fc.constantFrom('asc', 'desc'), fc.constantFrom('least', 'greatest'),
      (rows, at, gone, direction, unsaid) => {
        const query: SelectDescriptor = pipe(select(Person), orderBy((direction === 'asc' ? asc : desc)(Person.age), desc(Person.weight)))
        const keys = keyset(query, unsaid)
        const sorted = rows.map((row, id) => ({ ...row, id })).toSorted(compare(keys.terms))
        const index = at % sorted.length
        const place = sorted[index]!
        const left = gone ? sorted.filter((row) => row !== place) : sorted
        const { where: conditions, keyset: read } = readFrom(query, keys, [place.age, place.weight, place.id], 100)
        expect(left.filter((row) => conditions.every((condition) => evaluate(condition, row) === true))).toEqual(left.slice(index))
        expect(left.filter((row) => evaluate(read!.at(-1), row) === true)).toEqual(gone ? [] : [place])
      },
    ))
  })

  it('keeps an offset for the start alone, and reads moments as text', () => {
    const query: SelectDescriptor = pipe(select(Person), orderBy(Person.seen), (each) => ({ ...each, offset: 5 }))
    expect(readAfter(query, keyset(query), undefined, 2)).toMatchObject({ offset: 5, limit: 2, keyset: [{ _tag: 'cast', type: { kind: 'text' } }, { _tag: 'attribute', name: 'id' }] })
    expect(readAfter(query, keyset(query), ['2024-01-01 00:00:00.123456', 1], 2)).not.toHaveProperty('offset')
  })
})

describe('cursors', () => {
  const query: SelectDescriptor = pipe(select(Person), where(eq(Person.name, 'ed')), orderBy(Person.age))
  const at = (cursor: string, of: SelectDescriptor = query) => placeAt(mapping, of, keyset(of), cursor)

  it('come back as the place that they were made of', () => {
    const cursor = cursorAt(mapping, query, keyset(query), [null, 7]) ?? ''
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(at(cursor)).toEqual(E.right([null, 7]))
  })
  it('fit other values of the same shape, and no other shape', () => {
    const cursor = cursorAt(mapping, query, keyset(query), [3, 7]) ?? ''
    expect(E.isRight(at(cursor, pipe(select(Person), where(eq(Person.name, 'jo')), orderBy(Person.age))))).toBe(true)
    expect(at(cursor, pipe(select(Person), where(eq(Person.name, 'ed')), orderBy(desc(Person.age))))).toMatchObject({ left: { code: 'argument', message: 'the cursor belongs to another query' } })
    expect(at(cursor, pipe(select(Person), orderBy(Person.age)))).toMatchObject({ left: { code: 'argument' } })
  })
  it('are refused where they are forged', () => {
    const made = JSON.parse(fromBase64url(cursorAt(mapping, query, keyset(query), [3, 7]) ?? '') ?? '') as unknown[]
    const forged = (...values: unknown[]): string => toBase64url(JSON.stringify([...made.slice(0, 2), ...values]))
    expect(E.isRight(at(forged(3, 7)))).toBe(true)
    for (const cursor of ['', '!', 'a', 'eyJ9', toBase64url('[]'), toBase64url('{}'), forged(3), forged(3, 7, 8), forged('3', 7), forged(3, null), forged(3, 1.5), forged(3, { $n: 1 }), forged(3, ['n', 'x']), forged([], 7), 'x'.repeat(70_000)]) {
      expect(at(cursor), cursor).toMatchObject({ _tag: 'Left', left: { code: 'argument' } })
    }
  })
  it('any text comes back from base64url', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (written) => { expect(fromBase64url(toBase64url(written))).toBe(written) }))
  })
  it('any junk is an error, not a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (written) => { expect(E.isLeft(at(written))).toBe(true); expect(E.isLeft(at(toBase64url(written)))).toBe(true) }))
  })
  it('keep bigints, bytes, infinities and texts', () => {
    const term = (kind: 'bigint' | 'bytes' | 'real' | 'text') => ({ arg: { _tag: 'null' as const }, direction: 'asc' as const, nulls: undefined, type: { kind } })
    for (const [kind, value] of [['bigint', 2n ** 63n - 1n], ['bytes', Uint8Array.of(0, 255)], ['real', Infinity], ['real', -0.5], ['text', 'ü\n"']] as const) {
      expect(placeValue(JSON.parse(JSON.stringify(writtenValue(value, { kind }))), term(kind))).toEqual(value)
    }
  })
})
