import { inspect } from 'node:util'
import { column, entities, entity, eq, integer, registry, relationship, select, table, where } from '@relata/core'
import { append, create, createAll, load, set, sql, type MappingFailed } from '@relata/session'
import { closeAdapter, open, query, RelataError, type Db } from '@relata/session/plain'
import { sqlite } from '@relata/adapters/sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Address, blog, User } from '../blog.js'

let db: Db
const adapter = sqlite()
beforeEach(async () => {
  db = await open(blog, adapter)
  await db.run(createAll(blog))
})
afterEach(async () => {
  await db.close()
  await closeAdapter(adapter)
})

test('objects are added, changed and found by promises', async () => {
  const ed = create(User, { name: 'ed' })
  db.add(ed)
  append(User.addresses, create(Address, { email: 'ed@x.org' }))(ed)
  await db.commit()
  const found = await db.one(query(select(User), where(eq(User.name, 'ed'))))
  const { addresses } = await db.run(load(User.addresses)(found))
  expect(addresses.map(({ email }) => email)).toEqual(['ed@x.org'])
  expect(await db.get(User, 1)).toBe(found)
  expect(await db.first(query(select(User), where(eq(User.name, 'nobody'))))).toBe(undefined)
})

test('a transaction that throws is rolled back, objects included', async () => {
  const ed = create(User, { name: 'ed' })
  db.add(ed)
  await db.commit()
  await expect(db.transaction(async (tx) => {
    set(User, { name: 'edward' })(ed)
    await tx.flush()
    throw new Error('no')
  })).rejects.toThrow('no')
  expect(ed.name).toBe('ed')
})

test('a transaction within another is a savepoint', async () => {
  const ed = create(User, { name: 'ed' })
  await db.transaction(async (tx) => {
    tx.add(ed)
    await expect(tx.transaction(async (inner) => {
      inner.add(create(User, { id: 7, name: 'seven' }), create(User, { id: 7, name: 'another' }))
      await inner.flush()
    })).rejects.toBeInstanceOf(RelataError)
  })
  expect((await db.all(select(User))).map(({ name }) => name)).toEqual(['ed'])
})

test('a transaction beside another of the same session is refused, and the first is undone alone', async () => {
  const ed = create(User, { name: 'ed' })
  db.add(ed)
  await db.commit()
  const first = db.transaction(async (tx) => {
    set(User, { name: 'edward' })(ed)
    await tx.flush()
    throw new Error('no')
  })
  const second = db.transaction(async (tx) => { tx.add(create(User, { name: 'wendy' })) })
  await expect(second).rejects.toMatchObject({ error: { _tag: 'SessionUnusable', code: 'invalid-request' } })
  await expect(first).rejects.toThrow('no')
  expect((await db.all(select(User))).map(({ name }) => name)).toEqual(['ed'])
  await db.transaction(async (tx) => { tx.add(create(User, { name: 'wendy' })) })
  expect(await db.all(select(User))).toHaveLength(2)
})

test('a failure is a RelataError with the tagged error', async () => {
  await expect(db.one(select(User))).rejects.toMatchObject({ error: { _tag: 'ResultFailed', code: 'no-result' } })
})

const printed = async (failing: Promise<unknown>): Promise<string> => inspect(await failing.then(() => { throw new Error('it did not fail') }, (thrown: unknown) => thrown)).replaceAll(/\n +at .*/g, '')

test('a failure prints what happened, what to do and each cause once', async () => {
  expect(await printed(db.one(select(User)))).toBe(`RelataError: one: the query gave nothing
  use first where nothing is an answer
  code: 'no-result'
}`)
  expect(await printed(db.run(sql('select * from nowhere')))).toBe(`RelataError: no such table: nowhere
  code: 'database',
  detail: { kind: 'syntax', sql: 'select * from nowhere' },
  [cause]: SqliteError: no such table: nowhere
    code: 'SQLITE_ERROR'
  }
}`)
})

test('a registry that does not configure prints all its errors', async () => {
  const lone = table('lone', { id: column(integer, { primaryKey: true }) })
  const wrong = registry(entities({ Lone: entity(lone, { one: relationship('Lone', { lazy: 'later' as 'select' }), two: relationship('Lone', { cascade: 'everything' as 'all' }) }) }))
  const { errors } = await open(wrong, adapter).then(() => { throw new Error('it opened') }, ({ error }: RelataError) => error as MappingFailed)
  expect(errors.map(({ code }) => code)).toEqual(['argument', 'unknown-cascade'])
  expect(await printed(open(wrong, adapter))).toBe([
    'RelataError: the registry has 2 errors:', ...errors.map(({ message, hint }) => `- ${message}\n  ${hint}`), "  code: 'invalid-request'", '}',
  ].join('\n'))
})

test('tables stay when the next transaction is rolled back', async () => {
  await expect(db.transaction(async () => { throw new Error('no') })).rejects.toThrow('no')
  expect(await db.all(select(User))).toEqual([])
})

test('tables made within a transaction go with it', async () => {
  const fresh = await open(blog, sqlite())
  await expect(fresh.transaction(async (tx) => {
    await tx.run(createAll(blog))
    throw new Error('no')
  })).rejects.toThrow('no')
  await expect(fresh.all(select(User))).rejects.toMatchObject({ error: { driver: { message: 'no such table: users' } } })
  await fresh.close()
})

test('tables that cannot all be made leave none', async () => {
  const fresh = await open(blog, sqlite())
  await fresh.run(sql('create table addresses (id integer primary key)'))
  await fresh.commit()
  await expect(fresh.run(createAll(blog))).rejects.toMatchObject({ code: 'database' })
  expect(await fresh.run(sql("select name from sqlite_master where type = 'table'"))).toEqual([['addresses']])
  await fresh.close()
})
