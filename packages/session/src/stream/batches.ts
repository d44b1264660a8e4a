// The batches of a stream: by a cursor where other statements can be sent meanwhile, by keyset where a cursor has the connection to
// itself or where rows of one object must not be torn apart.

import type { EntityRead, Keyset, LoadPlan, Planned, SelectDescriptor } from '@relata/core'
import { isRight } from 'fp-ts/lib/Either.js'
import { compiledRead } from '../load/compile-read.js'
import { compiledSelect } from '../load/compiled-select.js'
import { selectPlan } from '../load/plan-cache.js'
import { bringsCollections, keysetOn, readKeyset } from '../load/read-keyset.js'
import { failQuery } from '../load/refused-query.js'
import { givenValues, selected, type SelectedRow } from '../load/run-select.js'
import { fail } from '../relata-error.js'
import { Instance } from '../state/instance.js'
import { identityOf } from '../state/state-of.js'
import type { IdentityKey, SessionState } from '../state/model.js'
import { checkUsable } from '../transaction/flush-session.js'
import { autoflush } from '../verb/autoflush.js'

export interface Batches {
  /** The next results, or undefined at the end. */
  readonly next: () => Promise<readonly SelectedRow[] | undefined>
  /** Gives back what is held; never fails. */
  readonly close: () => Promise<void>
}

/** Prepares to read a query in batches; nothing of it is sent before the first is asked for, but what it compares with. */
export const openBatches = async (session: SessionState, select: SelectDescriptor, size: number, by: 'cursor' | 'keyset' | undefined): Promise<Batches> => {
  checkUsable(session)
  const planned = selectPlan(session.mapping, select)
  const { capabilities } = await session.executor.connect()
  const keyset = await keysetOn(session, select)
  const whole = needsWholeObjects(session, planned.plan)
  const exclusive = capabilities.streamIsExclusive
  const chosen = by ?? ((exclusive || whole) && isRight(keyset) ? 'keyset' : 'cursor')
  if (chosen === 'keyset') return isRight(keyset) ? once(select, keysetBatches(session, select, keyset.right, size)) : failQuery(keyset.left)
  if (whole) fail({ _tag: 'QueryRefused', code: 'not-supported', message: 'stream: joined collections and subquery loads cannot be cut into the batches of a cursor', hint: 'load collections by selectinload()' })
  if (exclusive && sendsMore(planned.plan)) fail({ _tag: 'QueryRefused', code: 'not-supported', message: 'stream: on this database a cursor has the connection to itself, and the query loads relationships by further statements', hint: 'read it by keyset, or load references by joinedload()' })
  return once(select, cursorBatches(session, select, planned, size, exclusive))
}

const keysetBatches = (session: SessionState, select: SelectDescriptor, keyset: Keyset, size: number): Batches => {
  let after: readonly unknown[] | undefined
  let left = select.limit ?? Infinity
  let over = false
  return {
    next: async () => {
      if (over || left <= 0) return undefined
      checkUsable(session)
      const { results, end, more } = await readKeyset(session, select, keyset, after, Math.min(size, left))
      after = end
      left -= results.length
      over = !more
      return results.length === 0 ? undefined : results
    },
    close: async () => { over = true },
  }
}

const cursorBatches = (session: SessionState, select: SelectDescriptor, planned: Planned<LoadPlan>, size: number, exclusive: boolean): Batches => {
  let given: readonly unknown[] = []
  let rows: AsyncIterator<readonly (readonly unknown[])[]> | undefined
  const open = async (): Promise<AsyncIterator<readonly (readonly unknown[])[]>> => {
    await autoflush(session, select.autoflush)
    given = await givenValues(session, planned)
    return session.executor.stream(compiledSelect(await session.executor.dialect(), planned.plan.statement).query(given), size)[Symbol.asyncIterator]()
  }
  return {
    next: async () => {
      checkUsable(session)
      if (rows === undefined) rows = await open()
      else if (!exclusive) await autoflush(session, select.autoflush)
      const batch = await rows.next()
      return batch.done === true ? undefined : selected(session, planned.plan, select, batch.value, given)
    },
    close: async () => { await rows?.return?.() },
  }
}

/** Objects that joins bring more than once are given once, whatever batches their rows are in. */
const once = (select: SelectDescriptor, batches: Batches): Batches => {
  if (select.result._tag !== 'entity' || (select.joins.length === 0 && select.from.length <= 1)) return batches
  const given = new Set<IdentityKey | undefined>()
  return {
    close: batches.close,
    next: async () => {
      for (;;) {
        const batch = await batches.next()
        const fresh = batch?.filter((result) => Instance.is(result) && !given.has(identityOf(result)))
        if (fresh === undefined) return undefined
        for (const result of fresh) if (Instance.is(result)) given.add(identityOf(result))
        if (fresh.length > 0) return fresh
      }
    },
  }
}

/** Are several rows one object, or does a further statement repeat the whole query? */
const needsWholeObjects = (session: SessionState, { result }: LoadPlan): boolean =>
  result._tag === 'entity' && (bringsCollections(compiledRead(session.mapping, result)) || repeatsQuery(result))

const repeatsQuery = (read: EntityRead): boolean => read.followUps.some(({ load }) => load?.keys._tag === 'repeated') || read.related.some((each) => repeatsQuery(each.read))

const sendsMore = ({ result }: LoadPlan): boolean => result._tag === 'entity' && hasFollowUps(result)

const hasFollowUps = (read: EntityRead): boolean => read.followUps.length > 0 || read.related.some((each) => hasFollowUps(each.read))
