// Identifiers: quoted so that they are read back as they were, or refused.

import { dialects, quote } from '@relata/sql'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const hostile = [
  'a"b', '"', '""', 'a`b', '`', '``', "a'b", "'", 'a b', ' a', 'a;b', '; drop table users; --', '"; drop table users; --', '`; drop table users; -- ',
  '--', '/*', '*/', '\\', '\\"', '\\`', '\n', '\r\n', '\t', 'select', 'a.b', '"a"."b"', '$1', '?', ':a', '@a', '%s', 'a\u0001b', 'ä', '日本', '[a]', "a') or 1=1 --",
  '__proto__', 'constructor', '\u202E', '\uFEFF', '\u200B', '𝒳',
] as const

const unquoted = (text: string): string => text.slice(1, -1).replaceAll(text[0]!.repeat(2), text[0]!)

describe.each(Object.values(dialects))('on $name', (dialect) => {
  it.each(hostile.map((name) => [name]))('%j stands for itself', (name) => {
    const quoted = quote(dialect, name)
    if (quoted._tag === 'Left') expect(dialect.identifier.forbidden.some(({ pattern }) => pattern.test(name))).toBe(true)
    else {
      expect(unquoted(quoted.right)).toBe(name)
      // No quote mark stands alone within.
      expect(quoted.right.slice(1, -1).replaceAll(dialect.identifier.quote.repeat(2), '')).not.toContain(dialect.identifier.quote)
    }
  })

  it.each([[''], ['a\0b'], ['\uD800'], ['a\uDC00b'], ['x'.repeat(2000)]])('%j is refused', (name) => {
    expect(quote(dialect, name)).toMatchObject({ _tag: 'Left', left: { code: 'identifier', detail: { name } } })
  })

  it('any name is either refused or read back as it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      const quoted = quote(dialect, name)
      if (quoted._tag === 'Right') expect(unquoted(quoted.right)).toBe(name)
    }))
  })
})

describe('lengths', () => {
  it.each([['postgres', 63], ['mysql', 64], ['mariadb', 64]] as const)('%s keeps %i', (name, most) => {
    expect(quote(dialects[name], 'x'.repeat(most))._tag).toBe('Right')
    expect(quote(dialects[name], 'x'.repeat(most + 1))).toMatchObject({ _tag: 'Left' })
  })

  it('are bytes on postgres and characters on mysql', () => {
    expect(quote(dialects.postgres, 'ä'.repeat(32))._tag).toBe('Left')
    expect(quote(dialects.mysql, 'ä'.repeat(64))._tag).toBe('Right')
  })
})

describe('in a database', () => {
  it.each(hostile.map((name) => [name]))('a table and a column named %j', (name) => {
    const quoted = quote(dialects.sqlite, name)
    if (quoted._tag === 'Left') throw new Error(quoted.left.message)
    const database = new Database(':memory:')
    database.exec(`create table ${quoted.right} (${quoted.right} integer)`)
    database.exec(`insert into ${quoted.right} (${quoted.right}) values (7)`)
    const statement = database.prepare(`select ${quoted.right} from ${quoted.right}`)
    expect(statement.columns().map((column) => column.name)).toEqual([name])
    expect(statement.raw().all()).toEqual([[7]])
    database.close()
  })
})
