import { expect, test } from 'vitest'
import { column, entity, eq, integer, relationship, table, text } from '@relata/core'
import { mappingOf } from './configured.js'
import type { Entities } from './configured.js'
import { addresses, users } from './tables.js'

const fingerprint = (entities: Entities): string => mappingOf(entities).fingerprint
const blog = (options: Parameters<typeof relationship<'Address', {}>>[1] = {}): Entities => ({ User: entity(users, { addresses: relationship('Address', options) }), Address: entity(addresses) })

test('the same registry has the same fingerprint, however often it is built', () => {
  const build = (): Entities => {
    const people = table('people', { id: column(integer, { primaryKey: true }), name: column(text) })
    return { Person: entity(people) }
  }
  expect(fingerprint(build())).toBe(fingerprint(build()))
  expect(fingerprint(build())).toMatch(/^[0-9a-f]{16}$/)
})

test('what a plan depends on changes it', () => {
  const seen = new Set([
    fingerprint(blog()),
    fingerprint({ User: entity(users, { addresses: relationship('Address', { lazy: 'joined' }) }), Address: entity(addresses) }),
    fingerprint({ User: entity(users, { addresses: relationship('Address', { primaryjoin: eq(addresses.c.userId, users.c.id) }) }), Address: entity(addresses) }),
    fingerprint({ User: entity(users, { addresses: relationship('Address', { orderBy: addresses.c.email }) }), Address: entity(addresses) }),
    fingerprint({ User: entity(users, { mails: relationship('Address') }), Address: entity(addresses) }),
    fingerprint({ User: entity(users, { addresses: relationship('Address', { cascade: 'all' }) }), Address: entity(addresses) }),
    fingerprint({ User: entity(users, { addresses: relationship('Address') }), Address: entity(table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }), email: column(text) })) }),
  ])
  expect(seen.size).toBe(7)
})

test('the order in which options are written does not', () => {
  const one = { User: entity(users, { addresses: relationship('Address', { lazy: 'joined', cascade: 'all' }) }), Address: entity(addresses) }
  const other = { User: entity(users, { addresses: relationship('Address', { cascade: 'all', lazy: 'joined' }) }), Address: entity(addresses) }
  expect(fingerprint(one)).toBe(fingerprint(other))
})

test('what is only carried along does not', () => {
  expect(fingerprint({ User: entity(users, { addresses: relationship('Address', { info: { any: 'thing' }, doc: 'words' }) }), Address: entity(addresses) })).toBe(fingerprint(blog()))
})
