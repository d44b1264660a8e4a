// A query shape is planned and printed once: the second execution compiles nothing, whatever its values.

import { asc, containsEager, defer, eq, gt, immediateload, inList, join, joinedload, limit, loadOnly, options, orderBy, select, selectinload, subqueryload, where, withLoaderCriteria, type SelectDescriptor } from '@relata/core'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { getByKey } from '../../src/load/get-by-key.js'
import { loadRelationship } from '../../src/load/load-relationship.js'
import { plansMade } from '../../src/load/plan-cache.js'
import { statementsPrinted } from '../../src/load/compiled-select.js'
import { keysetFor, readKeyset } from '../../src/load/read-keyset.js'
import { runSelect } from '../../src/load/run-select.js'
import { openBatches } from '../../src/stream/batches.js'
import type { SessionState } from '../../src/state/model.js'
import { Address, mapping, openBlog, User } from './blog.js'

const user = (() => { const found = mapping.entities['User']; if (found?.relationship['addresses'] === undefined) throw new Error('no User'); return { entity: found, addresses: found.relationship['addresses'] } })()

const queries: Readonly<Record<string, (nth: number) => SelectDescriptor>> = {
  'a condition': (nth) => pipe(select(User), where(eq(User.id, nth))),
  'a list of any length': (nth) => pipe(select(User), where(inList(User.id, Array.from({ length: nth }, (_, i) => i)))),
  'a limit': (nth) => pipe(select(User), orderBy(asc(User.id)), limit(nth)),
  'eager loads': (nth) => pipe(select(User), where(eq(User.id, nth)), options(selectinload(User.addresses, selectinload(Address.tags)))),
  'a subquery load': (nth) => pipe(select(User), where(eq(User.id, nth)), options(subqueryload(User.addresses))),
  'joined loads under a limit': (nth) => pipe(select(User), orderBy(asc(User.id)), limit(nth), options(joinedload(User.addresses, joinedload(Address.tags)))),
  'an immediate load': (nth) => pipe(select(User), where(gt(User.id, -nth)), options(immediateload(User.addresses))),
  'a load from a join of the query': (nth) => pipe(select(User), join(User.addresses), where(gt(Address.id, nth)), options(containsEager(User.addresses))),
  'columns chosen and left out': (nth) => pipe(select(User), where(eq(User.id, nth)), options(loadOnly(User.id), selectinload(User.addresses, defer(Address.email)))),
  'criteria of an entity': (nth) => pipe(select(User), options(selectinload(User.addresses), withLoaderCriteria(Address, gt(Address.id, nth)))),
}

/** What a second execution plans and prints, in a session of its own. */
const secondTime = async (work: (session: SessionState, nth: number) => Promise<unknown>): Promise<readonly [plans: number, texts: number]> => {
  const first = await openBlog()
  await work(first.session, 1)
  await first.close()
  const { session, close } = await openBlog()
  const dialect = await session.executor.dialect()
  const before = [plansMade(mapping), statementsPrinted(dialect)] as const
  await work(session, 2)
  const made = [plansMade(mapping) - before[0], statementsPrinted(dialect) - before[1]] as const
  await close()
  return made
}

describe('the second execution compiles nothing', () => {
  it.each(Object.entries(queries))('of %s', async (_name, query) => {
    expect(await secondTime((session, nth) => runSelect(session, query(nth)))).toEqual([0, 0])
  })
  it('of a get', async () => {
    expect(await secondTime((session, nth) => getByKey(session, user.entity, [nth]))).toEqual([0, 0])
  })
  it('of a lazy load, one by one and together', async () => {
    expect(await secondTime(async (session) => {
      const users = await runSelect(session, pipe(select(User), orderBy(asc(User.id)))) as never[]
      await loadRelationship(session, users.slice(0, 1), user.addresses)
      await loadRelationship(session, users.slice(1), user.addresses)
    })).toEqual([0, 0])
  })
  it('of a page, after the first and the next', async () => {
    expect(await secondTime(async (session, nth) => {
      const query: SelectDescriptor = pipe(select(User), orderBy(asc(User.name)))
      const keyset = await keysetFor(session, query)
      const { end } = await readKeyset(session, query, keyset, undefined, nth)
      await readKeyset(session, query, keyset, end, nth)
    })).toEqual([0, 0])
  })
  it.each(['cursor', 'keyset'] as const)('of a stream by %s', async (by) => {
    expect(await secondTime(async (session, nth) => {
      const addresses = pipe(select(Address), where(gt(Address.id, -nth)), orderBy(asc(Address.id)))
      const query: SelectDescriptor = by === 'cursor' ? pipe(addresses, options(joinedload(Address.user))) : pipe(addresses, options(selectinload(Address.user, selectinload(User.addresses))))
      const batches = await openBatches(session, query, 2, by)
      while (await batches.next() !== undefined) continue
      await batches.close()
    })).toEqual([0, 0])
  })
  it('and the first one does', async () => {
    const { session, close } = await openBlog()
    const before = plansMade(mapping)
    await runSelect(session, pipe(select(Address), where(eq(Address.email, 'nobody')), orderBy(asc(Address.userId)), limit(3)))
    expect(plansMade(mapping)).toBe(before + 1)
    await close()
  })
})
