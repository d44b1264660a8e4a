// Plans of loads and flushes as trees that a person reads.

import { any, asc, column, configure, desc, entities, entity, eq, explain, integer, joinedload, limit, only, options, orderBy, over, planLoad, registry, relationship, rowNumber, select, selectinload, subquery, table, text, where } from '@relata/core'
import type { FlushPlan, Model, SelectDescriptor } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id' }), email: column(text) })
const blogEntities = entities({
  User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }),
  Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }),
})
interface Blog extends Model<typeof blogEntities> {}
const blog = registry<Blog>(blogEntities)
const { User, Address } = blog.entities

const explained = (query: SelectDescriptor, how = {}): string => pipe(
  configure(blog),
  E.chainW((mapping) => planLoad(mapping, query)),
  E.match((errors) => JSON.stringify(errors), ({ plan }) => explain(plan, how)),
)

test('a load says what it reads and which statements follow', () => {
  expect(explained(pipe(select(User), where(eq(User.name, 'ed')), orderBy(asc(User.id)), limit(2), options(selectinload(User.addresses, only(eq(Address.email, 'x'))))))).toBe([
    'load User',
    '├ from users as users_1',
    '├ where users_1.name = $2',
    '├ ordered by users_1.id',
    '├ at most $1',
    '├ reads id, name',
    '└ then User.addresses by selectin, for up to 500 at once',
    '  ├ from addresses as addresses_1',
    '  ├ where addresses_1.user_id IN ($4…) AND addresses_1.email = $3',
    '  └ reads id, userId, email',
  ].join('\n'))
})

test('what is asked of other rows, and what is read from a query, is told with it', () => {
  expect(explained(pipe(select(User), where(any(User.addresses, eq(Address.email, 'x')))))).toBe([
    'load User',
    '├ from users as users_1',
    '├ where EXISTS (from addresses as addresses_1 where users_1.id = addresses_1.user_id AND addresses_1.email = $1)',
    '└ reads id, name',
  ].join('\n'))
  const ranked = subquery('ranked', select({ id: users.c.id, place: over(rowNumber(), { partitionBy: [users.c.name], orderBy: [desc(users.c.id)] }) }))
  expect(explained(pipe(select({ id: ranked.id }), where(eq(ranked.place, 1))))).toBe([
    'load rows',
    '├ from (select users_1.id, row_number() OVER (for each users_1.name ordered by users_1.id desc) from users as users_1) as ranked_1',
    '├ where ranked_1.place = $1',
    '└ reads id',
  ].join('\n'))
})

test('what comes in the same rows stands below', () => {
  expect(explained(pipe(select(Address), options(joinedload(Address.user))))).toBe([
    'load Address',
    '├ from addresses as addresses_1 left join users as users_1 on users_1.id = addresses_1.user_id',
    '├ reads id, userId, email',
    '└ Address.user in the same rows',
    '  └ reads id, name',
  ].join('\n'))
})

test('a statement is shown as it is printed, where a printer is given', () => {
  expect(explained(select({ name: User.name }), { sql: () => 'select …\nfrom …' })).toBe(['load rows', '├ select …', '│ from …', '└ reads name'].join('\n'))
})

const plan: FlushPlan = {
  _tag: 'FlushPlan', version: 1, fingerprint: '', assignments: [], kept: [], inserted: [0, 1, 2, 3, 4],
  objects: { entities: ['User', 'User', 'User', 'User', 'User', 'Address'], keys: [null, null, null, null, null, [7]] }, deleted: [], orphans: [], expelled: [], rowSwitches: [], warnings: [],
  steps: [
    {
      _tag: 'insert', table: 'users', level: 0, reasons: ['new User'], columns: [{ column: 'name', name: 'name' }], returning: [{ column: 'id', name: 'id' }],
      rows: { count: 5, objects: [0, 1, 2, 3, 4], values: ['a', 'b', 'c', 'd', 'e'], symbols: undefined },
    },
    {
      _tag: 'update', table: 'addresses', level: 1, reasons: ['set addresses.user_id: Address.user was set'], set: [{ column: 'userId', name: 'user_id' }], key: [{ column: 'id', name: 'id' }],
      returning: [], sequential: false, rows: { count: 1, objects: [5], values: [null, 7], symbols: { 0: { _tag: 'keyOf', row: 1, attribute: 'id' } } },
    },
    { _tag: 'delete', table: 'tagged', level: 1, reasons: ['removed from User.tags'], key: [{ column: 'at', name: 'at' }, { column: 'n', name: 'n' }], missing: 'fail', rows: { count: 1, objects: [], values: [new Date(0), 10n], symbols: undefined } },
  ],
}

test('a flush says what is written, in which order, and why', () => {
  expect(explain(plan)).toBe([
    'flush: 7 rows in 3 steps',
    '├ insert users: 5 rows, gives id',
    '│ ├ because: new User',
    '│ ├ new User #0: name = "a"',
    '│ ├ new User #1: name = "b"',
    '│ ├ new User #2: name = "c"',
    '│ └ … 2 more rows',
    '├ update addresses: 1 row',
    '│ ├ because: set addresses.user_id: Address.user was set',
    '│ └ Address 7: user_id = the id of new User #1 where id = 7',
    '└ delete tagged: 1 row',
    '  ├ because: removed from User.tags',
    '  └ where at = 1970-01-01T00:00:00.000Z and n = 10',
  ].join('\n'))
})

test('a flush of nothing says so', () => {
  expect(explain({ ...plan, steps: [] })).toBe('flush: nothing to write')
})
