// Loading relationships on request: which statements it takes, and what it refuses.

import { asc, eq, gt, joinedload, lazyload, limit, only, options, orderBy, raiseload, select, selectinload, where, type LoaderOption, type SelectDescriptor } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadRelationship } from '../../src/load/load-relationship.js'
import { loadColumns } from '../../src/load/load-columns.js'
import { getByKey } from '../../src/load/get-by-key.js'
import { refreshInstance } from '../../src/load/refresh.js'
import { runSelect } from '../../src/load/run-select.js'
import { expireEverything } from '../../src/membership/expire.js'
import { RelataError } from '../../src/relata-error.js'
import { Instance, values } from '../../src/state/instance.js'
import { Address, mapping, openBlog, User } from './blog.js'

let blog: Awaited<ReturnType<typeof openBlog>>
beforeEach(async () => { blog = await openBlog() })
afterEach(async () => { await blog.close() })

const entity = (name: string) => {
  const found = mapping.entities[name]
  if (found === undefined) throw new Error(name)
  return found
}
const relationship = (of: string, name: string) => {
  const found = entity(of).relationship[name]
  if (found === undefined) throw new Error(`${of}.${name}`)
  return found
}
const all = async (query: SelectDescriptor): Promise<readonly Instance[]> => (await runSelect(blog.session, query)).filter((row): row is Instance => Instance.is(row))
const everyUser = pipe(select(User), orderBy(asc(User.id)))
const everyAddress = pipe(select(Address), orderBy(asc(Address.id)))
const shown = (instance: Instance | null | undefined, name: string): unknown => (instance === null || instance === undefined ? undefined : JSON.parse(JSON.stringify(values(instance)[name] ?? null)))
const codeOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  try { await work; return undefined } catch (thrown) { return thrown instanceof RelataError ? thrown.error.code : String(thrown) }
}

describe('loadRelationship', () => {
  it('takes one statement for a batch, of each kind of relationship', async () => {
    const users = await all(everyUser)
    await loadRelationship(blog.session, users, relationship('User', 'addresses'))
    expect(blog.sent).toHaveLength(2)
    expect(users.map((user) => shown(user, 'addresses'))).toEqual([
      [{ id: 1, userId: 1, email: 'ada@x' }, { id: 2, userId: 1, email: 'ada@y' }], [{ id: 3, userId: 2, email: 'bob@x' }], [],
    ])
    const addresses = await all(everyAddress)
    await loadRelationship(blog.session, addresses, relationship('Address', 'tags'))
    expect(blog.sent).toHaveLength(4)
    expect(addresses.map((address) => shown(address, 'tags'))).toEqual([[{ id: 1, label: 'home' }, { id: 2, label: 'work' }], [], [{ id: 2, label: 'work' }], []])
  })

  it('sends nothing for what is loaded, for a null key, and for an object that is there', async () => {
    const addresses = await all(everyAddress)
    await all(everyUser)
    await loadRelationship(blog.session, addresses, relationship('Address', 'user'))
    await loadRelationship(blog.session, addresses, relationship('Address', 'user'))
    expect(blog.sent).toHaveLength(2)
    expect(addresses.map((address) => shown(address, 'user') !== null)).toEqual([true, true, true, false])
  })

  it('follows the options of the query that loaded its object, until an expiry', async () => {
    const [ada] = await all(pipe(select(User), where(eq(User.id, 1)), options(lazyload(User.addresses, only(gt(Address.id, 1)), selectinload(Address.tags)))))
    if (ada === undefined) throw new Error('ada')
    await loadRelationship(blog.session, [ada], relationship('User', 'addresses'))
    expect(shown(ada, 'addresses')).toEqual([{ id: 2, userId: 1, email: 'ada@y', tags: [] }])
    expect(blog.sent).toHaveLength(3)
    expireEverything(blog.session)
    await loadRelationship(blog.session, [ada], relationship('User', 'addresses'))
    expect((shown(ada, 'addresses') as readonly unknown[]).length).toBe(2)
  })

  it('reads an expired object again with the options of the query that loaded it', async () => {
    const [ada] = await all(pipe(select(User), where(eq(User.id, 1)), options(joinedload(User.addresses))))
    if (ada === undefined) throw new Error('ada')
    expireEverything(blog.session)
    await loadRelationship(blog.session, [ada], relationship('User', 'addresses'))
    expect((shown(ada, 'addresses') as readonly unknown[]).length).toBe(2)
    expect(blog.sent).toHaveLength(2)
  })

  it('refuses what the query forbids, naming the relationship', async () => {
    const [ada] = await all(pipe(select(User), limit(1), options(raiseload(User.addresses))))
    if (ada === undefined) throw new Error('ada')
    expect(await codeOf(loadRelationship(blog.session, [ada], relationship('User', 'addresses')))).toBe('raise-load')
    expect(await codeOf(loadRelationship(blog.session, [ada], relationship('User', 'addresses'), { insists: true }))).toBeUndefined()
  })

  it('loads further below what is there already', async () => {
    const [ada] = await all(pipe(select(User), where(eq(User.id, 1)), options(selectinload(User.addresses))))
    if (ada === undefined) throw new Error('ada')
    const below: readonly LoaderOption[] = pipe(select(Address), options(selectinload(Address.tags))).options
    await loadRelationship(blog.session, [ada], relationship('User', 'addresses'), { options: below })
    expect((shown(ada, 'addresses') as readonly { readonly tags: readonly unknown[] }[]).map(({ tags }) => tags.length)).toEqual([2, 0])
  })

  it('refuses an object of no session', async () => {
    const other = await openBlog()
    const [stranger] = (await runSelect(other.session, everyUser)).filter((row): row is Instance => Instance.is(row))
    if (stranger === undefined) throw new Error('a user')
    expect(await codeOf(loadRelationship(blog.session, [stranger], relationship('User', 'addresses')))).toBe('detached')
    await other.close()
  })
})

describe('columns and keys', () => {
  it('reads expired objects by one statement, and tells a row that is gone', async () => {
    const users = await all(everyUser)
    expireEverything(blog.session)
    await loadColumns(blog.session, users)
    expect(blog.sent).toHaveLength(2)
    expireEverything(blog.session)
    await blog.session.executor.execute({ sql: 'delete from users where id = 3', params: [], kind: 'raw', table: '' })
    expect(await codeOf(loadColumns(blog.session, users))).toBe('object-deleted')
  })

  it('gets from the identity map, once', async () => {
    const ada = await getByKey(blog.session, entity('User'), [1])
    expect(await getByKey(blog.session, entity('User'), [1])).toBe(ada)
    expect(blog.sent).toHaveLength(1)
    expect(await getByKey(blog.session, entity('User'), [99])).toBeNull()
    expect(await codeOf(getByKey(blog.session, entity('User'), [1, 2]))).toBe('argument')
  })

  it('refreshes over what is there', async () => {
    const ada = await getByKey(blog.session, entity('User'), [1])
    if (ada === null) throw new Error('ada')
    await blog.session.executor.execute({ sql: `update users set name = 'eda' where id = 1`, params: [], kind: 'raw', table: '' })
    await refreshInstance(blog.session, ada)
    expect(shown(ada, 'name')).toBe('eda')
  })
})
