import { eq, select, where } from '@relata/core'
import { append, create, createAll, load, set } from '@relata/session'
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
