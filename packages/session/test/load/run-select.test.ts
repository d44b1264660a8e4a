// Queries end to end: which objects, how many statements.

import { asc, eq, joinedload, options, orderBy, select, selectinload, subqueryload, immediateload, limit, where, type Loader, type SelectDescriptor } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { runSelect } from '../../src/load/run-select.js'
import { loadRelationship } from '../../src/load/load-relationship.js'
import { getByKey } from '../../src/load/get-by-key.js'
import type { Instance } from '../../src/state/instance.js'
import { Address, mapping, openBlog, User } from './blog.js'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const relationship = (entity: string, name: string) => {
  const found = mapping.entities[entity]?.relationship[name]
  if (found === undefined) throw new Error(name)
  return found
}

describe('runSelect', () => {
  it('gives objects in the order of the rows, the same for the same row', async () => {
    const { session, sent, close } = await openBlog()
    const query: SelectDescriptor = pipe(select(User), orderBy(asc(User.id)))
    const first = await runSelect(session, query)
    expect(plain(first)).toEqual([{ id: 1, name: 'ada' }, { id: 2, name: 'bob' }, { id: 3, name: 'cy' }])
    expect(await runSelect(session, query)).toEqual(first)
    expect((await runSelect(session, query))[0]).toBe(first[0])
    expect(sent).toHaveLength(3)
    await close()
  })

  it.each([
    ['joined', joinedload, 1], ['selectin', selectinload, 2], ['subquery', subqueryload, 2], ['immediate', immediateload, 3],
  ] as const)('loads a collection by %s', async (_name, load: Loader, statements) => {
    const { session, sent, close } = await openBlog()
    const found = await runSelect(session, pipe(select(User), orderBy(asc(User.id)), limit(2), options(load(User.addresses))))
    expect(plain(found)).toEqual([
      { id: 1, name: 'ada', addresses: [{ id: 1, userId: 1, email: 'ada@x' }, { id: 2, userId: 1, email: 'ada@y' }] },
      { id: 2, name: 'bob', addresses: [{ id: 3, userId: 2, email: 'bob@x' }] },
    ])
    expect(sent).toHaveLength(statements)
    await close()
  })

  it('nests strategies, through a secondary and back', async () => {
    const { session, sent, close } = await openBlog()
    const found = await runSelect(session, pipe(select(Address), orderBy(asc(Address.id)), options(selectinload(Address.user), joinedload(Address.tags))))
    expect(plain(found)).toEqual([
      { id: 1, userId: 1, email: 'ada@x', tags: [{ id: 1, label: 'home' }, { id: 2, label: 'work' }], user: { id: 1, name: 'ada' } },
      { id: 2, userId: 1, email: 'ada@y', tags: [], user: { id: 1, name: 'ada' } },
      { id: 3, userId: 2, email: 'bob@x', tags: [{ id: 2, label: 'work' }], user: { id: 2, name: 'bob' } },
      { id: 4, userId: null, email: 'nobody@x', tags: [], user: null },
    ])
    expect(sent).toHaveLength(2)
    await close()
  })
})

describe('a union of objects', () => {
  it('is read like a query, with its relationships', async () => {
    const { session, sent, close } = await openBlog()
    const first: SelectDescriptor = pipe(select(User), where(eq(User.id, 1)), options(joinedload(User.addresses)))
    const found = await runSelect(session, { ...first, setOperations: [{ operator: 'union', select: pipe(select(User), where(eq(User.id, 3))) }] })
    expect(plain(found)).toEqual([{ id: 1, name: 'ada', addresses: [{ id: 1, userId: 1, email: 'ada@x' }, { id: 2, userId: 1, email: 'ada@y' }] }, { id: 3, name: 'cy', addresses: [] }])
    expect(sent).toHaveLength(1)
    await close()
  })
})

describe('loadRelationship', () => {
  it('answers a many-to-one from the identity map and a batch by one statement', async () => {
    const { session, sent, close } = await openBlog()
    const all = await runSelect(session, pipe(select(Address), where(eq(Address.userId, 1)))) as readonly Instance[]
    const ada = await getByKey(session, relationship('Address', 'user').target === 'User' ? mapping.entities['User']! : mapping.entities['Address']!, [1])
    expect(sent).toHaveLength(2)
    await loadRelationship(session, all, relationship('Address', 'user'))
    expect(sent).toHaveLength(2)
    expect((all[0] as unknown as { user: unknown }).user).toBe(ada)
    await loadRelationship(session, all, relationship('Address', 'tags'))
    expect(sent).toHaveLength(3)
    expect(plain((all[0] as unknown as { tags: unknown }).tags)).toEqual([{ id: 1, label: 'home' }, { id: 2, label: 'work' }])
    await close()
  })
})
